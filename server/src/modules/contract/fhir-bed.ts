import type { BedOrder } from '@tongmai/api/contract/bed'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import type { HomeBed } from './store/bed.ts'

type Own = Resource & { readonly id: string }

const NUMBER = 'urn:tongmai:home-bed-number'

/** Whether an EpisodeOfCare or CarePlan is a bed at home of this platform. */
export const isBed = (resource: Resource): boolean =>
  Array.isArray(resource.identifier) &&
  resource.identifier.some(
    (one) => typeof one === 'object' && one !== null && 'system' in one && one.system === NUMBER,
  )

const to = (type: string, id: string): Json => ({ reference: `${type}/${id}` })
const periodOf = (b: HomeBed): Json => ({ start: b.openedOn, ...(b.closedOn ? { end: b.closedOn } : {}) })
const shared = (b: HomeBed) => ({ id: b.id, identifier: [{ system: NUMBER, value: b.number }] })
const unitsOf = { day: 'd', week: 'wk', month: 'mo' } as const

/** The span over which somebody is cared for in a bed at home. */
export const toBedEpisode = (b: HomeBed): Own => ({
  resourceType: 'EpisodeOfCare',
  ...shared(b),
  status: b.closedOn ? 'finished' : 'active',
  type: [{ text: '家庭病床' }],
  patient: to('Patient', b.residentId),
  managingOrganization: to('Organization', b.communityId),
  period: periodOf(b),
  careManager: to('Practitioner', b.doctorId),
})

/** What is planned at it, and what the nurses are to do. */
export const toBedPlan = (b: HomeBed, orders: readonly BedOrder[]): Own => ({
  resourceType: 'CarePlan',
  ...shared(b),
  status: b.closedOn ? 'completed' : 'active',
  intent: 'plan',
  title: '家庭病床',
  description: b.plan,
  subject: to('Patient', b.residentId),
  period: periodOf(b),
  author: to('Practitioner', b.doctorId),
  ...(orders.length > 0 ? { activity: orders.map(activityOf) } : {}),
  ...(b.summary ? { note: [{ text: b.summary }] } : {}),
})

const activityOf = (o: BedOrder): Json => ({
  detail: {
    status: o.stoppedAt ? 'completed' : 'in-progress',
    description: o.what,
    ...(o.per === 'asNeeded'
      ? { scheduledString: '按需' }
      : { scheduledTiming: { repeat: { frequency: o.times, period: 1, periodUnit: unitsOf[o.per] } } }),
  },
})
