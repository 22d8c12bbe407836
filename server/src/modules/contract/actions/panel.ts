import type { PriorityGroup } from '@tongmai/api/contract/package'
import {
  type PanelPage,
  type PanelResident,
  type PanelView,
  type panelApi,
  panelView,
  risk,
} from '@tongmai/api/contract/panel'
import type { Register } from '@tongmai/api/contract/register'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { listHeld } from '../../../kernel/resource/held.ts'
import { callReasons } from '../call-reason.ts'
import { tell } from '../events.ts'
import { type GroupRule, groupsOf } from '../priority-group.ts'
import { standingOf } from '../question.ts'
import { find } from '../store/contract.ts'
import * as groups from '../store/group-rule.ts'
import { cardOf } from '../store/line.ts'
import * as store from '../store/panel-list.ts'
import { listRegisters, registeredGroups } from '../store/register.ts'
import { thingOf } from './advance.ts'
import { conditionsOf } from './conditions.ts'

const DISCHARGED_DAYS = 7
/** On which day each of these residents last left a ward, where that was in the last days. */
async function dischargesOf(ctx: Ctx, residentIds: string[]): Promise<Map<string, string>> {
  const held = await listHeld(ctx, { residentIds, type: 'Encounter', keys: ['class=IMP', 'class=ACUTE'] })
  const since = dayAfter(dayOf(ctx.now), -DISCHARGED_DAYS)
  const found = new Map<string, string>()
  for (const { residentId, content } of held) {
    const { period } = JSON.parse(content) as { period?: { end?: string } }
    const on = period?.end && (period.end.length > 10 ? dayOf(new Date(period.end)) : period.end)
    if (!on || on < since || on > dayOf(ctx.now)) continue
    if (on > (found.get(residentId) ?? '')) found.set(residentId, on)
  }
  return found
}

async function panelOf(ctx: Ctx, doctorId: string | undefined) {
  const rows = await store.listUnderContract(ctx, doctorId)
  const rules = await groups.listGroupRules(ctx)
  const ids = rows.map((row) => row.residentId)
  const conditions = await conditionsOf(ctx, ids, rules)
  const discharges = await dischargesOf(ctx, ids)
  const standing = new Map(
    (await standingOf.ask(ctx, { residentIds: ids })).map((one) => [one.residentId, one]),
  )
  const today = dayOf(ctx.now)
  const institutionId = ownInstitution(ctx.actor)
  const registered = await registeredGroups(ctx, { institutionId, residentIds: ids, on: today })
  const residents = rows.map((row): PanelResident => {
    const { residentId, birthDate } = row
    const conditionsHere = conditions.get(residentId) ?? []
    const of = { birthDate, conditions: conditionsHere, registered: registered.get(residentId) }
    const stands = standing.get(row.residentId)
    const [badly, dischargedOn] = [stands?.badly ?? null, discharges.get(row.residentId) ?? null]
    const lastCall = row.lastCall && { ...row.lastCall, at: new Date(row.lastCall.at) }
    return {
      ...{ contractId: row.id, resident: cardOf(row) },
      doctor: { id: row.doctorId, name: row.doctorName ?? '' },
      ...{ groups: groupsOf(of, rules, today), ...row.owed },
      ...{ dischargedOn, lastCall, badly, callFor: callReasons({ dischargedOn, badly, lastCall }) },
      risk: stands?.risk ?? null,
    }
  })
  return { residents, rules }
}

const isIn: Readonly<Record<PanelView, (one: PanelResident, yesterday: string) => boolean>> = {
  all: () => true,
  toCall: (one) => one.callFor.length > 0,
  badly: (one) => one.badly !== null,
  yesterday: (one, yesterday) => one.dischargedOn === yesterday,
  key: (one) => one.groups.length > 0,
  overdue: (one) => one.overdue > 0,
  due: (one) => one.due > 0,
  discharged: (one) => one.dischargedOn !== null,
}

