import * as z from 'zod/mini'
import { placeKind } from '../capacity/flow.ts'
import { day, id, moment, openMove, text } from '../kernel.ts'
import { relation, residentCard } from '../resident/person.ts'
import {
  cancelReason,
  closeReason,
  declineReason,
  dischargeDisposition,
  followUpFinding,
  followUpMethod,
  need,
  rejectReason,
  settleReason,
  treatmentResult,
  withdrawReason,
} from './code.ts'
import { begunBy, referralDirection, referralStatus, urgency } from './flow.ts'

/** Text that may still be missing in a draft. */
const later = (max: number) => z._default(z.string().check(z.trim(), z.maxLength(max)), '')
const maybe = <T extends z.ZodMiniType>(schema: T) => z._default(z.nullable(schema), null)
const few = <T extends z.ZodMiniType>(item: T, max: number) =>
  z._default(z.array(item).check(z.maxLength(max)), [])

/** ICD-10 as hospitals write it: `I20.0`, `I21.900x001`. */
export const icdCode = z.string().check(z.trim(), z.regex(/^[A-Z]\d{2}(\.[0-9x+*]{1,8})?$/))
export const diagnosis = z.object({ code: icdCode, text: text(200) })
export type Diagnosis = z.output<typeof diagnosis>

/** The patient has been told why, what may happen on the way, and agrees or not. */
export const consent = z.object({
  agreed: z.boolean(),
  signer: text(50),
  relation,
  at: moment,
})

export const attachment = z.object({
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  name: text(200),
})

/** A line of the record that goes with the referral: by reference, not by copy. */
export const excerpt = z.object({ type: text(64), id: text(64), title: text(200) })

/** What the sender fills in (3.1). A draft may lack anything but the patient and the receiver. */
export const referralForm = z.object({
  firstImpression: later(500),
  reason: later(4000),
  pastHistory: later(4000),
  allergies: later(1000),
  treatmentSoFar: later(4000),
  attention: later(1000),
  diagnosis: maybe(diagnosis),
  indications: few(z.string().check(z.maxLength(64)), 20),
  consent: maybe(consent),
  attachments: few(attachment, 20),
  excerpts: few(excerpt, 50),
})
export type ReferralForm = z.output<typeof referralForm>

/** What a supplement may replace; what is left out stays as it was. */
export const supplementForm = z.object({
  reason: z.optional(text(4000)),
  pastHistory: z.optional(text(4000)),
  allergies: z.optional(text(1000)),
  treatmentSoFar: z.optional(text(4000)),
  diagnosis: z.optional(diagnosis),
  attachments: z.optional(z.array(attachment).check(z.maxLength(20))),
  excerpts: z.optional(z.array(excerpt).check(z.maxLength(50))),
})

/** One medicine to be continued. */
export const medicine = z.object({
  name: text(100),
  dose: text(50),
  route: later(50),
  frequency: text(50),
  days: maybe(z.number().check(z.int(), z.minimum(1), z.maximum(366))),
  note: later(200),
})

/** The return note of a down-referral (3.1): what was found and done, and what must go on. */
export const returnNote = z.object({
  diagnosisResult: later(1000),
  inpatientNumber: later(50),
  mainResults: later(4000),
  treatment: later(4000),
  nextPlan: later(4000),
  rehabPlan: later(4000),
  medicines: few(medicine, 40),
  followUpOn: maybe(day),
  /** The schedule after the first: when, and what for. */
  followUps: few(z.object({ dueOn: day, purpose: text(200) }), 24),
})
export type ReturnNote = z.output<typeof returnNote>

/** Where, with whom and when the patient is expected; accepting without it is no acceptance. */
export const arrangement = z.object({
  /** Missing only where the receiver is outside the network. */
  departmentId: maybe(id),
  practitionerId: maybe(id),
  at: moment,
  /** The slot or the ward that is reserved with it; the patient's time and doctor are then the slot's. */
  placeId: maybe(id),
  /** Slot or bed, in words. */
  place: later(100),
  /** What to bring, where to report. */
  instructions: later(500),
})
export type Arrangement = z.output<typeof arrangement>

/** How the treatment ended, with the discharge summary that goes into the record. */
export const outcome = z.object({
  result: treatmentResult,
  diagnosis,
  summary: text(8000),
  mainResults: later(4000),
  treatment: later(4000),
  nextPlan: later(4000),
  inpatientNumber: later(50),
  dischargedAt: maybe(moment),
  disposition: maybe(dischargeDisposition),
})
export type Outcome = z.output<typeof outcome>

export const followUp = z.object({
  at: moment,
  method: followUpMethod,
  finding: followUpFinding,
  note: text(2000),
  nextOn: maybe(day),
})
export type FollowUp = z.output<typeof followUp>

