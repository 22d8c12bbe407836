import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type Held, listHeld } from '../../../kernel/resource/held.ts'
import { registeredAt } from '../../resident/index.ts'
import { gpTeams } from '../../workforce/index.ts'
import type { Facts, Visit } from '../count-indicators.ts'
import { groupsOf } from '../priority-group.ts'
import { controlOf, referredFrom, type Share } from '../question.ts'
import { listGroupRules } from '../store/group-rule.ts'
import * as store from '../store/indicator.ts'
import { registeredGroups } from '../store/register.ts'
import { ruleOf } from '../store/rule.ts'
import { conditionsOf } from './conditions.ts'
import { satisfactionOfTeam } from './surveying.ts'

export interface Span {
  readonly from: string
  readonly to: string
}

/** The earlier of two days. */
export const earlier = (a: string, b: string): string => [a, b].sort()[0] as string

const took = new Set(['arrived', 'triaged', 'in-progress', 'onleave', 'finished'])
interface Told {
  status?: string
  class?: { code?: string }
}

/** The visits of these residents that took place, wherever the community may see them. */
async function visitsOf(ctx: Ctx, residentIds: readonly string[], { from, to }: Span): Promise<Visit[]> {
  const held = await listHeld(ctx, {
    ...{ residentIds, type: 'Encounter', keys: ['class='] },
    ...{ since: startOf(from), before: startOf(dayAfter(to, 1)) },
  })
  const places = await store.placesOf(ctx, [...new Set(held.flatMap((one) => one.institutionId ?? []))])
  const visitOf = ({ residentId, institutionId, happenedAt, content }: Held): Visit[] => {
    const said = JSON.parse(content) as Told
    if (!institutionId || !happenedAt || !took.has(said.status ?? '')) return []
    const place = places.get(institutionId)
    const [institution, tier] = [place?.name ?? '', place?.tier ?? null]
    const emergency = said.class?.code === 'EMER'
    return [{ residentId, on: dayOf(happenedAt), institutionId, institution, tier, emergency }]
  }
  return held.flatMap(visitOf).toSorted((a, b) => a.on.localeCompare(b.on))
}

async function groupsAt(
  ctx: Ctx,
  { communityId, ids, on }: { communityId: string; ids: readonly string[]; on: string },
): Promise<Facts['groups']> {
  const rules = await listGroupRules(ctx)
  const cards = await store.cardsOf(ctx, ids)
  const conditions = await conditionsOf(ctx, ids, rules)
  const registered = await registeredGroups(ctx, { institutionId: communityId, residentIds: ids, on })
  return new Map(
    ids.map((id) => {
      const birthDate = cards.get(id)?.birthDate ?? null
      const of = { birthDate, conditions: conditions.get(id) ?? [], registered: registered.get(id) }
      return [id, groupsOf(of, rules, on)] as const
    }),
  )
}

/** How content the residents of these teams were, as far as anybody asked them. */
export async function satisfactionAt(
  ctx: Ctx,
  { communityId, teamIds }: { communityId: string; teamIds: readonly string[] },
  span: Span,
): Promise<Share | null> {
  const said: (Share | null)[] = []
  for (const teamId of teamIds)
    said.push((await satisfactionOfTeam(ctx, { communityId, teamId, ...span })).share)
  const known = said.filter((one) => one !== null)
  if (known.length === 0) return null
  return {
    have: known.reduce((sum, one) => sum + one.have, 0),
    should: known.reduce((sum, one) => sum + one.should, 0),
  }
}

/** Everything that the indicators of one community count from, as far as the actor may see it. */
export async function factsOf(ctx: Ctx, communityId: string, { from, to }: Span): Promise<Facts> {
  if (from > to)
    refuse('invalid', 'contract.period-backwards', {
      fields: [{ path: 'query.to', problem: 'contract.period-backwards' }],
    })
  const today = dayOf(ctx.now)
  const end = earlier(to, today)
  const [firstContactDays, referredDays] = [
    await ruleOf(ctx, 'firstContactDays', end),
    await ruleOf(ctx, 'referredDays', end),
  ]
  const contracts = await store.listSigned(ctx, { communityId, from, to })
  const registered = await registeredAt(ctx, communityId)
  const signed = [...new Set(contracts.map((c) => c.residentId))]
  const everybody = [...new Set([...registered, ...signed])]
  const seen = { from: dayAfter(from, -firstContactDays - 1), to: end }
  const followed = await controlOf.ask(ctx, { residentIds: signed, from, to: end })
  const near = { from: dayAfter(from, -referredDays), to: dayAfter(end, referredDays) }
  const teams = await gpTeams(ctx, communityId)
  return {
    ...{ from, to, today, end, contracts, registered, firstContactDays, referredDays },
    population: (await store.findPopulation(ctx, communityId, end))?.people ?? null,
    groups: await groupsAt(ctx, { communityId, ids: everybody, on: end }),
    services: await store.listDue(ctx, { communityId, from, to: earlier(to, dayAfter(today, -1)) }),
    visits: await visitsOf(ctx, signed, seen),
    referred: await referredFrom.ask(ctx, { communityId, ...near }),
    controlled: followed && followed.length > 0 ? followed : null,
    satisfaction: await satisfactionAt(
      ctx,
      { communityId, teamIds: teams.map((team) => team.id) },
      { from, to: end },
    ),
  }
}
