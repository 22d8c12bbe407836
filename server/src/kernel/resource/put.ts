import type { Ctx } from '../ctx.ts'
import { refuse } from '../refusal.ts'
import { concernOf, nobodysId } from './concern.ts'
import { tell } from './events.ts'
import { happenedAt } from './happened.ts'
import { keysOf } from './keys.ts'
import { followersOf, type Resource, type Stored } from './owner.ts'
import { isTaken, render, rowsOf } from './row.ts'
import { grants, lawful, visible } from './visible.ts'

/** What no module owns is stored as it comes: the plain half of the store. */

const own = 'resident_id, type, id, version, updated_at, happened_at, institution_id, audience, content, keys'

/** Inserts version 1 for the resident whose Patient ($5, by FHIR id or the resident's own) the actor may see. */
const forPatient = (byOwnId: boolean) => `with p as (
    select r.resident_id from kernel.resource r ${grants}
    where r.type = 'Patient' and r.${byOwnId ? 'own_id' : 'id'} = $5 and not r.deleted and ${lawful}),
  i as (insert into kernel.resource_key (resident_id, type, key, id)
    select p.resident_id, $6, k, $7 from p, unnest(($11::text[])[1:$12::int]) k)
  insert into kernel.resource (${own})
  select p.resident_id, $6, $7, 1, $2, $8, $1, $9::uuid[], $10, $11 from p returning resident_id`

const forNobody = `with i as (insert into kernel.resource_key (resident_id, type, key, id, audience)
    select '${nobodysId}', $2, k, $3, $6::uuid[] from unnest(($8::text[])[1:$9::int]) k)
  insert into kernel.resource (${own}) values ('${nobodysId}', $2, $3, 1, $4, $5, $1, $6::uuid[], $7, $8)
  returning resident_id`

interface Owned {
  readonly resident_id: string
}

async function insert(ctx: Ctx, resource: Resource, id: string): Promise<Stored> {
  const content = render(resource, { id, version: 1, updatedAt: ctx.now })
  const concern = concernOf(resource)
  const happened = happenedAt(resource)
  const { keys, indexed } = keysOf(resource, concern.kind === 'patient')
  let audience: readonly string[] | null = null
  let rows: Owned[]
  if (concern.kind === 'patient') {
    const values = [
      ...visible(ctx),
      concern.patientId,
      resource.resourceType,
      id,
      happened,
      null,
      content,
      keys,
      indexed,
    ]
    rows = await rowsOf<Owned>(ctx, 'fhir-create', forPatient(false), values)
    if (rows.length === 0) rows = await rowsOf<Owned>(ctx, 'fhir-create-own', forPatient(true), values)
    if (rows.length === 0) refuseUnknownPatient(concern.patientId)
  } else {
    audience = concern.kind === 'open' ? null : [ctx.actor.institutionId ?? nobodysId]
    rows = await rowsOf<Owned>(ctx, 'fhir-create-open', forNobody, [
      ctx.actor.institutionId,
      resource.resourceType,
      id,
      ctx.now,
      happened,
      audience,
      content,
      keys,
      indexed,
    ])
  }
  const residentId = rows[0]?.resident_id
  return {
    type: resource.resourceType,
    id,
    ownId: id,
    version: 1,
    updatedAt: ctx.now,
    residentId: residentId === nobodysId ? null : (residentId ?? null),
    institutionId: ctx.actor.institutionId,
    audience,
    sensitivity: 0,
    deleted: false,
    content,
  }
}

/** The patient is unknown or not the actor's to see: the same answer for both. */
export function refuseUnknownPatient(patientId: string): never {
  return refuse('unprocessable', 'record.no-such-patient', {
    fields: [{ path: 'Patient', problem: `Patient/${patientId} is not known here` }],
  })
}

/** Stores a new resource that no module owns, and tells so. */
export async function addPlain(ctx: Ctx, resource: Resource, id: string): Promise<Stored> {
  try {
    const stored = await insert(ctx, resource, id)
    await after(ctx, stored, resource, 'created')
    return stored
  } catch (error) {
    if (isTaken(error)) refuse('conflict', 'record.id-taken')
    throw error
  }
}

/** Tells what was done and lets the modules that follow this type do their part. */
export async function after(
  ctx: Ctx,
  stored: Stored,
  resource: Resource,
  change: 'created' | 'changed',
): Promise<void> {
  const { type, id, version, residentId } = stored
  await tell(ctx, 'record.stored', {
    thing: `${type}/${id}`,
    residentId,
    data: { type, id, version, change },
  })
  for (const { follow } of followersOf(resource)) await follow(ctx, stored, resource)
}
