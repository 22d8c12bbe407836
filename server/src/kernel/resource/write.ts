import type { Actor } from '../actor.ts'
import { asSystem } from '../as-system.ts'
import type { Ctx } from '../ctx.ts'
import { inside } from '../ctx-inside.ts'
import { refuse } from '../refusal.ts'
import { isOpenType } from './concern.ts'
import { aheadOf } from './happened.ts'
import { requireInScope } from './narrow.ts'
import { changePlain, removePlain } from './next.ts'
import { ownerOf, type Resource, type ResourceOwner, type Stored } from './owner.ts'
import { keepExtra, rename, setExtra } from './project.ts'
import { addPlain } from './put.ts'
import { lockStored } from './read.ts'
import { isTaken, rowsOf } from './row.ts'
import { refuseSeries } from './series.ts'
import { problemsOf } from './validate.ts'

/** What a write did: the version now current, and whether the thing is new or brought back. */
export interface Written {
  readonly stored: Stored
  readonly isNew: boolean
}

/** Refuses 422 what R4 does not allow, naming every element at fault (400 where it is no resource at all). */
export function requireShape(resource: unknown): asserts resource is Resource {
  const problems = problemsOf(resource)
  if (problems.length === 0) return
  const fields = problems.map(({ path, text }) => ({ path, problem: text }))
  refuse('unprocessable', 'record.invalid-resource', { fields })
}

/** Refuses 422 a fact that claims to have happened more than a day from now. */
export function requirePast(ctx: Ctx, resource: Resource): void {
  const element = aheadOf(resource, ctx.now)
  if (!element) return
  const fields = [{ path: `${resource.resourceType}.${element}`, problem: 'lies in the future' }]
  refuse('unprocessable', 'record.date-ahead', { fields })
}

/** Two wrote the same thing at the same moment: the second is told so. */
function refuseTaken(error: unknown): never {
  if (isTaken(error)) refuse('conflict', 'record.id-taken')
  throw error
}

/** Stores a new resource, or lets its owner make the thing; its shape has been checked. */
export async function createResource(ctx: Ctx, resource: Resource, id?: string): Promise<Written> {
  requirePast(ctx, resource)
  requireInScope(ctx.actor, 'c', resource)
  const owner = ownerOf(resource)
  if (!owner) return { stored: await addPlain(ctx, resource, id ?? ctx.id()), isNew: true }
  const { added } = inside(ctx)
  const before = added.length
  const made = await owner.create(ctx, resource).catch(refuseTaken)
  const isNew = added.includes(`${made.type}/${made.id}`, before)
  if (!isNew) {
    if (id && made.id !== id)
      refuse('conflict', 'record.known-under-another-id', {
        details: { reference: `${made.type}/${made.id}` },
      })
    return { stored: made, isNew }
  }
  const named = id && made.id !== id ? await rename(ctx, made, id) : made
  return { stored: await keepExtra(ctx, owner, named, resource), isNew }
}

/**
 * Waits for whoever is making the same id at this moment: undefined where it is free, the resource where it has just
 * been made and is the actor's to see, else 404.
 */
async function lockId(ctx: Ctx, type: string, id: string): Promise<Stored | undefined> {
  await rowsOf(ctx, 'fhir-lock-id', 'select pg_advisory_xact_lock(hashtextextended($1, 7))', [
    `${type}/${id}`,
  ])
  const taken = await asSystem(ctx, (all) => lockStored(all, type, id))
  if (!taken) return undefined
  return (await lockStored(ctx, type, id)) ?? refuse('missing', 'record.no-such-resource')
}

