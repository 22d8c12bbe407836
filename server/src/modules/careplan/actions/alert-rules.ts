import type { AlertRule, alertRuleApi } from '@tongmai/api/careplan/alert-rule'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { listAllRules, setRule } from '../store/alert-rule.ts'

/** Which number a rule cannot do without; undefined where it has all. */
function lacks({
  way,
  least,
  most,
  spanHours,
  amount,
}: AlertRule): 'least' | 'spanHours' | 'amount' | undefined {
  if ((way === 'threshold' || way === 'duration') && least === null && most === null) return 'least'
  if (way !== 'threshold' && spanHours === 0) return 'spanHours'
  return (way === 'baseline' || way === 'trend') && amount === null ? 'amount' : undefined
}

/** By what readings raise an alert: data, changed from a day on and never backwards. */
export const alertRules: Actions<typeof alertRuleApi> = {
  listAlertRules: (ctx) => listAllRules(ctx),

  async setAlertRule(ctx, { params: { code }, body }) {
    const known = (await listAllRules(ctx)).find((one) => one.code === code)
    if (!known) return refuse('missing', 'careplan.alert-rule-missing')
    const rule = { ...known, ...body }
    const at = (path: string, problem: string) =>
      refuse('unprocessable', problem, { fields: [{ path: `body.${path}`, problem }] })
    if (body.since < dayOf(ctx.now)) at('since', 'careplan.rule-since-passed')
    const lacking = lacks(rule)
    if (lacking) at(lacking, 'careplan.rule-incomplete')
    // As the system: a rule of the region is nobody's own.
    await asSystem(ctx, (all) => setRule(all, rule))
    const { level, since, stopped } = rule
    await tell(ctx, 'careplan.alert-rule-changed', {
      ...{ thing: `alert-rule:${code}`, audience: [ownInstitution(ctx.actor)] },
      data: { code, level, since, stopped },
    })
    return listAllRules(ctx)
  },
}
