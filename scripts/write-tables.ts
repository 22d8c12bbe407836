import { toKyselyCamelCase } from 'kysely-codegen'
import type { Column, Table } from './read-tables.ts'

const pascal = (name: string) => name.replace(/^./, (letter) => letter.toUpperCase())

/** The name the query builder gives a table: `network.departmentName`. */
export const nameOf = ({ schema, name }: Table): string => `${schema}.${toKyselyCamelCase(name)}`

function typeOf({ type, nullable, written, json }: Column): string {
  const orNull = nullable ? ' | null' : ''
  if (json) {
    const given = written === 'defaulted' && !nullable ? 'string | undefined' : `string${orNull}`
    return `ColumnType<${type}${type === 'unknown' ? '' : orNull}, ${given}, string${orNull}>`
  }
  if (written === 'given') return `${type}${orNull}`
  return `${written === 'never' ? 'GeneratedAlways' : 'Generated'}<${type}${orNull}>`
}

function member(table: Table): string {
  const columns = table.columns.map((column) => {
    const type = table.isView ? `${column.type}${column.nullable ? ' | null' : ''}` : typeOf(column)
    return `    ${toKyselyCamelCase(column.name)}: ${type}\n`
  })
  const row = `{\n${columns.join('')}  }`
  return `  '${nameOf(table)}': ${table.isView ? `View<${row}>` : row}\n`
}

const view = `
/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }
`

function importsOf(tables: readonly Table[], text: string): string {
  const from = new Map<string, Set<string>>()
  for (const column of tables.flatMap((table) => table.columns))
    if (column.from)
      from.set(column.from, (from.get(column.from) ?? new Set()).add(column.type.replace(/\[\]$/, '')))
  const builder = ['ColumnType', 'Generated', 'GeneratedAlways'].filter((type) => text.includes(`${type}<`))
  if (builder.length > 0) from.set('kysely', new Set(builder))
  return [...from]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([module, types]) => `import type { ${[...types].sort().join(', ')} } from '${module}'\n`)
    .join('')
}

/** The text of one module's tables.ts. */
export function writeTables(module: string, tables: readonly Table[]): string {
  const promise =
    module === 'kernel'
      ? "The kernel's own rows; modules see them only through the kernel's functions."
      : `What ${module} may name in SQL: its own tables and views, and the earlier modules' views that its store joins.`
  const body = `${tables.some((table) => table.isView) ? view : ''}
/** ${promise} */
export type ${pascal(module)}Tables = {
${tables.map(member).join('')}}
`
  return `// Written by \`npm run tables\` from the migrated database.\n${importsOf(tables, body)}${body}`
}
