import {
  type BedFee,
  type BedMove,
  type BedRow,
  type BedStatus,
  bedFeeCode,
  type MyBed,
  nextBed,
} from '@tongmai/api/contract/bed'
import { inForceStatuses } from '@tongmai/api/contract/flow'
import type { Page } from '@tongmai/api/kernel'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ContractTables } from '../tables.ts'
import { cardOf } from './line.ts'
import type { KeptSignature } from './row.ts'
import { nobody, tables } from './tables-of.ts'

type Stored = Selectable<ContractTables['contract.homeBed']>
/** A bed at home as the module works with it. */
export type HomeBed = Omit<Stored, 'signature'> & { signature: KeptSignature | null }

const readRow = (row: Stored): HomeBed => row as unknown as HomeBed

/** Staff see the beds of their community, residents their own and those of whom they stand for. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('contract.homeBed as b')
    .$if(ctx.actor.kind === 'resident', (q) =>
      q.where('b.residentId', 'in', [...ctx.actor.residentIds, nobody]),
    )
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where('b.communityId', '=', ctx.actor.institutionId ?? nobody),
    )

const lastAt = sql<string | null>`(select max(n.at) from contract.home_bed_note n where n.bed_id = b.id)`
const binds = sql<boolean>`exists (select from contract.contract c where c.resident_id = b.resident_id
  and c.community_id = b.community_id and not c.upcoming and c.status in (${sql.join([...inForceStatuses])}))`

const named = (ctx: Ctx) =>
  visible(ctx)
    .leftJoin('resident.card as card', 'card.id', 'b.residentId')
    .leftJoin('workforce.name as doctor', 'doctor.id', 'b.doctorId')
    .leftJoin('workforce.name as nurse', 'nurse.id', 'b.nurseId')
    .leftJoin('workforce.teamName as team', 'team.id', 'b.teamId')
    .selectAll('b')
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked'])
    .select(['doctor.name as doctorName', 'nurse.name as nurseName', 'team.phone as teamPhone'])
    .select([lastAt.as('lastAt'), binds.as('contractInForce')])
type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const lineOf = (row: Named): BedRow => ({
  ...{ id: row.id, number: row.number, status: row.status, resident: cardOf(row) },
  ...{ contractId: row.contractId, indication: row.indication, diagnosis: row.diagnosis },
  doctor: { id: row.doctorId, name: row.doctorName ?? '' },
  nurse: row.nurseId ? { id: row.nurseId, name: row.nurseName ?? '' } : null,
  ...{ openedOn: row.openedOn, closedOn: row.closedOn, reviewOn: row.reviewOn },
  lastAt: row.lastAt === null ? null : new Date(row.lastAt),
  ...{ outcome: row.outcome, since: row.since },
})

/** The bed, held; 404 where it is another community's. */
export async function lock(ctx: Ctx, id: string): Promise<HomeBed> {
  const row = await visible(ctx).selectAll('b').where('b.id', '=', id).forUpdate('b').executeTakeFirst()
  return row ? readRow(row) : refuse('missing', 'contract.bed-missing')
}

/** The bed with its names; 404 where it is not the reader's. */
export async function find(ctx: Ctx, id: string) {
  const row = await named(ctx).where('b.id', '=', id).executeTakeFirst()
  if (!row) return refuse('missing', 'contract.bed-missing')
  return { row: readRow(row), line: lineOf(row), contractInForce: row.contractInForce }
}

/** The bed in which somebody is cared for now, held. */
export async function lockOpen(ctx: Ctx, of: { residentId: string; communityId: string }) {
  const row = await tables(ctx)
    .selectFrom('contract.homeBed')
    .selectAll()
    .where('residentId', '=', of.residentId)
    .where('communityId', '=', of.communityId)
    .where('status', '=', 'open')
    .forUpdate()
    .executeTakeFirst()
  return row && readRow(row)
}

/** All of a resident that is not at its end. Held. */
export async function lockLive(ctx: Ctx, contractId: string): Promise<HomeBed[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.homeBed')
    .selectAll()
    .where('contractId', '=', contractId)
    .where('status', 'in', ['proposed', 'open'])
    .forUpdate()
    .execute()
  return rows.map(readRow)
}

interface Asked {
  readonly status?: BedStatus | undefined
  readonly doctorId?: string | undefined
  readonly residentId?: string | undefined
  readonly overdue?: boolean | undefined
  readonly offset: number
  readonly limit: number
}

