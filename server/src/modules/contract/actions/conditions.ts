import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { type Held, listHeld } from '../../../kernel/resource/held.ts'
import type { Coded, GroupRule } from '../priority-group.ts'

/** Between code and system in a key of the store. */
const SEPARATOR = String.fromCharCode(31)
const gone =
  /^(clinical-status=(inactive|resolved|remission)|verification-status=(unconfirmed|provisional|differential|refuted|entered-in-error))/

/** The ICD-10 codes of a condition that is not over, and neither suspected only nor ruled out. */
function codedOf({ keys, happenedAt }: Held): Coded[] {
  if (keys.some((key) => gone.test(key))) return []
  const on = happenedAt && dayOf(happenedAt)
  return keys.flatMap((key) => {
    if (!key.startsWith('code=')) return []
    const [code, system = ''] = key.slice('code='.length).split(SEPARATOR)
    return code && /icd-?10/i.test(system) ? [{ code, on }] : []
  })
}

/** The conditions of these residents that the rules ask for, as far as the actor may see them. */
export async function conditionsOf(
  ctx: Ctx,
  residentIds: readonly string[],
  rules: readonly GroupRule[],
): Promise<Map<string, (Coded & { residentId: string })[]>> {
  const keys = rules.filter((rule) => rule.kind === 'icd10').map((rule) => `code=${rule.value}`)
  const held = await listHeld(ctx, { residentIds, type: 'Condition', keys })
  return Map.groupBy(
    held.flatMap((one) => codedOf(one).map((coded) => ({ ...coded, residentId: one.residentId }))),
    (one) => one.residentId,
  )
}
