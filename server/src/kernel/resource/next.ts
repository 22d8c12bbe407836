import { isDeepStrictEqual } from 'node:util'
import type { Ctx } from '../ctx.ts'
import { inside } from '../ctx-inside.ts'
import { refuse } from '../refusal.ts'
import { concernOf, nobodysId } from './concern.ts'
import { tell } from './events.ts'
import { happenedAt } from './happened.ts'
import { type Keys, keysOf, noKeys } from './keys.ts'
import type { Resource, Stored } from './owner.ts'
import { after, refuseUnknownPatient } from './put.ts'
import { columns, type Row, render, rowsOf, storedOf } from './row.ts'
import { grants, lawful, visible } from './visible.ts'

/** What goes into history. */
export const past = `resident_id, type, id, own_id, version, updated_at, happened_at, institution_id, audience, sensitivity,
  deleted, content, extra, reader`

/** Says anew by what the resource $1 $2 $3 is found: $5 of $4 across residents, all of them in its row. */
const found = `before as (select coalesce(keys, '{}') as keys, audience from kernel.resource
    where resident_id = $1 and type = $2 and id = $3),
  gone as (delete from kernel.resource_key k using before, unnest(before.keys) old
    where k.type = $2 and k.key = old and k.resident_id = $1 and k.id = $3 and old <> all (($4::text[])[1:$5::int])),
  added as (insert into kernel.resource_key as k (resident_id, type, key, id, audience)
    select $1, $2, v, $3, $6::uuid[] from before, unnest(($4::text[])[1:$5::int]) v
    where v <> all (before.keys) or before.audience is distinct from $6::uuid[]
    on conflict (resident_id, type, key, id) do update set audience = excluded.audience)`

const step = `with h as (insert into kernel.resource_history (${past})
    select ${past} from kernel.resource r where r.resident_id = $1 and r.type = $2 and r.id = $3), ${found}
  update kernel.resource r set version = $7, updated_at = $8, happened_at = $9, content = $10, deleted = $11,
    institution_id = $12, extra = $13, audience = $6::uuid[], sensitivity = $14, keys = $4::text[]
  where r.resident_id = $1 and r.type = $2 and r.id = $3 returning ${columns}`

const rekey = `with ${found}
  update kernel.resource set keys = $4::text[] where resident_id = $1 and type = $2 and id = $3`

/** What the next version holds beside its content. */
export interface NextVersion {
  readonly content: string
  readonly happened: Date | null
  readonly keys: Keys
  readonly deleted?: boolean
  readonly institutionId?: string | null
  readonly extra?: string | null
  readonly audience?: readonly string[] | null
  readonly sensitivity?: number
}

/** Moves the row to history and writes the next version in its place, in one statement. The row is locked already. */
export async function writeNext(ctx: Ctx, stored: Stored, next: NextVersion): Promise<Stored> {
  const [row] = await rowsOf<Row>(ctx, 'fhir-next', step, [
    stored.residentId ?? nobodysId,
    stored.type,
    stored.id,
    next.keys.keys,
    next.keys.indexed,
    next.audience === undefined ? stored.audience : next.audience,
    stored.version + 1,
    ctx.now,
    next.happened,
    next.content,
    next.deleted ?? false,
    next.institutionId === undefined ? stored.institutionId : next.institutionId,
    next.extra ?? null,
    next.sensitivity ?? stored.sensitivity,
  ])
  if (!row) throw new Error(`${stored.type}/${stored.id} went away under its lock`)
  return storedOf(row)
}

/** Says anew by what a resource is found, where its version stays. */
export async function writeKeys(ctx: Ctx, stored: Stored, { keys, indexed }: Keys): Promise<void> {
  const at = [stored.residentId ?? nobodysId, stored.type, stored.id]
  await rowsOf(ctx, 'fhir-rekey', rekey, [...at, keys, indexed, stored.audience])
}

