import type { ReferralForm, ReturnNote } from '@tongmai/api/referral/shape'

/** A field without which a referral is not sent. */
export interface Lack {
  readonly path: string
  readonly problem: 'missing' | 'consent'
}

interface Draft {
  readonly direction: string
  readonly urgency: string
  readonly toPractitionerId: string | null
  readonly external: boolean
  readonly form: ReferralForm
  readonly returnNote: ReturnNote | null
}

const missing = (path: string, value: unknown): Lack[] => (value ? [] : [{ path, problem: 'missing' }])

/** What is still missing before it may be sent; an emergency goes first and is completed afterwards. */
export function lacksOf(draft: Draft): Lack[] {
  if (draft.direction === 'down') return lacksOfReturn(draft)
  const { form } = draft
  if (draft.urgency === 'emergency') return missing('form.reason', form.reason || form.firstImpression)
  return [
    ...missing('form.reason', form.reason),
    ...missing('form.diagnosis', form.diagnosis),
    ...(form.consent?.agreed ? [] : [{ path: 'form.consent', problem: 'consent' } as const]),
  ]
}

/** A return note names the family doctor, the diagnosis, what was done and how it goes on. */
function lacksOfReturn({ form, returnNote, toPractitionerId, external }: Draft): Lack[] {
  return [
    ...missing('toPractitionerId', external || toPractitionerId),
    ...missing('form.diagnosis', form.diagnosis),
    ...missing('returnNote.diagnosisResult', returnNote?.diagnosisResult),
    ...missing('returnNote.treatment', returnNote?.treatment),
    ...missing('returnNote.nextPlan', returnNote?.nextPlan || returnNote?.rehabPlan),
    ...missing('returnNote.followUpOn', returnNote?.followUpOn),
  ]
}
