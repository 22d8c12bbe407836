import { order } from '../server/src/modules/order.ts'
import type { Rule, Tree } from './rule.ts'

const names: ReadonlySet<string> = new Set(order.map((module) => module.name))
const roles = 'index actions policy store tables events reactions jobs fhir demo gateway gateways'.split(' ')
const vague = /^(utils?|helpers?|common|services?|managers?|types|misc|shared)$/
const sides = /^(api|server|web)\/src\//
const code = /^(api|server|web|e2e|bench|scripts|checks)\/.*\.(tsx?|mjs|css|sql)$/
const generated = /(^|\/)tables\.ts$|\.gen\.ts$/
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Where files stand, what they are called, how long they are. */
export const layoutRules: readonly Rule[] = [
  {
    name: 'file-length',
    promise: 'A file holds one idea: at most 300 lines, unless it is generated.',
    *check(tree) {
      for (const [path, text] of tree) {
        const lines = text.trimEnd().split('\n').length
        if (code.test(path) && !generated.test(path) && lines > 300) yield [path, `${lines} lines`]
      }
    },
  },
  {
    name: 'kebab-case',
    promise: 'Files and folders are kebab-case.',
    *check(tree) {
      for (const path of tree.keys()) {
        if (!code.test(path)) continue
        const odd = path.split('/').find((part) => !kebab.test(part.replace(/(\.[a-z]+)+$/, '')))
        if (odd) yield [path, odd]
      }
    },
  },
  {
    name: 'no-vague-names',
    promise: 'A file or folder is named after the business, not after being useful.',
    *check(tree) {
      for (const path of tree.keys()) {
        const parts = path.split('/').map((part) => part.replace(/\..*$/, ''))
        if (code.test(path) && parts.some((part) => vague.test(part))) yield [path, 'says nothing']
      }
    },
  },
  {
    name: 'modules-in-order',
    promise: 'Every module stands in server/src/modules/order.ts, on all three sides.',
    *check(tree) {
      for (const path of tree.keys()) {
        if (path === 'server/src/modules/order.ts') continue
        const name =
          /^(?:server|web)\/src\/modules\/([^/]+)/.exec(path)?.[1] ?? /^api\/src\/([^/.]+)/.exec(path)?.[1]
        const known = name === undefined || names.has(name) || path.startsWith('api/src/kernel')
        if (!known) yield [path, `${name} has no place in the order`]
      }
    },
  },
  {
    name: 'role-files',
    promise:
      'A server module has role files, folders named after a role, calculations, tests and migrations only.',
    *check(tree) {
      for (const path of tree.keys()) {
        const inside = /^server\/src\/modules\/[^/]+\/(.+)$/.exec(path)?.[1]
        if (inside && !fits(inside)) yield [path, 'has no place in a module']
      }
    },
  },
  {
    name: 'migrations-numbered',
    promise: 'Migrations are 0001-words.sql, numbered without gap.',
    *check(tree) {
      for (const [folder, files] of migrationsByFolder(tree)) {
        for (const [i, file] of files.entries()) {
          const number = String(i + 1).padStart(4, '0')
          const fitting = new RegExp(`^${number}-[a-z0-9]+(-[a-z0-9]+)*\\.sql$`)
          if (!fitting.test(file)) yield [`${folder}/${file}`, `should be ${number}-words.sql`]
        }
      }
    },
  },
  {
    name: 'modules-tested',
    promise: 'A server module has a face and a test.',
    *check(tree) {
      for (const name of names) {
        const inside = [...tree.keys()].filter((path) => path.startsWith(`server/src/modules/${name}/`))
        if (inside.length === 0) continue
        const at = `server/src/modules/${name}`
        if (!inside.includes(`${at}/index.ts`)) yield [at, 'has no index.ts']
        if (!inside.some((path) => path.endsWith('.test.ts'))) yield [at, 'has no test']
      }
    },
  },
  {
    name: 'faces-introduce-themselves',
    promise: 'index.ts of a server module opens with 3–10 lines: what it is for, its words, its invariants.',
    *check(tree) {
      for (const [path, text] of tree) {
        if (!/^server\/src\/modules\/[^/]+\/index\.ts$/.test(path)) continue
        const words = introduction(text)
        if (words < 3 || words > 10) yield [path, `opens with ${words} lines of comment`]
      }
    },
  },
  {
    name: 'tests-beside',
    promise: 'Tests are *.test.ts or *.api.test.ts beside what they test, and e2e/*.spec.ts.',
    *check(tree) {
      for (const path of tree.keys()) {
        const isSpec = /\.spec\.tsx?$/.test(path)
        if (isSpec !== path.startsWith('e2e/') && (isSpec || /\.spec\.|^e2e\/.*\.test\./.test(path))) {
          yield [path, 'would not be run']
        }
        if (sides.test(path) && /(^|\/)(__tests__|tests?)\//.test(path))
          yield [path, 'stands beside what it tests']
      }
    },
  },
]

/** Whether a path inside a server module belongs to its closed vocabulary. */
function fits(inside: string): boolean {
  const [first = '', ...rest] = inside.split('/')
  if (rest.length === 0) return /^[a-z0-9-]+(\.api)?(\.test)?\.ts$/.test(first)
  if (first === 'migrations') return rest.length === 1 && inside.endsWith('.sql')
  return roles.includes(first)
}

/** How many lines of words the leading comment has. */
function introduction(text: string): number {
  const comment = /^\s*(\/\*[\s\S]*?\*\/|(?:\/\/[^\n]*\n)+)/.exec(text)?.[1] ?? ''
  return comment.split('\n').filter((line) => /\p{L}/u.test(line)).length
}

function migrationsByFolder(tree: Tree): Map<string, string[]> {
  const folders = new Map<string, string[]>()
  for (const path of [...tree.keys()].sort()) {
    const [, folder, file] = /^(.+\/migrations)\/([^/]+)$/.exec(path) ?? []
    if (folder && file) folders.set(folder, [...(folders.get(folder) ?? []), file])
  }
  return folders
}
