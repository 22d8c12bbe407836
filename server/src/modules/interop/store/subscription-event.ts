import type { Ctx } from '../../../kernel/ctx.ts'
import type { Change } from '../../../kernel/resource/versions.ts'
import type { InteropTables } from '../tables.ts'
import type { SubscriptionRow } from './subscription.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<InteropTables>()

/** One numbered event of a subscription: which version of what. */
export interface SubscriptionEvent {
  readonly number: number
  readonly type: string
  readonly resourceId: string
  readonly version: number
  readonly at: Date
}

/** Up to where the chain of what happened has been looked through; from the end on where nobody has. */
export async function findCursor(ctx: Ctx): Promise<number | undefined> {
  const row = await tables(ctx).selectFrom('interop.subscriptionCursor').select('number').executeTakeFirst()
  return row?.number
}

/** Moves it on; false where somebody else has done so meanwhile. */
export async function moveCursor(ctx: Ctx, from: number | undefined, to: number): Promise<boolean> {
  if (from === undefined) {
    const added = await tables(ctx)
      .insertInto('interop.subscriptionCursor')
      .values({ id: 1, number: to })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return added.numInsertedOrUpdatedRows === 1n
  }
  const moved = await tables(ctx)
    .updateTable('interop.subscriptionCursor')
    .set({ number: to })
    .where('number', '=', from)
    .executeTakeFirst()
  return moved.numUpdatedRows === 1n
}

const adding = `with x as (select t.*, row_number() over (order by t.place) as n
    from unnest($4::text[], $5::text[], $6::int[], $7::timestamptz[]) with ordinality as t (type, resource_id, version, at, place)
    where not exists (select from interop.subscription_event e where e.institution_id = $1 and e.subscription_id = $2
      and e.type = t.type and e.resource_id = t.resource_id and e.version = t.version)),
  added as (insert into interop.subscription_event (institution_id, subscription_id, number, type, resource_id, version, at)
    select $1, $2, s.events + x.n, x.type, x.resource_id, x.version, x.at
    from x join interop.subscription s on s.institution_id = $1 and s.id = $2 returning number)
  update interop.subscription s set events = s.events + (select count(*) from added), event_at = $3
  where s.institution_id = $1 and s.id = $2 and exists (select from added)`

/** Numbers what happened, each version once, without gaps. The subscription is locked. */
export async function addEvents(
  ctx: Ctx,
  { institutionId, id }: SubscriptionRow,
  changes: readonly Change[],
): Promise<void> {
  const values = [
    ...[institutionId, id, ctx.now, changes.map(({ type }) => type), changes.map((one) => one.id)],
    ...[changes.map(({ version }) => version), changes.map(({ at }) => at)],
  ]
  await ctx.client.query({ name: 'interop-add-events', text: adding, values })
}

/** Events by number, from one to another, in order. */
export const listEvents = (
  ctx: Ctx,
  { institutionId, id }: Pick<SubscriptionRow, 'institutionId' | 'id'>,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<SubscriptionEvent[]> =>
  tables(ctx)
    .selectFrom('interop.subscriptionEvent')
    .select(['number', 'type', 'resourceId', 'version', 'at'])
    .where('institutionId', '=', institutionId)
    .where('subscriptionId', '=', id)
    .where('number', '>=', from)
    .where('number', '<=', to)
    .orderBy('number')
    .limit(limit)
    .execute()
