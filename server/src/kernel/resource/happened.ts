import type { Json, Resource } from './owner.ts'

/**
 * When the facts of a type happened, by the elements that say so, the best first; `begun` are the states in which
 * it has at least begun (all states, where none are named), so that its time cannot lie ahead.
 */
interface Times {
  readonly at: readonly string[]
  readonly begun?: readonly string[]
}

const times: Readonly<Record<string, Times>> = {
  AllergyIntolerance: { at: ['onsetDateTime', 'onsetPeriod.start', 'recordedDate'] },
  CarePlan: { at: ['period.start', 'created'], begun: ['completed', 'revoked'] },
  Claim: { at: ['billablePeriod.start', 'created'] },
  ClinicalImpression: { at: ['effectiveDateTime', 'effectivePeriod.start', 'date'], begun: ['completed'] },
  Communication: { at: ['sent', 'received'], begun: ['completed'] },
  Composition: { at: ['date'] },
  Condition: { at: ['onsetDateTime', 'onsetPeriod.start', 'recordedDate'] },
  Consent: { at: ['dateTime'] },
  DiagnosticReport: { at: ['effectiveDateTime', 'effectivePeriod.start', 'issued'] },
  DocumentReference: { at: ['date'] },
  Encounter: {
    at: ['period.start'],
    begun: ['arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'entered-in-error'],
  },
  ExplanationOfBenefit: { at: ['billablePeriod.start', 'created'] },
  Goal: { at: ['startDate'], begun: ['completed', 'cancelled'] },
  ImagingStudy: { at: ['started'] },
  Immunization: { at: ['occurrenceDateTime'], begun: ['completed'] },
  Media: { at: ['createdDateTime', 'createdPeriod.start', 'issued'], begun: ['in-progress', 'completed'] },
  MedicationAdministration: {
    at: ['effectiveDateTime', 'effectivePeriod.start'],
    begun: ['in-progress', 'completed', 'stopped'],
  },
  MedicationDispense: { at: ['whenHandedOver', 'whenPrepared'], begun: ['completed'] },
  MedicationRequest: { at: ['authoredOn'] },
  MedicationStatement: {
    at: ['effectiveDateTime', 'effectivePeriod.start', 'dateAsserted'],
    begun: ['active', 'completed', 'stopped'],
  },
  Observation: { at: ['effectiveDateTime', 'effectiveInstant', 'effectivePeriod.start', 'issued'] },
  Procedure: {
    at: ['performedDateTime', 'performedPeriod.start'],
    begun: ['in-progress', 'on-hold', 'stopped', 'completed'],
  },
  QuestionnaireResponse: { at: ['authored'] },
  ServiceRequest: { at: ['authoredOn', 'occurrenceDateTime'] },
}

const timesOf = (type: string): Times | undefined => (Object.hasOwn(times, type) ? times[type] : undefined)

const dayMs = 86_400_000

function valueAt(resource: Resource, path: string): string | undefined {
  let at: Json = resource
  for (const name of path.split('.')) {
    at = typeof at === 'object' && at !== null && !Array.isArray(at) ? at[name] : undefined
  }
  return typeof at === 'string' ? at : undefined
}

/** The first moment a FHIR date means (`2024` is its first of January, in China); undefined where it is none. */
export function startOf(date: string): Date | undefined {
  const full = date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date
  const moment = new Date(full.length === 10 ? `${full}T00:00:00+08:00` : full)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

/** When the fact happened, as the resource says. */
export function happenedAt(resource: Resource): Date | null {
  for (const path of timesOf(resource.resourceType)?.at ?? []) {
    const value = valueAt(resource, path)
    const moment = value && startOf(value)
    if (moment) return moment
  }
  return null
}

/** The element by which a recorded fact claims to have happened more than a day after `now`; undefined where none. */
export function aheadOf(resource: Resource, now: Date): string | undefined {
  const own = timesOf(resource.resourceType)
  if (!own || (own.begun && !own.begun.includes(String(resource.status)))) return undefined
  return own.at.find((path) => {
    const value = valueAt(resource, path)
    const moment = value && startOf(value)
    return Boolean(moment) && (moment as Date).getTime() > now.getTime() + dayMs
  })
}
