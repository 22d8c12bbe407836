// `node bench/match-learn.ts`: learns the matcher's weights from the training half, without looking at who is who, and
// writes them as data. The bench scores the other half.
import { writeFileSync } from 'node:fs'
import { compare } from '../server/src/modules/resident/compare-person.ts'
import { learnWeights } from '../server/src/modules/resident/learn-weights.ts'
import { type Block, blocksOf, fieldsOfBlock } from '../server/src/modules/resident/match-block.ts'
import { prepareResident, residentFields } from '../server/src/modules/resident/match-resident.ts'
import { chanceOf } from './match/chance.ts'
import { chineseSet } from './match/chinese-set.ts'
import { describe, pairsByKey, randomPairs } from './match/pairs.ts'

const persons = chineseSet().train.map(describe)
const prepared = persons.map(prepareResident)
const blocks = persons.map(blocksOf)
const vectorsOf = (pairs: readonly [number, number][]) =>
  pairs.map(([a, b]) => compare(residentFields, prepared[a] ?? [], prepared[b] ?? []))

const kinds: readonly Block['kind'][] = ['phone', 'year', 'number']
const passes = kinds.map((kind) => {
  const keys = blocks.map((own) => own.filter((block) => block.kind === kind).map((block) => block.key))
  return { vectors: vectorsOf(pairsByKey(keys)), fixed: fieldsOfBlock[kind] }
})
const random = vectorsOf(randomPairs(chanceOf(7), persons.length, 2_000_000))
const weights = learnWeights(residentFields, passes, random)
const rounded = JSON.stringify(
  weights,
  (_, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value),
  2,
)
writeFileSync(
  new URL('../server/src/modules/resident/learned-weights.ts', import.meta.url),
  `import type { MatchWeights } from './match-weight.ts'\n\n/** Learned by \`node bench/match-learn.ts\`: shares among pairs of one person (m) and of two (u). */\nexport const matchWeights: MatchWeights = ${rounded}\n`,
)
for (const [field, levels] of Object.entries(weights)) {
  const said = Object.entries(levels).map(([level, { m, u }]) => `${level} ${Math.log2(m / u).toFixed(1)}`)
  console.info(`${field}: ${said.join(', ')}`)
}
console.info(passes.map(({ vectors }, i) => `${kinds[i]} ${vectors.length} pairs`).join(', '))