/** Changes a resource to what it is given, or makes it under the caller's id. `expected` is If-Match. */
export async function updateResource(
  ctx: Ctx,
  resource: Resource & { readonly id: string },
  expected?: number,
): Promise<Written> {
  const stored =
    (await lockStored(ctx, resource.resourceType, resource.id)) ??
    (await lockId(ctx, resource.resourceType, resource.id))
  if (!stored) {
    await refuseSeries(ctx, resource.resourceType, resource.id)
    if (expected !== undefined) refuse('precondition', 'record.stale')
    return createResource(ctx, resource, resource.id)
  }
  requireVersion(stored, expected)
  requirePast(ctx, resource)
  requireChangeInScope(ctx.actor, stored, resource)
  const owner = ownerNow(stored, resource)
  if (owner) return { stored: await changeOwned(ctx, owner, stored, resource), isNew: false }
  if (!isFree(stored)) requireRecorder(ctx, stored)
  return { stored: await changePlain(ctx, stored, resource), isNew: stored.deleted }
}

/** Refuses 403 where the actor's scopes leave out what it was, or what it is to be. */
export function requireChangeInScope(actor: Actor, { content, deleted }: Stored, resource: Resource): void {
  if (!actor.narrowing) return
  if (!deleted) requireInScope(actor, 'u', JSON.parse(content) as Resource)
  requireInScope(actor, 'u', resource)
}

/** Refuses 412 where there is such a resource already: it was to be made only. */
export async function requireNone(ctx: Ctx, { resourceType, id }: Resource & { readonly id: string }) {
  const stored = await lockStored(ctx, resourceType, id)
  if (stored && !stored.deleted)
    refuse('precondition', 'record.there-already', { details: { version: stored.version } })
}

/** Refuses 412 where the caller speaks of another version than the current one. */
export function requireVersion(stored: Stored, expected: number | undefined): void {
  if (expected !== undefined && expected !== stored.version)
    refuse('precondition', 'record.stale', { details: { version: stored.version } })
}

/** What describes the world and came from no institution (R4's own code systems) becomes whose who brings it anew. */
export const isFree = ({ type, institutionId }: Stored): boolean => institutionId === null && isOpenType(type)

/** Only the institution that recorded a fact changes it: provenance is worth nothing otherwise. */
export function requireRecorder(ctx: Ctx, stored: Stored): void {
  if (ctx.actor.kind === 'system' || stored.institutionId === ctx.actor.institutionId) return
  refuse('forbidden', 'record.recorded-elsewhere', { details: { institutionId: stored.institutionId } })
}

/** The owner of what is stored; a write may not take a thing from its owner, nor give one to it. */
export function ownerNow(stored: Stored, resource: Resource): ResourceOwner | undefined {
  const next = ownerOf(resource)
  if (stored.deleted) {
    if (next) refuse('conflict', 'record.gone', { details: { gone: true } })
    return undefined
  }
  const owner = ownerOf(JSON.parse(stored.content) as Resource)
  if (owner !== next) refuse('unprocessable', 'record.cannot-change-owner')
  return owner
}

async function changeOwned(
  ctx: Ctx,
  owner: ResourceOwner,
  stored: Stored,
  resource: Resource,
): Promise<Stored> {
  await setExtra(ctx, owner, stored, resource)
  return owner.change(ctx, stored.ownId, resource, stored)
}

/**
 * Removes a resource: its id answers 410 from then on. Removing what is gone already changes nothing. What never was is
 * refused as what the actor may not see is: R4 would have it done, but who removes a thing must not take it for removed
 * while it is only hidden.
 */
export async function removeResource(ctx: Ctx, type: string, id: string, expected?: number): Promise<Stored> {
  const stored = await lockStored(ctx, type, id)
  if (!stored) {
    await refuseSeries(ctx, type, id)
    return refuse('missing', 'record.no-such-resource')
  }
  if (stored.deleted) return stored
  requireVersion(stored, expected)
  const resource = JSON.parse(stored.content) as Resource
  requireInScope(ctx.actor, 'd', resource)
  const owner = ownerOf(resource)
  if (!owner) {
    requireRecorder(ctx, stored)
    return removePlain(ctx, stored)
  }
  if (!owner.remove) return refuse('conflict', 'record.cannot-be-removed')
  await owner.remove(ctx, stored.ownId, stored)
  return (await lockStored(ctx, type, id)) ?? stored
}
