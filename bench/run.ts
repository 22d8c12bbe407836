// `npm run bench`: starts the product on an empty database with its demonstration region, loads residents through
// /fhir/R4 and measures create, read, transaction Bundle and one referral move beside a bare route and statement.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { readConnection } from '../server/src/kernel/postgres/connection.ts'
import { freePort, startProduct } from '../server/test/product.ts'
import { loadPatients, loadRequests, tokenOf } from './fhir-load.ts'
import { measure } from './measure.ts'
import { measureMoves } from './move-load.ts'
import { type Row, table } from './table.ts'

const PATIENTS = Number(process.env.PATIENTS ?? 20_000)
const SECONDS = Number(process.env.SECONDS ?? 8)
const REST_MS_MAX = 600_000
const connectionsIn = (list: string) => list.split(',').filter(Boolean).map(Number)
const CONNECTIONS = connectionsIn(process.env.CONNECTIONS ?? '1,16,64')
const MOVE_CONNECTIONS = connectionsIn(process.env.MOVE_CONNECTIONS ?? '1,16,64')

const product = await startProduct({ DEMO: '1' })
const access = await readConnection(product.dataDir)
const database = new pg.Client({ connectionString: access?.superUrl ?? '' })
await database.connect()
let bare: ChildProcess | undefined
const rows: Row[] = []
try {
  await printSettings()
  const token = await tokenOf(product.url, 'demo-his', 'demo-his-secret')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }
  const loaded = await loadPatients({ url: product.url, headers, count: PATIENTS })
  rows.push({ what: 'batch load, patients', ...loaded.figure })
  const { ids } = loaded
  await loadRequests({ url: product.url, headers, ids, count: Math.ceil(PATIENTS / 5) })
  await atRest()
  await database.query('vacuum analyze')
  const on = { url: product.url, bareUrl: await startBare(), database, headers, ids, seconds: SECONDS }
  for (const connections of CONNECTIONS) rows.push(...(await measure({ ...on, connections })))
  for (const connections of MOVE_CONNECTIONS)
    rows.push({
      what: 'referral move',
      connections,
      ...(await measureMoves({ url: product.url, connections })),
    })
  console.info(`memory of the Node processes at the peak: ${product.memoryMb()} MB`)
} finally {
  console.info(table(rows))
  console.info(JSON.stringify({ at: new Date().toISOString(), patients: PATIENTS, rows }))
  bare?.kill()
  await database.end()
  await product.stop()
}

/** Waits until what was loaded is numbered and judged: the figures are of a hospital that is at work, not of one that moves in. */
async function atRest(): Promise<void> {
  const begun = performance.now()
  const left = async () => {
    const { rows } = await database.query<{ left: number }>(
      `select (select count(*) from kernel.fresh)::int + (select count(*) from kernel.opened)::int + (select max(number) from kernel.sealed)::int
        - (select number from record.quality_progress)::int as left`,
    )
    return rows[0]?.left ?? 0
  }
  while ((await left()) > 0) {
    if (performance.now() - begun > REST_MS_MAX) throw new Error('what was loaded does not come to rest')
    await sleep(500)
  }
  console.info(`at rest ${Math.round((performance.now() - begun) / 1000)} s after loading`)
}

/** The yardstick reads as many rows of the same size as the product holds patients. */
async function startBare(): Promise<string> {
  await database.query('create schema bench')
  await database.query('create table bench.bare (id uuid primary key, content text not null)')
  await database.query(
    `insert into bench.bare select gen_random_uuid(), content from kernel.resource where type = 'Patient' limit ${PATIENTS}`,
  )
  await database.query('analyze bench.bare')
  const port = await freePort()
  const script = fileURLToPath(new URL('bare.ts', import.meta.url))
  bare = spawn(process.execPath, [script, access?.superUrl ?? '', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (bare.stdout) await once(bare.stdout, 'data')
  return `http://127.0.0.1:${port}`
}

/** What makes the figures honest, said beside them. */
async function printSettings(): Promise<void> {
  const { rows } = await database.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'server_version', 'shared_buffers')`,
  )
  console.info(rows.map((r) => `${r.name}=${r.setting}`).join(' '))
  console.info(
    'row-level security on, access log on, wrk as client, random ids over the whole set, load on the same cores',
  )
}
