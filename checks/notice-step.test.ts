import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Every `kind` with its `step` that is written out where a case is opened. */
const opened = /openCase\([^;]*?kind: '(\w+)[^']*'[^;]*?step: '([\w-]+)'/g

test('every step that a module puts on a work-list has words there', () => {
  const modules = join(root, 'server/src/modules')
  const steps = globSync('**/*.ts', { cwd: modules })
    .filter((name) => !name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(join(modules, name), 'utf8').matchAll(opened)])
    .map(([, module = '', step = '']) => ({ module, step }))
  expect(steps.length).toBeGreaterThan(5)
  const wordless = steps.filter(({ module, step }) => {
    const folder = join(root, 'web/src/modules', module)
    return !globSync('*.ts', { cwd: folder }).some((name) =>
      readFileSync(join(folder, name), 'utf8').includes(`'step.${step}'`),
    )
  })
  expect(wordless).toEqual([])
})
