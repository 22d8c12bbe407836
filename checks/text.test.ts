import { describe, expect, test } from 'vitest'
import { codeRules, proseRules } from './code-rules.ts'
import { exceptions } from './exceptions.ts'
import { layoutRules } from './layout-rules.ts'
import { broken, lines, type Tree } from './rule.ts'
import { schemaRules } from './schema-rules.ts'
import { readTree } from './tree.ts'

const rules = [...layoutRules, ...codeRules, ...proseRules, ...schemaRules]
const real = readTree()
const fileOf = (at: string) => at.replace(/:\d+$/, '')
const excused = (rule: string, at: string) => exceptions[rule]?.[fileOf(at)] !== undefined

describe('the tree obeys', () => {
  test.each(rules)('$name: $promise', (rule) => {
    expect(lines(broken([rule], real).filter(({ at }) => !excused(rule.name, at)))).toEqual([])
  })
})

test('no exception is kept that is no longer needed', () => {
  const used = new Set(broken(rules, real).map(({ rule, at }) => `${rule} ${fileOf(at)}`))
  const listed = Object.entries(exceptions).flatMap(([rule, places]) =>
    Object.keys(places)
      .filter((place) => real.has(place))
      .map((place) => `${rule} ${place}`),
  )
  expect(listed.filter((line) => !used.has(line))).toEqual([])
})

const referral = 'server/src/modules/referral'
const words = (n: number) => `/**\n${' * word\n'.repeat(n)} */\n`
const long = 'x\n'.repeat(301)
const unfinished = `// ${'TO'}DO later`

/** For each rule: files that break it, each of which must be caught. */
const wrong: Record<string, Record<string, string>> = {
  'file-length': {
    'server/src/kernel/long.ts': long,
    'web/src/ui/long.css': long,
    [`${referral}/migrations/0001-long.sql`]: long,
  },
  'kebab-case': {
    'web/src/ui/DataTable.tsx': '',
    'server/src/kernel/accessLog.ts': '',
    'web/src/modules/referral/Resident/home.tsx': '',
    [`${referral}/migrations/0001_create.sql`]: '',
  },
  'no-vague-names': {
    'server/src/kernel/utils.ts': '',
    'web/src/kernel/helpers/a.ts': '',
    'scripts/common.ts': '',
    'api/src/types.ts': '',
    'web/src/services/a.ts': '',
    'server/src/kernel/managers.test.ts': '',
  },
  'modules-in-order': {
    'server/src/modules/billing/index.ts': '',
    'web/src/modules/billing/index.ts': '',
    'api/src/billing.ts': '',
  },
  'role-files': {
    [`${referral}/routes/a.ts`]: '',
    [`${referral}/page.tsx`]: '',
    [`${referral}/readme.md`]: '',
    [`${referral}/migrations/more/0001-a.sql`]: '',
  },
  'migrations-numbered': {
    'server/src/modules/resident/migrations/0002-create.sql': '',
    'server/src/kernel/migrations/1-create.sql': '',
  },
  'modules-tested': { 'server/src/modules/resident': '', 'server/src/modules/consult': '' },
  'faces-introduce-themselves': {
    [`${referral}/index.ts`]: 'export const a = 1',
    'server/src/modules/resident/index.ts': words(11),
  },
  'tests-beside': {
    'server/src/kernel/a.spec.ts': '',
    'e2e/refer.test.ts': '',
    'server/src/kernel/tests/a.ts': '',
  },
  'config-reads-environment': {
    'server/src/kernel/a.ts': 'const port = process.env.PORT',
    'server/src/main.ts': 'const { env } = process',
    'web/src/kernel/a.ts': 'process?.env',
  },
  'database-in-stores': {
    [`${referral}/actions.ts`]: "ctx.db.selectFrom('a')",
    [`${referral}/jobs/a.ts`]: 'const { db } = ctx',
    [`${referral}/demo.ts`]: 'function f({ now, db }: Ctx) {}',
  },
  'days-of-the-region': {
    'web/src/modules/referral/due.tsx': 'export const late = due < now.toISOString().slice(0, 10)',
    [`${referral}/actions/late.ts`]: 'export const today = (ctx) => ctx.now.toISOString().slice(0, 10)',
  },
  'one-clock': {
    [`${referral}/actions/a.ts`]: 'const at = Date.now()',
    [`${referral}/actions/b.ts`]: 'const at = new Date()',
    [`${referral}/actions/c.ts`]: 'const at = new Date',
    [`${referral}/actions/d.ts`]: 'setTimeout(send, 1000)',
    [`${referral}/actions/e.ts`]: 'const at = `${new Date( )}`',
    [`${referral}/actions/f.ts`]: 'const at = Date()',
  },
  'one-clock-in-sql': {
    [`${referral}/store/a.ts`]: 'sql`select now()`',
    [`${referral}/migrations/0002-a.sql`]:
      'alter table referral.a add at timestamptz default CURRENT_TIMESTAMP',
  },
  'no-chance': {
    [`${referral}/actions/g.ts`]: 'const id = crypto.randomUUID()',
    [`${referral}/split.ts`]: 'const p = Math.random()',
    [`${referral}/migrations/0003-a.sql`]: 'id uuid default gen_random_uuid()',
  },
  'no-way-out': {
    [`${referral}/actions/h.ts`]: 'await fetch(url)',
    [`${referral}/jobs.ts`]: 'await globalThis.fetch(url)',
    [`${referral}/reactions.ts`]: 'new WebSocket(url)',
  },
  'one-door': {
    'web/src/modules/referral/a.tsx': 'const x = await fetch(url)',
    'web/src/kernel/live-again.ts': 'new EventSource(url)',
  },
  'nothing-unfinished': {
    'web/src/ui/a.css': unfinished,
    'docs/a.md': unfinished,
    'scripts/a.ts': unfinished,
  },
  'stands-alone': { 'docs/b.md': `see /${'work'}/shared`, 'scripts/b.ts': `const at = '/${'work'}'` },
  'own-schema': {
    [`${referral}/store/b.ts`]: "tables(ctx).selectFrom('resident.person as p')",
    [`${referral}/store/c.ts`]: "q.innerJoin('consult.card', 'a', 'b')",
    [`${referral}/store/d.ts`]: 'sql`select 1 from only network.institution i`',
    [`${referral}/store/e.ts`]: "db.insertInto('kernel.event')",
    [`${referral}/store/f.ts`]: "db.selectFrom(['referral.referral as r', 'record.note'])",
    [`${referral}/store/g.ts`]: "db.withSchema('resident')",
    [`${referral}/store/h.ts`]: "db.selectFrom('workforce.siteVisit as s')",
    [`${referral}/tables.ts`]: "export type T = {\n  'resident.person': { id: string }\n}",
  },
  'own-migrations': {
    [`${referral}/migrations/0004-a.sql`]: 'create view referral.x as select * from resident.card',
    [`${referral}/migrations/0005-b.sql`]: 'alter table referral.a add b uuid references kernel.file (id)',
    [`${referral}/migrations/0006-c.sql`]: 'create schema if not exists resident',
    'server/src/kernel/migrations/0009-d.sql': 'select * from referral.referral',
  },
}

