import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allowedSkips } from './allowed-skips.ts'
import { type Count, count, type Report, sum } from './count.ts'
import { run } from './run.ts'

/** The root of the repository. */
export const root = join(import.meta.dirname, '..')

const program = (path: string) => [process.execPath, join(root, 'node_modules', path)] as const

/** One thing to be checked; `allowMs` is the time it may take. */
export type Check = {
  readonly title: string
  readonly allowMs: number
  readonly run: (ms: number) => Promise<Count>
}

/** A command that passes or fails as one. */
function single(title: string, allowMs: number, [name, ...args]: readonly [string, ...string[]]): Check {
  return {
    title,
    allowMs,
    run: async (timeoutMs) => {
      const { code } = await run({ args: [...program(name), ...args], timeoutMs })
      return code === 0
        ? { passed: 1, failed: 0, notes: [] }
        : { passed: 0, failed: 1, notes: [`${title} failed`] }
    },
  }
}

/** A suite of vitest.config.ts, or the part of it whose paths begin with `only`. */
export function suite(name: 'unit' | 'api' | 'e2e', allowMs: number, only?: string): Check {
  return { title: only ?? name, allowMs, run: (timeoutMs) => runSuite(name, timeoutMs, only) }
}

async function runSuite(name: string, timeoutMs: number, only?: string): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'tongmai-test-'))
  const file = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const args = ['run', '--project', name, ...reporters, ...(only ? [only] : [])]
    const { code, timedOut } = await run({ args: [...program('vitest/vitest.mjs'), ...args], timeoutMs })
    const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined
    const counted = count(report, { root, code, allowedSkips })
    const notes = [...(timedOut ? ['took too long'] : []), ...counted.notes]
    return { ...counted, notes: notes.map((note) => `${name}: ${note}`) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const minute = 60_000

/** TypeScript, on everything. */
export const types = single('types', 3 * minute, ['typescript/bin/tsc', '-p', join(root, 'tsconfig.json')])

/** Formatting and lint, on everything. */
export const lint = single('lint', 2 * minute, [
  '@biomejs/biome/bin/biome',
  'check',
  '--error-on-warnings',
  root,
])

/** Dependency, text, layout and schema rules, each seen to catch what it forbids. */
export const rules = suite('unit', 3 * minute, 'checks/')

/** Runs checks one after the other within `totalMs`, saying how each went. */
async function runAll(checks: readonly Check[], totalMs: number): Promise<Count[]> {
  const until = performance.now() + totalMs
  const counts: Count[] = []
  for (const check of checks) {
    console.info(`\n— ${check.title}`)
    const started = performance.now()
    const left = Math.max(1_000, Math.min(check.allowMs, until - started))
    const result = await check.run(left)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.info(`— ${check.title}: ${result.passed} held, ${result.failed} did not (${seconds} s)`)
    counts.push(result)
  }
  return counts
}

/** Runs checks, lists what did not hold, and says the closing line: `N passed, N failed`, nothing after it. */
export async function runAndClose(checks: readonly Check[], totalMs: number): Promise<void> {
  const { passed, failed, notes } = sum(await runAll(checks, totalMs))
  if (notes.length > 0) console.info(`\nDid not hold:\n${notes.map((note) => `  ${note}`).join('\n')}`)
  console.info(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
