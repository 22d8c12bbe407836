// `npm run bench`: starts the product on an empty database with its demonstration region, loads residents through
// /fhir/R4 and measures create, read, transaction Bundle and one referral move beside a bare route and statement.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { readConnection } from '../server/src/kernel/postgres/connection.ts'
import { freePort, startProduct } from '../server/test/product.ts'
import { bundleBody, loadPatients, numberOf, observationBody, patientBodies, tokenOf } from './fhir-load.ts'
import { measureMoves } from './move-load.ts'
import { nameOf, numberSystem } from './people.ts'
import { type Row, table } from './table.ts'
import { posts, postsOf, randomReads, wrk } from './wrk.ts'

const PATIENTS = Number(process.env.PATIENTS ?? 20_000)
const SECONDS = Number(process.env.SECONDS ?? 8)
const CONNECTIONS = (process.env.CONNECTIONS ?? '1,16,64').split(',').map(Number)
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
  console.info(JSON.stringify({ at: new Date().toISOString(), patients: PATIENTS, rows }))
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
    ...(await searches({ url: product.url, headers, ids, connections })),
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
      ...(await run(product.url, postsOf(headers, '/fhir/R4/Patient', newcomers(connections)))),
    },
    { what: 'transaction Bundle', connections, ...(await run(product.url, post(bundleBody, '/fhir/R4'))) },
  ]
}

/** As many people as one run can create at all, new to every run. */
const newcomers = (connections: number): string[] =>
  patientBodies(10_000_000 + connections * 100_000, SECONDS * 2_000)

/** What clients look for most: a person by number, by name, and all of one person. */
async function searches(of: {
  url: string
  headers: Record<string, string>
  ids: readonly string[]
  connections: number
}): Promise<Row[]> {
  const { url, headers, ids, connections } = of
  const known = Array.from({ length: Math.min(PATIENTS, 5_000) }, (_, n) => n)
  const named = known.map((n) => encodeURIComponent(nameOf(n).family + nameOf(n).given))
  const asked: readonly [string, readonly string[]][] = [
    [
      'Patient by identifier',
      known.map((n) => `Patient?identifier=${encodeURIComponent(`${numberSystem}|${numberOf(n)}`)}`),
    ],
    ['Patient by Chinese name', named.map((name) => `Patient?name=${name}&_count=20`)],
    ['Observations of a patient', ids.map((id) => `Observation?patient=${id}&status=final&_count=20`)],
    ['Patient/$everything', ids.map((id) => `Patient/${id}/$everything`)],
  ]
  const rows: Row[] = []
  for (const [what, paths] of asked) {
    const script = randomReads(
      headers,
      paths.map((path) => `/fhir/R4/${path}`),
    )
    rows.push({
      what,
      connections,
      ...(await wrk({ url, connections, seconds: SECONDS, script })),
    })
  }
  return rows
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
