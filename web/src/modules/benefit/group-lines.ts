import { careKind } from '@tongmai/api/benefit/rule'
import type { TypicalItem } from '@tongmai/api/benefit/tariff'

const kinds: Readonly<Record<string, TypicalItem['kind']>> = { 门诊: 'outpatient', 住院: 'inpatient' }
const tiers: Readonly<Record<string, TypicalItem['tier']>> = {
  基层: 'primary',
  一级: 'primary',
  二级: 'secondary',
  三级: 'tertiary',
}
const tierWords = { primary: '基层', secondary: '二级', tertiary: '三级' } as const

/** One usual item a line: `住院,三级,CTX,2`. */
export const linesOf = (items: readonly TypicalItem[]): string =>
  items
    .map(({ kind, tier, itemCode, quantity }) => {
      const said = kind === careKind.options[0] ? '门诊' : '住院'
      return [said, tierWords[tier], itemCode, quantity].join(',')
    })
    .join('\n')

export interface Read {
  readonly items: TypicalItem[]
  /** The numbers of the lines that cannot be read. */
  readonly wrong: number[]
}

/** Reads the lines; commas may be full-width, empty lines are passed over. */
export function itemsOf(text: string): Read {
  const items: TypicalItem[] = []
  const wrong: number[] = []
  for (const [n, line] of text.split('\n').entries()) {
    if (!line.trim()) continue
    const [kind = '', tier = '', code = '', count = ''] = line.split(/[,，\t]/).map((cell) => cell.trim())
    const quantity = Number(count)
    const [ofKind, ofTier] = [kinds[kind], tiers[tier]]
    if (!ofKind || !ofTier || !code || !Number.isInteger(quantity) || quantity < 1) wrong.push(n + 1)
    else items.push({ kind: ofKind, tier: ofTier, itemCode: code, quantity })
  }
  return { items, wrong }
}
