import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { at, type Message, type Segment, segmentsOf, wholeText } from './hl7-message.ts'
import { momentIn, namedIn, personIn, said } from './hl7-value.ts'

/** A line of DG1: what it names, whether it takes that back, and the Condition it becomes. */
export interface Diagnosis {
  /** By what the sender knows it again in one stay: DG1-20, else the code, else the words. */
  readonly name: string
  /** DG1-21 `D`: entered by mistake. */
  readonly isDeleted: boolean
  /** Its role in the stay, where DG1-6 says one. */
  readonly use: Json | undefined
  readonly condition: (of: {
    patientId: string
    encounterId: string | undefined
    before: Resource | undefined
  }) => Resource
}

const concept = (system: string, code: string): Json => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
})
const verified = (code: string) => concept('condition-ver-status', code)

/** DG1-6 (HL7 table 0052): admitting, working, final; how sure it is, and its role in the stay. */
const kinds: Readonly<Record<string, { verification: string; role?: string }>> = {
  A: { verification: 'provisional', role: 'AD' },
  W: { verification: 'provisional' },
  F: { verification: 'confirmed', role: 'DD' },
}

/** How sure it is: as is said, else as was known of what was no mistake. */
const surenessOf = (
  kind: { verification: string } | undefined,
  before: Resource | undefined,
): Json | undefined =>
  kind ? verified(kind.verification) : before?.clinicalStatus && (before.verificationStatus as Json)

function diagnosisIn(dg1: Segment, institutionId: string): Diagnosis | undefined {
  const code = namedIn(dg1, { code: 3, words: 4, institutionId })
  if (!code) return undefined
  const doctor = personIn(dg1, 16)
  const kind = kinds[at(dg1, 6).toUpperCase()]
  const isDeleted = at(dg1, 21).toUpperCase() === 'D'
  const recordedDate = momentIn(at(dg1, 19), 'DG1-19') ?? momentIn(at(dg1, 5), 'DG1-5')
  return {
    name: at(dg1, 20) || at(dg1, 3) || wholeText(dg1, 3) || wholeText(dg1, 4),
    isDeleted,
    use: kind?.role ? concept('diagnosis-role', kind.role) : undefined,
    condition: ({ patientId, encounterId, before }) => ({
      resourceType: 'Condition',
      category: [concept('condition-category', encounterId ? 'encounter-diagnosis' : 'problem-list-item')],
      ...{ code, subject: { reference: `Patient/${patientId}` } },
      ...said({
        // Whether it is over is said by whoever treats it, not by another list of the same stay.
        clinicalStatus: isDeleted
          ? undefined
          : ((before?.clinicalStatus as Json) ?? concept('condition-clinical', 'active')),
        verificationStatus: isDeleted ? verified('entered-in-error') : surenessOf(kind, before),
        encounter: encounterId ? { reference: `Encounter/${encounterId}` } : undefined,
        asserter: doctor ? { display: doctor } : (before?.asserter as Json),
        recordedDate: recordedDate ?? (before?.recordedDate as Json),
      }),
    }),
  }
}

/** The diagnoses that DG1 lists; a line that names nothing is left out. */
export const diagnosesIn = (message: Message, institutionId: string): Diagnosis[] =>
  segmentsOf(message, 'DG1').flatMap((dg1) => diagnosisIn(dg1, institutionId) ?? [])
