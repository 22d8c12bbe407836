import { isDeepStrictEqual } from 'node:util'
import { arrayText } from '../array-text.ts'
import { asSystem } from '../as-system.ts'
import type { Ctx } from '../ctx.ts'
import { inside } from '../ctx-inside.ts'
import { nobodysId } from './concern.ts'
import { alike, exactIn, exactText, resourceIn } from './exact.ts'
import { happenedAt } from './happened.ts'
import { type Keys, keysOf, noKeys } from './keys.ts'
import { addKeys, writeKeys, writeNext } from './next.ts'
import type { Resource, ResourceOwner, Stored } from './owner.ts'
import { columns, type Row, render, rowsOf, storedOf } from './row.ts'

/** What a module puts into the store about one of its things. */
export interface Projection {
  /** The FHIR form, with the module's own id as `id`. */
  readonly resource: Resource & { readonly id: string }
  /** Whom it concerns; without it the resource concerns no resident (an Organization). */
  readonly residentId?: string | null
  /** The institution that recorded it; the actor's own where nothing is said. */
  readonly institutionId?: string | null
  /** Where given, only these institutions see it: a case is visible to its parties only. */
  readonly audience?: readonly string[] | null
  readonly sensitivity?: number
  /** Where given, only the actor of this id sees it: a client's own, which its neighbours need not know. */
  readonly reader?: string
  /** Where a part is never the same twice (a seal): the resource with what may stay of the version before. */
  readonly keeping?: (before: Resource) => Resource & { readonly id: string }
}

interface Kept extends Row {
  readonly extra: string | null
}

const find = `select ${columns}, r.extra from kernel.resource r
  where r.type = $1 and (r.id = $2 or r.own_id = $2) for update`

const insert = `with i as (insert into kernel.resource_key (resident_id, type, key, id, audience)
    select $1, $2, k, $3, $7::uuid[] from unnest(($9::text[])[1:$11::int]) k)
  insert into kernel.resource
    (resident_id, type, id, version, updated_at, happened_at, institution_id, audience, content, sensitivity, keys, reader)
  values ($1, $2, $3, 1, $4, $5, $6, $7::uuid[], $8, $10, $9, $12)`

const merged = (resource: Resource, extra: string | null): Resource =>
  extra ? { ...(exactIn(extra) as object), ...resource } : resource

const rebuilding = new WeakSet<Ctx>()

/** A ctx in which a projection that is as it was is found by what it is found by now. */
export function projectKeysToo(ctx: Ctx): Ctx {
  rebuilding.add(ctx)
  return ctx
}

/** Says anew by what it is found, where that has changed. */
async function refreshKeys(ctx: Ctx, stored: Stored, keys: Keys): Promise<void> {
  const [row] = await rowsOf<{ keys: string[] | null }>(
    ctx,
    'fhir-project-keys',
    'select keys from kernel.resource where resident_id = $1 and type = $2 and id = $3',
    [stored.residentId ?? nobodysId, stored.type, stored.id],
  )
  const before = new Set(row?.keys ?? [])
  if (before.size !== keys.keys.length || keys.keys.some((key) => !before.has(key)))
    await writeKeys(ctx, stored, keys)
}

/** The same JSON under the same stamp; projected anew also where a database has put the elements in another order. */
function isSame(ctx: Ctx, before: string, now: string): boolean {
  if (before === now) return true
  return rebuilding.has(ctx) && isDeepStrictEqual(JSON.parse(before), JSON.parse(now))
}

/** With what came in over FHIR beside it, and what it keeps of the version before. */
function wholeOf({ resource, keeping }: Projection, { deleted, content, extra }: Kept): Resource {
  const kept = keeping && !deleted ? keeping(JSON.parse(content) as Resource) : resource
  return merged(kept, extra)
}

const foundBy = (projection: Projection, whole: Resource): Keys =>
  keysOf(whole, Boolean(projection.residentId))

