import type { PractitionerKind, Sex, Title } from '@tongmai/api/workforce/practitioner'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { covers } from './licence-rule.ts'

const genders: Readonly<Record<Sex, string>> = {
  male: 'male',
  female: 'female',
  unknown: 'unknown',
  unspecified: 'other',
}
const kinds: Readonly<Record<PractitionerKind, readonly [code: string, text: string]>> = {
  physician: ['doctor', '医师'],
  nurse: ['nurse', '护士'],
  pharmacist: ['pharmacist', '药师'],
  technician: ['technician', '技师'],
}
const ROLE_CODES = 'http://terminology.hl7.org/CodeSystem/practitioner-role'
const TITLES = 'urn:tongmai:title'
const LICENCES = 'urn:tongmai:licence'
const SITES = 'urn:tongmai:practice-site'

export interface Person {
  readonly id: string
  readonly name: string
  readonly sex: Sex
  readonly kind: PractitionerKind
  readonly title: Title
  readonly external: boolean
}
interface Span {
  readonly since: string
  readonly until: string | null
}

const period = ({ since, until }: Span): Json => ({ start: since, ...(until ? { end: until } : {}) })

/** A practitioner as FHIR shows them; licence numbers stay out, because they can contain the id number. */
export function practitionerResource(
  person: Person,
  licences: readonly (Span & { kind: string })[],
): Resource & { id: string } {
  const { id, name, sex, title } = person
  const qualification: Json[] = [
    ...(title === 'none' ? [] : [{ code: { coding: [{ system: TITLES, code: title }] } }]),
    ...licences.map((l) => ({ code: { coding: [{ system: LICENCES, code: l.kind }] }, period: period(l) })),
  ]
  return {
    resourceType: 'Practitioner',
    id,
    active: !person.external,
    name: [{ text: name }],
    gender: genders[sex],
    ...(qualification.length > 0 ? { qualification } : {}),
  }
}

export interface PlaceOfWork extends Span {
  readonly id: string
  readonly institutionId: string
  readonly department: string | null
  readonly primary: boolean
}

/** Whether a PractitionerRole is a place of practice of this platform; foreign ones are stored as they come. */
export const isSite = ({ identifier }: Resource): boolean =>
  Array.isArray(identifier) && identifier.some((one) => record(one).system === SITES)

/** Where a practitioner practises, as FHIR's PractitionerRole; its id is the site's. */
export function practitionerRoleResource(
  person: Person,
  site: PlaceOfWork,
  today: string,
): Resource & { id: string } {
  const [code, text] = kinds[person.kind]
  return {
    resourceType: 'PractitionerRole',
    id: site.id,
    identifier: [{ system: SITES, value: site.id }],
    active: covers(site, today),
    period: period(site),
    practitioner: { reference: `Practitioner/${person.id}`, display: person.name },
    organization: { reference: `Organization/${site.institutionId}` },
    code: [{ coding: [{ system: ROLE_CODES, code }], text: `${text}${site.primary ? '' : '(备案)'}` }],
    ...(site.department ? { specialty: [{ text: site.department }] } : {}),
  }
}

/** What a foreign record says of a practitioner: as much of it as this platform has a place for. */
export interface ForeignPractitioner {
  readonly name: string
  readonly sex: Sex
  /** The first identifier, by which the same person is known again. */
  readonly identifier: { readonly system: string; readonly value: string } | null
}

const record = (value: Json): Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
const first = (value: Json): Record<string, Json> => record(Array.isArray(value) ? value[0] : undefined)
const texts = (value: Json): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** Reads a FHIR Practitioner that comes from outside. */
export function foreignPractitioner(resource: Resource): ForeignPractitioner {
  const name = first(resource.name)
  const spoken = [...texts(name.prefix), ...texts(name.given), ...texts([name.family])].join(' ')
  const identifier = first(resource.identifier)
  const gender = Object.entries(genders).find(([, code]) => code === resource.gender)?.[0] as Sex | undefined
  return {
    name: (typeof name.text === 'string' && name.text) || spoken || '?',
    sex: gender ?? 'unknown',
    identifier:
      typeof identifier.value === 'string'
        ? { system: typeof identifier.system === 'string' ? identifier.system : '', value: identifier.value }
        : null,
  }
}
