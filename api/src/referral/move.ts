import * as z from 'zod/mini'
import { bedKind, placeKind } from '../capacity/flow.ts'
import { type Api, byId, id, moment, text } from '../kernel.ts'
import {
  cancelReason,
  closeReason,
  declineReason,
  redirectReason,
  rejectReason,
  settleReason,
  withdrawReason,
} from './code.ts'
import { arrangement, followUp, outcome, referralBrief, supplementForm } from './shape.ts'

const note = z._default(z.string().check(z.trim(), z.maxLength(1000)), '')
/** What was read when the move was decided; where somebody was quicker since, it is 409. Left out: not compared. */
const asRead = { version: z.optional(z.number().check(z.int())) }
const said = z.object({ comment: note, ...asRead })
const mustSay = z.object({ comment: text(1000), ...asRead })

/** The line in which the patient shall stand until something is free. */
const lineUp = z.object({
  departmentId: id,
  kind: placeKind,
  bedKind: z._default(z.nullable(bedKind), null),
})
export type LineUp = z.output<typeof lineUp>

/** A refusal says where else, or what instead: without either it is not accepted. */
const rejection = z
  .object({
    reason: rejectReason,
    advice: note,
    alternativeInstitutionId: z._default(z.nullable(id), null),
    comment: note,
    ...asRead,
  })
  .check(
    z.refine((body) => body.advice !== '' || body.alternativeInstitutionId !== null, {
      path: ['advice'],
      error: 'advice or alternative',
    }),
  )

const because = <T extends z.ZodMiniType>(reason: T) => z.object({ reason, comment: note, ...asRead })

const move = (verb: string, may: `referral.${string}`, summary: string) =>
  ({
    method: 'POST',
    path: `/referrals/:id/${verb}` as const,
    may,
    summary,
    params: byId,
    returns: referralBrief,
  }) as const

/** One endpoint per move. Where several duties may make it, `may` is what they share and the policy decides. */
export const referralMoveApi = {
  sendToReview: {
    ...move('send-to-review', 'referral.write', 'Asks the head of the office to look first.'),
    body: said,
  },
  approve: { ...move('approve', 'referral.review', 'The head of the office lets it go out.'), body: said },
  returnToDraft: {
    ...move('return', 'referral.review', 'The head of the office gives it back with what is to be mended.'),
    body: mustSay,
  },
  submit: {
    ...move('submit', 'referral.write', 'Sends it; the receiver has until the deadline to answer.'),
    body: said,
  },
  askSupplement: {
    ...move('ask-supplement', 'referral.answer', 'Asks the sender for what is missing.'),
    body: mustSay,
  },
  supplement: {
    ...move(
      'supplement',
      'referral.write',
      'Gives what was asked for; fields that are named replace the old.',
    ),
    body: z.object({ comment: text(1000), form: z.optional(supplementForm), ...asRead }),
  },
  accept: {
    ...move('accept', 'referral.read', 'Takes the patient, with department, doctor and time.'),
    body: z.object({ arrangement, comment: note, ...asRead }),
  },
  reject: {
    ...move('reject', 'referral.read', 'Refuses with a coded reason and where to go instead.'),
    body: rejection,
  },
  withdraw: {
    ...move('withdraw', 'referral.write', 'The sender calls it back before the patient has arrived.'),
    body: because(withdrawReason),
  },
  decline: {
    ...move('decline', 'referral.read', 'Records that the patient does not want to go.'),
    body: because(declineReason),
  },
  depart: {
    ...move(
      'depart',
      'referral.write',
      'The patient has been told and is on the way; emergencies may go first.',
    ),
    body: z.object({ departedAt: z.optional(moment), comment: note, ...asRead }),
  },
  arrange: {
    ...move('arrange', 'referral.read', 'Arranges anew, or afterwards for an emergency.'),
    body: z.object({ arrangement, comment: note, ...asRead }),
  },
  confirm: {
    ...move('confirm', 'referral.read', 'The other party confirms what was entered afterwards.'),
    body: said,
  },
  enter: {
    ...move(
      'enter',
      'referral.write',
      'Enters a patient who came without paper as arrived; the named sender is asked to confirm.',
    ),
    body: z.object({ arrangement, comment: note, ...asRead }),
  },
  dispute: {
    ...move('dispute', 'referral.write', 'The named sender says that the patient was not sent by them.'),
    body: mustSay,
  },
  noShow: {
    ...move('no-show', 'referral.read', 'Records that the patient did not come at the arranged time.'),
    body: said,
  },
  arrive: {
    ...move('arrive', 'referral.read', 'Records the arrival.'),
    body: z.object({ arrivedAt: z.optional(moment), comment: note, ...asRead }),
  },
  startCare: {
    ...move('start-care', 'referral.read', 'A physician takes the patient into care and answers for them.'),
    body: said,
  },
  admit: {
    ...move('admit', 'referral.read', 'The patient becomes an inpatient.'),
    body: z.object({ inpatientNumber: note, comment: note, ...asRead }),
  },
  treat: {
    ...move('treat', 'referral.read', 'Ends the treatment with its outcome and the discharge summary.'),
    body: z.object({ outcome, comment: note, ...asRead }),
  },
  planDown: {
    ...move('plan-down', 'referral.treat', 'The patient shall go back with continuing care.'),
    body: said,
  },
  assign: {
    ...move('assign', 'referral.read', 'Names another family doctor of the receiving institution.'),
    body: z.object({ practitionerId: id, comment: note, ...asRead }),
  },
  takeOver: {
    ...move('take-over', 'referral.read', 'The named family doctor takes over the care.'),
    body: said,
  },
  followUp: {
    ...move('follow-up', 'referral.read', 'Records the first follow-up.'),
    body: z.object({ followUp, comment: note, ...asRead }),
  },
  close: {
    ...move('close', 'referral.read', 'Closes the loop.'),
    body: because(z._default(closeReason, 'loopClosed')),
  },
  cancel: {
    ...move('cancel', 'referral.read', 'Ends it before its time, with a coded reason and a sentence.'),
    body: z.object({ reason: cancelReason, comment: text(1000), ...asRead }),
  },
  reopen: {
    ...move('reopen', 'referral.read', 'Sets one that ran out going again; the receiver has to answer anew.'),
    body: said,
  },
  redirect: {
    ...move(
      'redirect',
      'referral.answer',
      'Passes it on to another institution or department, with its thread; the sender is told why.',
    ),
    body: z.object({
      toInstitutionId: id,
      toDepartmentId: z._default(z.nullable(id), null),
      reason: redirectReason,
      comment: text(1000),
      ...asRead,
    }),
  },
  awaitSlot: {
    ...move(
      'await-slot',
      'referral.answer',
      'Says that no slot or bed is free yet; it stays with the receiver, with a deadline to look again.',
    ),
    body: z.extend(mustSay, { waitFor: z._default(z.nullable(lineUp), null) }),
  },
  settle: {
    ...move(
      'settle',
      'referral.write',
      'The sender says what became of the patient after a refusal; only then it leaves their list.',
    ),
    body: because(settleReason),
  },
} as const satisfies Api
