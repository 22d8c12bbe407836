import type { LineProblem } from '@tongmai/api/contract/bulk'
import { readChineseId } from '@tongmai/api/resident/chinese-id'
import type { Relation } from '@tongmai/api/resident/person'
import { ageOn } from './priority-group.ts'
import type { SheetRow } from './read-sheet.ts'

/** Which column holds what. */
export type Columns = Readonly<
  Record<'name' | 'number' | 'doctor' | 'packages' | 'years' | 'signer' | 'relation' | 'consent', number>
>

const titles: Readonly<Record<keyof Columns, readonly string[]>> = {
  name: ['姓名', '居民姓名', 'name'],
  number: ['身份证号', '身份证', '证件号', '证件号码', 'id'],
  doctor: ['家庭医生', '签约医生', '医生', 'doctor'],
  packages: ['服务包', '签约服务包', 'packages'],
  years: ['签约年限', '年限', 'years'],
  signer: ['签名人', '签字人', 'signer'],
  relation: ['与居民关系', '签名人与居民关系', '关系', 'relation'],
  consent: ['条款版本', '协议版本', 'consent'],
}

/** Where each column stands by its heading; -1 where there is none. */
export function columnsIn<Name extends string>(
  heading: SheetRow,
  titles: Readonly<Record<Name, readonly string[]>>,
): Readonly<Record<Name, number>> {
  const cells = heading.cells.map((cell) => cell.replace(/[\s*\ufeff]/g, '').toLowerCase())
  const at = ([name, known]: [string, readonly string[]]) => [
    name,
    cells.findIndex((cell) => known.includes(cell)),
  ]
  return Object.fromEntries(Object.entries<readonly string[]>(titles).map(at))
}

/** The columns by their headings; undefined where there is no column of names or of numbers. */
export function columnsOf(heading: SheetRow): Columns | undefined {
  const columns = columnsIn(heading, titles)
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
  /** Who signed; empty where the resident did. */
  readonly signer: string
  readonly relation: Relation
  /** Under 18 on the day. */
  readonly minor: boolean
  /** The version of the text that was signed; empty where the line says nothing. */
  readonly consent: string
  readonly wrong: Problem | null
}

/** A number as it was typed, masked. */
export const maskOf = (typed: string): string =>
  typed.length < 8
    ? typed.replace(/./g, '*')
    : `${typed.slice(0, 3)}${'*'.repeat(typed.length - 7)}${typed.slice(-4)}`

export const idProblems = { shape: 'idShape', date: 'idDate', check: 'idCheck' } as const

const OF_AGE = 18

/** How people write who signed for the resident. */
const relations: Readonly<Record<string, Relation>> = {
  ...{ 本人: '0', 户主: '0', 配偶: '1', 丈夫: '1', 妻子: '1', 子: '2', 儿子: '2', 女: '3', 女儿: '3' },
  ...{ 孙: '4', 孙子: '4', 孙女: '4', 父母: '5', 父亲: '5', 母亲: '5', 祖父母: '6', 祖父: '6', 祖母: '6' },
  ...{ 外祖父: '6', 外祖母: '6', 兄弟姐妹: '7', 兄: '7', 弟: '7', 姐: '7', 妹: '7', 监护人: '8', 其他: '8' },
}

/** A child does not sign alone (民法典 第十九、二十、二十三条), and whoever signs for another is named. */
function signerProblem(of: { signer: string; relation: Relation; minor: boolean }): Problem | null {
  if (of.relation !== '0' && of.signer === '') return { problem: 'signerMissing', details: {} }
  return of.minor && of.relation === '0' ? { problem: 'guardianMissing', details: {} } : null
}

/** Reads a row: name, identity number, and what differs from the defaults; says what is wrong with it by itself. */
export function readLine(row: SheetRow, columns: Columns, today: string): Line {
  const cell = (at: number): string => (at < 0 ? '' : (row.cells[at] ?? ''))
  const [name, typed, years] = [cell(columns.name), cell(columns.number), cell(columns.years)]
  const read = readChineseId(typed, today)
  const months = years === '' ? null : Math.round(Number(years.replace('年', '')) * 12)
  const wrong = (problem: LineProblem, details = {}): Problem => ({ problem, details })
  const [signer, said] = [cell(columns.signer), cell(columns.relation)]
  const relation = said === '' ? '0' : relations[said]
  const minor = read.ok && ageOn(read.birthDate, today) < OF_AGE
  const judged = (): Problem | null => {
    if (name === '') return wrong('nameMissing')
    if (!read.ok) return wrong(idProblems[read.problem])
    if (months !== null && ![12, 24, 36].includes(months)) return wrong('monthsWrong', { years })
    if (relation === undefined) return wrong('relationUnknown', { name: said })
    return signerProblem({ signer, relation, minor })
  }
  return {
    ...{ line: row.line, name, numberMasked: maskOf(typed), number: read.ok ? read.number : '' },
    ...{ doctor: cell(columns.doctor), months, wrong: judged() },
    ...{ signer, relation: relation ?? '0', minor, consent: cell(columns.consent) },
    packages: cell(columns.packages)
      .split(/[、,，;；]/)
      .map((one) => one.trim())
      .filter(Boolean),
  }
}

/** What of the file's earlier lines a line must not repeat: each identity number once. */
export function twice(
  line: Pick<Line, 'line' | 'number'>,
  seen: Map<string, number>,
): (Problem & { problem: 'duplicate' }) | null {
  if (line.number === '') return null
  const first = seen.get(line.number)
  if (first === undefined) seen.set(line.number, line.line)
  return first === undefined ? null : { problem: 'duplicate', details: { first } }
}
