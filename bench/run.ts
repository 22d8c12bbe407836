// `npm run bench`: starts the product on an empty database with its demonstration region, loads residents through
// /fhir/R4 and measures create, read, transaction Bundle and one referral move beside a bare route and statement.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { readConnection } from '../server/src/kernel/postgres/connection.ts'
import { freePort, startProduct } from '../server/test/product.ts'
import { bundleBody, loadPatients, observationBody, patientBody, tokenOf } from './fhir-load.ts'
import { measureMoves } from './move-load.ts'
import { type Row, table } from './table.ts'
import { posts, randomReads, wrk } from './wrk.ts'

const PATIENTS = Number(process.env.PATIENTS ?? 20_000)
const SECONDS = Number(process.env.SECONDS ?? 8)
const CONNECTIONS = [1, 16, 64]
const plain = { 'content-type': 'application/json' }

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
  console.info(
    `loaded ${PATIENTS} patients in ${loaded.seconds.toFixed(1)} s: ${Math.round(PATIENTS / loaded.seconds)}/s over 16 connections`,
  )
  await database.query('analyze')
  const bareUrl = await startBare()
  for (const connections of CONNECTIONS)
    rows.push(...(await measure({ headers, ids: loaded.ids, bareUrl, connections })))
  for (const connections of CONNECTIONS)
    rows.push({
      what: 'referral move',
      connections,
      ...(await measureMoves({ url: product.url, connections })),
    })
  console.info(`memory of the Node processes after the run: ${product.memoryMb()} MB`)
} finally {
  console.info(table(rows))
  bare?.kill()
  await database.end()
  await product.stop()
}

async function measure(options: {
  headers: Record<string, string>
  ids: readonly string[]
  bareUrl: string
  connections: number
}): Promise<Row[]> {
  const { headers, ids, bareUrl, connections } = options
  const run = (url: string, script: string) => wrk({ url, connections, seconds: SECONDS, script })
  const post = (body: string, path: string) =>
    posts({ headers, path, body, ids, seed: connections * 10_000_000 })
  const created = await database.query<{ id: string }>(
    `select id from kernel.resource where type = 'Observation' order by random() limit 20000`,
  )
  const observations = created.rows.map((r) => `/fhir/R4/Observation/${r.id}`)
  return [
    { what: 'bare read', connections, ...(await run(bareUrl, randomReads({}, await bareIds()))) },
    {
      what: 'read Patient',
      connections,
      ...(await run(
        product.url,
        randomReads(
          headers,
          ids.map((id) => `/fhir/R4/Patient/${id}`),
        ),
      )),
    },
    {
      what: 'read Observation',
      connections,
      ...(await run(product.url, randomReads(headers, observations))),
    },
    {
      what: 'bare insert',
      connections,
      ...(await run(
        bareUrl,
        posts({ headers: plain, path: '/insert', body: observationBody, ids, seed: 1 }),
      )),
    },
    {
      what: 'create Observation',
      connections,
      ...(await run(product.url, post(observationBody, '/fhir/R4/Observation'))),
    },
    {
      what: 'create Patient',
      connections,
      ...(await run(product.url, post(patientBody, '/fhir/R4/Patient'))),
    },
    { what: 'transaction Bundle', connections, ...(await run(product.url, post(bundleBody, '/fhir/R4'))) },
  ]
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

async function bareIds(): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>('select id from bench.bare')
  return rows.map((r) => `/read/${r.id}`)
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
