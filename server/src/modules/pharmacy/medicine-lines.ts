import type { MedicineFacts, MedicineImport, StockState } from '@tongmai/api/pharmacy/medicine'
import { codeProblem } from './drug-code.ts'

type Row = { readonly line: number; readonly cells: readonly string[] }
export type Problem = MedicineImport['problems'][number]
export interface Read<Line> {
  readonly lines: readonly (Line & { readonly line: number })[]
  readonly problems: readonly Problem[]
}

const HEAD = '通用名'
const yes: Readonly<Record<string, boolean>> = { 是: true, 否: false, 慢病: true, '': false }
const states: Readonly<Record<string, StockState>> = {
  有货: 'inStock',
  可调配: 'canOrder',
  没有: 'notHeld',
  无: 'notHeld',
}

/** The same medicine whatever is said of it besides. */
export const keyOf = (one: { name: string; form: string; strength: string }): string =>
  `${one.name} ${one.form} ${one.strength}`

type Reading<Line> = (cells: readonly string[]) => Line | Omit<Problem, 'line'>
const isProblem = (read: object): read is Omit<Problem, 'line'> => 'problem' in read
const no = (problem: string, value = '') => ({ problem, value })

function identity([name = '', form = '', strength = '']: readonly string[]) {
  if (name === '' || name.length > 60) return no('name', name)
  if (form === '' || form.length > 20) return no('form', form)
  if (strength === '' || strength.length > 30) return no('strength', strength)
  return { name, form, strength }
}

const readFacts: Reading<MedicineFacts> = (cells) => {
  const one = identity(cells)
  if (isProblem(one)) return one
  const [category = '', chronic = '', baseCode = '', insuranceCode = ''] = cells.slice(3)
  const use = yes[chronic]
  if (category === '' || category.length > 40) return no('category', category)
  if (use === undefined) return no('chronic', chronic)
  const codes = { baseCode: baseCode || null, insuranceCode: insuranceCode || null }
  const wrong = codeProblem(codes)
  if (wrong) return no(wrong, wrong.startsWith('base') ? baseCode : insuranceCode)
  return { ...one, category, chronic: use, ...codes }
}

export type StockLine = { name: string; form: string; strength: string; state: StockState }
const readState: Reading<StockLine> = (cells) => {
  const one = identity(cells)
  if (isProblem(one)) return one
  const state = states[cells[3] ?? '']
  return state ? { ...one, state } : no('state', cells[3])
}

function readEach<Line extends { name: string; form: string; strength: string }>(
  rows: readonly Row[],
  reading: Reading<Line>,
): Read<Line> {
  const body = rows[0]?.cells[0] === HEAD ? rows.slice(1) : rows
  const lines: (Line & { line: number })[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const { line, cells } of body) {
    const read = reading(cells)
    if (isProblem(read)) problems.push({ line, ...read })
    else if (seen.has(keyOf(read))) problems.push({ line, ...no('twice', keyOf(read)) })
    else {
      seen.add(keyOf(read))
      lines.push({ ...read, line })
    }
  }
  return { lines, problems }
}

/** A formulary line by line: 通用名,剂型,规格,类别,慢病(是/否),本位码,医保代码; each mistake with its line. */
export const readMedicines = (rows: readonly Row[]): Read<MedicineFacts> => readEach(rows, readFacts)

/** What is held, line by line: 通用名,剂型,规格,状态(有货/可调配/没有); each mistake with its line. */
export const readStock = (rows: readonly Row[]): Read<StockLine> => readEach(rows, readState)
