import type { BedKind, PlaceKind } from '@tongmai/api/capacity/flow'
import type { ReferralMove } from '@tongmai/api/referral/flow'
import type { LineUp } from '@tongmai/api/referral/move'
import type { Arrangement, FollowUp, Outcome, Referral } from '@tongmai/api/referral/shape'
import type { Choice } from '../../ui/picker.tsx'

/** What may be typed with a move; each move takes its part of it. */
export interface MoveTyped {
  readonly comment: string
  readonly reason: string | null
  readonly advice: string
  readonly alternative: Choice | null
  readonly target: Choice | null
  readonly department: Choice | null
  readonly doctor: Choice | null
  readonly at: Date | null
  /** The slot or ward that is reserved with it, and of what kind places are shown. */
  readonly placeId: string | null
  readonly placeKind: PlaceKind
  /** Whether the patient shall stand in line until something is free, and for which kind of bed; any where null. */
  readonly waits: boolean
  readonly bedKind: BedKind | null
  readonly place: string
  readonly instructions: string
  readonly result: Outcome['result']
  readonly diagnosisCode: string
  readonly diagnosisText: string
  readonly summary: string
  readonly mainResults: string
  readonly treatment: string
  readonly nextPlan: string
  readonly inpatientNumber: string
  readonly disposition: Outcome['disposition']
  readonly method: FollowUp['method']
  readonly finding: FollowUp['finding']
  readonly note: string
  readonly nextOn: string | null
}

/** The time a move begins with: the arranged one where it is still to come, else now for what has just happened. */
function timeOf(r: Referral, move: ReferralMove, now: Date): Date | null {
  if (move !== 'accept' && move !== 'arrange') return now
  return r.arrangement && r.arrangement.at > now ? r.arrangement.at : null
}

/** What a move begins with, as far as the referral says it already. */
export function begin(r: Referral, move: ReferralMove, now: Date): MoveTyped {
  const arranged = r.arrangement
  const department = arranged?.departmentId
    ? { value: arranged.departmentId, label: arranged.department ?? '' }
    : r.toDepartment && { value: r.toDepartment.id, label: r.toDepartment.name }
  return {
    comment: '',
    reason: null,
    advice: '',
    alternative: null,
    target: null,
    department,
    doctor: r.toPractitioner && { value: r.toPractitioner.id, label: r.toPractitioner.name },
    at: timeOf(r, move, now),
    placeId: null,
    placeKind: r.offer?.kind ?? 'clinic',
    waits: true,
    bedKind: null,
    place: arranged?.place ?? '',
    instructions: arranged?.instructions ?? '',
    result: 'improved',
    diagnosisCode: r.form.diagnosis?.code ?? '',
    diagnosisText: r.form.diagnosis?.text ?? '',
    summary: '',
    mainResults: '',
    treatment: '',
    nextPlan: '',
    inpatientNumber: '',
    disposition: null,
    method: 'visit',
    finding: 'stable',
    note: '',
    nextOn: null,
  }
}

const arrangementOf = (typed: MoveTyped): Arrangement => ({
  departmentId: typed.department?.value ?? null,
  practitionerId: typed.doctor?.value ?? null,
  at: typed.at as Date,
  placeId: typed.placeId,
  place: typed.place,
  instructions: typed.instructions,
})

const lineOf = ({ waits, department, placeKind: kind, bedKind }: MoveTyped): LineUp | null =>
  waits && department
    ? { departmentId: department.value, kind, bedKind: kind === 'bed' ? bedKind : null }
    : null

function outcomeOf(typed: MoveTyped): Outcome {
  const { result, summary, mainResults, treatment, nextPlan, inpatientNumber, disposition, at } = typed
  const diagnosis = { code: typed.diagnosisCode, text: typed.diagnosisText }
  return {
    ...{ result, summary, mainResults, treatment, nextPlan, inpatientNumber, disposition },
    diagnosis,
    dischargedAt: at,
  }
}

const followUpOf = ({ at, method, finding, note, nextOn }: MoveTyped, now: Date): FollowUp => ({
  ...{ method, finding, note, nextOn },
  at: at ?? now,
})

/** The body of a move's request. */
export function bodyOf(move: ReferralMove, typed: MoveTyped, now: Date): object {
  const { comment, reason, advice } = typed
  const bodies: Partial<Record<ReferralMove, () => object>> = {
    accept: () => ({ arrangement: arrangementOf(typed), comment }),
    enter: () => ({ arrangement: arrangementOf(typed), comment }),
    arrange: () => ({ arrangement: arrangementOf(typed), comment }),
    reject: () => ({ reason, advice, alternativeInstitutionId: typed.alternative?.value ?? null, comment }),
    redirect: () => ({
      toInstitutionId: typed.target?.value ?? '',
      toDepartmentId: typed.department?.value ?? null,
      ...{ reason, comment },
    }),
    awaitSlot: () => ({ comment, waitFor: lineOf(typed) }),
    settle: () => ({ reason, comment }),
    withdraw: () => ({ reason, comment }),
    decline: () => ({ reason, comment }),
    close: () => ({ ...(reason ? { reason } : {}), comment }),
    cancel: () => ({ reason, comment }),
    depart: () => ({ ...(typed.at ? { departedAt: typed.at } : {}), comment }),
    treat: () => ({ outcome: outcomeOf(typed), comment }),
    assign: () => ({ practitionerId: typed.doctor?.value ?? '', comment }),
    admit: () => ({ inpatientNumber: typed.inpatientNumber, comment }),
    followUp: () => ({ followUp: followUpOf(typed, now), comment }),
  }
  return bodies[move]?.() ?? { comment }
}

/** Moves that ask for nothing and are made at once. */
export const asksNothing = (move: ReferralMove, r: Referral): boolean => {
  if (move === 'depart') return r.urgency !== 'emergency'
  if (move === 'close') return r.direction === 'down'
  return [
    'sendToReview',
    'approve',
    'submit',
    'confirm',
    'arrive',
    'startCare',
    'planDown',
    'takeOver',
  ].includes(move)
}

/** Whether enough has been typed to send it. */
export function isReady(move: ReferralMove, typed: MoveTyped, external = false): boolean {
  const ready: Partial<Record<ReferralMove, boolean>> = {
    accept: Boolean((typed.department || external) && typed.at),
    enter: Boolean(typed.department && typed.at),
    dispute: Boolean(typed.comment.trim()),
    arrange: Boolean((typed.department || external) && typed.at),
    redirect: Boolean(typed.target && typed.reason && typed.comment.trim()),
    awaitSlot: Boolean(typed.comment.trim() && (typed.department || !typed.waits)),
    settle: Boolean(typed.reason),
    reject: Boolean(typed.reason && (typed.advice.trim() || typed.alternative)),
    withdraw: Boolean(typed.reason),
    decline: Boolean(typed.reason),
    close: Boolean(typed.reason),
    cancel: Boolean(typed.reason && typed.comment.trim()),
    askSupplement: Boolean(typed.comment.trim()),
    supplement: Boolean(typed.comment.trim()),
    returnToDraft: Boolean(typed.comment.trim()),
    treat: Boolean(typed.summary.trim() && typed.diagnosisText.trim() && typed.diagnosisCode.trim()),
    assign: Boolean(typed.doctor),
    followUp: Boolean(typed.note.trim()),
  }
  return ready[move] ?? true
}
