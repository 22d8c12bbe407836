import { describe, expect, test } from 'vitest'
import { order } from '../server/src/modules/order.ts'
import { cruise, importsOf } from './cruise.ts'
import { inImaginedRepository } from './fixture.ts'
import { lines } from './rule.ts'
import { root } from './tree.ts'

const names = order.map((module) => module.name)
const referral = 'server/src/modules/referral'

/** For each rule: a file, and what in it must be caught. */
const wrong: Record<string, Record<string, string>> = {
  'kernel-knows-no-module': {
    'server/src/kernel/a.ts': "import '../modules/referral/index.ts'",
    'server/src/kernel/b.ts': "import type { X } from '@tongmai/api/referral'",
    'web/src/kernel/a.ts': "export * from '../modules/referral/index.ts'",
    'web/src/ui/a.tsx': "export const later = () => import('../modules/referral/index.ts')",
    'web/src/shell/a.tsx': "import '../modules/referral/index.ts'",
    'api/src/kernel.ts': "import type { X } from './notice.ts'",
  },
  'through-the-face': { [`${referral}/a.ts`]: "import type { X } from '../resident/store.ts'" },
  'through-the-web-face': { 'web/src/modules/referral/a.tsx': "import { X } from '../resident/page.tsx'" },
  'imports-down-slots-up': { 'web/src/modules/referral/b.tsx': "import '../../staff.tsx'" },
  'kernel-and-ui-below-the-shell': { 'web/src/ui/b.tsx': "import '../shell/slots.ts'" },
  'sql-in-stores': {
    [`${referral}/actions.ts`]: "import { sql } from 'kysely'",
    [`${referral}/jobs.ts`]: "import type { Pool } from 'pg'",
    'server/src/main.ts': "import pg from 'pg'",
  },
  'http-in-faces': {
    [`${referral}/reactions.ts`]: "import type { FastifyInstance } from 'fastify'",
    [`${referral}/jobs/send.ts`]: "import helmet from '@fastify/helmet'",
  },
  'jobs-through-the-kernel': { [`${referral}/jobs/run.ts`]: "import { run } from 'graphile-worker'" },
  'policies-are-pure': {
    [`${referral}/policy.ts`]: "import './store.ts'",
    [`${referral}/policy/sender.ts`]: "import { X } from '../../resident/index.ts'",
  },
  'fhir-is-pure': {
    [`${referral}/fhir.ts`]: "import { X } from './store.ts'",
    [`${referral}/fhir/task.ts`]: "import { X } from '../actions/send.ts'",
  },
  'calculations-are-pure': { [`${referral}/deadline.ts`]: "import { X } from './store.ts'" },
  'gateways-lead-out': {
    [`${referral}/actions/send.ts`]: "import { request } from 'node:https'",
    [`${referral}/store/list.ts`]: "import { readFile } from 'node:fs/promises'",
    [`${referral}/jobs/print.ts`]: "import { spawn } from 'child_process'",
  },
  'api-is-leaf': { 'api/src/consult.ts': "import { sql } from 'kysely'" },
  'zod-mini': { 'api/src/quality.ts': "import { z } from 'zod'" },
  'web-not-server': { 'web/src/kernel/b.ts': "import type { X } from '../../../server/src/kernel/ctx.ts'" },
  'server-not-web': { 'server/src/kernel/c.ts': "import '../../../web/src/kernel/call.ts'" },
  'main-is-last': { [`${referral}/actions/write.ts`]: "import '../../../main.ts'" },
  'product-without-tests': { 'server/src/kernel/d.ts': "import '../../test/world.ts'" },
  'resident-pages-stay-light': { 'web/src/resident.tsx': "import './modules/referral/resident/home.tsx'" },
  'no-cycles': { 'web/src/kernel/c.ts': "import type { X } from './d.ts'" },
  resolvable: { 'web/src/kernel/e.ts': "import './nowhere.ts'" },
  declared: { 'server/src/kernel/e.ts': "import 'acorn'" },
  ...Object.fromEntries(
    names.slice(0, -1).map((name, i) => [
      `downhill-from-${name}`,
      {
        [`server/src/modules/${name}/reactions/on.ts`]: `import '../../${names[i + 1]}/index.ts'`,
        [`web/src/modules/${name}/uphill.ts`]: `import '../${names[i + 1]}/index.ts'`,
        [`api/src/${name}/uphill.ts`]: `import type { X } from '../${names[i + 1]}.ts'`,
        [`server/src/modules/${name}/fhir/shape.ts`]: `import type { X } from '@tongmai/api/${names[i + 1]}'`,
      },
    ]),
  ),
}

