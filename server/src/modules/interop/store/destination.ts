import type { Destination } from '@tongmai/api/interop/message'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { InteropTables } from '../tables.ts'
import type { MessageRow } from './message.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<InteropTables>()

type Table = InteropTables['interop.destination']
export type DestinationRow = Selectable<Table>
export type DestinationChange = Omit<Updateable<Table>, 'institutionId' | 'partnerId'>

const all = (ctx: Ctx) => tables(ctx).selectFrom('interop.destination').selectAll()

/** Puts a partner's destination in place of the one it had. */
export async function put(ctx: Ctx, row: Insertable<Table>): Promise<void> {
  const { institutionId: _, partnerId: __, since: ___, ...facts } = row
  await tables(ctx)
    .insertInto('interop.destination')
    .values(row)
    .onConflict((conflict) => conflict.columns(['institutionId', 'partnerId']).doUpdateSet(facts))
    .execute()
}

export async function remove(ctx: Ctx, institutionId: string, partnerId: string): Promise<void> {
  await tables(ctx)
    .deleteFrom('interop.destination')
    .where('institutionId', '=', institutionId)
    .where('partnerId', '=', partnerId)
    .execute()
}

export const peek = (
  ctx: Ctx,
  institutionId: string,
  partnerId: string,
): Promise<DestinationRow | undefined> =>
  all(ctx).where('institutionId', '=', institutionId).where('partnerId', '=', partnerId).executeTakeFirst()

export const lock = (
  ctx: Ctx,
  institutionId: string,
  partnerId: string,
): Promise<DestinationRow | undefined> =>
  all(ctx)
    .where('institutionId', '=', institutionId)
    .where('partnerId', '=', partnerId)
    .forUpdate()
    .executeTakeFirst()

/** Living partners of an institution that are told what happened then. */
export const listTold = (ctx: Ctx, institutionId: string, at: Date) =>
  tables(ctx)
    .selectFrom('interop.destination as d')
    .innerJoin('interop.partner as p', (join) =>
      join.onRef('p.institutionId', '=', 'd.institutionId').onRef('p.id', '=', 'd.partnerId'),
    )
    .select(['p.id', 'p.clientId', 'p.facility', 'p.application', 'd.charset', 'd.road', 'd.nextTryAt'])
    .where('d.institutionId', '=', institutionId)
    .where('d.since', '<', at)
    .where('p.endedAt', 'is', null)
    .orderBy('p.id')
    .execute()

const waitingOf = (ctx: Ctx, institutionId: string) =>
  tables(ctx)
    .selectFrom('interop.message')
    .where('institutionId', '=', institutionId)
    .where('direction', '=', 'out')
    .where('state', '=', 'waiting')

/** The message whose turn it is: the oldest that waits. */
export const findNext = (
  ctx: Ctx,
  institutionId: string,
  partnerId: string,
): Promise<MessageRow | undefined> =>
  waitingOf(ctx, institutionId)
    .selectAll()
    .where('partnerId', '=', partnerId)
    .orderBy('at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

/** How sending to these partners goes, by partner. */
export async function mapOf(
  ctx: Ctx,
  institutionId: string,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, Destination>> {
  if (partnerIds.length === 0) return new Map()
  const rows = await all(ctx)
    .where('institutionId', '=', institutionId)
    .where('partnerId', 'in', [...partnerIds])
    .execute()
  const counts = await waitingOf(ctx, institutionId)
    .where('partnerId', 'in', [...partnerIds])
    .select(['partnerId', (eb) => eb.fn.countAll<string>().as('waiting')])
    .groupBy('partnerId')
    .execute()
  const waiting = new Map(counts.map((one) => [one.partnerId, Number(one.waiting)]))
  return new Map(rows.map((row) => [row.partnerId, shown(row, waiting.get(row.partnerId) ?? 0)]))
}

const shown = (row: DestinationRow, waiting: number): Destination => {
  const { road, address, secured, charset, timeoutSeconds, arrivedAt, tries, failingSince, problem } = row
  return {
    ...{ road, address, secured, charset, timeoutSeconds, waiting, arrivedAt, tries, failingSince, problem },
    hasAuthority: row.authority !== null,
    hasAuthorization: row.authorizationSealed !== null,
    nextTryAt: tries > 0 && waiting > 0 ? row.nextTryAt : null,
  }
}

/** Its time has come, nobody sends, and something waits. */
const isDue = (ctx: Ctx) => sql<boolean>`next_try_at <= ${ctx.now}
  and (held_until is null or held_until < ${ctx.now})
  and exists (select from interop.message m where m.institution_id = destination.institution_id
    and m.partner_id = destination.partner_id and m.direction = 'out' and m.state = 'waiting')`

/** To whom there is something to send; as the system. */
export const listDue = (ctx: Ctx): Promise<{ institutionId: string; partnerId: string }[]> =>
  tables(ctx)
    .selectFrom('interop.destination')
    .select(['institutionId', 'partnerId'])
    .where(isDue(ctx))
    .orderBy('nextTryAt')
    .limit(500)
    .execute()

/** Takes one to send to, until a time; undefined where nothing is due or somebody else has it. */
export const hold = (
  ctx: Ctx,
  institutionId: string,
  partnerId: string,
): Promise<DestinationRow | undefined> =>
  tables(ctx)
    .updateTable('interop.destination')
    .set({ heldUntil: sql`${ctx.now}::timestamptz + make_interval(secs => timeout_seconds + 30)` })
    .where('institutionId', '=', institutionId)
    .where('partnerId', '=', partnerId)
    .where(isDue(ctx))
    .returningAll()
    .executeTakeFirst()

export async function change(
  ctx: Ctx,
  { institutionId, partnerId }: { institutionId: string; partnerId: string },
  to: DestinationChange,
): Promise<void> {
  await tables(ctx)
    .updateTable('interop.destination')
    .set(to)
    .where('institutionId', '=', institutionId)
    .where('partnerId', '=', partnerId)
    .execute()
}

/** What waited for a partner is in error: nobody sends it. */
export async function strand(
  ctx: Ctx,
  institutionId: string,
  partnerId: string,
  code: string,
): Promise<void> {
  await tables(ctx)
    .updateTable('interop.message')
    .set({ state: 'failed', problemCode: code, problemPlace: '', problemText: '' })
    .where('institutionId', '=', institutionId)
    .where('partnerId', '=', partnerId)
    .where('direction', '=', 'out')
    .where('state', '=', 'waiting')
    .execute()
}
