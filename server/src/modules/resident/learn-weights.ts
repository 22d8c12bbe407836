import { levelsOf, type MatchField } from './compare-person.ts'
import type { LevelShares, MatchWeights } from './match-weight.ts'

/** Comparison vectors of pairs that have one key in common; `fixed`: the fields of that key, which say nothing here. */
export interface Pass {
  readonly vectors: readonly (readonly string[])[]
  readonly fixed: readonly string[]
}

interface Pattern {
  readonly levels: readonly string[]
  readonly count: number
}

/** Nobody has learned from so few pairs that a level never happens. */
const LEAST = 1e-6
const ROUNDS = 200
const STILL = 1e-7

type Shares = Record<string, Record<string, number>>

/** Shares of each level among these vectors, missing ones left out; no level has a share below `LEAST`. */
function sharesOf(
  fields: readonly MatchField[],
  patterns: readonly Pattern[],
  weightOf: (index: number) => number,
): Shares {
  const shares: Shares = {}
  for (const [i, field] of fields.entries()) {
    const sums: Record<string, number> = Object.fromEntries(levelsOf[field.kind].map((level) => [level, 0]))
    let all = 0
    for (const [at, pattern] of patterns.entries()) {
      const level = pattern.levels[i] ?? 'missing'
      if (level === 'missing') continue
      const weight = weightOf(at) * pattern.count
      sums[level] = (sums[level] ?? 0) + weight
      all += weight
    }
    shares[field.name] = Object.fromEntries(
      Object.entries(sums).map(([level, sum]) => [level, Math.max(LEAST, all > 0 ? sum / all : LEAST)]),
    )
  }
  return shares
}

function patternsOf(vectors: readonly (readonly string[])[]): Pattern[] {
  const counts = Map.groupBy(vectors, (levels) => levels.join('|'))
  return [...counts.values()].map((same) => ({ levels: same[0] ?? [], count: same.length }))
}

/** At the start: who agrees in full is likely one. */
const startOf = (levels: readonly string[]): number => {
  const said = levels.filter((level) => level !== 'missing')
  return said.filter((level) => level === 'same').length / Math.max(1, said.length) > 0.6 ? 0.95 : 0.05
}

/**
 * m by expectation–maximisation (Dempster, Laird, Rubin 1977) over the pairs of one pass: nobody says which pairs are
 * one person; two kinds of pairs are told apart by what makes the vectors likeliest.
 */
export function learnPass(fields: readonly MatchField[], pass: Pass): Shares {
  const free = fields
    .map((field, i) => ({ field, i }))
    .filter(({ field }) => !pass.fixed.includes(field.name))
  const patterns = patternsOf(pass.vectors)
  let chances = patterns.map((pattern) => startOf(free.map(({ i }) => pattern.levels[i] ?? 'missing')))
  let m: Shares = {}
  for (let round = 0; round < ROUNDS; round++) {
    m = sharesOf(fields, patterns, (at) => chances[at] ?? 0)
    const u = sharesOf(fields, patterns, (at) => 1 - (chances[at] ?? 0))
    const all = patterns.reduce((sum, pattern) => sum + pattern.count, 0)
    const ones = patterns.reduce((sum, pattern, at) => sum + pattern.count * (chances[at] ?? 0), 0)
    const before = Math.log(Math.max(LEAST, ones / all) / Math.max(LEAST, 1 - ones / all))
    const next = patterns.map(({ levels }) => {
      const odds = free.reduce((sum, { field, i }) => {
        const level = levels[i] ?? 'missing'
        if (level === 'missing') return sum
        return sum + Math.log((m[field.name]?.[level] ?? LEAST) / (u[field.name]?.[level] ?? LEAST))
      }, before)
      return 1 / (1 + Math.exp(-odds))
    })
    const moved = next.reduce((most, chance, at) => Math.max(most, Math.abs(chance - (chances[at] ?? 0))), 0)
    chances = next
    if (moved < STILL) break
  }
  return m
}

/** m averaged over the passes that leave a field free, u counted among pairs taken at random. */
export function learnWeights(
  fields: readonly MatchField[],
  passes: readonly Pass[],
  random: readonly (readonly string[])[],
): MatchWeights {
  const u = sharesOf(fields, patternsOf(random), () => 1)
  const learned = passes.map((pass) => ({ pass, m: learnPass(fields, pass) }))
  return Object.fromEntries(
    fields.map((field) => {
      const said = learned.filter(({ pass }) => !pass.fixed.includes(field.name))
      const shareOf = (level: string): LevelShares => ({
        m: said.reduce((sum, { m }) => sum + (m[field.name]?.[level] ?? LEAST), 0) / Math.max(1, said.length),
        u: u[field.name]?.[level] ?? LEAST,
      })
      return [field.name, Object.fromEntries(levelsOf[field.kind].map((level) => [level, shareOf(level)]))]
    }),
  )
}
