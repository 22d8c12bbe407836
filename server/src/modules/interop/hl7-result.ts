import { keepDigits, markExact } from '../../kernel/resource/exact.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { at, component, type Message, repetitions, type Segment, wholeText } from './hl7-message.ts'
import { conclusionIn, departmentIn, kindOfFinding } from './hl7-service.ts'
import { conceptIn, entityIn, momentIn, said, Wrong } from './hl7-value.ts'

const observationStatus: Readonly<Record<string, string>> = {
  ...{ F: 'final', U: 'final', C: 'corrected', P: 'preliminary', R: 'preliminary', S: 'preliminary' },
  ...{
    X: 'cancelled',
    D: 'entered-in-error',
    W: 'entered-in-error',
    I: 'registered',
    O: 'registered',
    B: 'amended',
  },
}
const reportStatus: Readonly<Record<string, string>> = {
  ...{
    F: 'final',
    C: 'corrected',
    P: 'preliminary',
    R: 'partial',
    A: 'partial',
    S: 'registered',
    I: 'registered',
  },
  ...{ O: 'registered', X: 'cancelled' },
}
const flags = new Set('L H LL HH < > N A AA U D B W S R I MS VS POS NEG'.split(' '))
const comparators = new Set(['<', '<=', '>=', '>'])

/** One order with what was found: OBR, the OBX and NTE that belong to it. */
export interface Group {
  readonly obr: Segment | undefined
  readonly results: { readonly obx: Segment; readonly notes: string[] }[]
}

/** The groups of an ORU^R01, in their order; results before the first OBR are a group without order. */
export function groupsIn(message: Message): Group[] {
  const groups: { obr: Segment | undefined; results: { obx: Segment; notes: string[] }[] }[] = []
  for (const segment of message.segments) {
    if (segment.name === 'OBR') groups.push({ obr: segment, results: [] })
    if (segment.name === 'OBX') {
      if (groups.length === 0) groups.push({ obr: undefined, results: [] })
      groups.at(-1)?.results.push({ obx: segment, notes: [] })
    }
    if (segment.name === 'NTE') groups.at(-1)?.results.at(-1)?.notes.push(wholeText(segment, 3))
  }
  return groups
}

interface About {
  readonly patientId: string
  readonly institutionId: string
}
interface Requested extends About {
  readonly requestId: string | undefined
}
const requestedBy = ({ requestId }: Requested): Json =>
  requestId ? [{ reference: `ServiceRequest/${requestId}` }] : undefined

const subjectOf = ({ patientId }: About): Json => ({ reference: `Patient/${patientId}` })
const performerOf = ({ institutionId }: About): Json => [{ reference: `Organization/${institutionId}` }]

const codeIn = (segment: Segment, field: number, { institutionId }: About): Json => {
  const concept = conceptIn(segment, repetitions(segment, field)[0] ?? '', institutionId)
  if (!concept) throw new Wrong('interop.field-missing', `${segment.name}-${field}`)
  return concept
}

function numberIn(text: string): number {
  const number = Number(text)
  if (!/^[+-]?\d+(\.\d+)?$/.test(text) || !Number.isFinite(number))
    throw new Wrong('interop.bad-value', 'OBX-5', 'is no number')
  return number
}

/** `+05.10` as FHIR writes it. */
const decimalText = (text: string): string => text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1')

function quantityIn(obx: Segment, text: string, comparator?: string): Json {
  const unit = at(obx, 6, 2) || at(obx, 6, 1)
  const isUcum = /^UCUM$/i.test(at(obx, 6, 3))
  const quantity = said({
    value: numberIn(text),
    comparator,
    unit: unit || undefined,
    ...(isUcum ? { system: 'http://unitsofmeasure.org', code: at(obx, 6, 1) } : {}),
  })
  keepDigits(quantity, 'value', decimalText(text))
  return quantity
}

