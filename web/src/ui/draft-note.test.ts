import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const modules = join(import.meta.dirname, '..', 'modules')

test('every form that brings a draft back says so', () => {
  const forms = globSync('**/*.tsx', { cwd: modules }).filter((file) =>
    /useForm[<(]/.test(readFileSync(join(modules, file), 'utf8')),
  )
  expect(forms.length).toBeGreaterThan(60)
  const silent = forms.filter((file) => !readFileSync(join(modules, file), 'utf8').includes('<DraftNote'))
  expect(silent).toEqual([])
})
