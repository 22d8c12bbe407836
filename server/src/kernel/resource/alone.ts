import type { Ctx } from '../ctx.ts'
import { concernOf } from './concern.ts'
import { happenedAt } from './happened.ts'
import { keysOf } from './keys.ts'
import { followersOf, ownersOf, type Resource, type Stored } from './owner.ts'
import { render, rowsOf } from './row.ts'
import { grants, lawful, visible } from './visible.ts'
import { requirePast } from './write.ts'

/**
 * The commonest write of all, a fact about a patient that no module owns: resource, what it is found by, audit line and
 * outbox in one statement. One statement is atomic by itself, so it needs no transaction around it and makes one
 * round trip where a transaction makes two; measured, that is half the cost of the write.
 */
const statement = `with p as (
    select r.resident_id from kernel.resource r ${grants}
    where r.type = 'Patient' and r.id = $5 and not r.deleted and ${lawful}),
  i as (insert into kernel.resource_key (resident_id, type, key, id)
    select p.resident_id, $6, k, $7 from p, unnest(($10::text[])[1:$17::int]) k),
  e as (insert into kernel.event
      (id, name, at, actor_kind, actor_id, institution_id, resident_id, thing, audience, data, request_id)
    select $11, 'record.stored', $2, $12, $13, $1, p.resident_id, $14, '{}', $15, $16 from p),
  f as (insert into kernel.fresh (kind, ref) select 'event', $11 from p)
  insert into kernel.resource
    (resident_id, type, id, version, updated_at, happened_at, institution_id, content, keys)
  select p.resident_id, $6, $7, 1, $2, $8, $1, $9, $10 from p returning resident_id`

/** Whether a create of this resource is just one row about one patient. */
export const isAlone = (resource: Resource): boolean =>
  ownersOf(resource.resourceType).length === 0 &&
  followersOf(resource).length === 0 &&
  concernOf(resource).kind === 'patient'

/** Stores it in one statement; undefined where the patient is not found by this id, and nothing was written. */
export async function addAlone(ctx: Ctx, resource: Resource): Promise<Stored | undefined> {
  requirePast(ctx, resource)
  const concern = concernOf(resource)
  if (concern.kind !== 'patient') return undefined
  const id = ctx.id()
  const type = resource.resourceType
  const content = render(resource, { id, version: 1, updatedAt: ctx.now })
  const { keys, indexed } = keysOf(resource, true)
  const [row] = await rowsOf<{ resident_id: string }>(ctx, 'fhir-alone', statement, [
    ...visible(ctx),
    concern.patientId,
    type,
    id,
    happenedAt(resource),
    content,
    keys,
    ctx.id(),
    ctx.actor.kind,
    ctx.actor.id,
    `${type}/${id}`,
    JSON.stringify({ type, id, version: 1, change: 'created' }),
    ctx.requestId,
    indexed,
  ])
  if (!row) return undefined
  return {
    type,
    id,
    ownId: id,
    version: 1,
    updatedAt: ctx.now,
    residentId: row.resident_id,
    institutionId: ctx.actor.institutionId,
    audience: null,
    sensitivity: 0,
    deleted: false,
    content,
  }
}
