import { startOf } from '../../kernel/resource/happened.ts'
import type { Resource } from '../../kernel/resource/owner.ts'
import { doseInWords } from './dose-words.ts'
import { at, node, number, text, textAt } from './element.ts'
import { medicineLabel } from './fact.ts'

/** A medicine that somebody takes now, as the record has it. */
export interface TakenMedicine {
  readonly type: string
  readonly id: string
  readonly name: string
  readonly dose: string | null
  /** Paused by the prescriber. */
  readonly onHold: boolean
  /** Since when, over all prescriptions of the same name. */
  readonly since: Date | null
  /** When the treatment ends; null where nobody said so. */
  readonly until: Date | null
  /** Until when what was prescribed last suffices; null where the prescription does not say. */
  readonly suppliedUntil: Date | null
  readonly practitionerId: string | null
  /** The prescriber's name as the source writes it. */
  readonly prescriber: string | null
  readonly institutionId: string | null
}

/** What of a stored prescription or statement this needs. */
export interface Prescribed {
  readonly resource: Resource
  readonly id: string
  readonly happenedAt: Date | null
  readonly institutionId: string | null
}

const DAY_MS = 86_400_000
const daysIn: Readonly<Record<string, number>> = { d: 1, wk: 7, mo: 30, a: 365 }
const never = new Set(['cancelled', 'entered-in-error', 'draft', 'not-taken', 'unknown'])
const planned = new Set(['proposal', 'plan'])
const current = new Set(['active', 'on-hold'])

const momentAt = (resource: Resource, path: string): Date | null => {
  const said = textAt(resource, path)
  return (said && startOf(said)) || null
}

/** A Duration of FHIR in days; null where its unit is none of calendar. */
function daysOf(resource: Resource, path: string): number | null {
  const duration = node(at(resource, path))
  const value = number(duration.value)
  const unit = daysIn[text(duration.code) ?? ''] ?? daysIn[text(duration.unit) ?? '']
  return value === undefined || unit === undefined ? null : value * unit
}

const after = (start: Date | null, days: number | null): Date | null =>
  start && days !== null ? new Date(start.getTime() + days * DAY_MS) : null

function untilOf({ resource, happenedAt }: Prescribed): Date | null {
  const dosage = resource.dosageInstruction ? 'dosageInstruction' : 'dosage'
  return (
    momentAt(resource, 'effectivePeriod.end') ??
    momentAt(resource, `${dosage}.timing.repeat.boundsPeriod.end`) ??
    after(happenedAt, daysOf(resource, `${dosage}.timing.repeat.boundsDuration`))
  )
}

function suppliedUntilOf({ resource, happenedAt }: Prescribed): Date | null {
  const once = daysOf(resource, 'dispenseRequest.expectedSupplyDuration')
  const more = number(at(resource, 'dispenseRequest.numberOfRepeatsAllowed')) ?? 0
  return after(happenedAt, once === null ? null : once * (1 + more))
}

const wasTaken = ({ resource }: Prescribed): boolean =>
  !never.has(text(resource.status) ?? '') && !planned.has(text(resource.intent) ?? '')

function isTaken(one: Prescribed, now: Date): boolean {
  const until = untilOf(one)
  return current.has(text(one.resource.status) ?? '') && (until === null || until > now)
}

const prescriberOf = (resource: Resource) => resource.requester ?? resource.informationSource

/** What is taken now of everything prescribed, the latest first, each medicine once. */
export function takenOf(prescribed: readonly Prescribed[], now: Date): TakenMedicine[] {
  const byName = Map.groupBy(prescribed.filter(wasTaken), ({ resource }) => medicineLabel(resource).text)
  return [...byName].flatMap(([name, all]) => {
    const one = all.find((each) => isTaken(each, now))
    if (!one) return []
    const { resource, id, institutionId } = one
    const starts = all.flatMap(({ happenedAt }) => happenedAt?.getTime() ?? [])
    const reference = textAt(prescriberOf(resource), 'reference') ?? ''
    return [
      {
        ...{ type: resource.resourceType, id, name, institutionId, dose: doseInWords(resource) },
        onHold: resource.status === 'on-hold',
        since: starts.length === 0 ? null : new Date(Math.min(...starts)),
        ...{ until: untilOf(one), suppliedUntil: suppliedUntilOf(one) },
        practitionerId: /^Practitioner\/([0-9a-f-]{36})$/.exec(reference)?.[1] ?? null,
        prescriber: textAt(prescriberOf(resource), 'display') ?? null,
      },
    ]
  })
}

/** Which FHIR types say what somebody takes. */
export const takenTypes: readonly string[] = ['MedicationRequest', 'MedicationStatement']
