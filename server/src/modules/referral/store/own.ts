import type { Page } from '@tongmai/api/kernel'
import type { MyReferral } from '@tongmai/api/referral/book'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { visible } from './referral.ts'

type Own = Omit<MyReferral, 'toPhone'> & { toInstitutionId: string }

/** The referrals of a resident and of those they stand for, newest first. */
export async function listOwn(ctx: Ctx, paging: { offset: number; limit: number }): Promise<Page<Own>> {
  const query = visible(ctx)
    .leftJoin('network.name as sender', 'sender.id', 'r.fromInstitutionId')
    .leftJoin('network.name as receiver', 'receiver.id', 'r.toInstitutionId')
    .leftJoin('network.departmentName as department', (join) =>
      join.on('department.id', '=', sql<string>`(r.arrangement ->> 'departmentId')::uuid`),
    )
    .leftJoin('workforce.name as doctor', (join) =>
      join.on(
        'doctor.id',
        '=',
        sql<string>`coalesce(r.treating_practitioner_id, (r.arrangement ->> 'practitionerId')::uuid, r.to_practitioner_id)`,
      ),
    )
    .select([
      'r.id',
      'r.number',
      'r.direction',
      'r.status',
      'r.residentId',
      'r.toInstitutionId',
      'r.since as updatedAt',
      'r.submittedAt as sentAt',
      'r.confirmedAt as answeredAt',
      'r.arrivedAt',
      'sender.name as sender',
      'receiver.name as receiver',
      'department.name as department',
      'doctor.name as doctor',
      sql<string | null>`r.arrangement ->> 'at'`.as('at'),
      sql<string | null>`r.arrangement ->> 'place'`.as('place'),
      sql<string | null>`r.arrangement ->> 'instructions'`.as('instructions'),
      sql<string | null>`r.return_note ->> 'followUpOn'`.as('followUpOn'),
    ])
    .orderBy('r.writtenAt', 'desc')
    .orderBy('r.id')
  const { items, total } = await pageOf(ctx, query, paging)
  const shown = items.map(({ sender, receiver, at, place, instructions, ...row }) => ({
    ...row,
    from: sender ?? '',
    to: receiver ?? '',
    at: at ? new Date(at) : null,
    place: place ?? '',
    instructions: instructions ?? '',
  }))
  return { items: shown, total }
}
