import type { Share } from '@tongmai/api/contract/package'
import {
  nextSettlement,
  type Settlement,
  type SettlementEntry,
  type SettlementInputs,
  type SettlementLine,
  type SettlementMove,
  type SettlementRule,
  settlementMoves,
} from '@tongmai/api/contract/settlement'
import type { Page } from '@tongmai/api/kernel'
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ContractTables } from '../tables.ts'
import { nobody, tables } from './tables-of.ts'

export type SettlementRow = Omit<Selectable<ContractTables['contract.settlement']>, 'inputs'> & {
  inputs: SettlementInputs
}

const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('contract.settlement')
    .selectAll()
    .where('institutionId', '=', ctx.actor.institutionId ?? nobody)

const read = (row: Selectable<ContractTables['contract.settlement']>): SettlementRow =>
  row as unknown as SettlementRow

export const lineOf = (row: SettlementRow): SettlementLine => ({
  ...{ id: row.id, teamId: row.teamId, team: row.teamName, year: row.year, status: row.status },
  ...{ factorPermille: row.factorPermille, feeFen: row.feeFen, sharedFen: row.sharedFen },
  ...{ contracts: row.inputs.contracts, runAt: row.runAt },
  ...{ reviewedAt: row.reviewedAt, closedAt: row.closedAt },
})

export async function list(
  ctx: Ctx,
  asked: { year?: number | undefined; offset: number; limit: number },
): Promise<Page<SettlementLine>> {
  const query = visible(ctx)
    .$if(asked.year !== undefined, (q) => q.where('year', '=', asked.year as number))
    .orderBy('year', 'desc')
    .orderBy('teamName')
    .orderBy('id')
  const { items, total } = await pageOf(ctx, query, asked)
  return { items: items.map((row) => lineOf(read(row))), total }
}

/** One settlement with its ledger; 404 where it is another institution's. */
export async function find(ctx: Ctx, id: string): Promise<Settlement> {
  const row = await visible(ctx).where('id', '=', id).executeTakeFirst()
  if (!row) return refuse('missing', 'contract.settlement-missing')
  const entries: SettlementEntry[] = await tables(ctx)
    .selectFrom('contract.settlementEntry')
    .select(['account', 'fund', 'practitionerId', 'fen'])
    .where('institutionId', '=', row.institutionId)
    .where('settlementId', '=', id)
    .orderBy('line')
    .execute()
  const moves = settlementMoves.filter((one) => nextSettlement(row.status, one) !== undefined)
  return { ...lineOf(read(row)), inputs: read(row).inputs, entries, moves }
}

/** As `find`, without its ledger, and holds the row. */
export async function lock(ctx: Ctx, id: string): Promise<SettlementRow> {
  const row = await visible(ctx).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? read(row) : refuse('missing', 'contract.settlement-missing')
}

/** What was calculated of a year before, held. */
export async function lockYear(ctx: Ctx, year: number): Promise<Map<string, SettlementRow>> {
  const rows = await visible(ctx).where('year', '=', year).orderBy('id').forUpdate().execute()
  return new Map(rows.map((row) => [row.teamId, read(row)]))
}

export interface Calculated {
  readonly id: string
  readonly institutionId: string
  readonly teamId: string
  readonly teamName: string
  readonly year: number
  readonly factorPermille: number
  readonly feeFen: number
  readonly sharedFen: number
  readonly inputs: SettlementInputs
  readonly entries: readonly SettlementEntry[]
}

/** Puts what was calculated in place of what was calculated before. */
export async function add(ctx: Ctx, { entries, inputs, ...of }: Calculated): Promise<void> {
  const { institutionId, id: settlementId } = of
  const told = { factorPermille: of.factorPermille, feeFen: of.feeFen, sharedFen: of.sharedFen }
  const set = {
    ...told,
    teamName: of.teamName,
    inputs: JSON.stringify(inputs),
    runAt: ctx.now,
    runBy: ctx.actor.id,
  }
  await tables(ctx)
    .insertInto('contract.settlement')
    .values({ ...of, ...set, status: 'calculated' })
    .onConflict((c) => c.columns(['institutionId', 'id']).doUpdateSet(set))
    .execute()
  await tables(ctx)
    .deleteFrom('contract.settlementEntry')
    .where('institutionId', '=', institutionId)
    .where('settlementId', '=', settlementId)
    .execute()
  if (entries.length === 0) return
  await tables(ctx)
    .insertInto('contract.settlementEntry')
    .values(entries.map((one, line) => ({ ...one, institutionId, settlementId, line: line + 1 })))
    .execute()
}

