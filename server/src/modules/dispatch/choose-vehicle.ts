import type {
  CrewMember,
  Equipment,
  Escort,
  IsolationGroup,
  VehicleKind,
  VehicleState,
} from '@tongmai/api/dispatch/fleet'
import type { Needs } from '@tongmai/api/dispatch/mission'
import type { MissionUrgency } from '@tongmai/api/dispatch/urgency'

/** What the choice looks at: one vehicle, with whom it carries under a licence that holds today. */
export interface Candidate {
  readonly kind: VehicleKind
  readonly state: VehicleState
  readonly equipment: readonly Equipment[]
  readonly crew: readonly CrewMember[]
  readonly contaminatedBy: IsolationGroup | null
  /** Practitioners of the crew whose licence holds today. */
  readonly licensed: ReadonlySet<string>
  /** Minutes until it is with the patient; null where its place is not known or no way leads there. */
  readonly minutes: number | null
}

/** What the trip asks for. */
export interface Trip {
  readonly urgency: MissionUrgency
  readonly needs: Needs
  /** What a person said about flying: go, no-go, or nothing yet. */
  readonly flight: boolean | null
  readonly landing: { readonly from: boolean; readonly to: boolean }
}

const ranks: Readonly<Record<Escort, number>> = { none: 0, nurse: 1, physician: 2 }

/** The highest escort that the crew gives under current licences. */
export function escortOf({ crew, licensed }: Pick<Candidate, 'crew' | 'licensed'>): Escort {
  const held = crew.filter(({ practitionerId }) => practitionerId !== null && licensed.has(practitionerId))
  if (held.some(({ role }) => role === 'physician')) return 'physician'
  return held.some(({ role }) => role === 'nurse') ? 'nurse' : 'none'
}

/** Why this vehicle cannot take this trip, as codes; nothing where it can. */
export function unsuitable(vehicle: Candidate, trip: Trip): string[] {
  const { kind, state } = vehicle
  const { needs } = trip
  const steers = vehicle.crew.some(({ role }) => role === (kind === 'helicopter' ? 'pilot' : 'driver'))
  return [
    ...(state === 'ready' ? [] : [`vehicle-${state}`]),
    ...(steers ? [] : ['nobody-steers']),
    ...isolationProblems(vehicle, trip),
    ...needs.equipment.filter((one) => !vehicle.equipment.includes(one)).map((one) => `lacks-${one}`),
    ...(ranks[escortOf(vehicle)] < ranks[needs.escort] ? [`lacks-${needs.escort}`] : []),
    ...(kind === 'shuttle' && trip.urgency === 'emergency' ? ['shuttle-in-emergency'] : []),
    ...airProblems(kind, trip),
    ...(vehicle.minutes === null ? ['no-way'] : []),
  ]
}

function isolationProblems({ kind, contaminatedBy }: Candidate, { needs }: Trip): string[] {
  const found: string[] = []
  if (contaminatedBy !== null) found.push('not-disinfected')
  if (needs.isolation !== null && kind !== 'isolationVehicle') found.push('no-isolation')
  if (needs.isolation === null && kind === 'isolationVehicle') found.push('kept-for-isolation')
  return found
}

function airProblems(kind: VehicleKind, { needs, flight, landing }: Trip): string[] {
  if (kind !== 'helicopter') return needs.byAir ? ['not-by-air'] : []
  return [
    ...(landing.from ? [] : ['no-landing-from']),
    ...(landing.to ? [] : ['no-landing-to']),
    ...(flight === null ? ['no-flight-release'] : []),
    ...(flight === false ? ['flight-refused'] : []),
  ]
}
