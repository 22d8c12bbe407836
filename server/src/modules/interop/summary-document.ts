import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { narrative, type Section, sections, type Told, tableOf, toldIn } from './summary-section.ts'

const LOINC = 'http://loinc.org'
const ABSENT = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips'

/** What a summary is made of. */
export interface Gathered {
  readonly base: string
  readonly patient: Resource
  /** The facts that the reader may see, the latest first. */
  readonly told: readonly Told[]
  /** What the facts point at: medicines, people, institutions. */
  readonly beside: readonly Resource[]
  /** For whom it was made; undefined where a resident asked. */
  readonly custodian: string | undefined
  readonly now: Date
  readonly id: () => string
}

interface Written {
  readonly section: Json
  readonly resources: readonly Resource[]
}

const codeOf = ({ code, display }: { code: string; display: string }, system = LOINC) => ({
  coding: [{ system, code, display }],
})

const states = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
})

/** The statement of IPS that nothing is known, so that nobody takes an empty list for a healthy patient. */
function unknownOf(gathered: Gathered, { type, ...said }: NonNullable<Section['unknown']>): Resource {
  const reference = { reference: `Patient/${gathered.patient.id}` }
  const head = { resourceType: type, id: gathered.id() }
  const code = codeOf(said, ABSENT)
  if (type === 'AllergyIntolerance')
    return {
      ...head,
      clinicalStatus: states('allergyintolerance-clinical', 'active'),
      code,
      patient: reference,
    }
  if (type === 'Condition')
    return { ...head, clinicalStatus: states('condition-clinical', 'active'), code, subject: reference }
  return { ...head, status: 'unknown', medicationCodeableConcept: code, subject: reference }
}

function sectionOf(gathered: Gathered, section: Section): Written | undefined {
  const told = toldIn(section, gathered.told)
  if (told.length === 0 && !section.unknown) return undefined
  const found = told.map(({ resource }) => resource)
  const resources = found.length > 0 ? found : section.unknown ? [unknownOf(gathered, section.unknown)] : []
  return {
    resources,
    section: {
      title: section.title,
      code: codeOf(section),
      text: narrative(tableOf(told)),
      entry: resources.map(({ resourceType, id }) => ({ reference: `${resourceType}/${id}` })),
    },
  }
}

/** An International Patient Summary as a document Bundle: the Composition first, then the patient, then all it speaks of. */
export function summaryDocument(gathered: Gathered): Resource {
  const { base, patient, beside, custodian, now } = gathered
  const written = sections.flatMap((section) => sectionOf(gathered, section) ?? [])
  const device: Resource = {
    ...{ resourceType: 'Device', id: gathered.id() },
    deviceName: [{ name: 'Tongmai 同脉', type: 'user-friendly-name' }],
  }
  const composition: Resource = {
    ...{ resourceType: 'Composition', id: gathered.id(), status: 'final' },
    type: codeOf({ code: '60591-5', display: 'Patient summary Document' }),
    subject: { reference: `Patient/${patient.id}` },
    date: now.toISOString(),
    author: [{ reference: `Device/${device.id}` }],
    title: '患者健康摘要（International Patient Summary）',
    language: 'zh-CN',
    ...(custodian ? { custodian: { reference: `Organization/${custodian}` } } : {}),
    section: written.map(({ section }) => section),
  }
  const resources = [composition, patient, device, ...written.flatMap((one) => one.resources), ...beside]
  const once = new Map(resources.map((one) => [`${one.resourceType}/${one.id}`, one]))
  return {
    ...{ resourceType: 'Bundle', type: 'document', timestamp: now.toISOString() },
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${gathered.id()}` },
    entry: [...once].map(([reference, resource]) => ({
      fullUrl: `${base}/${reference}`,
      resource: resource as unknown as Json,
    })),
  }
}