/** One page: what is to be reviewed soonest first, then the newest. */
export async function list(ctx: Ctx, f: Asked): Promise<Page<BedRow>> {
  const query = named(ctx)
    .$if(f.status !== undefined, (q) => q.where('b.status', '=', f.status as 'open'))
    .$if(f.doctorId !== undefined, (q) => q.where('b.doctorId', '=', f.doctorId as string))
    .$if(f.residentId !== undefined, (q) => q.where('b.residentId', '=', f.residentId as string))
    .$if(f.overdue === true, (q) => q.where('b.reviewOn', '<', dayOf(ctx.now)))
    .orderBy(sql`b.review_on asc nulls last`)
    .orderBy('b.since', 'desc')
    .orderBy('b.id')
  const { items, total } = await pageOf(ctx, query, f)
  return { items: items.map(lineOf), total }
}

const orders = sql<MyBed['orders']>`(select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'what', o.what,
    'times', o.times, 'per', o.per) order by o.ordered_at, o.id), '[]') from contract.home_bed_order o
  where o.bed_id = b.id and o.stopped_at is null)`

/** A resident's own beds, the newest first. */
export async function listOwn(ctx: Ctx, paging: { offset: number; limit: number }): Promise<Page<MyBed>> {
  const query = named(ctx)
    .select(orders.as('orders'))
    .where('b.status', '!=', 'declined')
    .orderBy('b.since', 'desc')
    .orderBy('b.id')
  const { items, total } = await pageOf(ctx, query, paging)
  const shown = items.map((row): MyBed => {
    const { doctor, nurse, lastAt: last } = lineOf(row)
    return {
      ...{ id: row.id, residentId: row.residentId, status: row.status, plan: row.plan, lastAt: last },
      ...{ doctor: doctor.name, nurse: nurse?.name ?? null, teamPhone: row.teamPhone, orders: row.orders },
      ...{ openedOn: row.openedOn, closedOn: row.closedOn, reviewOn: row.reviewOn },
    }
  })
  return { items: shown, total }
}

/** Adds a bed; false where the resident has one already. */
export async function add(ctx: Ctx, row: HomeBed): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('contract.homeBed')
    .values(written(row) as never)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

const written = ({ signature, ...rest }: Partial<HomeBed>): Record<string, unknown> =>
  signature ? { ...rest, signature: JSON.stringify(signature) } : rest

export async function change(ctx: Ctx, row: HomeBed, set: Partial<HomeBed>): Promise<HomeBed> {
  const changed = await tables(ctx)
    .updateTable('contract.homeBed')
    .set({ ...written(set), version: row.version + 1 } as never)
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return readRow(changed)
}

/** The one way its state changes. */
export function move(ctx: Ctx, row: HomeBed, name: BedMove, set: Partial<HomeBed> = {}): Promise<HomeBed> {
  const status =
    nextBed(row.status, name) ??
    refuse('conflict', 'contract.bed-not-now', { details: { status: row.status } })
  return change(ctx, row, { ...set, status, since: ctx.now })
}

/** What each item costs at an institution on a day; null where nobody entered it. */
export async function listFees(ctx: Ctx, institutionId: string, on: string): Promise<BedFee[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.homeBedFee')
    .select(['code', 'since', 'fen', 'source'])
    .distinctOn('code')
    .where('institutionId', '=', institutionId)
    .where('since', '<=', on)
    .orderBy('code')
    .orderBy('since', 'desc')
    .execute()
  const known = new Map<string, BedFee>(rows.map((row) => [row.code, row]))
  return bedFeeCode.options.map((code) => known.get(code) ?? { code, since: null, fen: null, source: null })
}

export const setFee = (
  ctx: Ctx,
  fee: { institutionId: string; code: BedFee['code']; since: string; fen: number; source: string },
): Promise<unknown> =>
  tables(ctx)
    .insertInto('contract.homeBedFee')
    .values(fee)
    .onConflict((c) =>
      c.columns(['institutionId', 'code', 'since']).doUpdateSet({ fen: fee.fen, source: fee.source }),
    )
    .execute()

/** In id order, after the given one. */
export async function listAfter(ctx: Ctx, after: string | null, limit: number): Promise<HomeBed[]> {
  const rows = await visible(ctx)
    .selectAll('b')
    .$if(after !== null, (q) => q.where('b.id', '>', after as string))
    .orderBy('b.id')
    .limit(limit)
    .execute()
  return rows.map(readRow)
}
