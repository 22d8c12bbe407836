import type { Draft } from '@tongmai/api/referral/book'
import type { ReferralDirection, Urgency } from '@tongmai/api/referral/flow'
import type { Referral, ReferralForm, ReturnNote } from '@tongmai/api/referral/shape'
import type { Relation } from '@tongmai/api/resident/person'
import type { Choice } from '../../ui/picker.tsx'

type Medicine = ReturnNote['medicines'][number]

/** A referral as it is typed: flat, everything may still be empty. */
export interface Typed {
  readonly direction: ReferralDirection
  readonly urgency: Urgency
  readonly retroEntry: boolean
  /** The patient has come to us without paper: we write it, and name who sent them. */
  readonly entered: boolean
  readonly sender: Choice | null
  readonly senderDoctor: Choice | null
  readonly to: Choice | null
  readonly department: Choice | null
  readonly doctor: Choice | null
  readonly wantedOn: string | null
  readonly firstImpression: string
  readonly reason: string
  readonly pastHistory: string
  readonly allergies: string
  readonly treatmentSoFar: string
  readonly attention: string
  readonly diagnosisCode: string
  readonly diagnosisText: string
  readonly indications: readonly string[]
  readonly agreed: boolean
  readonly signer: string
  readonly relation: Relation
  readonly signedAt: Date | null
  readonly attachments: ReferralForm['attachments']
  readonly excerpts: ReferralForm['excerpts']
  readonly diagnosisResult: string
  readonly inpatientNumber: string
  readonly mainResults: string
  readonly treatment: string
  readonly nextPlan: string
  readonly rehabPlan: string
  readonly medicines: readonly Medicine[]
  readonly followUpOn: string | null
  readonly followUps: readonly { readonly dueOn: string | null; readonly purpose: string }[]
}

/** Nothing typed yet. */
export const empty: Typed = {
  direction: 'up',
  urgency: 'routine',
  retroEntry: false,
  entered: false,
  sender: null,
  senderDoctor: null,
  to: null,
  department: null,
  doctor: null,
  wantedOn: null,
  firstImpression: '',
  reason: '',
  pastHistory: '',
  allergies: '',
  treatmentSoFar: '',
  attention: '',
  diagnosisCode: '',
  diagnosisText: '',
  indications: [],
  agreed: false,
  signer: '',
  relation: '0',
  signedAt: null,
  attachments: [],
  excerpts: [],
  diagnosisResult: '',
  inpatientNumber: '',
  mainResults: '',
  treatment: '',
  nextPlan: '',
  rehabPlan: '',
  medicines: [],
  followUpOn: null,
  followUps: [],
}

const choice = (one: { id: string; name: string } | null): Choice | null =>
  one && { value: one.id, label: one.name }

/** A draft of the server as it is typed on. */
export function typedOf(r: Referral): Typed {
  const { form, returnNote: note } = r
  const { diagnosis, consent, ...texts } = form
  return {
    ...empty,
    ...texts,
    direction: r.direction,
    urgency: r.urgency,
    retroEntry: r.retroEntry,
    entered: r.begunBy === 'receiver',
    sender: r.begunBy === 'receiver' ? choice(r.from) : null,
    senderDoctor: r.begunBy === 'receiver' ? choice(r.fromPractitioner) : null,
    to: choice(r.to),
    department: choice(r.toDepartment),
    doctor: choice(r.toPractitioner),
    wantedOn: r.wantedOn,
    diagnosisCode: diagnosis?.code ?? '',
    diagnosisText: diagnosis?.text ?? '',
    agreed: consent?.agreed ?? false,
    signer: consent?.signer ?? '',
    relation: consent?.relation ?? '0',
    signedAt: consent?.at ?? null,
    ...(note ?? {}),
  }
}

const wholeOf = (parts: readonly (string | null)[]): 'blank' | 'half' | 'whole' => {
  const said = parts.filter((one) => one?.trim())
  if (said.length === 0) return 'blank'
  return said.length === parts.length ? 'whole' : 'half'
}
const medicineParts = ({ name, dose, frequency }: Medicine) => [name, dose, frequency]
const followUpParts = ({ dueOn, purpose }: Typed['followUps'][number]) => [dueOn, purpose]

/** Whether a line of the return note was begun and not finished; it would be lost if the note left without it. */
export const isHalf = ({ direction, medicines, followUps }: Typed): boolean =>
  direction === 'down' &&
  [...medicines.map(medicineParts), ...followUps.map(followUpParts)].some((one) => wholeOf(one) === 'half')

function noteOf(typed: Typed): ReturnNote {
  const { diagnosisResult, inpatientNumber, mainResults, treatment, nextPlan, rehabPlan, followUpOn } = typed
  const medicines = typed.medicines.filter((one) => wholeOf(medicineParts(one)) === 'whole')
  return {
    ...{ diagnosisResult, inpatientNumber, mainResults, treatment, nextPlan, rehabPlan, followUpOn },
    medicines: [...medicines],
    followUps: typed.followUps.flatMap(({ dueOn, purpose }) =>
      dueOn && purpose.trim() ? [{ dueOn, purpose }] : [],
    ),
  }
}

/** Whether enough is chosen to save it. */
export const isPlaced = (typed: Typed): boolean => Boolean(typed.to && (!typed.entered || typed.sender))

/** What is sent of it; it is placed. */
export function draftOf(typed: Typed, now: Date): Draft {
  const { firstImpression, reason, pastHistory, allergies, treatmentSoFar, attention } = typed
  const { diagnosisCode, diagnosisText, signer, relation, agreed, signedAt } = typed
  return {
    direction: typed.direction,
    urgency: typed.urgency,
    retroEntry: typed.retroEntry,
    sender:
      typed.entered && typed.sender
        ? { institutionId: typed.sender.value, practitionerId: typed.senderDoctor?.value ?? null }
        : null,
    fromDepartmentId: null,
    toInstitutionId: typed.to?.value ?? '',
    toDepartmentId: typed.department?.value ?? null,
    toPractitionerId: typed.doctor?.value ?? null,
    wantedOn: typed.wantedOn,
    form: {
      ...{ firstImpression, reason, pastHistory, allergies, treatmentSoFar, attention },
      diagnosis: diagnosisText.trim()
        ? { code: diagnosisCode.trim().toUpperCase(), text: diagnosisText.trim() }
        : null,
      indications: [...typed.indications],
      consent: agreed && signer.trim() ? { agreed, signer, relation, at: signedAt ?? now } : null,
      attachments: [...typed.attachments],
      excerpts: [...typed.excerpts],
    },
    returnNote: typed.direction === 'down' ? noteOf(typed) : null,
  }
}
