import type { Page } from '@tongmai/api/kernel'
import type { Insertable, Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { NoticeTables } from '../tables.ts'

export type InboxLine = Selectable<NoticeTables['notice.inbox']>
const tables = (ctx: Ctx) => ctx.db.withTables<NoticeTables>()

/** Every read starts here: one's own lines at the institution one acts for. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('notice.inbox')
    .where('accountId', '=', ctx.actor.id)
    .where('institutionId', '=', ctx.actor.institutionId ?? '')

/** One's inbox, newest first. */
export const list = (
  ctx: Ctx,
  { unread, ...paging }: { unread: boolean; offset: number; limit: number },
): Promise<Page<InboxLine>> =>
  pageOf(
    ctx,
    visible(ctx)
      .selectAll()
      .$if(unread, (q) => q.where('readAt', 'is', null))
      .orderBy('at', 'desc')
      .orderBy('id', 'desc'),
    paging,
  )

/** How many of one's lines are unread. */
export async function countUnread(ctx: Ctx): Promise<number> {
  const row = await visible(ctx)
    .select((eb) => eb.fn.countAll<string>().as('unread'))
    .where('readAt', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.unread)
}

/** Puts lines into inboxes. */
export async function add(
  ctx: Ctx,
  lines: readonly Insertable<NoticeTables['notice.inbox']>[],
): Promise<void> {
  if (lines.length > 0)
    await tables(ctx)
      .insertInto('notice.inbox')
      .values([...lines])
      .execute()
}

/** Marks one line as read, or 404; read ones stay as they are. */
export async function markRead(ctx: Ctx, id: string): Promise<number> {
  const found = await visible(ctx).select('readAt').where('id', '=', id).executeTakeFirst()
  if (!found) return refuse('missing', 'notice.missing')
  return change(ctx, id)
}

/** Marks one's unread lines, or the one of them, as read. Answers how many. */
export async function change(ctx: Ctx, id?: string): Promise<number> {
  const rows = await tables(ctx)
    .updateTable('notice.inbox')
    .set({ readAt: ctx.now })
    .where('accountId', '=', ctx.actor.id)
    .where('institutionId', '=', ctx.actor.institutionId ?? '')
    .where('readAt', 'is', null)
    .$if(id !== undefined, (q) => q.where('id', '=', id as string))
    .returning('id')
    .execute()
  return rows.length
}
