import type { PathwayStep, StepDifference } from '@tongmai/api/careplan/pathway'

const fields = [
  ...['phase', 'kind', 'title', 'text', 'criteria', 'when', 'form', 'repeatDays', 'urgent', 'guideline'],
] as const

const differs = (a: PathwayStep, b: PathwayStep): string[] =>
  fields.filter(
    (name) => JSON.stringify(a[name as keyof PathwayStep]) !== JSON.stringify(b[name as keyof PathwayStep]),
  )

/** Steps of two versions side by side, by their code, in the order of the later one; what is gone stands behind. */
export function compareSteps(
  before: readonly PathwayStep[],
  after: readonly PathwayStep[],
): { steps: StepDifference[]; moved: boolean } {
  const old = new Map(before.map((step) => [step.code, step]))
  const now = new Set(after.map((step) => step.code))
  const steps = after.map((step): StepDifference => {
    const was = old.get(step.code)
    if (!was) return { code: step.code, kind: 'added', before: null, after: step, fields: [] }
    const changed = differs(was, step)
    return {
      code: step.code,
      kind: changed.length > 0 ? 'changed' : 'same',
      before: was,
      after: step,
      fields: changed,
    }
  })
  const gone = before
    .filter((step) => !now.has(step.code))
    .map(
      (step): StepDifference => ({ code: step.code, kind: 'removed', before: step, after: null, fields: [] }),
    )
  const kept = (all: readonly PathwayStep[]) =>
    all.map((step) => step.code).filter((code) => old.has(code) && now.has(code))
  return { steps: [...steps, ...gone], moved: kept(before).join() !== kept(after).join() }
}
