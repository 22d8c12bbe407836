import type { Device, EndOfDevice } from '@tongmai/api/careplan/device'
import type { ReadingKind } from '@tongmai/api/careplan/reading'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { cardOf } from './card.ts'
import { nobody, tables } from './tables-of.ts'

/** A device on loan, as its readings need it. */
export interface Lent {
  readonly deviceId: string
  readonly loanId: string
  readonly residentId: string
  readonly institutionId: string
  readonly practitionerId: string | null
  readonly since: Date
}

const lent = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('careplan.loan as l')
    .innerJoin('careplan.device as d', 'd.id', 'l.deviceId')
    .select([
      'd.id as deviceId',
      'l.id as loanId',
      'l.residentId',
      'l.institutionId',
      'l.practitionerId',
      'l.since',
    ])
    .where('l.until', 'is', null)

/** Devices on loan after an id, in id order, with their borrowers; for projecting anew. Call as the system. */
export const listLentAfter = (ctx: Ctx, after: string | null, limit: number) =>
  tables(ctx)
    .selectFrom('careplan.loan as l')
    .innerJoin('careplan.device as d', 'd.id', 'l.deviceId')
    .select(['d.id', 'd.serial', 'd.model', 'd.institutionId', 'l.residentId'])
    .where('l.until', 'is', null)
    .$if(after !== null, (q) => q.where('d.id', '>', after ?? ''))
    .orderBy('d.id')
    .limit(limit)
    .execute()

/** Whose readings these tokens bring, by digest; nothing where one is unknown or its device in stock. Call as the system. */
export async function findLents(
  ctx: Ctx,
  digests: readonly string[],
): Promise<Map<string, Lent & { readonly serial: string }>> {
  const rows = await lent(ctx)
    .select(['d.serial', 'd.tokenDigest'])
    .where(sql<boolean>`d.token_digest = any (${digests})`)
    .execute()
  return new Map(rows.map(({ tokenDigest, ...row }) => [tokenDigest, row]))
}

/** The devices have been heard of, each last at a moment. */
export async function hear(ctx: Ctx, heard: readonly { lent: Lent; at: Date }[]): Promise<void> {
  await ctx.client.query({
    name: 'careplan-hear',
    text: `update careplan.loan l set last_at = greatest(l.last_at, x.at)
      from (select resident_id, id, max(at) as at from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) u (resident_id, id, at) group by 1, 2) x
      where l.resident_id = x.resident_id and l.id = x.id and l.last_at is distinct from greatest(l.last_at, x.at)`,
    values: [
      heard.map(({ lent }) => lent.residentId),
      heard.map(({ lent }) => lent.loanId),
      heard.map(({ at }) => at),
    ],
  })
}

/** Loans of which a kind of reading is overdue. Call as the system. */
export const listSilent = (ctx: Ctx, kind: ReadingKind, since: Date): Promise<Lent[]> =>
  lent(ctx)
    .where(sql<boolean>`${kind} = any (d.kinds)`)
    .where(sql<boolean>`coalesce(l.last_at, l.since) < ${since}`)
    .orderBy('l.id')
    .limit(1000)
    .execute()

interface Asked {
  readonly status?: Device['status'] | undefined
  readonly residentId?: string | undefined
}

/** What a device on loan brought last; what lies further back than this is no news. */
const lastReading = (now: Date) => sql<{
  kind: ReadingKind
  at: string
  value: number
  value2: number | null
} | null>`(select jsonb_build_object('kind', r.kind, 'at', r.at, 'value', round(r.value::numeric, 1), 'value2', round(r.value2::numeric, 1))
  from careplan.reading r where r.resident_id = l.resident_id and r.kind = any (d.kinds) and r.device_id = d.id
    and r.at > ${now}::timestamptz - interval '60 days' order by r.at desc limit 1)`

const named = (ctx: Ctx, f: Asked) =>
  tables(ctx)
    .selectFrom('careplan.device as d')
    .leftJoin('careplan.loan as l', (join) => join.onRef('l.deviceId', '=', 'd.id').on('l.until', 'is', null))
    .leftJoin('resident.card as card', 'card.id', 'l.residentId')
    .where('d.institutionId', '=', ctx.actor.institutionId ?? nobody)
    .$if(f.status !== undefined, (q) => q.where('d.status', '=', f.status as 'lent'))
    .$if(f.residentId !== undefined, (q) => q.where('l.residentId', '=', f.residentId as string))
    .select([
      'd.id',
      'd.serial',
      'd.model',
      'd.kinds',
      'd.status',
      'l.residentId',
      'l.since',
      'l.agreement',
      'l.signer',
      'd.endedAt',
      'd.endReason',
      'd.endNote',
      'l.lastAt',
    ])
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked'])
    .select(
      sql<number>`(select count(*)::int from careplan.refused_reading r where r.device_id = d.id
        and r.received_at > ${ctx.now}::timestamptz - interval '30 days')`.as('refused'),
    )
    .select(lastReading(ctx.now).as('last'))