async function add(ctx: Ctx, projection: Projection, institutionId: string | null): Promise<void> {
  const { resource, residentId, audience, sensitivity, reader } = projection
  const { keys, indexed } = foundBy(projection, resource)
  await rowsOf(ctx, 'fhir-project', insert, [
    residentId ?? nobodysId,
    resource.resourceType,
    resource.id,
    ctx.now,
    happenedAt(resource),
    institutionId,
    audience ?? null,
    render(resource, { id: resource.id, version: 1, updatedAt: ctx.now }),
    keys,
    sensitivity ?? 0,
    indexed,
    reader ?? null,
  ])
  inside(ctx).added.push(`${resource.resourceType}/${resource.id}`)
}

/** Stores version 1 of what its module has made this moment: nothing need be looked for. */
export async function projectNew(ctx: Ctx, projection: Projection): Promise<Stored> {
  const { institutionId = ctx.actor.institutionId } = projection
  await add(ctx, projection, institutionId)
  return firstOf(ctx, projection, institutionId)
}

/**
 * Stores version 1 or the next version of a module's thing, in the caller's transaction. The module has decided
 * that it may be; what has not changed makes no new version.
 */
export function project(ctx: Ctx, projection: Projection): Promise<Stored> {
  const { resource, audience, sensitivity } = projection
  const institutionId =
    projection.institutionId === undefined ? ctx.actor.institutionId : projection.institutionId
  return asSystem(ctx, async (all) => {
    const [row] = await rowsOf<Kept>(all, 'fhir-project-find', find, [resource.resourceType, resource.id])
    if (!row) {
      await add(all, projection, institutionId)
      return firstOf(all, projection, institutionId)
    }
    const stored = storedOf(row)
    const whole = wholeOf(projection, row)
    const parties = audience === undefined ? null : audience
    const unchanged =
      !row.deleted &&
      isSame(all, row.content, render(whole, stored)) &&
      String(row.audience) === String(parties)
    if (unchanged) {
      if (rebuilding.has(all)) await refreshKeys(all, stored, foundBy(projection, whole))
      return stored
    }
    const next = await writeNext(all, stored, {
      content: render(whole, { id: stored.id, version: stored.version + 1, updatedAt: all.now }),
      happened: happenedAt(resource),
      keys: foundBy(projection, whole),
      extra: row.extra,
      institutionId: projection.institutionId === undefined ? stored.institutionId : institutionId,
      audience: parties,
      sensitivity: sensitivity ?? 0,
    })
    return next
  })
}

const firstOf = (ctx: Ctx, projection: Projection, institutionId: string | null): Stored => ({
  type: projection.resource.resourceType,
  id: projection.resource.id,
  ownId: projection.resource.id,
  version: 1,
  updatedAt: ctx.now,
  residentId: projection.residentId ?? null,
  institutionId,
  audience: projection.audience ?? null,
  sensitivity: projection.sensitivity ?? 0,
  deleted: false,
  content: render(projection.resource, { id: projection.resource.id, version: 1, updatedAt: ctx.now }),
})

const insertMany = `with x as materialized (select resident_id, type, id, happened_at, institution_id, audience::uuid[] as audience,
      content, sensitivity, keys::text[] as keys, indexed
    from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::uuid[], $6::text[], $7::text[], $8::smallint[], $10::text[], $11::int[])
      as x (resident_id, type, id, happened_at, institution_id, audience, content, sensitivity, keys, indexed)),
  n as (insert into kernel.resource
      (resident_id, type, id, version, updated_at, happened_at, institution_id, audience, content, sensitivity, keys)
    select resident_id, type, id, 1, $9, happened_at, institution_id, audience, content, sensitivity, keys from x)
  insert into kernel.resource_key (resident_id, type, key, id, audience)
  select x.resident_id, x.type, k, x.id, x.audience from x, unnest(x.keys[1:x.indexed]) k`

const chunk = 500

const parties = ({ audience }: Projection): string | null => (audience ? `{${audience.join(',')}}` : null)

/** Version 1 of very many things at once (demonstrations, imports); they must all be new. */
export async function projectMany(ctx: Ctx, projections: readonly Projection[]): Promise<readonly Stored[]> {
  const all: Stored[] = []
  let writing: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < projections.length; from += chunk) {
    const part = projections.slice(from, from + chunk)
    const stored = part.map((p) =>
      firstOf(ctx, p, p.institutionId === undefined ? ctx.actor.institutionId : p.institutionId),
    )
    const values = valuesOf(part, stored)
    // The database writes one part while the next is made ready.
    await writing
    writing = rowsOf(ctx, 'fhir-project-many', insertMany, values)
    writing.catch(() => {})
    all.push(...stored)
    inside(ctx).added.push(...stored.map(({ type, id }) => `${type}/${id}`))
  }
  await writing
  return all
}