/** How and why it ended, or was refused. */
export const ending = z.object({
  reason: z.union([rejectReason, withdrawReason, declineReason, cancelReason, closeReason]),
  /** After a refusal: what the sender did about it. */
  settled: z.optional(settleReason),
  note: z.string(),
  advice: z.string(),
  alternativeInstitutionId: z.nullable(id),
})
export type Ending = z.output<typeof ending>

const institution = z.object({ id, name: z.string(), shortName: z.string() })
const named = z.object({ id, name: z.string() })

/** One line of the list and of the board. */
export const referralLine = z.object({
  id,
  number: z.string(),
  direction: referralDirection,
  parentId: z.nullable(id),
  status: referralStatus,
  urgency,
  /** Masked, as in every list. */
  resident: residentCard,
  from: institution,
  to: institution,
  department: z.nullable(z.string()),
  diagnosis: z.nullable(z.string()),
  /** The deadline of the present step; null where nobody owes anything. */
  due: z.nullable(moment),
  /** When the present step began. */
  since: moment,
  arrangedAt: z.nullable(moment),
  submittedAt: z.nullable(moment),
  /** The receiver is outside the network: the sender owns it throughout and enters its steps. */
  external: z.boolean(),
  /** Since when the receiver has found no slot or bed. */
  noSlotSince: z.nullable(moment),
  /** Whether the next act is my institution's. */
  ours: z.boolean(),
  version: z.number(),
})
export type ReferralLine = z.output<typeof referralLine>

/** One entry of the story: who, when, from which state, what they said, with what, by which program. */
export const referralStep = z.object({
  id,
  at: moment,
  move: z.string(),
  from: z.nullable(referralStatus),
  to: referralStatus,
  by: z.string(),
  institution: z.nullable(z.string()),
  comment: z.nullable(z.string()),
  /** The coded reason, where the step has one. */
  reason: z.nullable(z.string()),
  client: z.string(),
  attachments: z.array(z.string()),
})
export type ReferralStep = z.output<typeof referralStep>

export const message = z.object({
  id,
  at: moment,
  by: z.string(),
  institution: z.nullable(z.string()),
  mine: z.boolean(),
  text: z.string(),
})

/** What this viewer may do: open or closed with its reason, and what it wants to be told. */
export const referralAct = z.extend(openMove, { needs: z.array(need) })
export type ReferralAct = z.output<typeof referralAct>

/** Who has it now and what they owe. */
export const owner = z.object({
  institution: institution,
  duty: z.string(),
  practitioner: z.nullable(named),
  step: z.string(),
})

/** Who is working on it just now; nobody else changes it until they are done, or it is taken over from them. */
export const holder = z.object({
  name: z.string(),
  institution: z.string(),
  mine: z.boolean(),
  until: moment,
})

/** A place that came free for a patient who waited, held until somebody arranges it. */
export const offer = z.object({
  placeId: id,
  kind: placeKind,
  departmentId: id,
  name: z.string(),
  at: moment,
  until: moment,
})

/** A referral that came out of another one. */
export const relative = z.object({
  id,
  number: z.string(),
  direction: referralDirection,
  status: referralStatus,
  to: z.string(),
})

/** Everything a party sees of a referral. */
export const referral = z.extend(referralLine, {
  fromDepartment: z.nullable(named),
  fromPractitioner: z.nullable(named),
  toDepartment: z.nullable(named),
  /** The wanted doctor; on a down-referral the named family doctor. */
  toPractitioner: z.nullable(named),
  wantedOn: z.nullable(z.string()),
  retroEntry: z.boolean(),
  begunBy,
  /** The named sender says that the patient was not sent by them. */
  disputedAt: z.nullable(moment),
  confirmedAt: z.nullable(moment),
  form: referralForm,
  returnNote: z.nullable(returnNote),
  arrangement: z.nullable(
    z.extend(arrangement, { department: z.nullable(z.string()), practitioner: z.nullable(z.string()) }),
  ),
  departedAt: z.nullable(moment),
  arrivedAt: z.nullable(moment),
  treating: z.nullable(named),
  outcome: z.nullable(outcome),
  followUp: z.nullable(followUp),
  ending: z.nullable(ending),
  noShows: z.number(),
  validUntil: z.nullable(moment),
  owner: z.nullable(owner),
  childId: z.nullable(id),
  /** What came out of it, and is visible to this viewer. */
  children: z.array(relative),
  /** The first referral of the chain of care; who answers for the patient is kept under it. */
  episodeId: id,
  settledAt: z.nullable(moment),
  /** When the referring side read the outcome. */
  outcomeReadAt: z.nullable(moment),
  heldBy: z.nullable(holder),
  offer: z.nullable(offer),
  moves: z.array(referralAct),
  steps: z.array(referralStep),
  messages: z.array(message),
})
export type Referral = z.output<typeof referral>

/** What a write answers: where the referral stands now. */
export const referralBrief = z.object({
  id,
  number: z.string(),
  status: referralStatus,
  due: z.nullable(moment),
  version: z.number(),
})
export type ReferralBrief = z.output<typeof referralBrief>
