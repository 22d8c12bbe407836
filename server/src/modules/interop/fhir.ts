import type { SubscriptionState, SubscriptionTopic } from '@tongmai/api/interop/subscription'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { canonicalOf, topicAt } from './topic.ts'

/** What a client wants: topic and filters, where and how it is to be told. */
export interface Wish {
  readonly topic: SubscriptionTopic
  readonly filters: readonly string[]
  readonly content: 'empty' | 'id-only' | 'full-resource'
  readonly endpoint: string
  readonly headers: readonly string[]
  readonly heartbeatSeconds: number | null
  readonly timeoutSeconds: number
  readonly maxCount: number
  readonly reason: string
  readonly endsAt: Date | null
  /** Whether it is to be silent. */
  readonly isOff: boolean
}

/** An element that cannot be as it is, and why. */
export interface Fault {
  readonly path: string
  readonly problem: string
}

const IG = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition'
const FILTER = `${IG}/backport-filter-criteria`
const CONTENT = `${IG}/backport-payload-content`
const HEARTBEAT = `${IG}/backport-heartbeat-period`
const TIMEOUT = `${IG}/backport-timeout`
const MAX_COUNT = `${IG}/backport-max-count`
export const PROFILE = `${IG}/backport-subscription`

/** The elements of a Subscription that are ours; others (contact, tags) are kept beside. */
export const modelled = ['status', 'reason', 'criteria', 'channel', 'error', 'end'] as const

const TIMEOUT_SECONDS = 10
const MAX_COUNT_USUAL = 100
const FILTERS_MAX = 20
const HEADERS_MAX = 10

type Node = { readonly [name: string]: Json }
const node = (value: Json): Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
const list = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [])

/** The values of an extension, whatever their type. */
const extended = (element: Json, url: string): readonly Json[] =>
  list(node(element).extension).flatMap((one) => {
    const { url: of, ...rest } = node(one)
    return of === url
      ? Object.entries(rest).flatMap(([name, v]) => (name.startsWith('value') ? [v] : []))
      : []
  })

class Reading {
  readonly faults: Fault[] = []

  fault(path: string, problem: string): void {
    this.faults.push({ path: `Subscription.${path}`, problem })
  }

  /** A whole number within bounds, or what holds where nothing is said. */
  number<T>(element: Json, at: { url: string; low: number; high: number; usual: T }): number | T {
    const [value] = extended(element, at.url)
    if (value === undefined) return at.usual
    if (Number.isInteger(value) && Number(value) >= at.low && Number(value) <= at.high) return Number(value)
    this.fault('channel.extension', `${at.url} must be a whole number from ${at.low} to ${at.high}`)
    return at.usual
  }
}

/** Headers that a receiver may ask for; those of the connection itself are ours. */
const header =
  /^(?!(?:host|content-|transfer-|connection|upgrade|te:|trailer|expect)[^:]*:)[\w!#$%&'*+.^`|~-]{1,80}: ?[\x20-\x7e]{0,2000}$/i

function headersIn(reading: Reading, channel: Node): readonly string[] {
  const headers = list(channel.header).filter((one): one is string => typeof one === 'string')
  if (headers.length > HEADERS_MAX) reading.fault('channel.header', `at most ${HEADERS_MAX}`)
  for (const one of headers)
    if (!header.test(one)) reading.fault('channel.header', '“Name: value”, and none of the connection’s own')
  return headers
}

function contentIn(reading: Reading, channel: Node): Wish['content'] {
  const [content] = extended(channel._payload, CONTENT)
  if (content === 'empty' || content === 'id-only' || content === 'full-resource') return content
  reading.fault('channel.payload.extension', `${CONTENT} must be empty, id-only or full-resource`)
  return 'empty'
}

function filtersIn(reading: Reading, resource: Resource): readonly string[] {
  const filters = extended(resource._criteria, FILTER).filter((one): one is string => typeof one === 'string')
  const topic = topicAt(resource.criteria)
  if (!topic) reading.fault('criteria', 'must be the canonical address of a topic of this server')
  if (filters.length > FILTERS_MAX) reading.fault('criteria.extension', `at most ${FILTERS_MAX} filters`)
  if (topic?.code === 'resource-changed' && filters.length === 0)
    reading.fault('criteria.extension', 'this topic needs a filter that names a type, as “Encounter?”')
  for (const one of filters)
    if (topic && !topic.types.includes(one.split('?')[0] ?? ''))
      reading.fault('criteria.extension', `${one} is about no type of this topic`)
  return filters
}

/** Reads what a client wants from a Subscription after the R5 backport; every fault is named. */
export function wishIn(resource: Resource): { wish: Wish; faults: readonly Fault[] } {
  const reading = new Reading()
  const channel = node(resource.channel)
  const filters = filtersIn(reading, resource)
  if (channel.type !== 'rest-hook') reading.fault('channel.type', 'only rest-hook')
  if (channel.payload !== 'application/fhir+json')
    reading.fault('channel.payload', 'must be application/fhir+json')
  if (typeof channel.endpoint !== 'string') reading.fault('channel.endpoint', 'is needed')
  const end = typeof resource.end === 'string' ? new Date(resource.end) : null
  const wish = {
    topic: topicAt(resource.criteria)?.code ?? 'resource-changed',
    filters,
    content: contentIn(reading, channel),
    endpoint: String(channel.endpoint),
    headers: headersIn(reading, channel),
    heartbeatSeconds: reading.number(channel, { url: HEARTBEAT, low: 10, high: 86_400, usual: null }),
    timeoutSeconds: reading.number(channel, { url: TIMEOUT, low: 1, high: 60, usual: TIMEOUT_SECONDS }),
    maxCount: reading.number(channel, { url: MAX_COUNT, low: 1, high: 500, usual: MAX_COUNT_USUAL }),
    reason: String(resource.reason ?? ''),
    endsAt: end,
    isOff: resource.status === 'off',
  }
  return { wish, faults: reading.faults }
}

/** A subscription as it stands, to be shown. */
export interface Shown extends Omit<Wish, 'headers' | 'isOff'> {
  readonly id: string
  readonly state: SubscriptionState
  readonly problem: string | null
}

const unsigned = (url: string, value: number): Json => ({ url, valueUnsignedInt: value })

/** The Subscription as FHIR shows it, without the headers, which may hold secrets. */
export const toSubscription = (base: string, one: Shown): Resource & { readonly id: string } => ({
  resourceType: 'Subscription',
  id: one.id,
  meta: { profile: [PROFILE] },
  status: one.state,
  ...(one.endsAt ? { end: one.endsAt.toISOString() } : {}),
  reason: one.reason,
  criteria: canonicalOf(base, one.topic),
  ...(one.filters.length > 0
    ? { _criteria: { extension: one.filters.map((filter) => ({ url: FILTER, valueString: filter })) } }
    : {}),
  ...(one.problem ? { error: one.problem } : {}),
  channel: {
    extension: [
      ...(one.heartbeatSeconds === null ? [] : [unsigned(HEARTBEAT, one.heartbeatSeconds)]),
      unsigned(TIMEOUT, one.timeoutSeconds),
      { url: MAX_COUNT, valuePositiveInt: one.maxCount },
    ],
    type: 'rest-hook',
    endpoint: one.endpoint,
    payload: 'application/fhir+json',
    _payload: { extension: [{ url: CONTENT, valueCode: one.content }] },
  },
})
