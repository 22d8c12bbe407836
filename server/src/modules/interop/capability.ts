import { compartmentNames } from '../../kernel/resource/find/compartment.ts'
import { modifiers } from '../../kernel/resource/find/parameter-condition.ts'
import { ownerOf } from '../../kernel/resource/owner.ts'
import { type Parameter, searchable } from '../../kernel/resource/parameter.ts'
import { resourceTypes } from '../../kernel/resource/shape.ts'
import { PROFILE } from './fhir.ts'
import type { Mounted } from './index/question.ts'
import { canonicalOf, topics } from './topic.ts'

/** What a route means for one type, or for all types at once. */
const onType: Readonly<Record<string, string>> = {
  'GET /:type/:id': 'read',
  'GET /:type/:id/_history/:version': 'vread',
  'PUT /:type/:id': 'update',
  'PATCH /:type/:id': 'patch',
  'DELETE /:type/:id': 'delete',
  'GET /:type/:id/_history': 'history-instance',
  'GET /:type/_history': 'history-type',
  'POST /:type': 'create',
  'GET /:type': 'search-type',
}
const onSystem: Readonly<Record<string, readonly string[]>> = {
  'POST /': ['transaction', 'batch'],
  'GET /': ['search-system'],
  'GET /_history': ['history-system'],
}

/** Operations that others than R4 itself define. */
const defined: Readonly<Record<string, string>> = {
  export: 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export',
  'Patient-export': 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition/patient-export',
  'Group-export': 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition/group-export',
  'Patient-summary': 'http://hl7.org/fhir/uv/ips/OperationDefinition/summary',
  'Subscription-status':
    'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-status',
  'Subscription-events':
    'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-events',
}

/** R4's own types; one is known here that R4B has added. */
const types = resourceTypes.filter((type) => type !== 'SubscriptionStatus')

const words =
  'Chinese anywhere, traditional and simplified alike; other words as they begin; and, or, not, brackets, "phrases". No modifiers.'

const everywhere = [
  { name: '_id', type: 'token' },
  { name: '_lastUpdated', type: 'date' },
  { name: '_list', type: 'string' },
  {
    ...{ name: '_filter', type: 'special' },
    documentation:
      'eq ne co sw ew gt lt ge le ap sa eb pr re ss sb in; and, or, not and brackets; chains, with tests in square brackets; po on dates.',
  },
  { name: '_text', type: 'string', documentation: `In the narrative. ${words}` },
  {
    ...{ name: '_content', type: 'string' },
    documentation: `In all texts and numbers. ${words} What is sealed (a Patient's identifier and telecom) only whole.`,
  },
]

/** What a parameter takes behind its name, in words: R4 has no element for it. */
function documentation({ kind }: Parameter) {
  const taken = [...modifiers[kind], ...(kind === 'reference' ? ['[type]'] : [])]
  return taken.length > 0 ? { documentation: `Modifiers: ${taken.map((one) => `:${one}`).join(', ')}` } : {}
}

interface Operation {
  readonly name: string
  readonly definition: string
}

/** The operations mounted for a type; without one, those of the whole server. */
function operations(mounted: readonly Mounted[], type?: string): Operation[] {
  const names = mounted.flatMap(({ path }) => {
    const [, of, name] = /^(?:\/([:\w]+))?(?:\/:id)?\/\$([\w-]+)$/.exec(path) ?? []
    if (name === undefined || (of === ':type' ? type === undefined : of !== type)) return []
    const key = of === ':type' ? `Resource-${name}` : of ? `${of}-${name}` : name
    return [{ name, definition: defined[key] ?? `http://hl7.org/fhir/OperationDefinition/${key}` }]
  })
  return [...new Map(names.map((one) => [one.name, one])).values()]
}

const listed = (name: string, of: readonly unknown[]) => (of.length > 0 ? { [name]: of } : {})

const isPointer = ({ kind }: Parameter) => kind === 'reference'

/** The parameters by which resources of a type may point at another. */
const pointing = (source: string, target: string): string[] =>
  [...searchable(source).parameters.values()]
    .filter((one) => isPointer(one) && (one.targets.includes(target) || one.targets.includes('*')))
    .map(({ code }) => `${source}:${code}`)

const TOPIC =
  'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/capabilitystatement-subscriptiontopic-canonical'

/** What one can subscribe to, where the IG has it said. */
const subscriptions = (base: string) => ({
  extension: topics.map(({ code }) => ({ url: TOPIC, valueCanonical: canonicalOf(base, code) })),
  supportedProfile: [PROFILE],
})

function resource(type: string, mounted: readonly Mounted[], base: string) {
  const parameters = [...searchable(type).parameters.values()]
  // Where all of a type is a module's, and that module takes nothing out.
  const owner = ownerOf({ resourceType: type })
  const mayGo = !owner || owner.remove !== undefined
  const includes = parameters.filter(isPointer).map(({ code }) => `${type}:${code}`)
  return {
    ...(type === 'Subscription' ? subscriptions(base) : {}),
    type,
    interaction: interactionsOf(mounted).filter(({ code }) => code !== 'delete' || mayGo),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: true,
    conditionalDelete: mayGo ? 'single' : 'not-supported',
    referencePolicy: ['literal', 'logical'],
    ...listed('searchInclude', includes.length > 0 ? ['*', ...includes] : []),
    ...listed(
      'searchRevInclude',
      types.flatMap((source) => pointing(source, type)),
    ),
    searchParam: [
      ...everywhere,
      ...parameters.map((one) => ({ name: one.code, type: one.kind, ...documentation(one) })),
    ],
    ...listed('operation', operations(mounted, type)),
  }
}

const keyOf = ({ method, path }: Mounted): string => `${method} ${path}`

const interactionsOf = (mounted: readonly Mounted[]) =>
  mounted.flatMap((one) => onType[keyOf(one)] ?? []).map((code) => ({ code }))

/** What this server can do, as FHIR says it (CapabilityStatement), by what is mounted and indexed; for everybody the same. */
export function capabilityStatement(url: string, date: Date, mounted: readonly Mounted[]): object {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: date.toISOString(),
    kind: 'instance',
    software: { name: 'Tongmai 同脉' },
    implementation: { description: 'Tongmai FHIR R4', url: `${url}/fhir/R4` },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json', 'application/fhir+xml', 'xml'],
    patchFormat: ['application/json-patch+json', 'application/fhir+json', 'application/fhir+xml'],
    rest: [
      {
        mode: 'server',
        security: security(url),
        resource: types.map((type) => resource(type, mounted, `${url}/fhir/R4`)),
        interaction: mounted.flatMap((one) => onSystem[keyOf(one)] ?? []).map((code) => ({ code })),
        searchParam: everywhere,
        ...listed('operation', operations(mounted)),
        ...listed('compartment', compartments(mounted)),
      },
    ],
  }
}

const compartments = (mounted: readonly Mounted[]): string[] =>
  mounted.some((one) => keyOf(one) === 'GET /:of/:id/:inner')
    ? compartmentNames.map((name) => `http://hl7.org/fhir/CompartmentDefinition/${name.toLowerCase()}`)
    : []

const security = (url: string) => ({
  cors: true,
  service: [
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
          code: 'SMART-on-FHIR',
        },
      ],
    },
  ],
  extension: [
    {
      url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
      extension: ['authorize', 'token', 'introspect', 'revoke'].map((name) => ({
        ...{ url: name, valueUri: `${url}/oauth/${name}` },
      })),
    },
  ],
})
