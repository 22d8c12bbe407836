import { simplified } from '../../kernel/resource/script.ts'

/**
 * How two addresses agree: the same but for its cut (province, block, unit) · all that the shorter says stands in the
 * longer · the same street or estate, other numbers · something in common · different.
 */
export const addressLevels = ['same', 'within', 'place', 'alike', 'different'] as const
export type AddressLevel = (typeof addressLevels)[number]

export interface AddressForm {
  readonly plain: string
  readonly pairs: ReadonlySet<string>
  readonly numbers: readonly string[]
}

/** Reads an address: words without numbers as pairs of characters, and its numbers in order. */
export function readAddress(text: string | null): AddressForm | null {
  const plain = simplified((text ?? '').normalize('NFKC').toLowerCase())
    .replace(/[\s,，。;；#（）()]/gu, '')
    .replace(/^.{2,8}?(?:省|自治区)/u, '')
    .replace(/^\p{Script=Han}{2,4}?市(?=\p{Script=Han}{1,6}?(?:区|县|市|旗))/u, '')
  if (plain === '') return null
  const words = plain.replace(/[\d\-栋幢座楼单元号室户弄]+/gu, '')
  const pairs = new Set<string>()
  for (let i = 0; i + 1 < words.length; i++) pairs.add(words.slice(i, i + 2))
  const numbers = plain.match(/\d+/g) ?? []
  return { plain, pairs, numbers }
}

/** How much of the shorter one's pairs stand in the longer one, in 0…1. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  if (small.size === 0) return 0
  let common = 0
  for (const pair of small) if (large.has(pair)) common++
  return common / small.size
}

/** Whether the shorter list stands in the longer one in the same order. */
function isWithin(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  let at = 0
  for (const number of long) if (number === short[at]) at++
  return at === short.length
}

export function compareAddresses(a: AddressForm, b: AddressForm): AddressLevel {
  if (a.plain === b.plain) return 'same'
  const common = overlap(a.pairs, b.pairs)
  if (common >= 0.8 && isWithin(a.numbers, b.numbers)) {
    const isWhole = a.numbers.length === b.numbers.length && a.numbers.length > 1
    return isWhole ? 'same' : 'within'
  }
  if (common >= 0.8) return 'place'
  return common >= 0.5 ? 'alike' : 'different'
}
