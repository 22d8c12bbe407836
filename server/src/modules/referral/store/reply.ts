import type { CannedReply, ReplyUse } from '@tongmai/api/referral/rule'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tables } from './referral.ts'

const LIMIT = 500

const shown = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('referral.cannedReply as c')
    .leftJoin('network.departmentName as d', 'd.id', 'c.departmentId')
    .select(['c.id', 'c.use', 'c.departmentId', 'c.text', 'd.name as department'])
    .where('c.institutionId', '=', ctx.actor.institutionId ?? '')

/** The sentences of the institution; of a department also those that are for all. */
export const list = (
  ctx: Ctx,
  { use, departmentId }: { use?: ReplyUse | undefined; departmentId?: string | undefined },
): Promise<CannedReply[]> =>
  shown(ctx)
    .$if(use !== undefined, (q) => q.where('c.use', '=', use as ReplyUse))
    .$if(departmentId !== undefined, (q) =>
      q.where((eb) =>
        eb.or([eb('c.departmentId', 'is', null), eb('c.departmentId', '=', departmentId as string)]),
      ),
    )
    .orderBy('c.use')
    .orderBy('c.at')
    .limit(LIMIT)
    .execute()

const find = async (ctx: Ctx, id: string): Promise<CannedReply> =>
  (await shown(ctx).where('c.id', '=', id).executeTakeFirst()) ?? refuse('missing', 'referral.reply-missing')

/** Keeps a new sentence. */
export async function add(
  ctx: Ctx,
  reply: { institutionId: string; departmentId: string | null; use: ReplyUse; text: string },
): Promise<CannedReply> {
  const id = ctx.id()
  await tables(ctx)
    .insertInto('referral.cannedReply')
    .values({ ...reply, id, at: ctx.now })
    .execute()
  return find(ctx, id)
}

/** Words one anew; 404 where it is not the institution's. */
export async function change(ctx: Ctx, id: string, text: string): Promise<CannedReply> {
  await find(ctx, id)
  await tables(ctx).updateTable('referral.cannedReply').set({ text }).where('id', '=', id).execute()
  return find(ctx, id)
}

/** Takes one away; 404 where it is not the institution's. */
export async function remove(ctx: Ctx, id: string): Promise<boolean> {
  await find(ctx, id)
  await tables(ctx).deleteFrom('referral.cannedReply').where('id', '=', id).execute()
  return true
}
