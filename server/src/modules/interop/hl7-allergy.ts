import type { Resource } from '../../kernel/resource/owner.ts'
import { at, type Message, repetitions, type Segment, segmentsOf, unescapedText } from './hl7-message.ts'
import { conceptIn, dayIn, type Listed, said } from './hl7-value.ts'

/** AL1-2 (HL7 table 0127) as the category of FHIR; what may be anything has none. */
const categories: Readonly<Record<string, string>> = {
  ...{ DA: 'medication', FA: 'food' },
  ...{ AA: 'environment', EA: 'environment', LA: 'environment', PA: 'environment' },
}

/** AL1-4 (HL7 table 0128). */
const criticalities: Readonly<Record<string, string>> = {
  ...{ SV: 'high', MO: 'low', MI: 'low', U: 'unable-to-assess' },
}

const inWords =
  /^(?:暂?无|否认|没有|未发现|未知|不详)(?:.{0,10}过敏[史物原]?)?[。.]?$|^(?:nil|none|unknown|nkd?a|no known\b.*)$/i
/** SNOMED CT: no known allergy; of medicines, of food, of the environment. */
const inCodes = new Set(['716186003', '409137002', '429625007', '428607008'])

/** Whether a line says that nothing is known: that is no allergy to warn of. */
const isNone = (al1: Segment): boolean => inCodes.has(at(al1, 3)) || inWords.test(at(al1, 3, 2) || at(al1, 3))

/** The allergies that AL1 lists; one without AL1-3, and one that says there is none, is left out. */
export function allergiesIn(
  message: Message,
  { patientId, institutionId }: { patientId: string; institutionId: string },
): Listed[] {
  return segmentsOf(message, 'AL1').flatMap((al1) => {
    const code = conceptIn(al1, repetitions(al1, 3)[0] ?? '', institutionId)
    if (!code || isNone(al1)) return []
    const category = categories[at(al1, 2).toUpperCase()]
    const reactions = repetitions(al1, 5).map((one) => unescapedText(al1, one))
    const resource: Resource = {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' },
        ],
      },
      code,
      patient: { reference: `Patient/${patientId}` },
      ...said({
        category: category ? [category] : undefined,
        criticality: criticalities[at(al1, 4).toUpperCase()],
        onsetDateTime: dayIn(at(al1, 6), 'AL1-6'),
        reaction: reactions.length > 0 ? [{ manifestation: reactions.map((text) => ({ text })) }] : undefined,
      }),
    }
    return [{ name: [at(al1, 3), at(al1, 3, 2), at(al1, 3, 3)].join('|'), resource }]
  })
}
