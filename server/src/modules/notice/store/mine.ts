import type { Page } from '@tongmai/api/kernel'
import type { MyNotice } from '@tongmai/api/notice/mine'
import type { Insertable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { NoticeTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NoticeTables>()
const nobody = '00000000-0000-0000-0000-000000000000'

/** Every read starts here: what a resident and those they stand for were told, and did not do themselves. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('notice.residentInbox')
    .where('residentId', 'in', [...ctx.actor.residentIds, nobody])
    .where('actorId', '!=', ctx.actor.id)

/** A resident's inbox, newest first. */
export const list = (
  ctx: Ctx,
  { unread, ...paging }: { unread: boolean; offset: number; limit: number },
): Promise<Page<MyNotice>> =>
  pageOf(
    ctx,
    visible(ctx)
      .select(['id', 'residentId', 'at', 'code', 'thing', 'data', 'readAt'])
      .$if(unread, (q) => q.where('readAt', 'is', null))
      .orderBy('at', 'desc')
      .orderBy('id', 'desc'),
    paging,
  )

/** How many lines nobody has read. */
export async function countUnread(ctx: Ctx): Promise<number> {
  const row = await visible(ctx)
    .select((eb) => eb.fn.countAll<string>().as('unread'))
    .where('readAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.unread)
}

/** Puts a line into a resident's inbox; false where it lies there already. */
export async function add(
  ctx: Ctx,
  line: Insertable<NoticeTables['notice.residentInbox']>,
): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('notice.residentInbox')
    .values(line)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** Marks one line as read, or 404; read ones stay as they are. */
export async function markRead(ctx: Ctx, id: string): Promise<number> {
  const found = await visible(ctx).select('readAt').where('id', '=', id).executeTakeFirst()
  return found ? change(ctx, id) : refuse('missing', 'notice.missing')
}

/** Marks the unread lines, or the one of them, as read. Answers how many. */
export async function change(ctx: Ctx, id?: string): Promise<number> {
  const rows = await tables(ctx)
    .updateTable('notice.residentInbox')
    .set({ readAt: ctx.now })
    .where('residentId', 'in', [...ctx.actor.residentIds, nobody])
    .where('readAt', 'is', null)
    .$if(id !== undefined, (q) => q.where('id', '=', id as string))
    .returning('id')
    .execute()
  return rows.length
}
