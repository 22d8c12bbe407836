import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { count, sum } from '../scripts/count.ts'
import { run } from '../scripts/run.ts'
import { root } from './tree.ts'

const file = (status: string, ...tests: [status: string, fullName: string][]) => ({
  name: '/r/server/a.test.ts',
  status,
  message: 'bad syntax',
  assertionResults: tests.map(([status, fullName]) => ({ status, fullName })),
})
const of = (files: ReturnType<typeof file>[], code = 0, allowedSkips = {}) => {
  const { passed, failed } = count({ testResults: files }, { root: '/r', code, allowedSkips })
  return [passed, failed]
}

test('passed tests pass, failed tests fail', () => {
  expect(of([file('failed', ['passed', 'a'], ['failed', 'b'])], 1)).toEqual([1, 1])
})

test('a skipped test counts as failed, unless the list of allowed skips gives a reason', () => {
  const files = [file('passed', ['passed', 'a'], ['skipped', 'b'], ['todo', 'c'], ['pending', 'd'])]
  expect(of(files)).toEqual([1, 3])
  expect(of(files, 0, { 'server/a.test.ts > b': 'no such hardware here' })).toEqual([1, 2])
})

test('a failed test is never excused', () => {
  expect(of([file('failed', ['failed', 'b'])], 1, { 'server/a.test.ts > b': 'a reason' })).toEqual([0, 1])
})

test('a file that does not load, an error outside a test, an empty suite and a lost report count as failed', () => {
  expect(of([file('failed'), file('passed', ['passed', 'a'])], 1)).toEqual([1, 1])
  expect(of([file('passed', ['passed', 'a'])], 1)).toEqual([1, 1])
  expect(of([])).toEqual([0, 1])
  expect(count(undefined, { root: '/r', code: 0, allowedSkips: {} }).failed).toBe(1)
})

test('suites add up', () => {
  const one = { passed: 2, failed: 1, notes: ['x'] }
  expect(sum([one, one])).toEqual({ passed: 4, failed: 2, notes: ['x', 'x'] })
})

test('a command that outlives its time is ended, with all it started', async () => {
  const started = performance.now()
  const sleeping =
    "require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' }); setInterval(() => {}, 9e6)"
  const { code, timedOut } = await run({ args: [process.execPath, '-e', sleeping], timeoutMs: 300 })
  expect([code, timedOut]).toEqual([1, true])
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('what a command prints is never taken for our closing line', () => {
  const script =
    "import { run } from './scripts/run.ts'; await run({ args: ['echo', '7 passed, 0 failed'], timeoutMs: 9000 })"
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(stdout).toBe('  | 7 passed, 0 failed\n')
})

test('on a Node too old for TypeScript the scripts say so in one sentence', () => {
  const old = `Object.defineProperty(process, 'versions', { value: { node: '20.1.0' } })`
  const script = join(root, 'scripts/require-node.mjs')
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${old}`, script],
    { encoding: 'utf8' },
  )
  expect(status).toBe(1)
  expect(stderr).toMatch(/^Tongmai needs Node 24 or newer.*\n$/)
})
