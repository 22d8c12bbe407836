import type { SubscriptionTopic } from '@tongmai/api/interop/subscription'
import { isHere } from '../../kernel/resource/extract.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { resourceTypes } from '../../kernel/resource/shape.ts'

/** Something one can be told of. */
export interface Topic {
  readonly code: SubscriptionTopic
  readonly title: string
  readonly description: string
  /** The types it is about; with more than these a subscription must say by a filter which. */
  readonly types: readonly string[]
  /** Whether a version is such an event; `before` is the version it followed. */
  readonly isEvent: (now: Resource | null, before: Resource | null) => boolean
}

const codingOf = (value: Json, system: string): Json => {
  const { coding } = (value ?? {}) as { coding?: { system?: Json; code?: Json }[] }
  return coding?.find((one) => one.system === system)?.code
}

const referralState = (task: Resource | null): Json =>
  codingOf(task?.businessStatus, 'urn:tongmai:referral-status')

/** What counts as a result for whoever waits for it. */
const settled: readonly Json[] = ['final', 'amended', 'corrected', 'appended']

/** Everything one can subscribe to; `/fhir/R4/SubscriptionTopic` and the CapabilityStatement are made from it. */
export const topics: readonly Topic[] = [
  {
    code: 'resource-changed',
    title: 'A resource was created, changed or removed',
    description:
      'Any new version of a resource, a removal included. Each filter names a type and may narrow it by search parameters.',
    types: resourceTypes.filter((type) => type !== 'Subscription' && type !== 'SubscriptionStatus'),
    isEvent: () => true,
  },
  {
    code: 'referral-changed',
    title: 'A referral has moved on',
    description: 'The Task of a referral is new, or its businessStatus is another one.',
    types: ['Task'],
    isEvent: (now, before) => {
      const state = referralState(now)
      return state !== undefined && state !== referralState(before)
    },
  },
  {
    code: 'result-arrived',
    title: 'A result has arrived',
    description:
      'A DiagnosticReport or Observation is final for the first time, or was amended or corrected.',
    types: ['DiagnosticReport', 'Observation'],
    isEvent: (now, before) =>
      settled.includes(now?.status) && (now?.status !== 'final' || before?.status !== 'final'),
  },
]

export const topicOf = (code: SubscriptionTopic): Topic => {
  const topic = topics.find((one) => one.code === code)
  if (!topic) throw new Error(`no topic ${code}`)
  return topic
}

const path = /^(.*)\/SubscriptionTopic\/([a-z-]+)(?:\|.*)?$/

/** The canonical address of a topic on this server. */
export const canonicalOf = (base: string, code: SubscriptionTopic): string =>
  `${base}/SubscriptionTopic/${code}`

/** The topic that a canonical address of this server names; undefined for any other. */
export function topicAt(canonical: Json): Topic | undefined {
  const [, base = '', code] = path.exec(typeof canonical === 'string' ? canonical : '') ?? []
  return isHere(base) ? topics.find((one) => one.code === code) : undefined
}

const r5 = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic'

/** A topic for readers of R4, which has no such type: a Basic with the elements of R5 as extensions. */
export const topicResource = (base: string, { code, title, description, types }: Topic): object => ({
  resourceType: 'Basic',
  id: code,
  extension: [
    { url: `${r5}.url`, valueUri: canonicalOf(base, code) },
    { url: `${r5}.title`, valueString: title },
    { url: `${r5}.status`, valueCode: 'active' },
    { url: `${r5}.description`, valueMarkdown: description },
    ...types.map((type) => ({
      url: `${r5}.resourceTrigger`,
      extension: [{ url: 'resource', valueUri: `http://hl7.org/fhir/StructureDefinition/${type}` }],
    })),
  ],
  code: { coding: [{ system: 'http://hl7.org/fhir/fhir-types', code: 'SubscriptionTopic' }] },
})
