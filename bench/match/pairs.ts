import { readChineseId } from '../../api/src/resident/chinese-id.ts'
import type { Described } from '../../server/src/modules/resident/compare-person.ts'
import type { Chance } from './chance.ts'
import type { Written } from './person.ts'

/** A record as the matcher sees it: a number of 15 digits in its 18-digit form, an unknown sex as nothing said. */
export function describe(record: Written): Described {
  const { name, sex, birthDate, idNumber, phone, address } = record
  const read = idNumber === null ? null : readChineseId(idNumber, '2026-11-25')
  const number = read?.ok ? read.number : idNumber
  return { name, birthDate, phone, address, sex: sex === 'unknown' ? null : sex, idNumber: number }
}

/** Every pair of positions that share one of the keys, once. A key that very many share says nothing. */
export function pairsByKey(keys: readonly (readonly string[])[], most = 400): [number, number][] {
  const holders = new Map<string, number[]>()
  for (const [at, own] of keys.entries()) {
    for (const key of own) {
      const held = holders.get(key)
      if (held) held.push(at)
      else holders.set(key, [at])
    }
  }
  const marks = new Set<number>()
  for (const held of holders.values()) if (held.length <= most) pairUp(held, keys.length, marks)
  return [...marks].map((mark) => [Math.floor(mark / keys.length), mark % keys.length])
}

/** Each two of these, the lower before the higher, as one number. */
function pairUp(held: readonly number[], of: number, marks: Set<number>): void {
  for (const a of held) for (const b of held) if (a < b) marks.add(a * of + b)
}

/** So many pairs taken at random. */
export const randomPairs = (chance: Chance, of: number, count: number): [number, number][] =>
  Array.from({ length: count }, () => [chance.below(of), chance.below(of)] as [number, number]).filter(
    ([a, b]) => a !== b,
  )
