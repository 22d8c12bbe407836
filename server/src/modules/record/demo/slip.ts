import { demoId } from '../../../kernel/demo.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'

const HOUR_MS = 3_600_000
const loinc = (code: string, text: string) => ({ coding: [{ system: 'http://loinc.org', code }], text })

interface By {
  readonly now: Date
  readonly doctorId: string
}

const whose = (n: number) => ({ reference: `Patient/${demoId('resident', n)}` })

const observed = ({ now, doctorId }: By, n: number, hoursAgo: number) => ({
  ...{ resourceType: 'Observation', status: 'final', subject: whose(n) },
  effectiveDateTime: new Date(now.getTime() - hoursAgo * HOUR_MS).toISOString(),
  performer: [{ reference: `Practitioner/${doctorId}` }],
})

const diagnosed = ({ doctorId }: By, n: number, code: Resource['code']): Resource => ({
  ...{ resourceType: 'Condition', code, subject: whose(n) },
  recorder: { reference: `Practitioner/${doctorId}` },
})

const pressure = (systolic: number, diastolic: number) => [
  { code: loinc('8480-6', '收缩压'), valueQuantity: { value: systolic, unit: 'mmHg' } },
  { code: loinc('8462-4', '舒张压'), valueQuantity: { value: diastolic, unit: 'mmHg' } },
]

/** Slips as they happen: a digit too many, no unit, a diagnosis in words alone, a code that is none, a result a week late. */
const slips: Readonly<Record<string, (by: By) => Resource[]>> = {
  CHC01: (by) => [
    { ...observed(by, 5, 3), code: loinc('8867-4', '心率'), valueQuantity: { value: 720, unit: '次/分' } },
    { ...observed(by, 6, 4), code: loinc('85354-9', '血压'), component: pressure(1380, 82) },
    { ...observed(by, 7, 5), code: loinc('29463-7', '体重'), valueQuantity: { value: 61 } },
    { ...observed(by, 9, 6), code: loinc('85354-9', '血压'), component: pressure(124, 78) },
    diagnosed(by, 6, { text: '腰腿痛' }),
    diagnosed(by, 7, {
      coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'J39.99' }],
      text: '上呼吸道疾患',
    }),
  ],
  LEAD: (by) => [
    { ...observed(by, 5, 170), code: loinc('2823-3', '钾'), valueQuantity: { value: 4.4, unit: 'mmol/L' } },
    { ...observed(by, 5, 2), code: loinc('8867-4', '心率') },
    diagnosed(by, 5, { text: '胸闷待查' }),
  ],
}

/** What the systems of a place sent that is to be mended. */
export const slipsOf = (place: string, now: Date, doctorId: string): Resource[] =>
  slips[place]?.({ now, doctorId }) ?? []
