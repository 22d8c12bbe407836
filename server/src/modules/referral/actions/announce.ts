import type { Ctx } from '../../../kernel/ctx.ts'
import { eventOf, type Moved, tell } from '../events.ts'
import type { ReferralRow } from '../store/row.ts'

export const thingOf = (id: string): string => `referral:${id}`

/** Whoever sees it: nobody outside the network does. */
export const partiesOf = (row: ReferralRow): string[] =>
  row.external ? [row.fromInstitutionId] : [row.fromInstitutionId, row.toInstitutionId]

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
      ...(row.submittedAt ? partiesOf(row) : [row.fromInstitutionId]),
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
      fromInstitutionId: row.fromInstitutionId,
      fromPractitionerId: row.fromPractitionerId,
      toInstitutionId: row.toInstitutionId,
      toPractitionerId: doctor,
      due: row.due?.toISOString() ?? null,
    },
  })
}
