import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Controlled } from '../../contract/index.ts'
import { nobody, tables } from './tables-of.ts'

/**
 * Of these residents every programme they were in at the end of a period, and whether their last follow-up in it was
 * controlled: whoever was not followed up counts as not controlled. Null where nothing at all was measured.
 * Source: the control rate of 国家基本公共卫生服务规范（第三版）.
 */
export async function controlledOf(
  ctx: Ctx,
  {
    residentIds,
    from,
    to,
  }: { readonly residentIds: readonly string[]; readonly from: string; readonly to: string },
): Promise<Controlled[] | null> {
  const rows = await tables(ctx)
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
          .where(sql<boolean>`(f.done_at at time zone 'Asia/Shanghai')::date between ${from} and ${to}`)
          .orderBy('f.doneAt', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select(['e.residentId', 'last.controlled'])
    .select(
      sql<string>`(select p.name from careplan.programme p where p.code = e.programme
        order by p.since desc limit 1)`.as('programme'),
    )
    .where('e.residentId', 'in', [...residentIds, nobody])
    .where('e.enrolledOn', '<=', to)
    .where((eb) => eb.or([eb('e.endedOn', 'is', null), eb('e.endedOn', '>', to)]))
    .orderBy('e.residentId')
    .orderBy('e.programme')
    .execute()
  if (rows.every((row) => row.controlled === null)) return null
  return rows.map((row) => ({ ...row, controlled: row.controlled === true }))
}
