import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Controlled } from '../../contract/index.ts'
import { nobody, tables } from './tables-of.ts'

/**
 * Of these residents' programmes those whose last follow-up of a year was controlled, out of all they were in during
 * that year: whoever was not followed up counts as not controlled. Null where nothing at all was measured.
 * Source: the control rate of 国家基本公共卫生服务规范（第三版）.
 */
export async function controlledOf(
  ctx: Ctx,
  { residentIds, year }: { readonly residentIds: readonly string[]; readonly year: number },
): Promise<Controlled | null> {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  const row = await tables(ctx)
    .selectFrom('careplan.enrolment as e')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('careplan.followUp as f')
          .select('f.controlled')
          .whereRef('f.residentId', '=', 'e.residentId')
          .whereRef('f.enrolmentId', '=', 'e.id')
          .where('f.status', '=', 'done')
          .where('f.controlled', 'is not', null)
          .where(sql<boolean>`(f.done_at at time zone 'Asia/Shanghai')::date between ${first} and ${last}`)
          .orderBy('f.doneAt', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .where('e.residentId', 'in', [...residentIds, nobody])
    .where('e.enrolledOn', '<=', last)
    .where((eb) => eb.or([eb('e.endedOn', 'is', null), eb('e.endedOn', '>', last)]))
    .select(sql<number>`count(*)::int`.as('should'))
    .select(sql<number>`(count(*) filter (where last.controlled))::int`.as('have'))
    .select(sql<number>`count(last.controlled)::int`.as('measured'))
    .executeTakeFirstOrThrow()
  return row.measured === 0 ? null : { have: row.have, should: row.should }
}
