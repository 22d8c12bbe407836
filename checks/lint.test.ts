import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inImaginedRepository } from './fixture.ts'
import { root } from './tree.ts'

const statements = (n: number) => 'console.info(1)\n'.repeat(n)
const tooTwisted = 'for (const a of [1]) if (a) { while (a) { if (a) { for (;;) if (a) break } } }\n'

/** For each Biome rule we count on: a file that breaks it. */
const lint: Record<string, Record<string, string>> = {
  'complexity/noExcessiveLinesPerFunction': {
    'server/src/kernel/long.ts': `export function a() {\n${statements(61)}}`,
    'web/src/ui/long.tsx': `export function A() {\n${statements(101)}}`,
  },
  'complexity/noExcessiveCognitiveComplexity': {
    'server/src/kernel/twisted.ts': `export function a() {\n${tooTwisted.repeat(2)}}`,
  },
  'complexity/useMaxParams': {
    'api/src/params.ts': 'export const a = (b = 1, c = 2, d = 3, e = 4, f = 5) => b + c + d + e + f',
  },
  'style/noEnum': { 'api/src/enum.ts': 'export enum A {\n  b,\n}' },
  'style/noDefaultExport': { 'web/src/kernel/default.ts': 'export default 1' },
  'style/noNonNullAssertion': { 'api/src/non-null.ts': 'export const a = (b?: number) => b!' },
  'style/useFilenamingConvention': { 'web/src/ui/DataTable.tsx': 'export const a = 1' },
  'style/useImportType': { 'api/src/import-type.ts': "import { B } from './enum.ts'\nexport type A = B" },
  'suspicious/noExplicitAny': { 'api/src/any.ts': 'export const a: any = 1' },
  'suspicious/noImportCycles': {
    'api/src/first.ts': "import { b } from './second.ts'\nexport const a = b",
    'api/src/second.ts': "import { a } from './first.ts'\nexport const b = a",
  },
  'suspicious/noConsole': { 'server/src/modules/referral/actions.ts': 'console.log(1)' },
  'suspicious/noSkippedTests': { 'server/src/kernel/skipped.test.ts': "test.skip('a', () => {})" },
  'suspicious/noFocusedTests': { 'server/src/kernel/focused.test.ts': "test.only('a', () => {})" },
  'performance/noBarrelFile': { 'web/src/kernel/all.ts': "export { a } from './default.ts'" },
  'performance/noReExportAll': { 'server/src/modules/referral/index.ts': "export * from './actions.ts'" },
  'nursery/noFloatingPromises': {
    'server/src/kernel/floating.ts': 'async function a() {}\nexport const b = () => {\n  a()\n}',
  },
  'a11y/useAltText': { 'web/src/ui/picture.tsx': 'export const A = () => <img src="a.png" />' },
  'a11y/useKeyWithClickEvents': {
    'web/src/ui/click.tsx': 'export const A = () => <div onClick={() => 1}>a</div>',
  },
}

/** Files that no Biome rule may complain about. */
const clean: Record<string, string> = {
  'server/src/modules/referral/tables.ts': 'export enum A { b }',
  'web/src/kernel/words.gen.ts': 'export const a: any = 1',
  'server/src/modules/consult/index.ts': "export { a } from './policy.ts'\n",
  'server/src/modules/consult/policy.ts': 'export const a = 1\n',
  'server/src/kernel/long.test.ts': `export function a() {\n${statements(80).replaceAll('console', '  console')}}\n`,
  'web/vite.config.ts': 'export default {}\n',
}

/** For each promise of the compiler we count on: a file that breaks it, and the error it must give. */
const types: Record<string, readonly [path: string, text: string, error: string]> = {
  'an element of a list may be missing': ['api/src/a.ts', 'export const a: number = [1][0]', 'TS2322'],
  'absent is not undefined': ['api/src/b.ts', 'export const b: { c?: number } = { c: undefined }', 'TS2375'],
  'nothing but types is added to JavaScript': ['server/src/c.ts', 'export enum C {\n  d,\n}', 'TS1294'],
  'a type is imported as a type': [
    'server/src/d.ts',
    "import { X } from './x.ts'\nexport type D = X",
    'TS1484',
  ],
  'no local is left unused': ['web/src/e.ts', 'export const f = () => {\n  const e = 1\n}', 'TS6133'],
  'nothing is implicitly any': ['web/src/g.tsx', 'export const G = (a) => <b>{a}</b>', 'TS7006'],
  'an override says so': [
    'server/test/h.ts',
    'class A {\n  b() {}\n}\nexport class C extends A {\n  b() {}\n}',
    'TS4114',
  ],
  'an import is written with its ending': ['e2e/i.ts', "export * from '../server/src/x'", 'TS2835'],
}

const biomeSaw = inImaginedRepository({ ...clean, ...Object.assign({}, ...Object.values(lint)) }, (at) => {
  const args = [
    join(root, 'node_modules/@biomejs/biome/bin/biome'),
    'check',
    '--reporter=json',
    '--max-diagnostics=none',
    '.',
  ]
  return spawnSync(process.execPath, args, { cwd: at, encoding: 'utf8', maxBuffer: 1 << 26 }).stdout
})
const tscSaw = inImaginedRepository(
  { 'server/src/x.ts': 'export type X = 1', ...Object.fromEntries(Object.values(types)) },
  (at) =>
    spawnSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.', '--pretty', 'false'],
      { cwd: at, encoding: 'utf8' },
    ).stdout,
)

describe('each Biome rule we count on catches the file that breaks it', () => {
  type Diagnostic = { category: string; severity: string; location: { path: string } }
  const { diagnostics } = JSON.parse(biomeSaw) as { diagnostics: readonly Diagnostic[] }
  const seen = (category: string) =>
    diagnostics
      .filter((d) => d.category === `lint/${category}` && d.severity === 'error')
      .map((d) => d.location.path)

  test.each(Object.entries(lint))('%s', (category, files) => {
    expect(seen(category)).toEqual(expect.arrayContaining(Object.keys(files)))
  })

  test('generated files, faces and configuration are left alone', () => {
    const about = diagnostics.filter((d) => d.location.path in clean)
    expect(about).toEqual([])
  })
})

describe('the compiler catches', () => {
  test.each(Object.entries(types))('%s', (_, [path, , error]) => {
    const about = tscSaw.split('\n').filter((line) => line.startsWith(path))
    expect(about.join('\n')).toContain(error)
  })
})
