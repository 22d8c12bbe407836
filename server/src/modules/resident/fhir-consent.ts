import { type Consent, type SensitiveCategory, sensitiveBits } from '@tongmai/api/resident/consent'
import type { Json, Resource } from '../../kernel/resource/owner.ts'

/** By which identifier a Consent is this module's. */
export const CONSENT = 'urn:tongmai:consent'

/** Elements of Consent that this module keeps. */
export const consentModels =
  `identifier status scope category patient dateTime performer organization policyRule sourceAttachment provision verification`.split(
    ' ',
  )

const list = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [])

export const isOwnConsent = (resource: Resource): boolean =>
  list(resource.identifier).some(
    (one) => typeof one === 'object' && one !== null && 'system' in one && one.system === CONSENT,
  )

const purposes = {
  treatment: 'TREAT',
  consultation: 'TREAT',
  insurance: 'HPAYMT',
  research: 'HRESCH',
  other: 'PATADMIN',
} as const
const labels: Readonly<Record<SensitiveCategory, string>> = {
  psychiatry: 'PSY',
  hiv: 'HIV',
  addiction: 'SUD',
  reproduction: 'SEX',
}
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'

/** A consent as FHIR says it: permitted for whom, what for, how long, and which labels besides. */
export const consentResource = (consent: Omit<Consent, 'institution'>): Resource & { id: string } => ({
  resourceType: 'Consent',
  id: consent.id,
  identifier: [{ system: CONSENT, value: consent.id }],
  status: consent.state === 'active' ? 'active' : 'inactive',
  scope: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
  },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Patient Consent' }] }],
  patient: { reference: `Patient/${consent.residentId}` },
  dateTime: consent.at.toISOString(),
  ...(consent.signer ? { performer: [{ reference: `Patient/${consent.signer.id}` }] } : {}),
  policyRule: { text: `SHA-256 ${consent.wordsHash}` },
  provision: {
    type: 'permit',
    period: {
      start: consent.since.toISOString(),
      ...(consent.until ? { end: consent.until.toISOString() } : {}),
    },
    actor: [
      {
        role: { coding: [{ system: participation, code: 'IRCP' }] },
        reference: { reference: `Organization/${consent.institutionId}` },
      },
    ],
    purpose: [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: purposes[consent.purpose] },
    ],
    ...(consent.categories.length > 0
      ? {
          provision: consent.categories.map((one) => ({
            securityLabel: [{ system: actCode, code: labels[one] }],
          })),
        }
      : {}),
  },
})

/** The categories of a mask of bits. */
export const categoriesOf = (bits: number): SensitiveCategory[] =>
  (Object.keys(sensitiveBits) as SensitiveCategory[]).filter((one) => (bits & sensitiveBits[one]) !== 0)

/** The mask of categories. */
export const bitsOf = (categories: readonly SensitiveCategory[]): number =>
  categories.reduce((bits, one) => bits | sensitiveBits[one], 0)
