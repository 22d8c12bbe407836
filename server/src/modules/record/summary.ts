import type { Fact, Summary } from '@tongmai/api/record'
import { type Measurement, trendsOf } from './trend.ts'

const over = new Set(['resolved', 'inactive', 'remission'])
const endedMedicine = new Set(['completed', 'stopped', 'cancelled', 'entered-in-error', 'draft'])
const wrong = new Set(['entered-in-error', 'refuted'])
const shown = { encounters: 10, reports: 10, procedures: 20, immunisations: 30, documents: 20, plans: 10 }

/** The same thing once: the latest of those that have the same name. */
function once(facts: readonly Fact[]): Fact[] {
  const seen = new Set<string>()
  return facts.filter(({ label }) => !seen.has(label.text) && seen.add(label.text))
}

const isOver = (fact: Fact): boolean =>
  over.has(fact.status ?? '') || (fact.until !== null && fact.status === null)

/** What somebody is allergic to now, each once, from facts with the latest first. */
export const allergiesOf = (facts: readonly Fact[]): Fact[] =>
  once(facts.filter((fact) => fact.kind === 'allergy' && !wrong.has(fact.status ?? '') && !isOver(fact)))

/**
 * The record on one page, from facts with the latest first: what is going on now apart from what is over, and every
 * measurement as a trend, vital signs apart from the laboratory.
 */
export function summaryOf(
  residentId: string,
  measurements: readonly Measurement[],
  counts: Readonly<Record<string, number>>,
): Summary {
  const facts = measurements.map(({ fact }) => fact).filter(({ status }) => !wrong.has(status ?? ''))
  const of = (kind: Fact['kind']) => facts.filter((fact) => fact.kind === kind)
  const hasEnded = (fact: Fact) => endedMedicine.has(fact.status ?? '')
  const problems = once(of('problem').filter((fact) => !isOver(fact)))
  const medicines = once(of('medicine').filter((fact) => !hasEnded(fact)))
  const now = new Set([...problems, ...medicines].map(({ label }) => label.text))
  const past = (all: readonly Fact[]) => once(all).filter(({ label }) => !now.has(label.text))
  const trends = trendsOf(measurements.filter(({ fact }) => fact.kind === 'observation'))
  const isVital = ({ latest }: { latest: Fact }) => /^vital-signs?$/.test(latest.category ?? '')
  return {
    residentId,
    problems,
    pastProblems: past(of('problem').filter(isOver)),
    allergies: allergiesOf(facts),
    medicines,
    pastMedicines: past(of('medicine').filter(hasEnded)),
    vitals: trends.filter(isVital),
    labs: trends.filter((trend) => trend.latest.category === 'laboratory'),
    encounters: of('encounter').slice(0, shown.encounters),
    reports: of('report').slice(0, shown.reports),
    procedures: of('procedure').slice(0, shown.procedures),
    immunisations: of('immunisation').slice(0, shown.immunisations),
    documents: of('document').slice(0, shown.documents),
    plans: of('plan').slice(0, shown.plans),
    counts: { ...counts },
  }
}
