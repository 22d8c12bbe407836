import { concernOf } from '../../kernel/resource/concern.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { problemsOf } from '../../kernel/resource/validate.ts'

/** What a service would like to be given; what does not come is read from the server that a hook names, else here. */
export const prefetch = {
  patient: 'Patient/{{context.patientId}}',
  user: '{{context.userId}}',
  observations: 'Observation?patient={{context.patientId}}&category=laboratory&_sort=-date&_count=100',
  reports: 'DiagnosticReport?patient={{context.patientId}}&_sort=-date&_count=50',
} as const
type Key = keyof typeof prefetch

/** Of whom a hook speaks, and who asks. */
export interface Context {
  readonly patientId: string
  readonly userId?: string | undefined
}

const id = '[A-Za-z0-9.-]{1,64}'
const isId = new RegExp(`^${id}$`)
const isUser = new RegExp(`^(Practitioner|PractitionerRole|Patient|RelatedPerson)/${id}$`)

/** A template with its context put in; undefined where the context holds no id of FHIR for it. */
export function queryOf(template: string, { patientId, userId = '' }: Context): string | undefined {
  if (template.includes('{{context.patientId}}'))
    return isId.test(patientId) ? template.replace('{{context.patientId}}', patientId) : undefined
  return isUser.test(userId) ? template.replace('{{context.userId}}', userId) : undefined
}

/** What the other system brought with its request. */
export interface Brought {
  readonly patient: Resource | undefined
  /** The name of whoever orders. */
  readonly userName: string | undefined
  /** Observations and DiagnosticReports of this patient, as far as they are well-formed. */
  readonly results: readonly Resource[]
}

const RESULTS_MAX = 200
const users = ['Practitioner', 'PractitionerRole', 'Patient', 'RelatedPerson']

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The resource, where it is of such a type and R4 allows its shape: a prefetch that failed is an OperationOutcome, or null. */
function resourceIn(value: unknown, types: readonly string[]): Resource | undefined {
  if (!isObject(value) || !types.includes(String(value.resourceType))) return undefined
  return problemsOf(value).length === 0 ? (value as unknown as Resource) : undefined
}

function entriesIn(value: unknown): readonly unknown[] {
  if (!isObject(value) || value.resourceType !== 'Bundle' || !Array.isArray(value.entry)) return []
  return value.entry.slice(0, RESULTS_MAX).map((entry) => (isObject(entry) ? entry.resource : undefined))
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : '')

/** `text`, else family and given name as Chinese names are written. */
function nameIn(resource: Resource | undefined): string | undefined {
  const [name] = Array.isArray(resource?.name) ? resource.name : []
  if (!isObject(name)) return undefined
  const given = Array.isArray(name.given) ? name.given.map((one) => textOf(one as Json)).join('') : ''
  return textOf(name.text as Json) || textOf(name.family as Json) + given || undefined
}

/** Reads what came under the keys of `prefetch`; what is about somebody else, or is no such resource, is left aside. */
export function broughtIn(given: Readonly<Record<string, unknown>>, patientId: string): Brought {
  const of = (key: Key): unknown => (Object.hasOwn(given, key) ? given[key] : undefined)
  const results = (key: Key, type: string) =>
    entriesIn(of(key)).flatMap((one) => {
      const resource = resourceIn(one, [type])
      const concern = resource && concernOf(resource)
      return resource && concern?.kind === 'patient' && concern.patientId === patientId ? [resource] : []
    })
  return {
    patient: resourceIn(of('patient'), ['Patient']),
    userName: nameIn(resourceIn(of('user'), users)),
    results: [...results('observations', 'Observation'), ...results('reports', 'DiagnosticReport')],
  }
}

const IDENTIFIERS_MAX = 5

/** The conditions by which a Patient of another system is looked for here: its identifiers, each with its system. */
export const conditionsOf = (patient: Resource): readonly string[] =>
  (Array.isArray(patient.identifier) ? patient.identifier : [])
    .flatMap((one) =>
      isObject(one) && textOf(one.system as Json) && textOf(one.value as Json)
        ? [`identifier=${encodeURIComponent(`${one.system}|${one.value}`)}`]
        : [],
    )
    .slice(0, IDENTIFIERS_MAX)
