// `npm run bench:match`: how well the index of residents tells who is who, and how quickly. Prints a table and, last,
// one line of JSON. `ROWS` (1 000 000) residents in PostgreSQL for the latency; `ROWS=0` leaves that out.
import { chineseSet } from './match/chinese-set.ts'
import { linkFebrl } from './match/febrl.ts'
import { measureLatency } from './match/latency.ts'
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
const rows = Number(process.env.ROWS ?? 1_000_000)
const latency = rows > 0 ? await measureLatency(rows) : null
if (latency)
  console.info(
    `Patient/$match with ${latency.residents} residents (loaded in ${latency.loadedSeconds.toFixed(0)} s): ${latency.queries} queries, ${latency.found} found somebody, p50 ${latency.p50Ms.toFixed(1)} ms, p99 ${latency.p99Ms.toFixed(1)} ms`,
  )
console.info(
  JSON.stringify({ scores, review: { pairs: chinese.review, right: chinese.reviewRight }, latency }),
)
