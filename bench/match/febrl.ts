import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import {
  compare,
  type Described,
  type MatchField,
  prepare,
} from '../../server/src/modules/resident/compare-person.ts'
import { learnWeights } from '../../server/src/modules/resident/learn-weights.ts'
import { probability, sumOf, weigh } from '../../server/src/modules/resident/match-weight.ts'
import { wordSound } from '../../server/src/modules/resident/name-sound.ts'
import { chanceOf } from './chance.ts'
import { pairsByKey, randomPairs } from './pairs.ts'
import { type Score, scoreOf } from './score.ts'

/** FEBRL's fields by kind: the matcher of residents, told of other fields, compares English names and addresses. */
const fields: readonly MatchField[] = [
  { name: 'given_name', kind: 'text', crossed: 'surname' },
  { name: 'surname', kind: 'text', crossed: 'given_name' },
  { name: 'street_number', kind: 'number' },
  { name: 'address_1', kind: 'text', crossed: 'address_2' },
  { name: 'address_2', kind: 'text', crossed: 'address_1' },
  { name: 'suburb', kind: 'text' },
  { name: 'postcode', kind: 'number' },
  { name: 'state', kind: 'text' },
  { name: 'date_of_birth', kind: 'date' },
  { name: 'soc_sec_id', kind: 'number' },
]

/** Fixed before anything was scored: the same probability at which residents are linked. */
const threshold = 0.999

interface Row {
  readonly truth: string
  readonly said: Described
}

function read(dataset: 1 | 2): Row[] {
  const file = readFileSync(new URL(`febrl/dataset${dataset}.csv.gz`, import.meta.url))
  const [head = '', ...lines] = gunzipSync(file).toString('utf8').trim().split('\n')
  const names = head.split(',').map((name) => name.trim())
  return lines.map((line) => {
    const values = line.split(',').map((value) => value.trim())
    const said = Object.fromEntries(names.map((name, i) => [name, values[i] || null]))
    return { truth: /^rec-(\d+)-/.exec(said.rec_id ?? '')?.[1] ?? '', said }
  })
}

/** Keys by which records are brought together, by kind, with the fields each is made of. */
const keys: readonly { fixed: readonly string[]; of: (said: Described) => string | null }[] = [
  { fixed: ['soc_sec_id'], of: (said) => said.soc_sec_id ?? null },
  { fixed: ['date_of_birth'], of: (said) => said.date_of_birth ?? null },
  {
    fixed: ['given_name', 'surname'],
    of: (said) => [said.given_name ?? '', said.surname ?? ''].map(wordSound).toSorted().join(' '),
  },
  {
    fixed: ['address_1', 'street_number'],
    of: (said) => (said.address_1 ? `${said.street_number} ${said.address_1}` : null),
  },
  {
    fixed: ['surname', 'postcode'],
    of: (said) => (said.surname ? `${wordSound(said.surname)} ${said.postcode}` : null),
  },
  {
    fixed: ['suburb', 'given_name'],
    of: (said) => (said.given_name ? `${wordSound(said.given_name)} ${said.suburb}` : null),
  },
]

/** Links a FEBRL data set: the weights are learned from the records themselves, without the truth. */
export function linkFebrl(dataset: 1 | 2): Score {
  const rows = read(dataset)
  const prepared = rows.map(({ said }) => prepare(fields, said))
  const vectorOf = ([a, b]: readonly [number, number]) =>
    compare(fields, prepared[a] ?? [], prepared[b] ?? [])
  const keysOf = keys.map(({ of }, i) =>
    rows.map(({ said }) => {
      const key = of(said)
      return key === null ? [] : [`${i} ${key}`]
    }),
  )
  const passes = keysOf.map((own, i) => ({
    vectors: pairsByKey(own).map(vectorOf),
    fixed: keys[i]?.fixed ?? [],
  }))
  const random = randomPairs(chanceOf(dataset), rows.length, 300_000).map(vectorOf)
  const weights = learnWeights(fields, passes, random)
  const pairs = pairsByKey(rows.map((_, at) => keysOf.flatMap((own) => own[at] ?? [])))
  const linked = pairs.filter((pair) => {
    const bits = sumOf(fields, weigh(fields, weights, vectorOf(pair)))
    return probability(bits, rows.length) >= threshold
  })
  return scoreOf(
    linked,
    rows.map(({ truth }) => truth),
    pairs,
  )
}
