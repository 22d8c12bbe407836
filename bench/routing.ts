// `node bench/routing.ts`: rankings over a generated region of 1 300 institutions, 20 000 departments and 200 000 free
// slots, in one process, as the server holds them: candidates, hard rules, scores and order; travel time over a road
// network of 4 000 junctions; half of the rankings want a technique; one change of a slot for every ten rankings.
// Without the database: a ranking of the server asks it for the contract, the weights and the cost beside this.
import { availableParallelism } from 'node:os'
import { demoRandom } from '../server/src/kernel/demo.ts'
import { type Junction, layRoadMap } from '../server/src/modules/network/road-map.ts'
import {
  type InstitutionFact,
  layModel,
  type PlaceFact,
} from '../server/src/modules/referral/destination-model.ts'
import { type Around, completing, standingsOf } from '../server/src/modules/referral/possible-destination.ts'
import { defaultWeights, rankDestinations } from '../server/src/modules/referral/rank-destination.ts'

const INSTITUTIONS = 1_300
const DEPARTMENTS = 20_000
const SLOTS = 200_000
const RANKINGS = 4_000
const SPECIALTIES = 34
const TECHNIQUES = 200
const SIDE = 63
const HOUR_MS = 3_600_000
const NOW = Date.UTC(2026, 10, 25, 1)
const DAY = '2026-11-25'
const random = demoRandom(7)
const below = (n: number): number => Math.floor(random() * n)

const places = Array.from({ length: INSTITUTIONS }, () => ({
  longitude: 124 + random() * 1.5,
  latitude: 30 + random() * 1.5,
}))
const junctions: Junction[] = Array.from({ length: SIDE * SIDE }, (_, i) => ({
  code: String(i),
  longitude: 124 + ((i % SIDE) / SIDE) * 1.5,
  latitude: 30 + (Math.floor(i / SIDE) / SIDE) * 1.5,
}))
const roads = junctions.flatMap((_, i) =>
  [i % SIDE === SIDE - 1 ? -1 : i + 1, i + SIDE < SIDE * SIDE ? i + SIDE : -1]
    .filter((to) => to >= 0 && random() > 0.1)
    .map((to) => ({ fromCode: String(i), toCode: String(to), minutes: 1 + random() * 4, oneWay: false })),
)
const map = layRoadMap(junctions, roads)

const tiers = ['tertiary', 'secondary', 'secondary', 'primary', 'primary'] as const
const kindsOfPlace = tiers.map((tier) => ({ tier, division: null }))
const institutions = Array.from(
  { length: INSTITUTIONS },
  (_, i): InstitutionFact => ({
    id: `i${i}`,
    name: `医院${i}`,
    place: kindsOfPlace[i % kindsOfPlace.length] ?? { tier: null, division: null },
  }),
)
/** Two of three have an agreement with whoever asks. */
const partners = new Set(institutions.flatMap(({ id }, i) => (i % 3 > 0 ? [id] : [])))
const unpriced = {
  ...{ totalFen: null, insuranceFen: null, ownFen: null, deductibleFen: null, ratio: null, ruleId: null },
  ...{ working: [], unknown: ['insured'] },
}
const departments = Array.from({ length: DEPARTMENTS }, (_, i) => ({
  id: `d${i}`,
  institution: institutions[i % INSTITUTIONS] as InstitutionFact,
  name: `科室${i}`,
  specialty: `s${below(SPECIALTIES)}`,
  open: random() > 0.03,
}))
const slot = (i: number): PlaceFact => ({
  placeId: `p${i}`,
  departmentId: `d${below(DEPARTMENTS)}`,
  kind: 'clinic',
  at: NOW + below(14 * 24) * HOUR_MS,
  source: ['referral', 'public', 'contracted', 'community'][below(4)] ?? 'public',
  releasedAt: random() > 0.5 ? NOW + (below(48) - 24) * HOUR_MS : null,
  free: 1 + below(5),
  confirmedAt: null,
})
const model = layModel(departments)
model.setPlaces(Array.from({ length: SLOTS }, (_, i) => slot(i)))
model.setDoctors(
  Array.from({ length: 60_000 }, (_, i) => ({
    departmentId: `d${below(DEPARTMENTS)}`,
    practitionerId: `doctor${i}`,
    since: '2020-01-01',
    until: random() > 0.1 ? null : '2026-01-01',
  })),
)
model.setMasters(
  Array.from({ length: 30_000 }, () => {
    return {
      techniqueId: `t${below(TECHNIQUES)}`,
      departmentId: `d${below(DEPARTMENTS)}`,
      since: '2020-01-01',
      until: null,
    }
  }),
)

/** As the network remembers what was reckoned from an institution once. */
const reached = new Map<number, Float64Array>()
function wayFrom(from: number): Around['minutes'] {
  const start = places[from] ?? { longitude: 124, latitude: 30 }
  const known = reached.get(from) ?? Float64Array.from(map.from(start, places))
  reached.set(from, known)
  return (id) => {
    const minutes = known[Number(id.slice(1))]
    return minutes === Number.POSITIVE_INFINITY ? undefined : minutes
  }
}

/** One ranking as the server's action does it between its questions to the database. */
function rank(n: number): number {
  const from = below(INSTITUTIONS)
  const techniqueId = n % 2 === 0 ? `t${below(TECHNIQUES)}` : null
  const among = model.among(`s${below(SPECIALTIES)}`, techniqueId)
  const minutes = wayFrom(from)
  const around: Around = {
    ...{ place: 'clinic', techniqueId, day: DAY, now: NOW, partners, minutes, costAt: () => unpriced },
    contracted: new Set([`i${below(INSTITUTIONS)}`]),
  }
  const wanted = {
    fromInstitutionId: `i${from}`,
    urgency: 'routine',
    down: false,
    place: 'clinic',
    now: NOW,
  } as const
  const how = { wanted, weights: defaultWeights }
  return rankDestinations(standingsOf(model, among, around), completing(model, around), how).offered.length
}

for (let n = 0; n < 400; n++) rank(n)
const took: number[] = []
let offered = 0
const begun = performance.now()
for (let n = 0; n < RANKINGS; n++) {
  const start = performance.now()
  if (n % 10 === 0) model.changePlaces([`p${below(SLOTS)}`], [slot(below(SLOTS))])
  offered += rank(n)
  took.push(performance.now() - start)
}
const seconds = (performance.now() - begun) / 1000
took.sort((a, b) => a - b)
const at = (share: number): number => Math.round((took[Math.floor(took.length * share)] ?? 0) * 100) / 100
const result = {
  bench: 'routing',
  cores: availableParallelism(),
  rankings: RANKINGS,
  perSecond: Math.round(RANKINGS / seconds),
  p50Ms: at(0.5),
  p99Ms: at(0.99),
  offeredMean: Math.round(offered / RANKINGS),
  memoryMb: Math.round(process.memoryUsage().rss / 1_048_576),
}
console.info('ranking of destinations, one process (to reach: p99 ≤ 15 ms, ≥ 300/s on 2 cores)')
console.info(
  `  per second ${result.perSecond}   p50 ${result.p50Ms} ms   p99 ${result.p99Ms} ms   ${result.memoryMb} MB`,
)
console.info(JSON.stringify(result))
