import type { RegisterProblem } from '@tongmai/api/contract/register'
import { readChineseId } from '@tongmai/api/resident/chinese-id'
import type { SheetRow } from './read-sheet.ts'
import { columnsIn, idProblems, twice } from './sheet-line.ts'

export interface Wrong {
  readonly problem: RegisterProblem
  readonly details: Readonly<Record<string, string | number>>
}

/** A line of a register as far as it can be judged by itself. */
export interface RegisterLine {
  readonly line: number
  readonly name: string
  /** The identity number of 18 digits; empty where it is none. */
  readonly number: string
  readonly since: string | null
  readonly until: string | null
  readonly wrong: Wrong | null
}

const titles = {
  name: ['姓名', '居民姓名', 'name'],
  number: ['身份证号', '身份证', '证件号', '证件号码', '身份证号码', '公民身份号码', 'id'],
  since: ['纳入日期', '起始日期', '开始日期', '认定日期', '发证日期', 'since'],
  until: ['退出日期', '终止日期', '截止日期', '有效期至', 'until'],
} as const
type Columns = Readonly<Record<keyof typeof titles, number>>

function columnsOf(heading: SheetRow): Columns | undefined {
  const columns = columnsIn(heading, titles)
  return columns.name < 0 || columns.number < 0 ? undefined : columns
}

const DAY = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/

/** A day as spreadsheets keep it: counted from 1899-12-30 (ECMA-376 part 1, 18.17.4.1). */
const SERIAL = /^[2-7]\d{4}$/
const EPOCH_MS = Date.UTC(1899, 11, 30)

/** A calendar day as people or spreadsheets write it; null for an empty cell, undefined for what is none. */
export function readDay(cell: string): string | null | undefined {
  if (cell === '') return null
  if (SERIAL.test(cell)) return new Date(EPOCH_MS + Number(cell) * 86_400_000).toISOString().slice(0, 10)
  const [, year = '', month = '', on = ''] = DAY.exec(cell) ?? []
  const day = `${year}-${month.padStart(2, '0')}-${on.padStart(2, '0')}`
  const begun = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(begun.getTime()) || begun.toISOString().slice(0, 10) !== day ? undefined : day
}

function readLine({ line, cells }: SheetRow, columns: Columns, today: string): RegisterLine {
  const cell = (at: number): string => (at < 0 ? '' : (cells[at] ?? ''))
  const [name, typed] = [cell(columns.name), cell(columns.number)]
  const id = readChineseId(typed, today)
  const [since, until] = [readDay(cell(columns.since)), readDay(cell(columns.until))]
  const wrong = (problem: RegisterProblem, details: Wrong['details'] = {}): Wrong => ({ problem, details })
  const judged = (): Wrong | null => {
    if (name === '') return wrong('nameMissing')
    if (!id.ok) return wrong(idProblems[id.problem])
    if (since === undefined) return wrong('dayWrong', { value: cell(columns.since) })
    if (until === undefined) return wrong('dayWrong', { value: cell(columns.until) })
    return until !== null && until < (since ?? '')
      ? wrong('endsBeforeBegin', { since: since ?? '', until })
      : null
  }
  return {
    ...{ line, name, number: id.ok ? id.number : '', since: since ?? null, until: until ?? null },
    wrong: judged(),
  }
}

/** The lines of a register, each judged by itself and against those before it; undefined without columns of names and numbers. */
export function readRegister(rows: Iterable<SheetRow>, today: string): RegisterLine[] | undefined {
  const seen = new Map<string, number>()
  const lines: RegisterLine[] = []
  let columns: Columns | undefined
  for (const row of rows) {
    if (row.cells.every((cell) => cell === '')) continue
    if (!columns) {
      columns = columnsOf(row)
      if (!columns) return undefined
      continue
    }
    const line = readLine(row, columns, today)
    lines.push({ ...line, wrong: line.wrong ?? twice(line, seen) })
  }
  return columns && lines
}
