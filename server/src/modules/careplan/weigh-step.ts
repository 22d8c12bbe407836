import type { StepStanding, Weighed } from '@tongmai/api/careplan/following-pathway'
import type { Criterion, FactName, Guideline, PathwayStep } from '@tongmai/api/careplan/pathway'
import { dayAfter } from '../../kernel/day.ts'

/** What is known of a resident, and since which day. */
export interface Fact {
  readonly value: boolean | number | string
  readonly on: string | null
}
export type Facts = ReadonlyMap<FactName, Fact>

type Last = StepStanding['last']

const compare: Readonly<Record<Criterion['operator'], (a: Fact['value'], b: Fact['value']) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => Number(a) < Number(b),
  '<=': (a, b) => Number(a) <= Number(b),
  '>': (a, b) => Number(a) > Number(b),
  '>=': (a, b) => Number(a) >= Number(b),
}

const weigh = ({ fact, operator, value: wanted }: Criterion, facts: Facts): Weighed => {
  const known = facts.get(fact)
  const holds = known ? compare[operator](known.value, wanted) : null
  return { fact, operator, wanted, value: known?.value ?? null, on: known?.on ?? null, holds }
}

/** Whether criteria hold; null where what is not known decides. */
export function holdsOf(step: Pick<PathwayStep, 'when'>, because: readonly Weighed[]): boolean | null {
  if (because.length === 0) return true
  const decides = step.when === 'any'
  if (because.some((one) => one.holds === decides)) return decides
  return because.some((one) => one.holds === null) ? null : !decides
}

/** When a step that was done or skipped is due again; null: not before what it rests on is newer. */
const againOn = (step: PathwayStep, last: NonNullable<Last>, dayOf: (at: Date) => string): string | null =>
  step.repeatDays === null ? null : dayAfter(dayOf(last.at), step.repeatDays)

/** Whether a record still answers for the step: not due again, and nothing it rests on is newer. */
function stillAnswered(
  standing: { because: readonly Weighed[]; againOn: string | null },
  on: string,
  today: string,
) {
  if (standing.againOn) return standing.againOn > today
  return !standing.because.some((one) => one.holds && one.on !== null && one.on > on)
}

interface Known {
  readonly facts: Facts
  /** The newest record of each step. */
  readonly last: ReadonlyMap<string, NonNullable<Last>>
  readonly guidelines: ReadonlyMap<string, Guideline>
  readonly today: string
  readonly dayOf: (at: Date) => string
}

/** Where one step stands. */
export function standingOf(step: PathwayStep, known: Known): StepStanding {
  const guideline = (step.guideline && known.guidelines.get(step.guideline)) || null
  const last = known.last.get(step.code) ?? null
  const because = step.criteria.map((one) => weigh(one, known.facts))
  const again = last && againOn(step, last, known.dayOf)
  const base = { step, guideline, because, last, againOn: again }
  if (!guideline) return { ...base, state: 'off' }
  const answered = last && stillAnswered(base, known.dayOf(last.at), known.today)
  if (answered) return { ...base, state: last.outcome }
  const holds = holdsOf(step, because)
  return { ...base, state: holds === null ? 'unknown' : holds ? 'now' : 'later' }
}

/** Every step in its order, and the one that is proposed: what is urgent before what is first. */
export function weighSteps(
  steps: readonly PathwayStep[],
  known: Known,
): { steps: StepStanding[]; next: string | null } {
  const standings = steps.map((step) => standingOf(step, known))
  const open = standings.filter((one) => one.state === 'now')
  const next = open.find((one) => one.step.urgent) ?? open[0]
  return { steps: standings, next: next?.step.code ?? null }
}
