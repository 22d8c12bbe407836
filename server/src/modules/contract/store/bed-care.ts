import type { BedCensus, BedNote, BedNoteKind, BedOrder } from '@tongmai/api/contract/bed'
import type { Measured } from '@tongmai/api/contract/fulfilment'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ContractTables } from '../tables.ts'
import type { HomeBed } from './bed.ts'
import { tables } from './tables-of.ts'

/** As many notes and orders of one bed as are shown. */
const MOST = 500

export type OrderRow = Selectable<ContractTables['contract.homeBedOrder']>

/** What was ordered at a bed, what goes on first. */
export async function listOrders(ctx: Ctx, bedId: string): Promise<BedOrder[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.homeBedOrder as o')
    .leftJoin('workforce.name as by', 'by.id', 'o.orderedBy')
    .leftJoin('workforce.name as end', 'end.id', 'o.stoppedBy')
    .selectAll('o')
    .select(['by.name as byName', 'end.name as endName'])
    .select(
      sql<{
        done: number
        last: string | null
      }>`(select jsonb_build_object('done', count(*)::int, 'last', max(n.at))
        from contract.home_bed_note n where n.bed_id = o.bed_id and o.id = any (n.orders))`.as('given'),
    )
    .where('o.bedId', '=', bedId)
    .orderBy(sql`o.stopped_at is not null`)
    .orderBy('o.orderedAt')
    .orderBy('o.id')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({
    ...{ id: row.id, what: row.what, times: row.times, per: row.per, since: row.since, until: row.until },
    ...{ orderedBy: row.byName ?? '', stoppedAt: row.stoppedAt, stoppedBy: row.endName },
    ...{ done: row.given.done, lastAt: row.given.last === null ? null : new Date(row.given.last) },
  }))
}

/** What was found and done, the newest first. */
export async function listNotes(ctx: Ctx, bedId: string): Promise<BedNote[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.homeBedNote as n')
    .leftJoin('workforce.name as by', 'by.id', 'n.practitionerId')
    .selectAll('n')
    .select('by.name as byName')
    .select(
      sql<
        string[]
      >`(select coalesce(array_agg(o.what order by o.ordered_at), '{}') from contract.home_bed_order o
        where o.bed_id = n.bed_id and o.id = any (n.orders))`.as('carriedOut'),
    )
    .where('n.bedId', '=', bedId)
    .orderBy('n.at', 'desc')
    .orderBy('n.id', 'desc')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, at: row.at, by: row.byName ?? '', text: row.text },
    ...{ measurements: row.measurements as Measured[], carriedOut: row.carriedOut, visitId: row.visitId },
  }))
}

/** How often each kind of note was written. */
export async function countNotes(ctx: Ctx, bedId: string): Promise<Map<BedNoteKind, number>> {
  const rows = await tables(ctx)
    .selectFrom('contract.homeBedNote')
    .select(['kind', sql<number>`count(*)::int`.as('count')])
    .where('bedId', '=', bedId)
    .groupBy('kind')
    .execute()
  return new Map(rows.map((row) => [row.kind, row.count]))
}

export interface NewNote {
  readonly kind: BedNoteKind
  readonly at: Date
  readonly practitionerId: string | null
  readonly text: string
  readonly measurements: readonly Measured[]
  readonly orders: readonly string[]
  readonly visitId: string | null
}

export const addNote = (
  ctx: Ctx,
  bed: HomeBed,
  { measurements, orders, ...note }: NewNote,
): Promise<unknown> =>
  tables(ctx)
    .insertInto('contract.homeBedNote')
    .values({
      ...{ ...note, residentId: bed.residentId, bedId: bed.id, id: ctx.id(), recordedAt: ctx.now },
      ...{ measurements: JSON.stringify(measurements), orders: [...orders] },
    })
    .execute()

export const addOrder = (
  ctx: Ctx,
  bed: HomeBed,
  order: Pick<OrderRow, 'what' | 'times' | 'per' | 'until' | 'orderedBy'>,
): Promise<unknown> =>
  tables(ctx)
    .insertInto('contract.homeBedOrder')
    .values({
      ...{ ...order, residentId: bed.residentId, bedId: bed.id, id: ctx.id(), since: dayOf(ctx.now) },
      orderedAt: ctx.now,
    })
    .execute()

/** The order and its bed's id; 404 where it is another community's. */
export async function findOrder(ctx: Ctx, id: string): Promise<OrderRow> {
  const row = await tables(ctx)
    .selectFrom('contract.homeBedOrder')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? refuse('missing', 'contract.bed-order-missing')
}

/** Ends one order, or all of a bed that go on. */
export async function stopOrders(ctx: Ctx, of: { bedId: string; id?: string }): Promise<void> {
  await tables(ctx)
    .updateTable('contract.homeBedOrder')
    .set({ stoppedAt: ctx.now, stoppedBy: ctx.actor.practitionerId })
    .where('bedId', '=', of.bedId)
    .$if(of.id !== undefined, (q) => q.where('id', '=', of.id as string))
    .where('stoppedAt', 'is', null)
    .execute()
}

const CENSUS = `select count(*) filter (where status = 'proposed')::int as proposed,
    count(*) filter (where status = 'open')::int as "inBed",
    count(*) filter (where status = 'open' and review_on < $4)::int as "reviewOverdue",
    count(*) filter (where opened_on between $2 and $3)::int as opened,
    count(*) filter (where closed_on between $2 and $3)::int as closed,
    coalesce(sum(greatest(0, least(coalesce(closed_on, $4), $3::date, $4::date) - greatest(opened_on, $2::date) + 1))
      filter (where opened_on is not null), 0)::int as "bedDays"
  from contract.home_bed where community_id = $1`

/** Who lies in a bed at home now, and what was opened and closed in a period. */
export async function census(
  ctx: Ctx,
  of: { communityId: string; from: string; to: string },
): Promise<Omit<BedCensus, 'community'>> {
  const { communityId, from, to } = of
  const { rows } = await ctx.client.query<Omit<BedCensus, 'community' | 'outcomes'>>({
    name: 'contract-bed-census',
    text: CENSUS,
    values: [communityId, from, to, dayOf(ctx.now)],
  })
  const outcomes = await tables(ctx)
    .selectFrom('contract.homeBed')
    .select(['outcome', sql<number>`count(*)::int`.as('count')])
    .where('communityId', '=', communityId)
    .where('closedOn', '>=', from)
    .where('closedOn', '<=', to)
    .groupBy('outcome')
    .orderBy('outcome')
    .execute()
  const [counted] = rows
  if (!counted) throw new Error('a count answers one row')
  return {
    ...counted,
    outcomes: outcomes.flatMap(({ outcome, count }) => (outcome ? [{ outcome, count }] : [])),
  }
}
