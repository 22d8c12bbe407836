import { order } from '../server/src/modules/order.ts'
import { codeOf, sqlOf } from './mask.ts'
import { matches, type Rule, type Tree } from './rule.ts'

const names: readonly string[] = order.map((module) => module.name)
const schemas = [...names, 'kernel', 'graphile_worker', 'pg_catalog', 'information_schema'].join('|')
const inModule = /^server\/src\/modules\/([^/]+)\/(.+)$/
const name = `["]?(${schemas})["]?\\s*\\.\\s*["]?(\\w+)`

const verbs = [
  'selectFrom',
  '(?:inner|left|right|full|cross)(?:Lateral)?Join',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'replaceInto',
  'using',
  'from',
  'table',
]

/** A table where SQL names tables: in a query builder's verbs, in written SQL, in the type of the tables. */
const tables = {
  builder: new RegExp(
    `(?<=\\b(?:${verbs.join('|')})\\s*\\(\\s*(?:\\[[^\\]]*)?)['"\`](${schemas})\\.(\\w+)`,
    'g',
  ),
  written: new RegExp(
    `\\b(?:from|join|into|update|using|only|table|truncate|references)\\s+(?:only\\s+)?${name}`,
    'gi',
  ),
  key: new RegExp(`^\\s*['"](${schemas})\\.(\\w+)['"]\\s*:`, 'gm'),
  bound: new RegExp(`\\bwithSchema\\s*\\(\\s*['"\`](${schemas})['"\`]`, 'g'),
} as const

/** Each module keeps to its own schema. */
export const schemaRules: readonly Rule[] = [
  {
    name: 'own-schema',
    promise: 'A store names tables of its own schema, and views that an earlier module publishes.',
    *check(tree) {
      const published = publishedViews(tree)
      for (const [path, text] of tree) {
        const [, own = '', inside = ''] = inModule.exec(path) ?? []
        if (!/^(store|tables)(\.ts$|\/)/.test(inside)) continue
        const code = codeOf(text, 'code and strings')
        for (const pattern of Object.values(tables)) {
          for (const [at, what, [schema = '', table = '']] of matches(path, code, pattern)) {
            const view =
              published.has(`${schema}.${snake(table)}`) && names.indexOf(schema) < names.indexOf(own)
            if (schema !== own && !view) yield [at, what]
          }
        }
      }
    },
  },
  {
    name: 'own-migrations',
    promise: 'A migration touches its own schema only; of the kernel it may call functions.',
    *check(tree) {
      for (const [path, text] of tree) {
        const own = /^server\/src\/(?:modules\/([^/]+)|(kernel))\/migrations\//
          .exec(path)
          ?.slice(1)
          .find(Boolean)
        if (own) yield* strays(path, sqlOf(text), own)
      }
    },
  },
]

const anywhere = new RegExp(`\\b${name}["]?(\\s*\\()?`, 'gi')
const creates = /\b(?:create|alter|drop)\s+schema\s+(?:if\s+(?:not\s+)?exists\s+)?"?([a-z_0-9]+)/gi

/** What a migration touches outside its own schema. */
function* strays(path: string, sql: string, own: string): Generator<readonly [string, string]> {
  for (const [at, what, [schema]] of matches(path, sql, creates)) if (schema !== own) yield [at, what]
  for (const [at, what, [schema = '', , call]] of matches(path, sql, anywhere)) {
    const queue = own === 'kernel' && schema === 'graphile_worker'
    const allowed = queue || [own, 'pg_catalog', 'information_schema'].includes(schema)
    const kernelFunction = schema === 'kernel' && call && !isReference(sql, what)
    if (!allowed && !kernelFunction) yield [at, what]
  }
}

/** The query builder writes `departmentName` for what the database calls `department_name`. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const isReference = (sql: string, what: string): boolean =>
  new RegExp(`\\breferences\\s+${what.replace(/[^\w]/g, '\\$&')}`, 'i').test(sql)

/** The views of every module's own schema, as its migrations leave them. */
export function publishedViews(tree: Tree): ReadonlySet<string> {
  const views = new Set<string>()
  const step =
    /\b(create|drop)\s+(?:or\s+replace\s+)?view\s+(?:if\s+exists\s+)?"?([a-z_0-9]+)"?\s*\.\s*"?([a-z_0-9]+)/gi
  for (const path of [...tree.keys()].filter((p) => /\/migrations\/[^/]+\.sql$/.test(p)).sort()) {
    const own = inModule.exec(path)?.[1]
    for (const [, , [verb, schema, view]] of matches(path, sqlOf(tree.get(path) ?? ''), step)) {
      if (schema !== own) continue
      if (verb?.toLowerCase() === 'drop') views.delete(`${schema}.${view}`)
      else views.add(`${schema}.${view}`)
    }
  }
  return views
}
