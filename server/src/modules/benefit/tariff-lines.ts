import type { Tariff } from '@tongmai/api/benefit/tariff'
import type { Tier } from '@tongmai/api/network/institution'

export type TariffLine = Omit<Tariff, 'id' | 'until'> & { readonly line: number }
export interface Problem {
  readonly line: number
  readonly problem: string
  readonly value: string
}

/** The columns of the import, in their order. */
export const tariffHeads = ['编码', '名称', '单位', '级别', '价格', '先行自付比例', '起始日', '来源']

const tiers: Readonly<Record<string, Tier>> = { 一级: 'primary', 二级: 'secondary', 三级: 'tertiary' }

/** Yuan as people write them (`12`, `12.5`, `1,234.50`) in fen; undefined where it is not an amount. */
export function fenOf(text: string): number | undefined {
  const plain = text.replace(/[,，¥￥元\s]/g, '')
  if (!/^\d{1,8}(\.\d{1,2})?$/.test(plain)) return undefined
  const [yuan = '0', part = ''] = plain.split('.')
  return Number(yuan) * 100 + Number(part.padEnd(2, '0'))
}

/** A percentage (`15`, `15%`) in hundredths of a percent; null where nothing is written, undefined where it is wrong. */
export function basisPointsOf(text: string): number | null | undefined {
  if (text === '') return null
  const plain = text.replace(/[%％\s]/g, '')
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return undefined
  const points = fenOf(plain)
  return points !== undefined && points <= 10_000 ? points : undefined
}

const isDay = (text: string): boolean =>
  /^(19|20)\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

type Row = { readonly line: number; readonly cells: readonly string[] }

/** Reads one row; its first mistake otherwise. */
function readRow({ line, cells }: Row): TariffLine | Problem {
  const [code = '', name = '', unit = '', level = '', price = '', selfPay = '', since = '', source = ''] =
    cells
  const [tier, priceFen, selfPayBp] = [tiers[level], fenOf(price), basisPointsOf(selfPay)]
  const no = (problem: string, value: string): Problem => ({ line, problem, value })
  if (!/^[0-9A-Za-z._-]{1,24}$/.test(code)) return no('code', code)
  if (name === '' || name.length > 80) return no('name', name)
  if (tier === undefined) return no('tier', level)
  if (priceFen === undefined) return no('price', price)
  if (selfPayBp === undefined) return no('self-pay', selfPay)
  if (!isDay(since)) return no('since', since)
  if (source === '') return no('source', source)
  return { line, code, name, unit, tier, priceFen, selfPayBp, since, source }
}

const isProblem = (read: TariffLine | Problem): read is Problem => 'problem' in read

/** The lines of an import with what is wrong; a first row of headings is left out, of doubles the first is taken. */
export function readTariffs(rows: readonly Row[]): { lines: TariffLine[]; problems: Problem[] } {
  const body = rows[0]?.cells[0] === tariffHeads[0] ? rows.slice(1) : rows
  const lines: TariffLine[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const row of body) {
    const read = readRow(row)
    if (isProblem(read)) {
      problems.push(read)
      continue
    }
    const key = `${read.code} ${read.tier}`
    if (seen.has(key)) problems.push({ line: row.line, problem: 'twice', value: read.code })
    else lines.push(read)
    seen.add(key)
  }
  return { lines, problems }
}
