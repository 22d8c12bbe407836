import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { tables } from './referral.ts'

/** Who arrived somewhere in a period by an up-referral of one institution. */
export async function listArrivedFrom(
  ctx: Ctx,
  { communityId, from, to }: { communityId: string; from: string; to: string },
): Promise<{ residentId: string; on: string; institutionId: string }[]> {
  const rows = await tables(ctx)
    .selectFrom('referral.referral')
    .select(['residentId', 'toInstitutionId as institutionId', 'arrivedAt'])
    .where('fromInstitutionId', '=', communityId)
    .where('direction', '=', 'up')
    .where('arrivedAt', '>=', startOf(from))
    .where('arrivedAt', '<', startOf(dayAfter(to, 1)))
    .orderBy('arrivedAt')
    .limit(50_000)
    .execute()
  return rows.flatMap(({ arrivedAt, ...row }) => (arrivedAt ? [{ ...row, on: dayOf(arrivedAt) }] : []))
}
