import type { AnswerTemplate } from '@tongmai/api/contract/advice'
import type { Ctx } from '../../../kernel/ctx.ts'
import { nobody, tables } from './tables-of.ts'

/** The answers that the actor's community often gives. */
export const list = (ctx: Ctx): Promise<AnswerTemplate[]> =>
  tables(ctx)
    .selectFrom('contract.answerTemplate')
    .select(['id', 'title', 'text'])
    .where('institutionId', '=', ctx.actor.institutionId ?? nobody)
    .orderBy('title')
    .orderBy('id')
    .limit(200)
    .execute()

export async function add(
  ctx: Ctx,
  of: { institutionId: string; title: string; text: string },
): Promise<AnswerTemplate> {
  const id = ctx.id()
  await tables(ctx)
    .insertInto('contract.answerTemplate')
    .values({ ...of, id, addedBy: ctx.actor.id, addedAt: ctx.now })
    .execute()
  return { id, title: of.title, text: of.text }
}

/** False where the community has no such template. */
export async function remove(ctx: Ctx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tables(ctx)
    .deleteFrom('contract.answerTemplate')
    .where('institutionId', '=', ctx.actor.institutionId ?? nobody)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