type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const lineOf = ({ residentId, nameMasked, sex, birthDate, idMasked, ...row }: Named): Device => {
  const { endedAt, endReason, endNote, last, ...device } = row
  return {
    ...device,
    last: last && { ...last, at: new Date(last.at) },
    ended: endedAt && endReason ? { at: endedAt, reason: endReason, note: endNote } : null,
    resident: residentId ? cardOf({ residentId, nameMasked, sex, birthDate, idMasked }) : null,
  }
}

export async function list(
  ctx: Ctx,
  asked: Asked & { offset: number; limit: number },
): Promise<Page<Device>> {
  const { items, total } = await pageOf(ctx, named(ctx, asked).orderBy('d.serial').orderBy('d.id'), asked)
  return { items: items.map(lineOf), total }
}

export async function find(ctx: Ctx, id: string): Promise<Device> {
  const row = await named(ctx, {}).where('d.id', '=', id).executeTakeFirst()
  return row ? lineOf(row) : refuse('missing', 'careplan.device-missing')
}

/** A device of one's own institution, held. */
export async function lock(ctx: Ctx, id: string) {
  const row = await tables(ctx)
    .selectFrom('careplan.device')
    .selectAll()
    .where('id', '=', id)
    .where('institutionId', '=', ctx.actor.institutionId ?? nobody)
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'careplan.device-missing')
}

interface NewDevice {
  readonly institutionId: string
  readonly id: string
  readonly serial: string
  readonly model: string
  readonly kinds: ReadingKind[]
  readonly tokenDigest: string
}

/** Takes it into stock; 409 where the serial number is known here. */
export async function add(ctx: Ctx, row: NewDevice): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('careplan.device')
    .values({ ...row, addedAt: ctx.now })
    .onConflict((c) => c.columns(['institutionId', 'serial']).doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) refuse('conflict', 'careplan.device-known')
}

interface NewLoan extends Omit<Lent, 'loanId'> {
  readonly agreement: string
  readonly signer: string
}

export async function lend(ctx: Ctx, loan: NewLoan): Promise<void> {
  await tables(ctx)
    .insertInto('careplan.loan')
    .values({ ...loan, id: ctx.id(), lentBy: ctx.actor.id })
    .execute()
  await mark(ctx, loan.deviceId, 'lent')
}

export async function takeBack(ctx: Ctx, deviceId: string): Promise<void> {
  await tables(ctx)
    .updateTable('careplan.loan')
    .set({ until: ctx.now })
    .where('deviceId', '=', deviceId)
    .where('until', 'is', null)
    .execute()
  await mark(ctx, deviceId, 'stock')
}

/** It serves no more; whoever has it has it no longer. */
export async function end(
  ctx: Ctx,
  deviceId: string,
  said: { reason: EndOfDevice; note: string | null },
): Promise<void> {
  await takeBack(ctx, deviceId)
  await tables(ctx)
    .updateTable('careplan.device')
    .set({ status: 'retired', endedAt: ctx.now, endReason: said.reason, endNote: said.note })
    .where('id', '=', deviceId)
    .execute()
}

const mark = (ctx: Ctx, id: string, status: Device['status']) =>
  tables(ctx).updateTable('careplan.device').set({ status }).where('id', '=', id).execute()

/** What a device sent that was refused, newest first. */
export async function listRefused(ctx: Ctx, deviceId: string, asked: { offset: number; limit: number }) {
  const query = tables(ctx)
    .selectFrom('careplan.refusedReading')
    .select(['id', 'receivedAt', 'problem', sql<string>`raw::text`.as('raw')])
    .where('deviceId', '=', deviceId)
    .orderBy('receivedAt', 'desc')
    .orderBy('id')
  return pageOf(ctx, query, asked)
}

/** The devices a resident has now. */
export const listOwn = (ctx: Ctx, residentId: string) =>
  tables(ctx)
    .selectFrom('careplan.loan as l')
    .innerJoin('careplan.device as d', 'd.id', 'l.deviceId')
    .select(['d.id', 'd.model', 'l.since', 'l.lastAt'])
    .where('l.residentId', '=', residentId)
    .where('l.until', 'is', null)
    .orderBy('l.since')
    .limit(20)
    .execute()
