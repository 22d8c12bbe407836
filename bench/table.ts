import type { Figure } from './wrk.ts'

export interface Row extends Figure {
  readonly what: string
  readonly connections: number
}

/** Each row is measured by the bare route that does the same kind of work; loading has none beside it. */
function bareOf(what: string): string | undefined {
  if (what.startsWith('bare') || what.startsWith('batch')) return undefined
  const isWrite = /create|transaction|update|move/.test(what)
  return isWrite ? 'bare insert' : 'bare read'
}

/** The figures as a Markdown table, each with its ratio to the bare route of the same run and connections. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const bare = rows.find((r) => r.what === bareOf(row.what) && r.connections === row.connections)
    const ratio = bare ? (row.perSecond / bare.perSecond).toFixed(2) : ''
    const cells = [
      row.what,
      row.connections,
      Math.round(row.perSecond),
      ratio,
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
      row.failed,
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [
    '| what | connections | per second | of bare | p50 ms | p99 ms | failed |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}