/** Files that break no rule: what the wrong ones point at, and good forms that look alike. */
const right: Record<string, string> = {
  ...Object.fromEntries(
    names.flatMap((name) => [
      [`api/src/${name}.ts`, 'export type X = 1'],
      [`server/src/modules/${name}/index.ts`, 'export const X = 1'],
      [`server/src/modules/${name}/store.ts`, 'export const X = 1'],
      [`web/src/modules/${name}/index.ts`, 'export const X = 1'],
      [`web/src/modules/${name}/page.tsx`, 'export const X = 1'],
    ]),
  ),
  'server/src/kernel/ctx.ts':
    "import { Kysely } from 'kysely'\nimport Fastify from 'fastify'\nimport 'node:net'",
  'server/test/world.ts': "import '../src/main.ts'\nimport pg from 'pg'",
  'web/src/kernel/call.ts': 'export const call = 1',
  'web/src/kernel/d.ts': "import type { X } from './c.ts'",
  'web/src/shell/slots.ts': 'export const X = 1',
  'web/src/staff.tsx': "import 'antd'\nimport './modules/referral/index.ts'\nimport './shell/slots.ts'",
  'web/src/modules/referral/resident/home.tsx': "export const later = () => import('./more.tsx')",
  'web/src/modules/referral/resident/more.tsx': "import { Button } from 'antd'\nexport const X = <Button />",
  [`${referral}/store/find.ts`]:
    "import { sql } from 'kysely'\nimport type { X } from '../../resident/index.ts'",
  [`${referral}/tables.ts`]: "import type { ColumnType } from 'kysely'",
  [`${referral}/events.ts`]: "import { createHash } from 'node:crypto'",
  [`${referral}/policy/receiver.ts`]:
    "import type { X } from '../../resident/index.ts'\nimport '../split-days.ts'",
  [`${referral}/split-days.ts`]: "import type { X } from './store.ts'\nimport 'node:crypto'",
  [`${referral}/gateway.ts`]: "import { request } from 'node:https'",
  [`${referral}/referral.api.test.ts`]: "import '../../../test/world.ts'\nimport { sql } from 'kysely'",
}

const wrongFiles = Object.assign({}, ...Object.values(wrong)) as Record<string, string>
const seen = inImaginedRepository({ ...right, ...wrongFiles }, cruise)
const blind = inImaginedRepository(
  { 'api/src/kernel.ts': "export const f = (a: import('./a.ts').A) => [a as import('./b.ts').B]" },
  cruise,
)

test('every import of the product obeys the dependency rules', { timeout: 90_000 }, () => {
  const { violations, overlooked, rules } = cruise(root)
  expect(rules).toContain('no-cycles')
  expect([...overlooked, ...lines(violations)]).toEqual([])
})

describe('each dependency rule catches the file that breaks it', () => {
  test.each(Object.entries(wrong))('%s', (rule, files) => {
    const caught = new Set(seen.violations.filter((v) => v.rule === rule).map((v) => v.at))
    expect([...caught]).toEqual(expect.arrayContaining(Object.keys(files)))
  })

  test('no rule is without such a file', () => {
    expect(seen.rules.toSorted()).toEqual(Object.keys(wrong).toSorted())
  })
})

test('good imports that look like bad ones are left alone', () => {
  const innocent = seen.violations.filter(
    (v) => v.at in right && !(v.at in wrongFiles) && v.rule !== 'no-cycles',
  )
  expect(lines(innocent)).toEqual([])
})

test('a file or an import that dependency-cruiser does not see fails the check', () => {
  expect(seen.overlooked).toEqual([])
  expect(blind.overlooked).toEqual([
    'api/src/kernel.ts: the import of ./b.ts was not seen; write it as `import type`',
  ])
})

test('imports are found in every form, and only in code', () => {
  const text = [
    "import a from './a.ts'",
    "import './b.ts'",
    "export * from './c.ts'",
    "type D = import('./d.ts').D",
    "const e = await import('node:fs')",
    "// import './f.ts'",
    'const g = "import \'./g.ts\'"',
    "const h = Array.from('abc')",
    "const i = /from 'x'/",
    "const k = from('abc')",
    'const j = `${await import("./j.ts")} from "k"`',
    "import {\n  l,\n} from './l.ts'",
  ].join('\n')
  expect(importsOf(text)).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', 'fs', './j.ts', './l.ts'])
})
