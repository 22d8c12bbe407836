import type { Ctx } from '../../../kernel/ctx.ts'
import type { RecognitionTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<RecognitionTables>()

/** A result as the answer of a test. */
export interface Answer {
  readonly id: string
  readonly residentId: string
  readonly resultType: string
  readonly resultId: string
}

/** Those of these tests that have been answered, by the test's id. */
export async function listFor(ctx: Ctx, tests: readonly string[]): Promise<ReadonlyMap<string, Answer>> {
  if (tests.length === 0) return new Map()
  const rows = await tables(ctx)
    .selectFrom('recognition.answer')
    .select(['id', 'residentId', 'resultType', 'resultId'])
    .where('id', 'in', [...tests])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Keeps the first answer of a test; false where it has one. */
export async function add(ctx: Ctx, answer: Answer & { institutionId: string | null }): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('recognition.answer')
    .values({ ...answer, at: ctx.now })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst()
  return Number(added.numInsertedOrUpdatedRows) > 0
}

/** Takes an answer back, where this result was it; answers whether it was. */
export async function remove(ctx: Ctx, { id, residentId, resultType, resultId }: Answer): Promise<boolean> {
  const removed = await tables(ctx)
    .deleteFrom('recognition.answer')
    .where('residentId', '=', residentId)
    .where('id', '=', id)
    .where('resultType', '=', resultType)
    .where('resultId', '=', resultId)
    .executeTakeFirst()
  return removed.numDeletedRows > 0n
}
