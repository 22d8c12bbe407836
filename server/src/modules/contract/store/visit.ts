import {
  type HomeVisit,
  type MyVisit,
  nextVisit,
  type VisitMove,
  type VisitStatus,
} from '@tongmai/api/contract/visit'
import type { Page } from '@tongmai/api/kernel'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ContractTables } from '../tables.ts'
import { cardOf } from './line.ts'
import { nobody, tables } from './tables-of.ts'

export interface Place {
  readonly latitude: number
  readonly longitude: number
}
type Stored = Selectable<ContractTables['contract.homeVisit']>
interface Places {
  place: Place | null
  startPlace: Place | null
  finishPlace: Place | null
}
export type VisitRow = Omit<Stored, keyof Places> & Places

/** Staff see the visits of their community, residents those to themselves and whom they stand for. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('contract.homeVisit as v')
    .$if(ctx.actor.kind === 'resident', (q) =>
      q.where('v.residentId', 'in', [...ctx.actor.residentIds, nobody]),
    )
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where('v.communityId', '=', ctx.actor.institutionId ?? nobody),
    )

const named = (ctx: Ctx) =>
  visible(ctx)
    .leftJoin('resident.card as card', 'card.id', 'v.residentId')
    .leftJoin('workforce.name as p', 'p.id', 'v.practitionerId')
    .selectAll('v')
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked', 'p.name as by'])
type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const lineOf = (row: Named): HomeVisit => {
  const { place, startPlace, finishPlace } = row as unknown as Places
  return {
    ...{ id: row.id, contractId: row.contractId, resident: cardOf(row), status: row.status },
    practitioner: { id: row.practitionerId, name: row.by ?? '' },
    ...{ on: row.onDay, reason: row.reason, from: row.wantedFrom, until: row.wantedUntil },
    ...{ minutes: row.minutes, seq: row.seq, arrivesAt: row.arrivesAt, travelMinutes: row.travelMinutes },
    ...{ startedAt: row.startedAt, finishedAt: row.finishedAt, note: row.note, serviceId: row.serviceId },
    ...{ place, startPlace, finishPlace },
  }
}

/** The visit, held; 404 where it is another community's. */
export async function lock(ctx: Ctx, id: string): Promise<VisitRow> {
  const row = await visible(ctx).selectAll('v').where('v.id', '=', id).forUpdate('v').executeTakeFirst()
  return row ? (row as unknown as VisitRow) : refuse('missing', 'contract.visit-missing')
}

export async function find(ctx: Ctx, id: string): Promise<HomeVisit> {
  const row = await named(ctx).where('v.id', '=', id).executeTakeFirst()
  return row ? lineOf(row) : refuse('missing', 'contract.visit-missing')
}

interface Asked {
  readonly status?: VisitStatus | undefined
  readonly practitionerId?: string | undefined
  readonly contractId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly offset: number
  readonly limit: number
}

/** One page: what is still to be done by its day and its place in the route, what was newest first. */
export async function list(ctx: Ctx, f: Asked): Promise<Page<HomeVisit>> {
  const past = f.status === 'done' || f.status === 'cancelled'
  const query = named(ctx)
    .$if(f.status !== undefined, (q) => q.where('v.status', '=', f.status as 'planned'))
    .$if(f.practitionerId !== undefined, (q) => q.where('v.practitionerId', '=', f.practitionerId as string))
    .$if(f.contractId !== undefined, (q) => q.where('v.contractId', '=', f.contractId as string))
    .$if(f.from !== undefined, (q) => q.where('v.onDay', '>=', f.from as string))
    .$if(f.to !== undefined, (q) => q.where('v.onDay', '<=', f.to as string))
    .orderBy('v.onDay', past ? 'desc' : 'asc')
    .orderBy(sql`v.seq asc nulls last`)
    .orderBy('v.id')
  const { items, total } = await pageOf(ctx, query, f)
  return { items: items.map(lineOf), total }
}

