import {
  type IndicatorPerson,
  type IndicatorRow,
  type indicatorApi,
  indicatorCodes,
} from '@tongmai/api/contract/indicator'
import { type Actor, ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { leadsOver } from '../../network/index.ts'
import { gpTeams } from '../../workforce/index.ts'
import { countIndicator, type Facts, narrow, readValue } from '../count-indicators.ts'
import { namesOf } from '../store/hospital.ts'
import * as store from '../store/indicator.ts'
import { thingOf } from './advance.ts'
import { earlier, factsOf, type Span, satisfactionAt } from './indicator-facts.ts'
import { panelDoctors } from './panels.ts'

interface Scope {
  readonly teamId?: string | undefined
  readonly doctorId?: string | undefined
}

const valuesOf = (facts: Facts) => indicatorCodes.map((code) => readValue(code, countIndicator(code, facts)))

/** The facts of a scope within the actor's community: all of it, a team, a doctor. */
async function scoped(ctx: Ctx, { teamId, doctorId, ...span }: Scope & Span): Promise<Facts> {
  const communityId = ownInstitution(ctx.actor)
  const facts = await factsOf(ctx, communityId, span)
  if (!teamId && !doctorId) return facts
  const asked =
    teamId && !doctorId ? await satisfactionAt(ctx, { communityId, teamIds: [teamId] }, span) : null
  return narrow(
    facts,
    (c) => (!teamId || c.teamId === teamId) && (!doctorId || c.doctorId === doctorId),
    asked,
  )
}

/** Each team, or each doctor of the teams, with what is counted of theirs. */
async function compared(
  ctx: Ctx,
  { by, ...span }: Span & { by: 'team' | 'doctor' },
): Promise<IndicatorRow[]> {
  const communityId = ownInstitution(ctx.actor)
  const facts = await factsOf(ctx, communityId, span)
  const rows: IndicatorRow[] = []
  if (by === 'team') {
    for (const { id, name } of await gpTeams(ctx, communityId)) {
      const asked = await satisfactionAt(ctx, { communityId, teamIds: [id] }, span)
      rows.push({ id, name, values: valuesOf(narrow(facts, (c) => c.teamId === id, asked)) })
    }
    return rows
  }
  const doctors = new Map((await panelDoctors(ctx, communityId)).map((one) => [one.doctorId, one.doctor]))
  for (const [id, name] of doctors) {
    rows.push({ id, name, values: valuesOf(narrow(facts, (c) => c.doctorId === id, null)) })
  }
  return rows
}

const oversees = async (ctx: Ctx, actor: Actor, communityId: string): Promise<boolean> =>
  actor.permissions.has('oversight.read') || leadsOver(ctx, ownInstitution(actor), communityId)

/** Every community with a team that the actor leads or oversees. */
export async function overseen(ctx: Ctx): Promise<string[]> {
  const all = new Set((await gpTeams(ctx, null)).map((team) => team.institutionId))
  const found: string[] = []
  for (const id of all) if (await oversees(ctx, ctx.actor, id)) found.push(id)
  return found
}

/** What is counted of each of them. As the system: they see counts, and none of the people. */
async function watched(ctx: Ctx, span: Span): Promise<IndicatorRow[]> {
  const all = await overseen(ctx)
  const names = await namesOf(ctx, all)
  const rows: IndicatorRow[] = []
  for (const id of all) {
    const values = valuesOf(await asSystem(ctx, (system) => factsOf(system, id, span)))
    rows.push({ id, name: names.get(id) ?? '', values: values.map(closed) })
  }
  return rows
}
const closed = (value: IndicatorRow['values'][number]) => ({
  ...value,
  opens: { have: false, should: false },
})

/** The indicators of contracts: each count from the facts, each person behind it to be opened. */
export const indicating: Actions<typeof indicatorApi> = {
  async readIndicators(ctx, { query }) {
    const end = earlier(query.to, dayOf(ctx.now))
    return {
      values: valuesOf(await scoped(ctx, query)),
      definitions: await store.listDefinitions(ctx, end),
      population: await store.findPopulation(ctx, ownInstitution(ctx.actor), end),
    }
  },

  compareIndicators: (ctx, { query }) => compared(ctx, query),

  watchIndicators: (ctx, { query }) => watched(ctx, query),

  async listIndicatorPeople(ctx, { params: { code }, query: { half, offset, limit, ...asked } }) {
    const counted = countIndicator(code, await scoped(ctx, asked))
    if (!('lines' in counted)) return { items: [], total: 0 }
    const wanted = { have: true, missing: false, should: undefined }[half]
    const lines = counted.lines.filter((one) => wanted === undefined || one.counts === wanted)
    const shown = lines.slice(offset, offset + limit)
    const cards = await store.cardsOf(ctx, [...new Set(shown.map((one) => one.residentId))])
    const items = shown.flatMap(({ residentId, ...line }): IndicatorPerson[] => {
      const resident = cards.get(residentId)
      return resident ? [{ ...line, resident }] : []
    })
    for (const { resident, contractId } of items) {
      const thing = contractId ? `${thingOf(contractId)}/indicator` : `contract-indicator:${code}`
      ctx.opened({ residentId: resident.id, basis: contractId ? 'contract' : 'own', thing })
    }
    return { items, total: lines.length }
  },

  async setPopulation(ctx, { body }) {
    if (body.asOf > dayOf(ctx.now)) {
      const fields = [{ path: 'body.asOf', problem: 'contract.population-in-future' }]
      refuse('unprocessable', 'contract.population-in-future', { fields })
    }
    return store.addPopulation(ctx, { institutionId: ownInstitution(ctx.actor), ...body })
  },
}
