// `npm run bench:match`: how well the index of residents tells who is who, and how quickly. Prints a table and, last,
// one line of JSON. `ROWS` (1 000 000) residents in PostgreSQL for the latency; `ROWS=0` leaves that out.
import { chineseSet } from './match/chinese-set.ts'
import { linkFebrl } from './match/febrl.ts'
import type { Score } from './match/score.ts'
import { linkChinese } from './match/score-chinese.ts'

const chinese = linkChinese(chineseSet().scored)
const scores: Readonly<Record<string, Score>> = {
  'FEBRL 1': linkFebrl(1),
  'FEBRL 2': linkFebrl(2),
  'Chinese, scored half': chinese,
}
const percent = (share: number) => share.toFixed(4)
console.info('| set | records | true pairs | linked | wrong | precision | recall | reached by a key |')
console.info('|---|---|---|---|---|---|---|---|')
for (const [set, one] of Object.entries(scores)) {
  const cells = [set, one.records, one.pairs, one.linked, one.wrong]
  console.info(`| ${[...cells, ...[one.precision, one.recall, one.reached].map(percent)].join(' | ')} |`)
}
console.info(`for people to look at: ${chinese.review} pairs, of which ${chinese.reviewRight} are one person`)
console.info(JSON.stringify({ scores, review: { pairs: chinese.review, right: chinese.reviewRight } }))