/** The visits of one person on a day that have not been called off, in the order of the route. */
export async function listDay(ctx: Ctx, of: { practitionerId: string; on: string }): Promise<HomeVisit[]> {
  const rows = await named(ctx)
    .where('v.practitionerId', '=', of.practitionerId)
    .where('v.onDay', '=', of.on)
    .where('v.status', '!=', 'cancelled')
    .orderBy(sql`v.seq asc nulls last`)
    .orderBy(sql`v.wanted_from asc nulls last`)
    .orderBy('v.id')
    .limit(60)
    .execute()
  return rows.map(lineOf)
}

/** Who comes to my home. */
export async function listOwn(ctx: Ctx, paging: { offset: number; limit: number }): Promise<Page<MyVisit>> {
  const query = named(ctx)
    .where('v.status', 'in', ['planned', 'underWay', 'done'])
    .orderBy(sql`v.status = 'done'`)
    .orderBy('v.onDay', 'desc')
    .orderBy('v.id')
  const { items, total } = await pageOf(ctx, query, paging)
  const shown = items.map(
    (row): MyVisit => ({
      ...{ id: row.id, residentId: row.residentId, on: row.onDay, reason: row.reason, status: row.status },
      ...{ by: row.by ?? '', from: row.wantedFrom, until: row.wantedUntil, arrivesAt: row.arrivesAt },
    }),
  )
  return { items: shown, total }
}

/** Where the last visit to this resident took place, or was to. */
export async function lastPlace(ctx: Ctx, residentId: string): Promise<Place | null> {
  const row = await visible(ctx)
    .select(sql<Place | null>`coalesce(v.finish_place, v.start_place, v.place)`.as('place'))
    .where('v.residentId', '=', residentId)
    .where(sql<boolean>`coalesce(v.finish_place, v.start_place, v.place) is not null`)
    .orderBy('v.onDay', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.place ?? null
}

export interface NewVisit {
  readonly residentId: string
  readonly id: string
  readonly contractId: string
  readonly communityId: string
  readonly practitionerId: string
  readonly onDay: string
  readonly reason: string
  readonly wantedFrom: string | null
  readonly wantedUntil: string | null
  readonly minutes: number
  readonly place: Place | null
  readonly bedId?: string | null
}

export const add = (ctx: Ctx, { place, ...row }: NewVisit): Promise<unknown> =>
  tables(ctx)
    .insertInto('contract.homeVisit')
    .values({
      ...{ ...row, status: 'planned', plannedBy: ctx.actor.id, plannedAt: ctx.now },
      place: place && JSON.stringify(place),
    })
    .execute()

/** Documents among the values as JSON text. */
function written(set: Partial<VisitRow>): Record<string, unknown> {
  const values: Record<string, unknown> = { ...set }
  for (const name of ['place', 'startPlace', 'finishPlace'])
    if (values[name]) values[name] = JSON.stringify(values[name])
  return values
}

export async function change(ctx: Ctx, row: Pick<VisitRow, 'residentId' | 'id'>, set: Partial<VisitRow>) {
  await tables(ctx)
    .updateTable('contract.homeVisit')
    .set({ ...written(set), version: sql<number>`version + 1` } as never)
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .execute()
}

/** The one way its state changes. */
export async function move(ctx: Ctx, row: VisitRow, name: VisitMove, set: Partial<VisitRow>): Promise<void> {
  const status =
    nextVisit(row.status, name) ??
    refuse('conflict', 'contract.visit-not-now', { details: { status: row.status } })
  await change(ctx, row, { ...set, status })
}

/** Calls off what is still planned of a contract or a bed, and says why. */
export async function cancelPlanned(
  ctx: Ctx,
  of: { contractId: string } | { bedId: string },
  note: string,
): Promise<void> {
  await tables(ctx)
    .updateTable('contract.homeVisit')
    .set({ status: 'cancelled', note, seq: null, arrivesAt: null, version: sql<number>`version + 1` })
    .where('status', '=', 'planned')
    .where('contractId' in of ? 'contractId' : 'bedId', '=', 'contractId' in of ? of.contractId : of.bedId)
    .execute()
}
