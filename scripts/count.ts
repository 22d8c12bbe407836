import { relative } from 'node:path'

/** How many tests held and how many did not, with a line for each one a reader must be told about. */
export type Count = { readonly passed: number; readonly failed: number; readonly notes: readonly string[] }

/** What Vitest's JSON reporter says, as far as we read it. */
export type Report = {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/**
 * Counts a report of Vitest. A test that did not run is a failed test unless `allowedSkips` gives a reason for it; a
 * file without tests, a suite without tests, and an ending with an error but no failed test each count as one failed.
 */
export function count(
  report: Report | undefined,
  {
    root,
    code,
    allowedSkips,
  }: { root: string; code: number; allowedSkips: Readonly<Record<string, string>> },
): Count {
  if (!report) return { passed: 0, failed: 1, notes: ['the suite ended without a report'] }
  const notes: string[] = []
  let passed = 0
  let failed = 0
  for (const file of report.testResults) {
    const path = relative(root, file.name).replaceAll('\\', '/')
    const bad = file.assertionResults.filter((test) => test.status !== 'passed')
    const unexcused = bad.filter(
      (test) => test.status === 'failed' || !allowedSkips[`${path} > ${test.fullName}`],
    )
    passed += file.assertionResults.length - bad.length
    failed += unexcused.length
    notes.push(...unexcused.map((test) => `${path} > ${test.fullName}: ${test.status}`))
    if (file.status !== 'passed' && bad.length === 0) {
      failed++
      notes.push(`${path}: ${file.message || 'did not load'}`)
    }
  }
  if (failed === 0 && (code !== 0 || passed === 0)) {
    return {
      passed,
      failed: 1,
      notes: [passed === 0 ? 'no test was run' : `an error outside the tests (code ${code})`],
    }
  }
  return { passed, failed, notes }
}

/** The sum of several counts. */
export const sum = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((total, { passed }) => total + passed, 0),
  failed: counts.reduce((total, { failed }) => total + failed, 0),
  notes: counts.flatMap(({ notes }) => notes),
})
