import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { uuidv7 } from '../../server/src/kernel/id.ts'
import { readConnection } from '../../server/src/kernel/postgres/connection.ts'
import { setMasterKey } from '../../server/src/kernel/secret.ts'
import {
  describedNewcomer,
  keysOf,
  newRow,
  numberRows,
} from '../../server/src/modules/resident/actions/written.ts'
import { CHINESE_ID } from '../../server/src/modules/resident/identifier.ts'
import { startProduct } from '../../server/test/product.ts'
import { tokenOf } from '../fhir-load.ts'
import { chanceOf } from './chance.ts'
import { again } from './mistakes.ts'
import { people, type Written } from './person.ts'

export interface Latency {
  readonly residents: number
  readonly loadedSeconds: number
  readonly queries: number
  readonly found: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const tables = {
  resident: 'resident.resident (resident_id, name_masked, sex, birth_date, id_masked, created_at)',
  person:
    'resident.person (resident_id, name, phone_sealed, phone_masked, phone_blind, address, address_masked)',
  identifier:
    'resident.identifier (resident_id, blind, system, kind, country, value_sealed, value_masked, derived, since)',
  key: 'resident.match_key (key, resident_id)',
}
const line = (values: readonly unknown[]): string =>
  `${values.map((value) => (value === null || value === undefined ? '\\N' : String(value))).join('\t')}\n`

function linesOf(one: Written): Record<keyof typeof tables, string> {
  const { name, sex, birthDate, phone, address, idNumber } = one
  const numbers = [
    {
      system: CHINESE_ID,
      value: idNumber ?? '',
      kind: '01' as const,
      country: null,
      derived: false,
      about: null,
    },
  ]
  const given = { name: name ?? '', sex, birthDate, phone, address, numbers }
  const id = uuidv7()
  const row = newRow(given, id, null)
  const described = describedNewcomer(given)
  return {
    resident: line([id, row.nameMasked, sex, birthDate, row.idMasked, '2026-01-01']),
    person: line([id, name, row.phoneSealed, row.phoneMasked, row.phoneBlind, address, row.addressMasked]),
    identifier: numberRows(numbers)
      .map((n) =>
        line([id, n.blind, n.system, n.kind, n.country, n.valueSealed, n.valueMasked, false, '2026-01-01']),
      )
      .join(''),
    key: (described ? keysOf(described) : []).map((key) => line([key, id])).join(''),
  }
}

const empty = (): Record<keyof typeof tables, string[]> => ({
  resident: [],
  person: [],
  identifier: [],
  key: [],
})

/** So many residents straight into the tables, with the keys of the installation; answers some of them. */
async function load(superUrl: string, count: number): Promise<Written[]> {
  const names = Object.keys(tables) as (keyof typeof tables)[]
  const kept: Written[] = []
  const writers = await Promise.all(
    names.map(async (name) => {
      const client = new pg.Client({ connectionString: superUrl })
      await client.connect()
      const stream = client.query(copyFrom(`copy ${tables[name]} from stdin`))
      return { name, client, stream }
    }),
  )
  let at = 0
  let parts = empty()
  const flush = async () => {
    for (const { name, stream } of writers) {
      if (!stream.write(parts[name].join(''))) await once(stream, 'drain')
    }
    parts = empty()
  }
  for (const one of people(99)) {
    const lines = linesOf(one)
    for (const name of names) parts[name].push(lines[name])
    if (at % Math.ceil(count / 2000) === 0) kept.push(one)
    if (++at % 2000 === 0) await flush()
    if (at >= count) break
  }
  await flush()
  for (const { stream, client } of writers) {
    stream.end()
    await once(stream, 'finish')
    await client.end()
  }
  return kept
}

const patientOf = (one: Written) => ({
  resourceType: 'Patient',
  ...(one.name ? { name: [{ text: one.name }] } : {}),
  gender: one.sex,
  ...(one.birthDate ? { birthDate: one.birthDate } : {}),
  ...(one.phone ? { telecom: [{ system: 'phone', value: one.phone }] } : {}),
  ...(one.address ? { address: [{ text: one.address }] } : {}),
})

/** Asks `Patient/$match` over HTTP, one after the other, for people written down once more, without their number. */
export async function measureLatency(residents: number, queries = 2000): Promise<Latency> {
  const product = await startProduct({ DEMO: '1' })
  try {
    setMasterKey(Buffer.from(readFileSync(join(product.dataDir, 'master.key'), 'utf8').trim(), 'hex'))
    const superUrl = (await readConnection(product.dataDir))?.superUrl ?? ''
    const started = performance.now()
    const known = await load(superUrl, residents)
    const loadedSeconds = (performance.now() - started) / 1000
    const database = new pg.Client({ connectionString: superUrl })
    await database.connect()
    await database.query('vacuum analyze resident.match_key')
    await database.query('analyze resident.person')
    await database.end()
    const token = await tokenOf(product.url, 'demo-his', 'demo-his-secret')
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }
    const chance = chanceOf(5)
    const times: number[] = []
    let found = 0
    for (let i = 0; i < queries + 200; i++) {
      const resource = patientOf(again(chance, chance.pick(known)))
      const body = JSON.stringify({ resourceType: 'Parameters', parameter: [{ name: 'resource', resource }] })
      const from = performance.now()
      const answer = await fetch(`${product.url}/fhir/R4/Patient/$match`, { method: 'POST', headers, body })
      const bundle = (await answer.json()) as { total?: number }
      // The first ones open connections and read pages that a running server has in memory.
      if (i < 200) continue
      times.push(performance.now() - from)
      if ((bundle.total ?? 0) > 0) found++
    }
    const sorted = times.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    return { residents, loadedSeconds, queries, found, p50Ms: at(0.5), p99Ms: at(0.99) }
  } finally {
    await product.stop()
  }
}
