import { codeOf, sqlOf } from './mask.ts'
import { matches, type Rule, type Tree } from './rule.ts'

const isTest = /\.(api\.)?test\.tsx?$/
const inModule = /^server\/src\/modules\/[^/]+\//
const inStore = /^server\/src\/modules\/[^/]+\/(store|tables)(\.ts$|\/)/
const inGateway = /^server\/src\/modules\/[^/]+\/gateways?(\.ts$|\/)/
const product = /^(api|server|web)\/src\/.*\.tsx?$/

/** What an import graph cannot see, in the code between comments and strings. */
export const codeRules: readonly Rule[] = [
  {
    name: 'config-reads-environment',
    promise: 'Only config.ts reads the environment.',
    check: (tree) =>
      inCode(
        tree,
        (path) => product.test(path),
        /\bprocess\s*(\?\.|\.)\s*env\b|\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b/g,
      ),
  },
  {
    name: 'database-in-stores',
    promise: 'In a module only the store touches ctx.db.',
    check: (tree) =>
      inCode(
        tree,
        (path) => inModule.test(path) && !inStore.test(path),
        /\bctx\s*(\?\.|\.)\s*db\b|\{[^{}()]*\bdb\b[^{}()]*\}\s*(=\s*ctx\b|:\s*(Read|Write)?Ctx\b)/g,
      ),
  },
  {
    name: 'one-clock',
    promise: 'A module knows the time from ctx.now; it does not wait.',
    check: (tree) =>
      inCode(
        tree,
        (path) => inModule.test(path) && !inGateway.test(path),
        /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?!\s*\(\s*[^)\s])|(?<!\.\s*|new\s+)(?<![\w$])Date\s*\(|\bperformance\s*\.\s*now\b|\bhrtime\b|\bset(Timeout|Interval|Immediate)\s*\(/g,
      ),
  },
  {
    name: 'days-of-the-region',
    promise: 'The day of a moment is the region’s (showDay, dayOf), not that of Greenwich.',
    check: (tree) =>
      inCode(
        tree,
        (path) => product.test(path) && !isTest.test(path),
        /\b(now|at|from|to|timeNow\(\)|\w+\.(now|at))\.toISOString\(\)\.slice\(0, 10\)/g,
      ),
  },
  {
    name: 'one-clock-in-sql',
    promise: 'SQL of a module takes the time as a value from ctx.now, so that a test can move it.',
    *check(tree) {
      const clocks =
        /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(\s*\)|\b(current_(timestamp|date|time)|localtime(stamp)?)\b/gi
      yield* inText(
        tree,
        (path) => inStore.test(path),
        (text) => codeOf(text, 'code and strings'),
        clocks,
      )
      yield* inText(tree, (path) => inModule.test(path) && path.endsWith('.sql'), sqlOf, clocks)
    },
  },
  {
    name: 'no-chance',
    promise: 'A module takes ids from ctx.id(); nothing happens at random.',
    *check(tree) {
      const chance = /\bMath\s*\.\s*random\b|\brandomUUID\b/g
      yield* inCode(tree, (path) => inModule.test(path), chance)
      const sql = /\b(gen_random_uuid|uuid_generate_v\d|random)\s*\(/gi
      yield* inText(tree, (path) => inModule.test(path) && path.endsWith('.sql'), sqlOf, sql)
      yield* inText(
        tree,
        (path) => inStore.test(path),
        (text) => codeOf(text, 'code and strings'),
        sql,
      )
    },
  },
  {
    name: 'no-way-out',
    promise: 'A module of the server reaches the outside by a gateway only.',
    check: (tree) => inCode(tree, (path) => inModule.test(path) && !inGateway.test(path), calls),
  },
  {
    name: 'one-door',
    promise: 'The web calls the server in web/src/kernel/call.ts only.',
    check: (tree) => inCode(tree, (path) => path.startsWith('web/src/'), calls),
  },
]

const calls =
  /(?<!\.\s*)(?<![\w$])fetch\s*\(|\b(globalThis|window|self)\s*\.\s*fetch\b|\bsendBeacon\b|\bnew\s+(XMLHttpRequest|EventSource|WebSocket)\b/g

const inCode = (tree: Tree, where: (path: string) => boolean, pattern: RegExp) =>
  inText(tree, where, (text) => codeOf(text), pattern)

function* inText(
  tree: Tree,
  where: (path: string) => boolean,
  read: (text: string) => string,
  pattern: RegExp,
): Generator<readonly [string, string]> {
  for (const [path, text] of tree) {
    if (isTest.test(path) || !where(path)) continue
    for (const [at, what] of matches(path, read(text), pattern)) yield [at, what]
  }
}

const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`, 'g')
const workplace = new RegExp(`(?<![\\w.])/${'work'}\\b(?!-)`, 'g')

/** Rules over every text of the repository, prose and comments included. */
export const proseRules: readonly Rule[] = [
  {
    name: 'nothing-unfinished',
    promise: 'What is left to do stands in an issue, not in the code.',
    check: (tree) =>
      inText(
        tree,
        () => true,
        (text) => text,
        unfinished,
      ),
  },
  {
    name: 'stands-alone',
    promise: 'The repository knows nothing of the machine it was written on.',
    check: (tree) =>
      inText(
        tree,
        () => true,
        (text) => text,
        workplace,
      ),
  },
]
