import type { Ctx } from '../../../kernel/ctx.ts'
import type { RecognitionTables } from '../tables.ts'
import type { NewDecision } from './decision.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<RecognitionTables>()

/** A decision that waits for its outcome. */
export type Draft = Omit<NewDecision, 'id' | 'at' | 'outcome' | 'resultAt'> & {
  readonly resultAt: string | null
}

export interface Offer {
  readonly id: string
  readonly residentId: string
  readonly draft: Draft
}

/** Keeps what was offered. */
export async function add(ctx: Ctx, institutionId: string, offers: readonly Offer[]): Promise<void> {
  if (offers.length === 0) return
  await tables(ctx)
    .insertInto('recognition.offer')
    .values(
      offers.map(({ id, residentId, draft }) => ({
        ...{ id, residentId, institutionId, at: ctx.now, draft: JSON.stringify(draft) },
      })),
    )
    .execute()
}

/** Takes the offer for deciding: undefined where there is none of the actor's, or it has been decided. */
export async function take(ctx: Ctx, id: string): Promise<Offer | undefined> {
  return tables(ctx)
    .updateTable('recognition.offer')
    .set({ decidedAt: ctx.now })
    .where('id', '=', id)
    .where('institutionId', '=', ctx.actor.institutionId ?? '')
    .where('decidedAt', 'is', null)
    .returning(['id', 'residentId', 'draft'])
    .$castTo<Offer>()
    .executeTakeFirst()
}
