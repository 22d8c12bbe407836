import type { MissionEvent, MissionMoved } from '../dispatch/index.ts'
import type { ShortageMoved } from '../pharmacy/index.ts'
import type { GreenMoved, Moved, ReferralEvent } from '../referral/index.ts'

/** Somebody to be told: whoever holds a duty at an institution, or one person. */
export type Recipient =
  | { readonly institutionId: string; readonly duty: string }
  | { readonly institutionId: string; readonly practitionerId: string }
  | { readonly institutionId: string; readonly accountId: string }

type Tells = (moved: Moved) => readonly Recipient[]

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** On whose side it was written. */
const writer = (m: Moved): string => (m.begunBy === 'receiver' ? m.toInstitutionId : m.fromInstitutionId)
/** Who wrote it, and the physician in whose name. */
const author: Tells = (m) => [
  ...(uuid.test(m.authorId) ? [{ institutionId: writer(m), accountId: m.authorId }] : []),
  ...(m.fromPractitionerId
    ? [{ institutionId: m.fromInstitutionId, practitionerId: m.fromPractitionerId }]
    : []),
]
/** The arranged or treating doctor; on a down-referral the named family doctor. */
const doctor: Tells = (m) =>
  m.toPractitionerId ? [{ institutionId: m.toInstitutionId, practitionerId: m.toPractitionerId }] : []
const sender =
  (duty: string): Tells =>
  (m) => [{ institutionId: m.fromInstitutionId, duty }]
const receiver =
  (duty: string): Tells =>
  (m) => [{ institutionId: m.toInstitutionId, duty }]
/** Where a down-referral arrives it is the named doctor's; elsewhere the office answers. */
const answers: Tells = (m) => (m.direction === 'down' ? doctor(m) : receiver('referral.answer')(m))
/** Who is said to have sent the patient: the named doctor, or whoever writes referrals there. */
const asked: Tells = (m) =>
  m.fromPractitionerId
    ? [{ institutionId: m.fromInstitutionId, practitionerId: m.fromPractitionerId }]
    : sender('referral.write')(m)
const both: Tells = (m) => [...author(m), ...answers(m)]
const office: Tells = (m) => (m.direction === 'down' ? sender('referral.answer')(m) : answers(m))

/** Who must know of each event; what nobody need be told of is not here. */
const told: Partial<Record<ReferralEvent, Tells>> = {
  'referral.sent-to-review': sender('referral.review'),
  'referral.approved': both,
  'referral.returned': author,
  'referral.submitted': answers,
  'referral.supplement-asked': author,
  'referral.supplemented': answers,
  'referral.accepted': author,
  'referral.rejected': author,
  'referral.withdrawn': answers,
  'referral.declined': both,
  'referral.departed': receiver('referral.receive'),
  'referral.arranged': author,
  'referral.confirmed': (m) => [...author(m), ...doctor(m)],
  'referral.not-shown': author,
  'referral.arrived': (m) => [...author(m), ...doctor(m)],
  'referral.taken-into-care': author,
  'referral.admitted': author,
  'referral.treated': author,
  'referral.down-planned': author,
  'referral.assigned': doctor,
  'referral.taken-over': author,
  'referral.followed-up': author,
  'referral.closed': author,
  'referral.cancelled': both,
  'referral.expired': (m) => [...author(m), ...office(m)],
  'referral.reopened': answers,
  'referral.posted': both,
  'referral.redirected': both,
  'referral.slot-awaited': author,
  'referral.slot-found': receiver('referral.answer'),
  'referral.entered': asked,
  'referral.disputed': (m) => [...author(m), ...doctor(m), ...receiver('referral.answer')(m)],
}

/** The events of referrals of which somebody is told. */
export const toldEvents = Object.keys(told) as ReferralEvent[]

/** Who must know of this one; before it has been sent, the other side knows nothing of it. */
export function recipientsOf(event: ReferralEvent, moved: Moved): readonly Recipient[] {
  const all = told[event]?.(moved) ?? []
  const unsent = moved.from === 'draft' && ['withdrawn', 'declinedByPatient', 'cancelled'].includes(moved.to)
  return unsent ? all.filter((one) => one.institutionId === writer(moved)) : all
}

type Rides = (moved: MissionMoved) => readonly Recipient[]
const caller: Rides = (m) =>
  uuid.test(m.callerId) ? [{ institutionId: m.fromInstitutionId, accountId: m.callerId }] : []
const desk: Rides = (m) => [{ institutionId: m.deskId, duty: 'dispatch.dispatch' }]
const crew: Rides = (m) => (m.carrierId ? [{ institutionId: m.carrierId, duty: 'dispatch.drive' }] : [])
const takes: Rides = (m) => [{ institutionId: m.toInstitutionId, duty: 'dispatch.sign' }]
const all =
  (...each: Rides[]): Rides =>
  (m) =>
    each.flatMap((one) => one(m))

/** Who must know of each step of a transport. */
const toldOfRide: Partial<Record<MissionEvent, Rides>> = {
  'dispatch.called': desk,
  'dispatch.dispatched': all(crew, caller),
  'dispatch.recalled': all(crew, caller),
  'dispatch.left-scene': all(takes, caller),
  'dispatch.arrived': takes,
  'dispatch.handed-over': all(desk, caller),
  'dispatch.aborted': all(desk, caller, takes),
  'dispatch.cancelled': all(desk, crew),
}

/** The events of transports of which somebody is told. */
export const toldRides = Object.keys(toldOfRide) as MissionEvent[]
export const recipientsOfRide = (event: MissionEvent, moved: MissionMoved): readonly Recipient[] =>
  toldOfRide[event]?.(moved) ?? []

/** The receiving side is warned; who opened the channel hears that it was seen and how it ended. */
export const recipientsOfGreen = (
  event: 'opened' | 'acknowledged' | 'closed',
  { fromInstitutionId, toInstitutionId, openedBy }: GreenMoved,
): readonly Recipient[] => {
  if (event === 'opened') return [{ institutionId: toInstitutionId, duty: 'referral.receive' }]
  return openedBy && uuid.test(openedBy) ? [{ institutionId: fromInstitutionId, accountId: openedBy }] : []
}

/** The pharmacy hears of a new shortage; who reported it hears what becomes of it. */
export const recipientsOfShortage = (
  event: 'reported' | 'procuring' | 'arrived' | 'ended',
  { institutionId, reportedBy }: ShortageMoved,
): readonly Recipient[] => {
  if (event === 'reported') return [{ institutionId, duty: 'pharmacy.stock' }]
  return uuid.test(reportedBy) ? [{ institutionId, accountId: reportedBy }] : []
}
