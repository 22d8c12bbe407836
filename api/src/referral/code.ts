import * as z from 'zod/mini'

/** Why a referral is refused; the adviser must add where the patient should go, or what to do instead. */
export const rejectReason = z.enum([
  'notIndicated',
  'wrongDepartment',
  'noCapacity',
  'noSuchService',
  'incompleteInformation',
  'betterElsewhere',
  'notOurResident',
  'duplicate',
  'other',
])
export type RejectReason = z.output<typeof rejectReason>

/** Why a receiver passes it on to another institution or department. */
export const redirectReason = z.enum([
  'wrongDepartment',
  'noCapacity',
  'noSuchService',
  'betterElsewhere',
  'other',
])

/** What the sender did about a refusal; only then it leaves their list. */
export const settleReason = z.enum([
  'referredElsewhere',
  'treatedHere',
  'askedForAdvice',
  'patientChoseOtherwise',
  'noFurtherCare',
  'other',
])
export type SettleReason = z.output<typeof settleReason>

/** Why the sender calls it back. */
export const withdrawReason = z.enum([
  'improved',
  'writtenInError',
  'referredElsewhere',
  'diedBefore',
  'other',
])

/** Why the patient does not go. */
export const declineReason = z.enum([
  'prefersHere',
  'prefersElsewhere',
  'cost',
  'distance',
  'noCompanion',
  'feelsBetter',
  'other',
])

/** Why an office ends what has not run its course; each wants a sentence. */
export const cancelReason = z.enum([
  'died',
  'lostContact',
  'movedAway',
  'duplicate',
  'writtenInError',
  'other',
])

/** How a referral ends well: the loop is closed, or why no down-referral follows. */
export const closeReason = z.enum([
  'loopClosed',
  'noFurtherCare',
  'continuesHere',
  'transferredOn',
  'patientChoseOtherwise',
  'died',
])

/** How the treatment ended (the front page of the inpatient record: cured, improved, not cured, died, other). */
export const treatmentResult = z.enum(['cured', 'improved', 'notCured', 'died', 'other'])

/** Discharge disposition of the front page: 1, 2, 3, 4, 5 and 9 there. */
export const dischargeDisposition = z.enum([
  'home',
  'otherHospital',
  'communityOrTownship',
  'againstAdvice',
  'died',
  'other',
])

/** How the first follow-up found the patient. */
export const followUpFinding = z.enum(['stable', 'improving', 'worse', 'notReached'])
export const followUpMethod = z.enum(['visit', 'homeVisit', 'phone', 'video'])

/** What a move wants to be told with it; the web draws its small form from these. */
export const need = z.enum([
  'comment',
  'reason',
  'advice',
  'arrangement',
  'doctor',
  'departedAt',
  'outcome',
  'followUp',
  'target',
])
export type Need = z.output<typeof need>
