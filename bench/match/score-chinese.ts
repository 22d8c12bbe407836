import { blocksOf } from '../../server/src/modules/resident/match-block.ts'
import { judge, prepareResident } from '../../server/src/modules/resident/match-resident.ts'
import { describe, pairsByKey } from './pairs.ts'
import type { Written } from './person.ts'
import { type Score, scoreOf } from './score.ts'

/** Links these records with the weights that are checked in; `review`: how many pairs people would have to look at. */
export function linkChinese(records: readonly Written[]): Score & { review: number; reviewRight: number } {
  const persons = records.map(describe)
  const prepared = persons.map(prepareResident)
  const pairs = pairsByKey(persons.map((person) => blocksOf(person).map(({ kind, key }) => `${kind} ${key}`)))
  const judged = pairs.map(
    (pair) => [pair, judge(prepared[pair[0]] ?? [], prepared[pair[1]] ?? [], records.length)] as const,
  )
  const linked = judged.filter(([, { verdict }]) => verdict === 'link').map(([pair]) => pair)
  const review = judged.filter(([, { verdict }]) => verdict === 'review').map(([pair]) => pair)
  const truth = records.map(({ person }) => person)
  const reviewRight = review.filter(([a, b]) => truth[a] === truth[b]).length
  return { ...scoreOf(linked, truth, pairs), review: review.length, reviewRight }
}
