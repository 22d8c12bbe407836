import type { LineProblem } from '@tongmai/api/contract/bulk'
import { readChineseId } from '@tongmai/api/resident/chinese-id'
import type { SheetRow } from './read-sheet.ts'

/** Which column holds what. */
export type Columns = Readonly<Record<'name' | 'number' | 'doctor' | 'packages' | 'years', number>>

const titles: Readonly<Record<keyof Columns, readonly string[]>> = {
  name: ['姓名', '居民姓名', 'name'],
  number: ['身份证号', '身份证', '证件号', '证件号码', 'id'],
  doctor: ['家庭医生', '签约医生', '医生', 'doctor'],
  packages: ['服务包', '签约服务包', 'packages'],
  years: ['签约年限', '年限', 'years'],
}

/** The columns by their headings; undefined where there is no column of names or of numbers. */
export function columnsOf(heading: SheetRow): Columns | undefined {
  const cells = heading.cells.map((cell) => cell.replace(/[\s*﻿]/g, '').toLowerCase())
  const at = (name: keyof Columns) => cells.findIndex((cell) => titles[name].includes(cell))
  const columns = {
    ...{ name: at('name'), number: at('number'), doctor: at('doctor') },
    ...{ packages: at('packages'), years: at('years') },
  }
  return columns.name < 0 || columns.number < 0 ? undefined : columns
}

export interface Problem {
  readonly problem: LineProblem
  readonly details: Readonly<Record<string, string | number>>
}

/** A line as far as it can be judged by itself. */
export interface Line {
  readonly line: number
  readonly name: string
  /** As it was typed, masked. */
  readonly numberMasked: string
  /** The identity number of 18 digits; empty where it is none. */
  readonly number: string
  readonly doctor: string
  readonly packages: readonly string[]
  readonly months: number | null
  readonly wrong: Problem | null
}

const maskOf = (typed: string): string =>
  typed.length < 8
    ? typed.replace(/./g, '*')
    : `${typed.slice(0, 3)}${'*'.repeat(typed.length - 7)}${typed.slice(-4)}`

const idProblems = { shape: 'idShape', date: 'idDate', check: 'idCheck' } as const

/** Reads a row: name, identity number, and what differs from the defaults; says what is wrong with it by itself. */
export function readLine(row: SheetRow, columns: Columns, today: string): Line {
  const cell = (at: number): string => (at < 0 ? '' : (row.cells[at] ?? ''))
  const [name, typed, years] = [cell(columns.name), cell(columns.number), cell(columns.years)]
  const read = readChineseId(typed, today)
  const months = years === '' ? null : Math.round(Number(years.replace('年', '')) * 12)
  const wrong = (problem: LineProblem, details = {}): Problem => ({ problem, details })
  const judged = (): Problem | null => {
    if (name === '') return wrong('nameMissing')
    if (!read.ok) return wrong(idProblems[read.problem])
    if (months !== null && ![12, 24, 36].includes(months)) return wrong('monthsWrong', { years })
    return null
  }
  return {
    ...{ line: row.line, name, numberMasked: maskOf(typed), number: read.ok ? read.number : '' },
    ...{ doctor: cell(columns.doctor), months, wrong: judged() },
    packages: cell(columns.packages)
      .split(/[、,，;；]/)
      .map((one) => one.trim())
      .filter(Boolean),
  }
}

/** What of the file's earlier lines a line must not repeat: each identity number once. */
export function twice(line: Line, seen: Map<string, number>): Problem | null {
  if (line.number === '') return null
  const first = seen.get(line.number)
  if (first === undefined) seen.set(line.number, line.line)
  return first === undefined ? null : { problem: 'duplicate', details: { first } }
}
