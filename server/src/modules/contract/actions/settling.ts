import type {
  SettlementMember,
  SettlementMove,
  SettlementRule,
  settlementApi,
} from '@tongmai/api/contract/settlement'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { type GpTeam, gpTeams } from '../../workforce/index.ts'
import { tell } from '../events.ts'
import { type Controlled, controlOf, type Share } from '../question.ts'
import { shareFee } from '../share-fee.ts'
import * as store from '../store/settlement.ts'
import { stating } from './stating.ts'
import { satisfactionOfTeam } from './surveying.ts'

const membersOf = (team: GpTeam, rule: SettlementRule): SettlementMember[] =>
  team.members.map(({ practitionerId, name, kind, leads }) => ({
    ...{ practitionerId, name, kind, leads },
    points: (rule.points[kind] ?? 0) + (leads ? rule.leaderPoints : 0),
  }))

/** Of how many the disease was under control; null where nobody is in a programme. */
const shareOf = (followed: readonly Controlled[]): Share | null =>
  followed.length === 0
    ? null
    : { have: followed.filter((one) => one.controlled).length, should: followed.length }

/** Calculates a year of one team from what is known today, and freezes what it was calculated from. */
async function calculate(
  ctx: Ctx,
  of: { team: GpTeam; year: number; known: store.TeamYear; id: string },
): Promise<void> {
  const { team, year, known } = of
  const { rule, source: ruleSource } = await store.findSettlementRule(ctx, `${year}-12-31`)
  const { contracts, fee, fulfilment, residentIds } = known
  const span = { from: `${year}-01-01`, to: `${year}-12-31` }
  const followed = await controlOf.ask(ctx, { residentIds, ...span })
  const communityId = team.institutionId
  const content = await satisfactionOfTeam(ctx, { communityId, teamId: team.id, ...span })
  const inputs = {
    ...{ contracts, fee, fulfilment, rule, ruleSource, members: membersOf(team, rule) },
    ...{ satisfaction: content.share, surveyed: content.surveyed },
    control: shareOf(followed ?? []),
  }
  const { institutionId, id: teamId, name: teamName } = team
  await store.add(ctx, { id: of.id, institutionId, teamId, teamName, year, inputs, ...shareFee(inputs) })
}

/** Calculates a year for every team of the actor's community that is neither reviewed nor closed. */
export async function settleYear(ctx: Ctx, year: number) {
  const institutionId = ownInstitution(ctx.actor)
  if (`${year}-01-01` > dayOf(ctx.now)) refuse('conflict', 'contract.settlement-year-ahead')
  const before = await store.lockYear(ctx, year)
  const years = await store.listTeamYears(ctx, institutionId, year)
  let calculated = 0
  for (const team of await gpTeams(ctx, institutionId)) {
    const [known, earlier] = [years.get(team.id), before.get(team.id)]
    if (!known || (earlier && earlier.status !== 'calculated')) continue
    await calculate(ctx, { team, year, known, id: earlier?.id ?? ctx.id() })
    calculated++
  }
  return { calculated, kept: [...before.values()].filter((one) => one.status !== 'calculated').length }
}

async function move(ctx: Ctx, id: string, name: SettlementMove) {
  const row = await store.lock(ctx, id)
  if (name === 'close' && row.status === 'reviewed' && `${row.year}-12-31` >= dayOf(ctx.now)) {
    refuse('conflict', 'contract.settlement-year-open', { details: { year: row.year } })
  }
  const next = await store.move(ctx, row, name)
  await tell(ctx, 'contract.settlement-moved', {
    thing: `contract-settlement:${id}`,
    audience: [row.institutionId],
    data: { id, teamId: row.teamId, year: row.year, status: next.status },
  })
  return store.lineOf(next)
}

/** A year's fee is calculated, looked at, closed; recalculating never touches what is reviewed or closed. */
export const settling: Actions<typeof settlementApi> = {
  listSettlements: (ctx, { query }) => store.list(ctx, query),
  runSettlements: (ctx, { body }) => settleYear(ctx, body.year),
  readSettlement: (ctx, { params }) => store.find(ctx, params.id),
  ...stating,
  reviewSettlement: (ctx, { params }) => move(ctx, params.id, 'review'),
  reopenSettlement: (ctx, { params }) => move(ctx, params.id, 'reopen'),
  closeSettlement: (ctx, { params }) => move(ctx, params.id, 'close'),
}
