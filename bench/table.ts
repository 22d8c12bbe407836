import type { Figure } from './wrk.ts'

export interface Row extends Figure {
  readonly what: string
  readonly connections: number
}

const bareOf: Readonly<Record<string, string>> = {
  'read Patient': 'bare read',
  'read Observation': 'bare read',
  'Patient by identifier': 'bare read',
  'Patient by Chinese name': 'bare read',
  'Observations of a patient': 'bare read',
  'Patient/$everything': 'bare read',
  'create Observation': 'bare insert',
  'create Patient': 'bare insert',
  'transaction Bundle': 'bare insert',
  'referral move': 'bare insert',
}

/** The figures as a Markdown table, each with its ratio to the bare route of the same run and connections. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const bare = rows.find((r) => r.what === bareOf[row.what] && r.connections === row.connections)
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