/** Files that break no rule, though they look alike. */
const right: Record<string, string> = {
  'server/src/modules/network/index.ts': words(3),
  'server/src/modules/consult/policy.ts': '',
  'server/src/modules/network/network.test.ts': "test('a', () => new Date())\nprocess.env.X\nctx.db",
  'server/src/modules/network/migrations/0001-create.sql':
    "-- from resident.card at now()\ncreate schema network;\ncreate view network.name as select 1; create view network.department_name as select 1 where kernel.actor() = 'resident.x';",
  'server/src/modules/network/migrations/0002-forms.sql':
    'create view network.old as select 1; drop view network.old;',
  'server/src/modules/network/tables.ts': `export type T = {\n  'network.name': 1\n  'network.departmentName': 2\n}\n${long}`,
  'server/src/modules/network/store/find.ts':
    "// ctx.db, now(), Date.now()\nctx.db.selectFrom('network.institution as i')\nrefuse('missing', 'resident.missing')",
  'server/src/modules/network/actions.ts':
    "const at = new Date(ctx.now.getTime())\nconst b = new Date('2026-01-01')\nconst c = 'fetch(x) new Date()'\nrefetch(x)\nq.fetch(x)\nlet d: Date = x",
  'server/src/modules/network/gateway.ts': 'await fetch(url)',
  'server/src/modules/network/split-surplus.ts': 'export const validDate = (date: Date) => toDate(date)',
  'server/src/modules/network/actions/join.ts': 'const env = ctx.env',
  'server/src/modules/workforce/index.ts': words(10),
  'server/src/modules/workforce/workforce.api.test.ts': '',
  'server/src/modules/workforce/store.ts':
    "db.selectFrom('network.name as n').leftJoin('network.departmentName as d', 'a', 'b').innerJoin('workforce.team', 'a', 'b')",
  'web/src/modules/network/resident/home-page.tsx': 'const a = <p>fetch, don’t wait</p>\nprefetch(a)',
  'api/src/network/grid.ts': 'export const path = "/work-list"',
  'e2e/refer-a-patient.spec.ts': '',
  'README.md': `https://example.org/${'work'}/a and ./work`,
}

const imagined: Tree = new Map(
  Object.entries(Object.assign({}, right, ...Object.values(wrong)) as Record<string, string>),
)
const caught = broken(rules, imagined)

describe('each text rule catches the file that breaks it', () => {
  test.each(Object.entries(wrong))('%s', (rule, files) => {
    const at = new Set(caught.filter((v) => v.rule === rule).map((v) => fileOf(v.at)))
    expect([...at]).toEqual(expect.arrayContaining(Object.keys(files)))
  })

  test('no rule is without such a file', () => {
    expect(rules.map((rule) => rule.name).toSorted()).toEqual(Object.keys(wrong).toSorted())
  })
})

test('good files that look like bad ones are left alone', () => {
  expect(lines(caught.filter(({ at }) => fileOf(at) in right))).toEqual([])
})
