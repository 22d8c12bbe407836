import type { Described, MatchField, Prepared } from './compare-person.ts'
import { compare, prepare } from './compare-person.ts'
import { compareNumbers } from './compare-text.ts'
import { matchWeights } from './learned-weights.ts'
import { type FieldWeight, type MatchWeights, probability, sumOf, weigh } from './match-weight.ts'

/** What is compared of two residents. */
export const residentFields: readonly MatchField[] = [
  { name: 'name', kind: 'name' },
  { name: 'sex', kind: 'code' },
  { name: 'birthDate', kind: 'date' },
  { name: 'idNumber', kind: 'number' },
  { name: 'phone', kind: 'number', group: 'home' },
  { name: 'address', kind: 'address', group: 'home' },
]

/** At or above: linked without asking. At or above the second: shown to people. Fixed before anything was scored. */
export const upper = 0.999
export const lower = 0.2

/** What the comparison of two residents comes to. */
export interface Matched {
  readonly verdict: 'link' | 'review' | 'separate'
  /** 0…1. */
  readonly probability: number
  readonly bits: number
  readonly weights: readonly FieldWeight[]
  /** Why it is not linked although the sum would do: another name is said, or neither name nor number agree. */
  readonly held: 'other-name' | 'no-identity' | 'apart' | 'other-number' | null
}

/** A name cut short is not enough: twins are often called 王宇 and 王宇轩. */
const sameName = ['same', 'script', 'reversed', 'homophone', 'near']
const sameNumber = ['same', 'one-slip']

/**
 * What no sum outweighs: twins and households agree in all but their names and numbers. Two different given names, or
 * neither a name nor a number in common leave it to people.
 */
function heldBy(level: (field: string) => string): Matched['held'] {
  const [name, number] = [level('name'), level('idNumber')]
  if (sameNumber.includes(number)) return null
  if (name === 'missing') return 'no-identity'
  return sameName.includes(name) ? null : 'other-name'
}

/** Whether identity numbers are those of more than one person: two of them differ in more than a slip. */
export const areOfTwo = (numbers: readonly string[]): boolean =>
  numbers.some((a, i) => numbers.slice(i + 1).some((b) => compareNumbers(a, b) === 'different'))

export const prepareResident = (person: Described): Prepared => prepare(residentFields, person)

/** Judges whether two residents are one, where one of `among` residents is. */
export function judge(
  a: Prepared,
  b: Prepared,
  among: number,
  weights: MatchWeights = matchWeights,
): Matched {
  const weighed = weigh(residentFields, weights, compare(residentFields, a, b))
  const bits = sumOf(residentFields, weighed)
  const chance = probability(bits, among)
  const level = (field: string) => weighed.find((one) => one.field === field)?.level ?? 'missing'
  const isSure = chance >= upper
  const held = isSure ? heldBy(level) : null
  // Two identity numbers that differ in more than a slip are two persons, whatever else they share.
  if (level('idNumber') === 'different' || chance < lower)
    return { verdict: 'separate', probability: chance, bits, weights: weighed, held: null }
  return {
    verdict: isSure && held === null ? 'link' : 'review',
    probability: chance,
    bits,
    weights: weighed,
    held,
  }
}
