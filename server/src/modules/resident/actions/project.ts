import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Json, Stored } from '../../../kernel/resource/owner.ts'
import { type Projection, project } from '../../../kernel/resource/project.ts'
import { listSame } from '../../../kernel/same-person.ts'
import { unseal } from '../../../kernel/secret.ts'
import { presentedPatient } from '../fhir.ts'
import type { Numbered } from '../identifier.ts'
import * as store from '../store/person.ts'
import { keysAgain } from './keys.ts'
import { patientOf, sealedAsBefore } from './written.ts'

/** Puts a resident into the resource store as they are now. */
export async function projectResident(ctx: Ctx, residentId: string): Promise<Stored> {
  const row = await store.findOpen(ctx, residentId)
  if (!row) return refuse('missing', 'resident.missing')
  return project(ctx, await projectionOf(ctx, row))
}

/** The same of a resident whom the actor need not be able to open: a link changes what both sides say of each other. */
export const projectAs = (ctx: Ctx, residentId: string): Promise<Stored> =>
  asSystem(ctx, (all) => projectResident(all, residentId))

async function projectionOf(ctx: Ctx, row: store.Whole): Promise<Projection> {
  const numbers: Numbered[] = (await store.listIdentifiers(ctx, row.residentId)).map((n) => ({
    ...{ system: n.system, kind: n.kind, country: n.country, derived: n.derived, about: n.about },
    value: unseal(n.valueSealed),
  }))
  const telecom = row.telecomSealed === null ? null : (JSON.parse(unseal(row.telecomSealed)) as Json[])
  const phone = row.phoneSealed === null ? null : unseal(row.phoneSealed)
  const { residentId, institutionId } = row
  const same = await listSame(ctx, [residentId])
  const resource = patientOf(row, { numbers, telecom, phone }, same)
  return { resource, keeping: (before) => sealedAsBefore(resource, before), residentId, institutionId }
}

/** The Patient as the actor may read it: numbers and telephones in full with resident.reveal, or to oneself. */
export function presentPatient(ctx: Ctx, { content, residentId }: Stored): string {
  const { kind, permissions, residentIds } = ctx.actor
  const own = residentId !== null && residentIds.includes(residentId)
  return presentedPatient(content, unseal, kind === 'system' || own || permissions.has('resident.reveal'))
}

/** Projects residents anew, in id order after the given one; answers the last id, or null at the end. */
export async function rebuildPatients(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await store.listAfter(ctx, after, limit)
  for (const row of rows) await project(ctx, await projectionOf(ctx, row))
  await keysAgain(
    ctx,
    rows.map((row) => row.residentId),
  )
  return rows.length < limit ? null : (rows.at(-1)?.residentId ?? null)
}
