import { type SeriesKind, seriesKind } from '@tongmai/api/careplan/reading'
import type { Json, Resource } from '../../kernel/resource/owner.ts'

/** How a kind of reading is said in LOINC and UCUM. */
interface Spoken {
  readonly code: string
  readonly text: string
  readonly unit: string
  readonly category: 'vital-signs' | 'laboratory' | 'activity'
}

const spoken: Readonly<Record<SeriesKind, Spoken>> = {
  bloodPressure: { code: '85354-9', text: '血压', unit: 'mm[Hg]', category: 'vital-signs' },
  glucose: { code: '14743-9', text: '指尖血糖', unit: 'mmol/L', category: 'laboratory' },
  heartRate: { code: '8867-4', text: '心率', unit: '/min', category: 'vital-signs' },
  oxygen: { code: '59408-5', text: '脉搏血氧饱和度', unit: '%', category: 'vital-signs' },
  weight: { code: '29463-7', text: '体重', unit: 'kg', category: 'vital-signs' },
  temperature: { code: '8310-5', text: '体温', unit: 'Cel', category: 'vital-signs' },
  steps: { code: '55423-8', text: '步数', unit: '{steps}', category: 'activity' },
}

const LOINC = 'http://loinc.org'
const halves = [
  { code: '8480-6', text: '收缩压' },
  { code: '8462-4', text: '舒张压' },
] as const

/** The kinds of reading that these tokens (`system|code`, `code`) and categories leave; all where nothing is asked. */
export const kindsAsked = (codes: readonly string[], categories: readonly string[]): SeriesKind[] =>
  seriesKind.options.filter((kind) => {
    const { code, category } = spoken[kind]
    const named = codes.length === 0 || codes.some((one) => one === code || one === `${LOINC}|${code}`)
    return named && (categories.length === 0 || categories.includes(category))
  })

interface Place {
  readonly deviceId: string
  readonly seq: number
  readonly at: Date
}

/** The id of a reading: device, sequence and moment, at most 54 of FHIR's 64 characters. */
export const readingId = ({ deviceId, seq, at }: Place): string =>
  [deviceId.replaceAll('-', ''), seq.toString(36), at.getTime().toString(36)].join('-')

const ID =
  /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-([0-9a-z]{1,11})-([0-9a-z]{1,9})$/

/** What `readingId` says; undefined for any other id. */
export function placeOf(id: string): Place | undefined {
  const [whole, a, b, c, d, e, seq = '', at = ''] = ID.exec(id) ?? []
  const number = Number.parseInt(seq, 36)
  const moment = new Date(Number.parseInt(at, 36))
  if (!whole || !Number.isSafeInteger(number) || Number.isNaN(moment.getTime())) return undefined
  return { deviceId: [a, b, c, d, e].join('-'), seq: number, at: moment }
}

interface Row extends Place {
  readonly residentId: string
  readonly kind: string
  readonly value: number
  readonly value2: number | null
  readonly receivedAt: Date
}

/** A number as it was measured: the table keeps single precision. */
const exact = (value: number): number => Number(value.toPrecision(7))
const coded = (code: string, text: string): Json => ({ coding: [{ system: LOINC, code }], text })

/** A reading as an Observation of this patient; typed in by hand where no device measured it. */
export function toReading(row: Row, patientId: string): Resource {
  const { code, text, unit, category } = spoken[row.kind as SeriesKind]
  const quantity = (value: number): Json => ({
    ...{ value: exact(value), unit, system: 'http://unitsofmeasure.org', code: unit },
  })
  const isPair = row.value2 !== null
  const patient: Json = { reference: `Patient/${patientId}` }
  return {
    resourceType: 'Observation',
    id: readingId(row),
    meta: { versionId: '1', lastUpdated: row.receivedAt.toISOString() },
    status: 'final',
    category: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }],
      },
    ],
    code: coded(code, text),
    subject: patient,
    effectiveDateTime: row.at.toISOString(),
    ...(row.deviceId === row.residentId
      ? { performer: [patient] }
      : { device: { reference: `Device/${row.deviceId}` } }),
    ...(isPair
      ? {
          component: halves.map((half, n) => ({
            code: coded(half.code, half.text),
            valueQuantity: quantity((n === 0 ? row.value : row.value2) ?? 0),
          })),
        }
      : { valueQuantity: quantity(row.value) }),
  }
}
