import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { findAliases, keepAliases } from '../../../kernel/resource/alias.ts'
import { resourceIn } from '../../../kernel/resource/exact.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { findStored } from '../../../kernel/resource/read.ts'
import { createResource, requireShape, updateResource } from '../../../kernel/resource/write.ts'
import { scopeAllows } from '../../identity/index.ts'
import type { Listed } from '../hl7-value.ts'

/** The name under which an institution's systems know a thing; numbers lie nowhere in plain, so it is a digest. */
export const aliasOf = (type: string, ...parts: readonly string[]): string =>
  `hl7:${type}:${createHash('sha256').update(parts.join('\u0001')).digest('base64url')}`

const isCovered = ({ actor: { kind, scopes } }: Ctx, type: string, verb: 'c' | 'u'): boolean =>
  kind !== 'client' || scopeAllows(scopes, type, verb)

/** Whether the client's scopes cover making and changing resources of the type. */
export const mayWrite = (ctx: Ctx, type: string): boolean =>
  isCovered(ctx, type, 'c') && isCovered(ctx, type, 'u')

/** Refuses 403 what the client's scopes do not cover: a message may do no more than FHIR by the same client. */
export function requireScope(ctx: Ctx, type: string, verb: 'c' | 'u'): void {
  if (!isCovered(ctx, type, verb)) refuse('forbidden', 'kernel.not-permitted', { details: { type, verb } })
}

/** What this institution's systems know by the name: `Type/id`. */
export async function knownAs(ctx: Ctx, alias: string): Promise<string | undefined> {
  return (await findAliases(ctx, ownInstitution(ctx.actor), [alias])).get(alias)
}

/** The same as a resource, where the institution may still see it. */
export async function storedAs(ctx: Ctx, alias: string): Promise<(Resource & { id: string }) | undefined> {
  const [type, id] = (await knownAs(ctx, alias))?.split('/') ?? []
  const stored = type && id ? await findStored(ctx, type, id) : undefined
  return stored && !stored.deleted ? (resourceIn(stored.content) as Resource & { id: string }) : undefined
}

/** Stores a resource under a name: made the first time, as `fresh` where that is given, changed from then on. Answers its id. */
export async function upsert(ctx: Ctx, alias: string, resource: Resource, fresh?: string): Promise<string> {
  const { resourceType } = resource
  requireShape(resource)
  const id = (await knownAs(ctx, alias))?.split('/')[1]
  requireScope(ctx, resourceType, id ? 'u' : 'c')
  if (id) return (await updateResource(ctx, { ...resource, id })).stored.id
  const { stored } = await createResource(ctx, resource, fresh)
  await remember(ctx, alias, { type: resourceType, id: stored.id })
  return stored.id
}

/** The same where it says something else than `before`; as `Type/id` what was stored, nothing where all was known. */
export async function upsertNews(
  ctx: Ctx,
  alias: string,
  {
    resource,
    before,
    id,
  }: { resource: Resource; before: (Resource & { id: string }) | undefined; id?: string },
): Promise<string[]> {
  const isKnown = before && isDeepStrictEqual({ ...resource, id: before.id, meta: before.meta }, before)
  return isKnown ? [] : [`${resource.resourceType}/${await upsert(ctx, alias, resource, id)}`]
}

/**
 * What a message lists of a type, where the client may write it: each once in `place`, changed where more is said of it. What
 * a later message no longer lists stays: many senders list none.
 */
export async function takeListed(
  ctx: Ctx,
  type: string,
  place: readonly string[],
  listed: readonly Listed[],
): Promise<string[]> {
  const made: string[] = []
  for (const { name, resource, isDeleted = false } of mayWrite(ctx, type) ? listed : []) {
    const alias = aliasOf(type, ...place, name)
    const before = await storedAs(ctx, alias)
    if (before || !isDeleted) made.push(...(await upsertNews(ctx, alias, { resource, before })))
  }
  return made
}

export const remember = (ctx: Ctx, key: string, thing: { type: string; id: string }): Promise<void> =>
  keepAliases(ctx, ownInstitution(ctx.actor), [{ key, ...thing }])
