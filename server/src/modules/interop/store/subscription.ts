import type { SubscriptionDelivery, SubscriptionState } from '@tongmai/api/interop/subscription'
import type { Page } from '@tongmai/api/kernel'
import type { Insertable, Selectable, Updateable } from 'kysely'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { InteropTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<InteropTables>()

type Table = InteropTables['interop.subscription']
export type SubscriptionRow = Selectable<Table>
export type SubscriptionChange = Omit<Updateable<Table>, 'institutionId' | 'id' | 'clientId'>
export type Delivery = Selectable<InteropTables['interop.subscriptionDelivery']>

const DELIVERIES_SHOWN = 50

export const add = async (ctx: Ctx, row: Insertable<Table>): Promise<SubscriptionRow> =>
  tables(ctx).insertInto('interop.subscription').values(row).returningAll().executeTakeFirstOrThrow()

const all = (ctx: Ctx) => tables(ctx).selectFrom('interop.subscription').selectAll()

/** One of the institution's; undefined where there is none, or none any more. */
export const peek = (ctx: Ctx, institutionId: string, id: string): Promise<SubscriptionRow | undefined> =>
  all(ctx).where('institutionId', '=', institutionId).where('id', '=', id).executeTakeFirst()

/** The same; 404 where there is none. */
export const find = async (ctx: Ctx, institutionId: string, id: string): Promise<SubscriptionRow> =>
  (await peek(ctx, institutionId, id)) ?? refuse('missing', 'interop.no-such-subscription')

/** The same under a lock; undefined where it has been removed meanwhile. */
export const lock = (ctx: Ctx, institutionId: string, id: string): Promise<SubscriptionRow | undefined> =>
  all(ctx).where('institutionId', '=', institutionId).where('id', '=', id).forUpdate().executeTakeFirst()

export async function countOf(ctx: Ctx, clientId: string): Promise<number> {
  const { total } = await tables(ctx)
    .selectFrom('interop.subscription')
    .where('clientId', '=', clientId)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

export interface Filter {
  readonly offset: number
  readonly limit: number
  readonly state?: SubscriptionState | undefined
  readonly topic?: SubscriptionRow['topic'] | undefined
  readonly clientId?: string | undefined
}

/** Those in error first, then the latest. */
export const list = (
  ctx: Ctx,
  institutionId: string,
  { state, topic, clientId, ...paging }: Filter,
): Promise<Page<SubscriptionRow>> =>
  pageOf(
    ctx,
    all(ctx)
      .where('institutionId', '=', institutionId)
      .$if(state !== undefined, (q) => q.where('state', '=', state as SubscriptionState))
      .$if(topic !== undefined, (q) => q.where('topic', '=', topic as SubscriptionRow['topic']))
      .$if(clientId !== undefined, (q) => q.where('clientId', '=', clientId as string))
      .orderBy(sql`state <> 'error'`)
      .orderBy('addedAt', 'desc')
      .orderBy('id'),
    paging,
  )

export const change = (ctx: Ctx, row: SubscriptionRow, next: SubscriptionChange): Promise<SubscriptionRow> =>
  tables(ctx)
    .updateTable('interop.subscription')
    .set(next)
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Takes it out with all that is known of it. */
export async function remove(ctx: Ctx, { institutionId, id }: SubscriptionRow): Promise<void> {
  for (const table of ['interop.subscriptionEvent', 'interop.subscriptionDelivery'] as const)
    await tables(ctx)
      .deleteFrom(table)
      .where('institutionId', '=', institutionId)
      .where('subscriptionId', '=', id)
      .execute()
  await tables(ctx)
    .deleteFrom('interop.subscription')
    .where('institutionId', '=', institutionId)
    .where('id', '=', id)
    .execute()
}

/** All that hear of what happens: in force, or once in force and catching up later; as the system. */
export const listHearing = (ctx: Ctx): Promise<SubscriptionRow[]> =>
  all(ctx)
    .where(sql<boolean>`state in ('active', 'error') or (state = 'requested' and hears_after > 0)`)
    .where(isOpen(ctx))
    .orderBy('id')
    .execute()

const isOpen = (ctx: Ctx) => sql<boolean>`(ends_at is null or ends_at > ${ctx.now})`

/** Something is to be sent: a greeting, events, a sign of life. */
const isDue = (ctx: Ctx) => sql<boolean>`next_try_at <= ${ctx.now} and state <> 'off'
  and (held_until is null or held_until < ${ctx.now})
  and (state <> 'active' or events > arrived
    or arrived_at + make_interval(secs => heartbeat_seconds) <= ${ctx.now})`

/** What there is to send to somebody; as the system. */
export const listDue = (ctx: Ctx): Promise<SubscriptionRow[]> =>
  all(ctx).where(isDue(ctx)).where(isOpen(ctx)).orderBy('nextTryAt').limit(500).execute()

/** Whether any subscription is there that is not switched off; as the system. */
export async function isAny(ctx: Ctx): Promise<boolean> {
  const row = await all(ctx).where('state', '<>', 'off').limit(1).executeTakeFirst()
  return row !== undefined
}

/** Takes one to send from, until a time; undefined where nothing is due or somebody else has it. */
export const hold = (ctx: Ctx, institutionId: string, id: string): Promise<SubscriptionRow | undefined> =>
  tables(ctx)
    .updateTable('interop.subscription')
    .set({ heldUntil: sql`${ctx.now}::timestamptz + make_interval(secs => timeout_seconds + 30)` })
    .where('institutionId', '=', institutionId)
    .where('id', '=', id)
    .where(isDue(ctx))
    .returningAll()
    .executeTakeFirst()

export async function addDelivery(ctx: Ctx, delivery: Delivery): Promise<void> {
  await tables(ctx).insertInto('interop.subscriptionDelivery').values(delivery).execute()
}

export const listDeliveries = (
  ctx: Ctx,
  institutionId: string,
  subscriptionId: string,
): Promise<SubscriptionDelivery[]> =>
  tables(ctx)
    .selectFrom('interop.subscriptionDelivery')
    .select(['id', 'at', 'kind', 'firstNumber', 'lastNumber', 'status', 'problem', 'tookMs'])
    .where('institutionId', '=', institutionId)
    .where('subscriptionId', '=', subscriptionId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(DELIVERIES_SHOWN)
    .execute()

/** Those whose time is over; as the system. */
export const listOver = (ctx: Ctx): Promise<SubscriptionRow[]> =>
  all(ctx).where('state', '<>', 'off').where('endsAt', '<=', ctx.now).limit(500).execute()

const DAY_MS = 86_400_000

/** Forgets attempts after a week and events after thirty days; as the system. */
export async function sweep(ctx: Ctx): Promise<void> {
  const ago = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS)
  await tables(ctx).deleteFrom('interop.subscriptionDelivery').where('at', '<', ago(7)).execute()
  await tables(ctx).deleteFrom('interop.subscriptionEvent').where('at', '<', ago(30)).execute()
}
