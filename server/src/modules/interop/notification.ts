import type { SubscriptionState, SubscriptionTopic } from '@tongmai/api/interop/subscription'
import { resourceIn } from '../../kernel/resource/exact.ts'
import type { Stored } from '../../kernel/resource/owner.ts'
import { canonicalOf } from './topic.ts'

/** Why a notification comes: FHIR's subscription-notification-type. */
export type Kind = 'handshake' | 'heartbeat' | 'event-notification' | 'query-status' | 'query-event'

/** A subscription as a notification speaks of it. */
export interface About {
  /** By which its client knows it. */
  readonly fhirId: string
  readonly topic: SubscriptionTopic
  readonly state: SubscriptionState
  readonly problem: string | null
  /** Events since it began. */
  readonly events: number
  readonly content: 'empty' | 'id-only' | 'full-resource'
}

/** One event; `focus` is what it is about, where the receiver may see that now. */
export interface Happened {
  readonly number: number
  readonly at: Date
  readonly focus: Stored | undefined
}

export interface Notice {
  readonly kind: Kind
  readonly happened?: readonly Happened[]
}

const PROFILES = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition'

const referenceOf = ({ type, id }: Stored): string => `${type}/${id}`

/** How a subscription stands, as the Parameters that R4 has for R5's SubscriptionStatus. */
export function statusOf(base: string, about: About, { kind, happened = [] }: Notice): object {
  const isNamed = about.content !== 'empty'
  return {
    resourceType: 'Parameters',
    meta: { profile: [`${PROFILES}/backport-subscription-status-r4`] },
    parameter: [
      { name: 'subscription', valueReference: { reference: `${base}/Subscription/${about.fhirId}` } },
      { name: 'topic', valueCanonical: canonicalOf(base, about.topic) },
      { name: 'status', valueCode: about.state },
      { name: 'type', valueCode: kind },
      { name: 'events-since-subscription-start', valueString: String(about.events) },
      ...happened.map(({ number, at, focus }) => ({
        name: 'notification-event',
        part: [
          { name: 'event-number', valueString: String(number) },
          { name: 'timestamp', valueInstant: at.toISOString() },
          ...(focus && isNamed
            ? [{ name: 'focus', valueReference: { reference: `${base}/${referenceOf(focus)}` } }]
            : []),
        ],
      })),
      ...(about.problem ? [{ name: 'error', valueCodeableConcept: { text: about.problem } }] : []),
    ],
  }
}

function requestFor(focus: Stored): { method: string; url: string; status: string } {
  if (focus.deleted) return { method: 'DELETE', url: referenceOf(focus), status: '204' }
  if (focus.version === 1) return { method: 'POST', url: focus.type, status: '201' }
  return { method: 'PUT', url: referenceOf(focus), status: '200' }
}

function entryOf(base: string, focus: Stored, isWhole: boolean): object {
  const { status, ...request } = requestFor(focus)
  const response = { status, etag: `W/"${focus.version}"`, lastModified: focus.updatedAt.toISOString() }
  return {
    fullUrl: `${base}/${referenceOf(focus)}`,
    ...(isWhole && !focus.deleted ? { resource: resourceIn(focus.content) } : {}),
    request,
    response,
  }
}

/** What is sent: a Bundle of type history whose first entry says how the subscription stands. */
export function notificationOf(base: string, about: About, notice: Notice & { readonly id: string }): object {
  const focuses = about.content === 'empty' ? [] : (notice.happened ?? []).flatMap(({ focus }) => focus ?? [])
  return {
    resourceType: 'Bundle',
    id: notice.id,
    meta: { profile: [`${PROFILES}/backport-subscription-notification-r4`] },
    type: 'history',
    entry: [
      {
        fullUrl: `urn:uuid:${notice.id}`,
        resource: { id: notice.id, ...statusOf(base, about, notice) },
        request: { method: 'GET', url: `${base}/Subscription/${about.fhirId}/$status` },
        response: { status: '200' },
      },
      ...focuses.map((focus) => entryOf(base, focus, about.content === 'full-resource')),
    ],
  }
}
