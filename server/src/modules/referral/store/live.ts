import type { LiveReferral } from '@tongmai/api/referral/book'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './referral.ts'

const LIMIT = 50

/** What is under way for a resident; of what the actor is no party of, only direction, urgency and specialty. */
export async function listLive(ctx: Ctx, residentId: string): Promise<LiveReferral[]> {
  const own = ctx.actor.institutionId
  const rows = await asSystem(ctx, (all) =>
    tables(all)
      .selectFrom('referral.referral as r')
      .leftJoin('network.name as receiver', 'receiver.id', 'r.toInstitutionId')
      .leftJoin('network.departmentName as department', 'department.id', 'r.toDepartmentId')
      .select([
        ...(['r.id', 'r.number', 'r.direction', 'r.urgency', 'r.status', 'r.specialty', 'r.since'] as const),
        ...(['r.fromInstitutionId', 'r.toInstitutionId', 'receiver.shortName as to'] as const),
        'department.name as department',
      ])
      .where('r.residentId', '=', residentId)
      .where('r.submittedAt', 'is not', null)
      .where('r.endedAt', 'is', null)
      .orderBy('r.since', 'desc')
      .limit(LIMIT)
      .execute(),
  )
  return rows.map(({ fromInstitutionId, toInstitutionId, ...row }) =>
    fromInstitutionId === own || toInstitutionId === own
      ? row
      : { ...row, id: null, number: null, status: null, to: null, department: null },
  )
}