/** What was measured critically comes first, then who left a ward, then who has waited longest. */
const byUrgency = (a: PanelResident, b: PanelResident): number =>
  Number(b.badly?.critical ?? false) - Number(a.badly?.critical ?? false) ||
  (b.dischargedOn ?? '').localeCompare(a.dischargedOn ?? '') ||
  (a.next?.dueOn ?? '9999').localeCompare(b.next?.dueOn ?? '9999') ||
  a.contractId.localeCompare(b.contractId)

const riskCounts = (residents: readonly PanelResident[]): PanelPage['risks'] =>
  Object.fromEntries(
    risk.options.map((name) => [name, residents.filter((one) => one.risk === name).length]),
  ) as PanelPage['risks']

interface Sourced {
  readonly rules: readonly GroupRule[]
  readonly registers: readonly Register[]
}

const groupCounts = (residents: readonly PanelResident[], { rules, registers }: Sourced) => {
  const sources = new Map<PriorityGroup, Set<string>>()
  const say = (group: PriorityGroup, source: string) =>
    sources.set(group, (sources.get(group) ?? new Set()).add(source))
  for (const { priorityGroup, source } of rules) say(priorityGroup, source)
  for (const register of registers) for (const source of register.sources) say(register.group, source)
  return [...sources].map(([group, said]) => ({
    ...{ group, source: [...said].join('；') },
    count: residents.filter((one) => one.groups.includes(group)).length,
  }))
}

/** Whose list it is to care for: one list, each resident with why they are on it. */
export const panel: Actions<typeof panelApi> = {
  async listPanel(ctx, { query }): Promise<PanelPage> {
    const { view, group, risk: atRisk, doctorId, offset, limit } = query
    const yesterday = dayAfter(dayOf(ctx.now), -1)
    const { residents, rules } = await panelOf(ctx, doctorId)
    const items = residents
      .filter(
        (one) =>
          isIn[view](one, yesterday) &&
          (group === undefined || one.groups.includes(group)) &&
          (atRisk === undefined || one.risk === atRisk),
      )
      .toSorted(byUrgency)
    const shown = items.slice(offset, offset + limit)
    for (const one of shown)
      ctx.opened({
        residentId: one.resident.id,
        basis: 'contract',
        thing: `${thingOf(one.contractId)}/panel`,
      })
    const counts = Object.fromEntries(
      panelView.options.map((name) => [name, residents.filter((one) => isIn[name](one, yesterday)).length]),
    ) as PanelPage['counts']
    const groups = groupCounts(residents, { rules, registers: await listRegisters(ctx) })
    return { items: shown, total: items.length, counts, groups, risks: riskCounts(residents) }
  },

  listGroupRules: (ctx) => groups.listAllGroupRules(ctx),

  async confirmGroupRule(ctx, { body }) {
    // As the system: a rule of the region is nobody's own.
    const known = await asSystem(ctx, (all) => groups.confirmGroupRule(all, body))
    if (!known) refuse('missing', 'contract.group-rule-missing')
    const { group, kind, value, state } = body
    await tell(ctx, 'contract.group-rule-changed', {
      thing: `contract-group-rule:${group}`,
      audience: [ownInstitution(ctx.actor)],
      data: { group, kind, value, state },
    })
    return groups.listAllGroupRules(ctx)
  },

  async logCall(ctx, { params, body }) {
    const row = await find(ctx, params.id)
    if (row.communityId !== ownInstitution(ctx.actor)) refuse('forbidden', 'contract.community-part')
    const made = await store.addCall(ctx, row, body)
    await tell(ctx, 'contract.called', {
      ...{ thing: thingOf(row.id), residentId: row.residentId, audience: [row.communityId] },
      data: { id: made.id, outcome: made.outcome },
    })
    return made
  },

  listCalls: async (ctx, { params, query }) => store.listCalls(ctx, (await find(ctx, params.id)).id, query),
}
