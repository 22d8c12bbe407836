import type { readingApi } from '@tongmai/api/careplan/reading'
import { closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { currentContract } from '../../contract/index.ts'
import { tell } from '../events.ts'
import * as store from '../store/alert.ts'
import { listRules } from '../store/alert-rule.ts'
import { listSilent } from '../store/device.ts'

const thingOf = (id: string): string => `alert:${id}`

/** Raises an alert and puts it on the family doctor's list, where it escalates when nobody answers. */
export async function raiseAlert(ctx: Ctx, alert: store.NewAlert): Promise<void> {
  const contract = await currentContract(ctx, alert.residentId)
  const owner = contract
    ? { institutionId: contract.communityId, practitionerId: contract.doctorId }
    : { institutionId: alert.institutionId, practitionerId: alert.practitionerId }
  const { residentId, deviceId, rule, at, value, value2 } = alert
  const id = await store.raise(ctx, { residentId, deviceId, rule, at, value, value2, ...owner })
  if (!id) return
  await openCase(ctx, {
    ...{ kind: 'careplan.alert', thing: thingOf(id), residentId, step: rule.level, duty: 'careplan.follow' },
    ...{ ...owner, due: new Date(ctx.now.getTime() + rule.minutes * 60_000) },
  })
  await tell(ctx, 'careplan.alert-raised', {
    ...{ thing: thingOf(id), residentId, audience: [owner.institutionId] },
    data: { ...owner, alertId: id, rule: rule.code, level: rule.level, name: rule.name },
  })
}

/** Raises what is missing: devices on loan of which nothing has come for too long. */
export async function raiseSilent(ctx: Ctx): Promise<void> {
  for (const rule of (await listRules(ctx)).filter((one) => one.way === 'silence')) {
    const since = new Date(ctx.now.getTime() - rule.spanHours * 3_600_000)
    for (const lent of await listSilent(ctx, rule.kind as store.AlertRow['kind'], since)) {
      const { residentId, institutionId, practitionerId, deviceId } = lent
      const of = { residentId, institutionId, practitionerId, deviceId }
      await raiseAlert(ctx, { ...of, rule, at: ctx.now, value: null, value2: null })
    }
  }
}

export const alerting: Pick<Actions<typeof readingApi>, 'listAlerts' | 'readAlert' | 'answerAlert'> = {
  listAlerts: (ctx, { query }) => store.list(ctx, query),
  readAlert: (ctx, { params }) => store.find(ctx, params.id),

  async answerAlert(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (row.status !== 'open') refuse('conflict', 'careplan.alert-answered')
    await store.answer(ctx, row, { ...body, answeredBy: ctx.actor.practitionerId })
    await closeCase(ctx, thingOf(row.id))
    await tell(ctx, 'careplan.alert-answered', {
      ...{ thing: thingOf(row.id), residentId: row.residentId, audience: [row.institutionId] },
      data: {
        ...{ institutionId: row.institutionId, practitionerId: ctx.actor.practitionerId },
        ...{ alertId: row.id, response: body.response },
      },
    })
    return store.find(ctx, row.id)
  },
}
