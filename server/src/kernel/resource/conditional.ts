import type { Ctx } from '../ctx.ts'
import { inside } from '../ctx-inside.ts'
import { refuse } from '../refusal.ts'
import type { Resource, Stored } from './owner.ts'
import { matchesOf } from './query.ts'
import type { Answerable } from './read.ts'
import { rowsOf } from './row.ts'
import { matchesInSeries } from './series.ts'
import { createResource, removeResource, updateResource, type Written } from './write.ts'

/**
 * The one match of a condition (`identifier=urn:his|7`), undefined where there is none; 412 where there are several.
 * Inside a write the same condition is looked at by one transaction at a time, so that two do not both find nothing.
 */
export async function onlyMatch(ctx: Ctx, type: string, query: string): Promise<Answerable | undefined> {
  const condition = query.replace(/^[^?]*\?/, '')
  if (inside(ctx).writing)
    await rowsOf(ctx, 'fhir-lock-condition', 'select pg_advisory_xact_lock(hashtextextended($1, 8))', [
      `${type}?${condition}`,
    ])
  const stored = await matchesOf(ctx, type, condition)
  const found = stored.length > 1 ? stored : [...stored, ...(await matchesInSeries(ctx, type, condition))]
  if (found.length > 1) refuse('precondition', 'record.several-match', { details: { query: condition } })
  return found[0]
}

/** A conditional update: changes the one match; where there is none, makes the resource, under its id where it has one. */
export async function updateWhere(
  ctx: Ctx,
  resource: Resource,
  query: string,
  expected?: number,
): Promise<Written> {
  const { resourceType, id } = resource
  const found = await onlyMatch(ctx, resourceType, query)
  if (!found) {
    if (expected !== undefined) refuse('precondition', 'record.stale')
    return id === undefined ? createResource(ctx, resource) : updateResource(ctx, { ...resource, id })
  }
  if (id !== undefined && id !== found.id) refuse('invalid', 'record.id-differs')
  return updateResource(ctx, { ...resource, id: found.id }, expected)
}

/** A conditional removal: takes out the one match; undefined where there is none. */
export async function removeWhere(
  ctx: Ctx,
  type: string,
  query: string,
  expected?: number,
): Promise<Stored | undefined> {
  const found = await onlyMatch(ctx, type, query)
  return found && removeResource(ctx, type, found.id, expected)
}
