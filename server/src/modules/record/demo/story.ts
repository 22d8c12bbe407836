import { dayOf } from '../../../kernel/day.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'

const DAY_MS = 86_400_000
const TERMS = 'http://terminology.hl7.org/CodeSystem'
const coded = (system: string, code: string, text: string) => ({ coding: [{ system, code }], text })
const icd = (code: string, text: string) => coded('http://hl7.org/fhir/sid/icd-10', code, text)
const loinc = (code: string, text: string) => coded('http://loinc.org', code, text)

/** A measurement over the years: what · unit · usual range · values, the oldest first, and how many days ago each was. */
const series: readonly (readonly [
  category: 'laboratory' | 'vital-signs',
  code: string,
  name: string,
  unit: string,
  usual: readonly [low: number, high: number] | null,
  values: readonly (readonly [daysAgo: number, value: number])[],
])[] = [
  [
    ...(['laboratory', '4548-4', '糖化血红蛋白', '%', [4, 6]] as const),
    [
      [820, 8.4],
      [640, 7.9],
      [455, 7.6],
      [275, 7.2],
      [130, 7.0],
    ],
  ],
  [
    ...(['laboratory', '18262-6', '低密度脂蛋白胆固醇', 'mmol/L', [0, 3.4]] as const),
    [
      [820, 4.6],
      [640, 4.1],
      [455, 3.3],
      [275, 3.1],
      [130, 2.9],
    ],
  ],
  [
    ...(['laboratory', '2160-0', '肌酐', 'μmol/L', [57, 97]] as const),
    [
      [820, 74],
      [455, 79],
      [130, 76],
    ],
  ],
  [
    ...(['vital-signs', '29463-7', '体重', 'kg', null] as const),
    [
      [820, 81.5],
      [455, 79],
      [275, 77.5],
      [60, 76],
    ],
  ],
  [
    ...(['vital-signs', '8867-4', '心率', '次/分', [60, 100]] as const),
    [
      [455, 78],
      [275, 74],
      [60, 72],
    ],
  ],
]

const pressures: readonly (readonly [daysAgo: number, systolic: number, diastolic: number])[] = [
  [455, 158, 94],
  [275, 146, 88],
  [130, 138, 84],
  [60, 136, 82],
]

/** What has gathered about one person in the years before, as the institutions' systems sent it. */
export function storyOf(residentId: string, now: Date, doctorId: string): Resource[] {
  const subject = { reference: `Patient/${residentId}` }
  const patient = subject
  const doctor = { reference: `Practitioner/${doctorId}` }
  const at = (daysAgo: number) => new Date(now.getTime() - daysAgo * DAY_MS)
  const when = (daysAgo: number) => at(daysAgo).toISOString()
  const day = (daysAgo: number) => dayOf(at(daysAgo))
  const category = (code: string) => [coded(`${TERMS}/observation-category`, code, code)]
  const measured = (daysAgo: number) => ({
    ...{ resourceType: 'Observation', status: 'final', subject },
    ...{ effectiveDateTime: when(daysAgo), issued: when(daysAgo), performer: [doctor] },
  })
  const clinical = coded(`${TERMS}/condition-clinical`, 'active', '现患')
  const problem = (code: string, text: string, daysAgo: number): Resource => ({
    ...{ resourceType: 'Condition', subject, clinicalStatus: clinical, code: icd(code, text) },
    ...{ onsetDateTime: day(daysAgo), recordedDate: day(daysAgo), recorder: doctor },
  })
  const visit = (daysAgo: number, type: string, reason: string): Resource => ({
    ...{ resourceType: 'Encounter', status: 'finished', subject, type: [{ text: type }] },
    class: { system: `${TERMS}/v3-ActCode`, code: 'AMB', display: '门诊' },
    ...{ reasonCode: [{ text: reason }], participant: [{ individual: doctor }] },
    period: { start: when(daysAgo), end: new Date(at(daysAgo).getTime() + 40 * 60_000).toISOString() },
  })
  const vaccine = (daysAgo: number, name: string): Resource => ({
    ...{ resourceType: 'Immunization', status: 'completed', patient, vaccineCode: { text: name } },
    occurrenceDateTime: day(daysAgo),
  })
  return [
    problem('E11.9', '2型糖尿病', 2900),
    problem('I25.1', '冠状动脉粥样硬化性心脏病', 100),
    {
      ...{ resourceType: 'AllergyIntolerance', patient, code: { text: '青霉素' } },
      clinicalStatus: coded(`${TERMS}/allergyintolerance-clinical`, 'active', '有效'),
      verificationStatus: coded(`${TERMS}/allergyintolerance-verification`, 'confirmed', '已确认'),
      ...{ type: 'allergy', category: ['medication'], criticality: 'high', recordedDate: day(2900) },
      reaction: [{ manifestation: [{ text: '皮疹、胸闷' }], severity: 'moderate' }],
    },
    visit(455, '全科门诊', '血压控制不佳'),
    visit(275, '全科门诊', '高血压、糖尿病随访'),
    visit(130, '心血管内科门诊', '活动后胸闷'),
    visit(60, '全科门诊', '出院后复诊'),
    vaccine(410, '流感疫苗'),
    vaccine(45, '流感疫苗'),
    vaccine(760, '23价肺炎球菌多糖疫苗'),
    ...series.flatMap(([kind, code, name, unit, usual, values]) =>
      values.map(
        ([daysAgo, value]): Resource => ({
          ...measured(daysAgo),
          ...{ category: category(kind), code: loinc(code, name), valueQuantity: { value, unit } },
          ...(usual
            ? { referenceRange: [{ low: { value: usual[0], unit }, high: { value: usual[1], unit } }] }
            : {}),
        }),
      ),
    ),
    ...pressures.map(
      ([daysAgo, systolic, diastolic]): Resource => ({
        ...{ ...measured(daysAgo), category: category('vital-signs'), code: loinc('85354-9', '血压') },
        component: [
          { code: loinc('8480-6', '收缩压'), valueQuantity: { value: systolic, unit: 'mmHg' } },
          { code: loinc('8462-4', '舒张压'), valueQuantity: { value: diastolic, unit: 'mmHg' } },
        ],
      }),
    ),
    {
      ...{ resourceType: 'ImagingStudy', status: 'available', subject, started: when(97) },
      ...{ numberOfSeries: 2, numberOfInstances: 412, description: '前降支中段约 50% 狭窄' },
      procedureCode: [{ text: '冠状动脉CTA' }],
      modality: [{ system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'CT' }],
    },
  ]
}
