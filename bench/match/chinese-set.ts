import { chanceOf } from './chance.ts'
import { seed, setSize } from './error-rates.ts'
import { again } from './mistakes.ts'
import { people, recordsOf, type Written } from './person.ts'

/** Two halves of the generated set, without a person in common: one to learn from, one that is scored once. */
export function chineseSet(): { train: readonly Written[]; scored: readonly Written[] } {
  return { train: half(seed), scored: half(seed + 1) }
}

/**
 * 100 000 records. Every record, the first of a person too, is written with the mistakes of `error-rates.ts`, so
 * that none is the true one; they stand in the order of another draw, not person by person.
 */
function half(from: number): Written[] {
  const chance = chanceOf(from)
  const records: Written[] = []
  for (const one of people(from + 1_000_000)) {
    const count = recordsOf(chance)
    for (let i = 0; i < count; i++) records.push(again(chance, one))
    if (records.length >= setSize / 2) break
  }
  records.length = setSize / 2
  for (let i = records.length - 1; i > 0; i--) {
    const j = chance.below(i + 1)
    const here = records[i]
    const there = records[j]
    if (here && there) [records[i], records[j]] = [there, here]
  }
  return records
}
