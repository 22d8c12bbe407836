import type { Ctx } from '../ctx.ts'
import { refuse } from '../refusal.ts'
import { concernOf, identifiersOf, nobodysId } from './concern.ts'
import { tell } from './events.ts'
import { happenedAt } from './happened.ts'
import type { Resource, Stored } from './owner.ts'
import { after, refuseUnknownPatient } from './put.ts'
import { columns, type Row, render, rowsOf, storedOf } from './row.ts'
import { grants, lawful, visible } from './visible.ts'

const toHistory = `with h as (insert into kernel.resource_history
    select * from kernel.resource r where r.resident_id = $1 and r.type = $2 and r.id = $3)`

const step = `${toHistory}
  update kernel.resource r set version = $4, updated_at = $5, happened_at = $6, content = $7, deleted = $8,
    institution_id = $9, extra = $10, audience = $11::uuid[], sensitivity = $12
  where r.resident_id = $1 and r.type = $2 and r.id = $3 returning ${columns}`

/** What the next version holds beside its content. */
export interface NextVersion {
  readonly content: string
  readonly happened: Date | null
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
    stored.version + 1,
    ctx.now,
    next.happened,
    next.content,
    next.deleted ?? false,
    next.institutionId === undefined ? stored.institutionId : next.institutionId,
    next.extra ?? null,
    next.audience === undefined ? stored.audience : next.audience,
    next.sensitivity ?? stored.sensitivity,
  ])
  if (!row) throw new Error(`${stored.type}/${stored.id} went away under its lock`)
  return storedOf(row)
}

/** Says anew under which identifiers a resource is found. */
export async function writeIdentifiers(
  ctx: Ctx,
  stored: Stored,
  identifiers: readonly string[],
): Promise<void> {
  await rowsOf(
    ctx,
    'fhir-forget-identifiers',
    'delete from kernel.resource_identifier where resident_id = $1 and type = $2 and id = $3 and not (value = any ($4::text[]))',
    [stored.residentId ?? nobodysId, stored.type, stored.id, identifiers],
  )
  if (identifiers.length === 0) return
  await rowsOf(
    ctx,
    'fhir-add-identifiers',
    `insert into kernel.resource_identifier (resident_id, type, value, id)
      select $1, $2, v, $3 from unnest($4::text[]) v on conflict do nothing`,
    [stored.residentId ?? nobodysId, stored.type, stored.id, identifiers],
  )
}

const patient = (column: 'id' | 'own_id') => `select r.resident_id from kernel.resource r ${grants}
  where r.type = 'Patient' and r.${column} = $5 and not r.deleted and ${lawful}`

/** The resident behind a Patient's FHIR id (or own id), where the actor may see them. */
export async function residentOf(ctx: Ctx, patientId: string): Promise<string | undefined> {
  const values = [...visible(ctx), patientId]
  const [row] = await rowsOf<{ resident_id: string }>(ctx, 'fhir-patient', patient('id'), values)
  if (row) return row.resident_id
  return (await rowsOf<{ resident_id: string }>(ctx, 'fhir-patient-own', patient('own_id'), values))[0]
    ?.resident_id
}

/** A fact stays whose it is: the next version may not move it to another resident. */
async function requireSameResident(ctx: Ctx, stored: Stored, resource: Resource): Promise<void> {
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
  })
  await writeIdentifiers(ctx, next, identifiersOf(resource))
  await after(ctx, next, resource, 'changed')
  return next
}

/** Takes it out: reads answer 410, its versions stay. */
export async function removePlain(ctx: Ctx, stored: Stored): Promise<Stored> {
  const next = await writeNext(ctx, stored, { content: '', happened: null, deleted: true })
  await writeIdentifiers(ctx, next, [])
  const { type, id, version, residentId } = next
  const data = { type, id, version, change: 'removed' as const }
  await tell(ctx, 'record.stored', { thing: `${type}/${id}`, residentId, data })
  return next
}