const more = `with added as (insert into kernel.resource_key (resident_id, type, key, id, audience)
    select $1, $2, v, $3, $6::uuid[] from unnest(($4::text[])[1:$5::int]) v on conflict do nothing)
  update kernel.resource set keys = (select array_agg(distinct k) from unnest(keys || $4::text[]) k)
  where resident_id = $1 and type = $2 and id = $3`

/** Adds to what a resource is found by. */
export async function addKeys(ctx: Ctx, stored: Stored, { keys, indexed }: Keys): Promise<void> {
  const at = [stored.residentId ?? nobodysId, stored.type, stored.id]
  await rowsOf(ctx, 'fhir-add-keys', more, [...at, keys, indexed, stored.audience])
}

const patients = (
  column: 'id' | 'own_id',
) => `select r.${column} as id, r.resident_id from kernel.resource r ${grants}
  where r.type = 'Patient' and r.${column} = any ((select $5::text[])::text[]) and not r.deleted and ${lawful}`

/** The residents behind Patients' FHIR ids (or own ids), where the actor may see them, or has just made them. */
export async function residentsOf(ctx: Ctx, patientIds: readonly string[]): Promise<Map<string, string>> {
  const { added } = inside(ctx)
  const found = new Map(patientIds.filter((id) => added.includes(`Patient/${id}`)).map((id) => [id, id]))
  for (const column of ['id', 'own_id'] as const) {
    const rest = [...new Set(patientIds)].filter((id) => !found.has(id))
    if (rest.length === 0) break
    const name = `fhir-patients-${column}`
    const values = [...visible(ctx), rest]
    const rows = await rowsOf<{ id: string; resident_id: string }>(ctx, name, patients(column), values)
    for (const row of rows) found.set(row.id, row.resident_id)
  }
  return found
}

/** The one behind a Patient's id. */
export const residentOf = async (ctx: Ctx, patientId: string): Promise<string | undefined> =>
  (await residentsOf(ctx, [patientId])).get(patientId)

/** Whom the version before concerns, by its own words; nothing is known of what was removed. */
const concernBefore = ({ content }: Stored) =>
  content === '' ? undefined : concernOf(JSON.parse(content) as Resource)

/** Whether the next version concerns whom the one before does, by its own words. */
export const concernsTheSame = (stored: Stored, resource: Resource): boolean =>
  isDeepStrictEqual(concernOf(resource), concernBefore(stored))

/** A fact stays whose it is: the next version may not move it to another resident. */
async function requireSameResident(ctx: Ctx, stored: Stored, resource: Resource): Promise<void> {
  if (concernsTheSame(stored, resource)) return
  const concern = concernOf(resource)
  const residentId = concern.kind === 'patient' ? await residentOf(ctx, concern.patientId) : null
  if (concern.kind === 'patient' && !residentId) refuseUnknownPatient(concern.patientId)
  if (residentId !== stored.residentId) refuse('unprocessable', 'record.cannot-move-to-another-resident')
}

/** The next version of what no module owns. */
export async function changePlain(ctx: Ctx, stored: Stored, resource: Resource): Promise<Stored> {
  await requireSameResident(ctx, stored, resource)
  const label = { id: stored.id, version: stored.version + 1, updatedAt: ctx.now }
  const next = await writeNext(ctx, stored, {
    content: render(resource, label),
    happened: happenedAt(resource),
    keys: keysOf(resource, stored.residentId !== null),
    institutionId: stored.institutionId ?? ctx.actor.institutionId,
  })
  await after(ctx, next, resource, 'changed')
  return next
}

/** Takes it out: reads answer 410, its versions stay. */
export async function removePlain(ctx: Ctx, stored: Stored): Promise<Stored> {
  const next = await writeNext(ctx, stored, { content: '', happened: null, keys: noKeys, deleted: true })
  const { type, id, version, residentId } = next
  const data = { type, id, version, change: 'removed' as const }
  await tell(ctx, 'record.stored', { thing: `${type}/${id}`, residentId, data })
  return next
}
