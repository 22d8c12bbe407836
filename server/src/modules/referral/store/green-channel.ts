import type { GreenChannel, GreenKind } from '@tongmai/api/referral/green-channel'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { LinkRule, Stamps } from '../green-channel.ts'
import type { ReferralTables } from '../tables.ts'
import { tables } from './referral.ts'

type Stored = Selectable<ReferralTables['referral.greenChannel']>
export type GreenRow = Omit<Stored, 'stamps' | 'entitlements'> & {
  stamps: Stamps
  entitlements: GreenChannel['entitlements']
}

const readRow = (row: Stored): GreenRow => ({
  ...row,
  entitlements: row.entitlements as GreenChannel['entitlements'],
  stamps: Object.fromEntries(
    Object.entries(row.stamps as Record<string, string>).map(([link, at]) => [link, new Date(at)]),
  ),
})

/** Only sender and receiver see it; the rest does not exist for others. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('referral.greenChannel as g')
    .$if(ctx.actor.kind !== 'system', (q) =>
      q.where((eb) =>
        eb.or([
          eb('g.fromInstitutionId', '=', ctx.actor.institutionId),
          eb('g.toInstitutionId', '=', ctx.actor.institutionId),
        ]),
      ),
    )

/** The green channel, or 404. */
export async function find(ctx: Ctx, id: string): Promise<GreenRow> {
  const row = await visible(ctx).selectAll('g').where('g.id', '=', id).executeTakeFirst()
  return row ? readRow(row) : refuse('missing', 'referral.green-channel-missing')
}

/** As `find`, and holds the row. */
export async function lock(ctx: Ctx, id: string): Promise<GreenRow> {
  const row = await visible(ctx).selectAll('g').where('g.id', '=', id).forUpdate().executeTakeFirst()
  return row ? readRow(row) : refuse('missing', 'referral.green-channel-missing')
}

/** The latest one of this referral, if any. */
export async function findOf(ctx: Ctx, referralId: string): Promise<GreenRow | undefined> {
  const row = await visible(ctx)
    .selectAll('g')
    .where('g.referralId', '=', referralId)
    .orderBy('g.openedAt', 'desc')
    .executeTakeFirst()
  return row && readRow(row)
}

/** The one of this referral that is open, held until the transaction ends; nothing where none is. */
export async function lockOpenOf(ctx: Ctx, referralId: string): Promise<GreenRow | undefined> {
  const row = await visible(ctx)
    .selectAll('g')
    .where('g.referralId', '=', referralId)
    .where('g.closedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row && readRow(row)
}

/** Those that are open, the newest first. */
export async function listOpen(ctx: Ctx, limit: number): Promise<GreenRow[]> {
  const rows = await visible(ctx)
    .selectAll('g')
    .where('g.closedAt', 'is', null)
    .orderBy('g.openedAt', 'desc')
    .orderBy('g.id')
    .limit(limit)
    .execute()
  return rows.map(readRow)
}

/** The links of a kind in their order, as the rules of the day give them. */
export async function listLinks(ctx: Ctx, kind: GreenKind): Promise<LinkRule[]> {
  const today = dayOf(ctx.now)
  const rows = await tables(ctx)
    .selectFrom('referral.greenLink')
    .select(['code', 'fromCode as from', 'targetMinutes', 'source'])
    .where('kind', '=', kind)
    .where('since', '<=', today)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', today)]))
    .orderBy('sort')
    .execute()
  return rows as LinkRule[]
}

const written = (set: Partial<GreenRow>) => ({
  ...set,
  ...(set.stamps ? { stamps: JSON.stringify(set.stamps) } : {}),
  ...(set.entitlements ? { entitlements: JSON.stringify(set.entitlements) } : {}),
})

/** Opens a green channel; refuses where the referral has one. */
export async function add(
  ctx: Ctx,
  row: Omit<GreenRow, 'version' | 'acknowledgedAt' | 'acknowledgedBy' | 'closedAt' | 'closeReason'>,
): Promise<GreenRow> {
  const added = await tables(ctx)
    .insertInto('referral.greenChannel')
    .values(written(row) as never)
    .onConflict((conflict) =>
      conflict.columns(['residentId', 'referralId']).where('closedAt', 'is', null).doNothing(),
    )
    .returningAll()
    .executeTakeFirst()
  return added ? readRow(added) : refuse('conflict', 'referral.green-channel-open-already')
}

/** Changes facts; the version goes up. */
export async function change(ctx: Ctx, row: GreenRow, set: Partial<GreenRow>): Promise<GreenRow> {
  const changed = await tables(ctx)
    .updateTable('referral.greenChannel')
    .set({ ...written(set), version: sql<number>`version + 1` } as never)
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return readRow(changed)
}
