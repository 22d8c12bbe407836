import type { SpecialtyLine } from '@tongmai/api/referral/specialty'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import { tables } from './referral.ts'

const LIMIT = 2000

/** Every version of every range, in the order of ICD-10, the newest of each first. */
export const listSpecialties = (ctx: Ctx): Promise<SpecialtyLine[]> =>
  tables(ctx)
    .selectFrom('referral.diagnosisSpecialty')
    .selectAll()
    .orderBy('first')
    .orderBy('last', 'desc')
    .orderBy('since', 'desc')
    .limit(LIMIT)
    .execute()

/** Puts a version in force from its day on; the one before it ends on the day before. */
export function putSpecialty(
  ctx: Ctx,
  line: Omit<SpecialtyLine, 'until' | 'editedAt' | 'editedBy'>,
): Promise<SpecialtyLine> {
  const values = { ...line, until: null, editedAt: ctx.now, editedBy: ctx.actor.id }
  return asSystem(ctx, async (all) => {
    const { first, last, since } = line
    await tables(all)
      .updateTable('referral.diagnosisSpecialty')
      .set({ until: dayAfter(since, -1) })
      .where('first', '=', first)
      .where('last', '=', last)
      .where('since', '<', since)
      .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', since)]))
      .execute()
    return tables(all)
      .insertInto('referral.diagnosisSpecialty')
      .values(values)
      .onConflict((conflict) => conflict.columns(['first', 'last', 'since']).doUpdateSet(values))
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}
