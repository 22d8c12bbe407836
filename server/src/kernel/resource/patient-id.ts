import type { Ctx } from '../ctx.ts'
import { rowsOf } from './row.ts'
import { grants, lawful, visible } from './visible.ts'

const statement = `select r.id from kernel.resource r ${grants}
  where r.resident_id = $5 and r.type = 'Patient' and not r.deleted and ${lawful} order by r.id limit 1`

/** How FHIR calls a resident whom the actor may open; undefined for all others. */
export async function patientIdOf(ctx: Ctx, residentId: string): Promise<string | undefined> {
  const rows = await rowsOf<{ id: string }>(ctx, 'fhir-patient-id', statement, [...visible(ctx), residentId])
  return rows[0]?.id
}