/** The one way its state changes. */
export async function move(ctx: Ctx, row: SettlementRow, name: SettlementMove): Promise<SettlementRow> {
  const status =
    nextSettlement(row.status, name) ??
    refuse('conflict', `contract.cannot-${name}-settlement`, { details: { status: row.status } })
  const by = ctx.actor.id
  const seen = {
    review: { reviewedAt: ctx.now, reviewedBy: by },
    reopen: { reviewedAt: null, reviewedBy: null },
  }
  const set = name === 'close' ? { closedAt: ctx.now, closedBy: by } : seen[name]
  const changed = await tables(ctx)
    .updateTable('contract.settlement')
    .set({ ...set, status, version: row.version + 1 })
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return read(changed)
}

export async function findSettlementRule(
  ctx: Ctx,
  on: string,
): Promise<{ rule: SettlementRule; source: string }> {
  const row = await tables(ctx)
    .selectFrom('contract.settlementRule')
    .select(['rule', 'source'])
    .where('since', '<=', on)
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { rule: row.rule as unknown as SettlementRule, source: row.source }
}

export interface TeamYear {
  readonly contracts: number
  readonly fee: Share[]
  readonly residentIds: string[]
  readonly fulfilment: { have: number; should: number }
}

/**
 * A day's part of a contract's fee counts from its first to its last day in force. Over the years a contract's parts add
 * up to what was earned of it, to the fen: each year is the difference of two roundings of the same running sum.
 */
const YEAR = `with mine as (
    select c.team_id, c.id, c.resident_id, c.fee, (c.ends_on - c.starts_on + 1)::bigint as days,
      greatest(0, least(coalesce(c.ended_on, c.ends_on), $3::date) - c.starts_on + 1)::bigint as upto,
      greatest(0, least(coalesce(c.ended_on, c.ends_on), $2::date - 1) - c.starts_on + 1)::bigint as before
    from contract.contract c where c.community_id = $1 and c.signed_at is not null and not c.upcoming
      and c.starts_on <= $3 and coalesce(c.ended_on, c.ends_on) >= $2),
  paid as (select m.team_id, x.source, sum(x.fen * m.upto / m.days - x.fen * m.before / m.days)::int as fen
    from mine m cross join lateral jsonb_to_recordset(m.fee) x (source text, fen bigint) group by 1, 2),
  served as (select s.team_id, count(*)::int as should, (count(*) filter (where s.status = 'done'))::int as have
    from contract.service s where s.community_id = $1 and s.due_on between $2 and least($3::date, $4::date) and s.status <> 'refused' group by 1)
  select m.team_id as "teamId", count(*)::int as contracts, array_agg(distinct m.resident_id) as "residentIds",
    coalesce((select jsonb_agg(jsonb_build_object('source', p.source, 'fen', p.fen) order by p.source)
      from paid p where p.team_id = m.team_id), '[]') as fee,
    (select jsonb_build_object('have', s.have, 'should', s.should) from served s where s.team_id = m.team_id) as fulfilment
  from mine m group by m.team_id`

/** What each team of a community earned and delivered in a year, as far as it has gone. */
export async function listTeamYears(
  ctx: Ctx,
  institutionId: string,
  year: number,
): Promise<Map<string, TeamYear>> {
  const [first, last, yesterday] = [`${year}-01-01`, `${year}-12-31`, dayAfter(dayOf(ctx.now), -1)]
  const { rows } = await ctx.client.query<TeamYear & { teamId: string }>({
    name: 'contract-team-years',
    text: YEAR,
    values: [institutionId, first, last, yesterday],
  })
  return new Map(rows.map(({ teamId, ...row }) => [teamId, row]))
}
