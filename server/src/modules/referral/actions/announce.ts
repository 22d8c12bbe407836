import type { Ctx } from '../../../kernel/ctx.ts'
import { eventOf, type Moved, tell } from '../events.ts'
import type { ReferralRow } from '../store/row.ts'

export const thingOf = (id: string): string => `referral:${id}`
/** What the named sender owes beside the care that goes on: a case of its own. */
export const confirmationOf = (id: string): string => `${thingOf(id)}:confirmation`

/** Whoever sees it: nobody outside the network does. */
export const partiesOf = (row: ReferralRow): string[] =>
  row.external ? [row.fromInstitutionId] : [row.fromInstitutionId, row.toInstitutionId]

/** Whose draft it is. */
export const writerOf = (
  row: Pick<ReferralRow, 'begunBy' | 'fromInstitutionId' | 'toInstitutionId'>,
): string => (row.begunBy === 'receiver' ? row.toInstitutionId : row.fromInstitutionId)

/** Announces what was done, to the parties it concerns. */
export async function announce(
  ctx: Ctx,
  row: ReferralRow,
  move: Moved['move'],
  from: ReferralRow['status'] | null = row.status,
): Promise<void> {
  const doctor = row.treatingPractitionerId ?? row.arrangement?.practitionerId ?? row.toPractitionerId
  await tell(ctx, eventOf[move], {
    thing: thingOf(row.id),
    residentId: row.residentId,
    audience: [
      ...(row.submittedAt ? partiesOf(row) : [writerOf(row)]),
      ...(move === 'redirect' ? row.redirectedFrom.slice(-1) : []),
    ],
    data: {
      id: row.id,
      number: row.number,
      direction: row.direction,
      urgency: row.urgency,
      move,
      from,
      to: row.status,
      authorId: row.authorId,
      begunBy: row.begunBy,
      fromInstitutionId: row.fromInstitutionId,
      fromPractitionerId: row.fromPractitionerId,
      toInstitutionId: row.toInstitutionId,
      toPractitionerId: doctor,
      due: row.due?.toISOString() ?? null,
    },
  })
}