function valuesOf(part: readonly Projection[], stored: readonly Stored[]): unknown[] {
  const keyed = part.map((p) => foundBy(p, p.resource))
  return [
    part.map((p) => p.residentId ?? nobodysId),
    stored.map(({ type }) => type),
    stored.map(({ id }) => id),
    part.map((p) => happenedAt(p.resource)),
    stored.map(({ institutionId }) => institutionId),
    part.map(parties),
    stored.map(({ content }) => content),
    stored.map(({ sensitivity }) => sensitivity),
    stored[0]?.updatedAt,
    keyed.map(({ keys }) => arrayText(keys)),
    keyed.map(({ indexed }) => indexed),
  ]
}

/** Takes a module's thing out of the store: reads answer 410 from then on, its versions stay. */
export function unproject(ctx: Ctx, type: string, ownId: string): Promise<void> {
  return asSystem(ctx, async (all) => {
    const [row] = await rowsOf<Kept>(all, 'fhir-project-find', find, [type, ownId])
    if (!row || row.deleted) return
    await writeNext(all, storedOf(row), {
      content: '',
      happened: null,
      keys: noKeys,
      deleted: true,
    })
  })
}

/** The elements of what came in over FHIR that the owner does not model, as JSON; null where there are none. */
function extraOf(owner: ResourceOwner, received: Resource): string | null {
  const modelled = new Set(['resourceType', 'id', 'meta', ...owner.models])
  const kept = Object.entries(received).filter(([name]) => !modelled.has(name.replace(/^_/, '')))
  return kept.length > 0 ? exactText(alike(Object.fromEntries(kept), received)) : null
}

/** Keeps beside a new projection what came in over FHIR and is none of the elements the owner models. */
export async function keepExtra(
  ctx: Ctx,
  owner: ResourceOwner,
  stored: Stored,
  received: Resource,
): Promise<Stored> {
  const extra = extraOf(owner, received)
  if (extra === null) return stored
  const whole = merged(resourceIn(stored.content), extra)
  const content = render(whole, stored)
  await writeExtra(ctx, stored, extra, content)
  await asSystem(ctx, (all) => addKeys(all, stored, keysOf(whole, stored.residentId !== null)))
  return { ...stored, content }
}

/** Before the owner changes its thing: what its next projection will be merged with. */
export const setExtra = (ctx: Ctx, owner: ResourceOwner, stored: Stored, received: Resource) =>
  writeExtra(ctx, stored, extraOf(owner, received), stored.content)

const writeExtra = (ctx: Ctx, stored: Stored, extra: string | null, content: string): Promise<unknown> =>
  asSystem(ctx, (all) =>
    rowsOf(
      all,
      'fhir-extra',
      'update kernel.resource set extra = $4, content = $5 where resident_id = $1 and type = $2 and id = $3',
      [stored.residentId ?? nobodysId, stored.type, stored.id, extra, content],
    ),
  )

/** Gives a thing just projected the id that a PUT chose for it; its module goes on knowing it by its own. */
export async function rename(ctx: Ctx, stored: Stored, id: string): Promise<Stored> {
  const content = render(resourceIn(stored.content), { ...stored, id })
  await asSystem(ctx, (all) =>
    rowsOf(
      all,
      'fhir-rename',
      `with old as (select unnest(keys) as key from kernel.resource where resident_id = $1 and type = $2 and id = $3),
        i as (update kernel.resource_key k set id = $4 from old
          where k.type = $2 and k.key = old.key and k.resident_id = $1 and k.id = $3)
        update kernel.resource set id = $4, own_id = $3, content = $5 where resident_id = $1 and type = $2 and id = $3`,
      [stored.residentId ?? nobodysId, stored.type, stored.id, id, content],
    ),
  )
  return { ...stored, id, content }
}