/** The value of OBX-5 by the type in OBX-2; what has no form of its own is kept as the text it is. */
function valueIn(obx: Segment, about: About): { [key: string]: Json } {
  const type = at(obx, 2).toUpperCase()
  const [first = '', ...others] = repetitions(obx, 5)
  if (first === '') return {}
  const text = component(obx, first)
  if (type === 'NM' && others.length === 0) return markExact({ valueQuantity: quantityIn(obx, text) })
  if (type === 'SN' && component(obx, first, 3) === '') {
    const comparator = component(obx, first, 1)
    if (comparator === '' || comparators.has(comparator))
      return markExact({ valueQuantity: quantityIn(obx, component(obx, first, 2), comparator || undefined) })
  }
  const isCoded = ['CE', 'CWE', 'CNE', 'CF'].includes(type)
  if (isCoded) return said({ valueCodeableConcept: conceptIn(obx, first, about.institutionId) })
  if (['TS', 'DT', 'DTM'].includes(type)) return said({ valueDateTime: momentIn(text, 'OBX-5') })
  return { valueString: wholeText(obx, 5) }
}

/** One measurement or finding. */
export function observationIn(
  { obx, notes }: Group['results'][number],
  obr: Segment | undefined,
  about: Requested,
): Resource {
  const value = valueIn(obx, about)
  const flag = at(obx, 8)
  const range = wholeText(obx, 7)
  const moment = momentIn(at(obx, 14), 'OBX-14') ?? momentIn(at(obr, 7), 'OBR-7')
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation'
  const category = 'http://terminology.hl7.org/CodeSystem/observation-category'
  const note = notes.filter(Boolean).map((text) => ({ text }))
  return {
    resourceType: 'Observation',
    status: observationStatus[at(obx, 11).toUpperCase()] ?? 'final',
    category: [{ coding: [{ system: category, code: kindOfFinding(obr, obx) }] }],
    code: codeIn(obx, 3, about),
    subject: subjectOf(about),
    performer: performerOf(about),
    ...value,
    ...said({
      basedOn: requestedBy(about),
      effectiveDateTime: moment,
      interpretation: flag
        ? [flags.has(flag) ? { coding: [{ system, code: flag }] } : { text: flag }]
        : undefined,
      referenceRange: range ? [{ text: range }] : undefined,
      note: note.length > 0 ? note : undefined,
      dataAbsentReason:
        Object.keys(value).length === 0
          ? {
              coding: [
                { system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' },
              ],
            }
          : undefined,
    }),
  }
}

/** What was ordered. */
export const requestIn = (obr: Segment, about: About): Resource => {
  const placer = entityIn(obr, repetitions(obr, 2)[0] ?? '', about.institutionId)
  return {
    resourceType: 'ServiceRequest',
    status: reportStatus[at(obr, 25).toUpperCase()] === 'final' ? 'completed' : 'active',
    intent: 'order',
    code: codeIn(obr, 4, about),
    subject: subjectOf(about),
    ...said({ identifier: placer ? [placer] : undefined, authoredOn: momentIn(at(obr, 6), 'OBR-6') }),
  }
}

/** The report that gathers what was found. */
export function reportIn(
  obr: Segment,
  { ids, files, results }: { ids: readonly string[]; files: readonly Json[]; results: Group['results'] },
  about: Requested,
): Resource {
  const filler = entityIn(obr, repetitions(obr, 3)[0] ?? '', about.institutionId)
  const issued = momentIn(at(obr, 22), 'OBR-22')
  return {
    resourceType: 'DiagnosticReport',
    status: reportStatus[at(obr, 25).toUpperCase()] ?? 'unknown',
    code: codeIn(obr, 4, about),
    subject: subjectOf(about),
    performer: performerOf(about),
    ...said({
      identifier: filler ? [filler] : undefined,
      basedOn: requestedBy(about),
      effectiveDateTime: momentIn(at(obr, 7), 'OBR-7'),
      // An instant is precise to the second; a day alone is none.
      issued: issued?.includes('T') ? issued : undefined,
      category: departmentIn(obr),
      conclusion: conclusionIn(results),
      result: ids.length > 0 ? ids.map((id) => ({ reference: `Observation/${id}` })) : undefined,
      presentedForm: files.length > 0 ? [...files] : undefined,
    }),
  }
}
