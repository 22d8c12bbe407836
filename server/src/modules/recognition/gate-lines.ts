import type { MarkScope } from '@tongmai/api/recognition/catalogue'
import type { GateProblem } from '@tongmai/api/recognition/gate'

/** One line of an import: codes as they are written, not yet looked up. */
export interface GateLine {
  readonly line: number
  readonly institution: string
  readonly item: string
  readonly scope: MarkScope
  readonly body: string
  readonly year: number
  readonly passed: boolean
  readonly since: string
  readonly until: string
}

/** The columns of the import, in their order. */
export const gateHeads = ['机构编码', '项目编码', '级别', '质评机构', '年度', '结果', '起始日', '截止日']

const scopes: Readonly<Record<string, MarkScope>> = {
  全国: 'national',
  国家级: 'national',
  省: 'province',
  省级: 'province',
  市: 'city',
  市级: 'city',
  联盟: 'alliance',
}
const results: Readonly<Record<string, boolean>> = { 合格: true, 通过: true, 不合格: false, 未通过: false }

const isDay = (text: string): boolean =>
  /^(19|20)\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

type Row = { readonly line: number; readonly cells: readonly string[] }

/** Reads one row; its first mistake otherwise. */
function readRow({ line, cells }: Row): GateLine | GateProblem {
  const [institution = '', item = '', level = '', body = '', year = '', result = '', since = '', until = ''] =
    cells
  const [scope, passed] = [scopes[level], results[result]]
  const no = (problem: string, value: string): GateProblem => ({ line, problem, value })
  if (institution === '') return no('institution', institution)
  if (item === '') return no('item', item)
  if (scope === undefined) return no('scope', level)
  if (body === '' || body.length > 80) return no('body', body)
  if (!/^20\d{2}$/.test(year)) return no('year', year)
  if (passed === undefined) return no('result', result)
  if (!isDay(since)) return no('since', since)
  if (!isDay(until) || until < since) return no('until', until)
  return { line, institution, item, scope, body, year: Number(year), passed, since, until }
}

const isProblem = (read: GateLine | GateProblem): read is GateProblem => 'problem' in read

/** The lines of an import with what is wrong; a first row of headings is left out. */
export function readGates(rows: readonly Row[]): { lines: GateLine[]; problems: GateProblem[] } {
  const body = rows[0]?.cells[0] === gateHeads[0] ? rows.slice(1) : rows
  const read = body.map(readRow)
  return {
    lines: read.filter((one): one is GateLine => !isProblem(one)),
    problems: read.filter(isProblem),
  }
}
