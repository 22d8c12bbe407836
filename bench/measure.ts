import type pg from 'pg'
import { bundleBody, numberOf, observationBody, patientBodies, requestBody } from './fhir-load.ts'
import { nameOf, numberSystem } from './people.ts'
import type { Row } from './table.ts'
import { posts, postsOf, puts, randomReads, wrk } from './wrk.ts'

const plain = { 'content-type': 'application/json' }

/** The product, the yardstick beside it, and what was loaded. */
export interface Bench {
  readonly url: string
  readonly bareUrl: string
  readonly database: pg.Client
  readonly headers: Record<string, string>
  readonly ids: readonly string[]
  readonly seconds: number
  readonly connections: number
}

type Task = readonly [what: string, url: string, script: string | (() => Promise<string>)]

/** Every row of the table at so many connections, one after the other. */
export async function measure(bench: Bench): Promise<Row[]> {
  const { connections, seconds } = bench
  const rows: Row[] = []
  for (const [what, url, script] of await tasksOf(bench)) {
    const text = typeof script === 'string' ? script : await script()
    rows.push({ what, connections, ...(await wrk({ url, connections, seconds, script: text })) })
  }
  return rows
}

async function tasksOf(bench: Bench): Promise<readonly Task[]> {
  const { url, bareUrl, headers, ids, seconds } = bench
  const seed = bench.connections * 10_000_000
  const read = (what: string, paths: readonly string[]): Task => [
    what,
    url,
    randomReads(
      headers,
      paths.map((path) => `/fhir/R4/${path}`),
    ),
  ]
  const post = (body: string, path: string) => posts({ headers, path, body, ids, seed })
  return [
    ['bare read', bareUrl, randomReads({}, await bareIds(bench))],
    read(
      'read Patient',
      ids.map((id) => `Patient/${id}`),
    ),
    read('read ServiceRequest', await someOf(bench, 'ServiceRequest')),
    ...searches(bench, read),
    ['bare insert', bareUrl, posts({ headers: plain, path: '/insert', body: observationBody, ids, seed: 1 })],
    ['create Observation', url, post(observationBody, '/fhir/R4/Observation')],
    ['create Patient', url, postsOf(headers, '/fhir/R4/Patient', patientBodies(seed, seconds * 4_000))],
    ['transaction of encounter and findings', url, post(bundleBody, '/fhir/R4')],
    ['transaction Patient + ServiceRequest + Task', url, requests(bench)],
    ['Task update with If-Match', url, () => taskChanges(bench)],
  ]
}

/** What clients look for most: a person by number, by name, their orders, and all of one person. */
const searches = ({ ids }: Bench, read: (what: string, paths: readonly string[]) => Task): Task[] => {
  const known = Array.from({ length: Math.min(ids.length, 20_000) }, (_, n) => n)
  const name = (n: number) => encodeURIComponent(nameOf(n).family + nameOf(n).given)
  return [
    read(
      'Patient by identifier',
      known.map((n) => `Patient?identifier=${encodeURIComponent(`${numberSystem}|${numberOf(n)}`)}`),
    ),
    read(
      'Patient by Chinese name',
      known.map((n) => `Patient?name=${name(n)}&_count=20`),
    ),
    read(
      'ServiceRequest by patient and status',
      ids.map((id) => `ServiceRequest?patient=${id}&status=active&_count=20`),
    ),
    read(
      'Patient/$everything',
      ids.map((id) => `Patient/${id}/$everything`),
    ),
  ]
}

/** As many people as one run can create at all, new to every run, each with an order and its task. */
const requests = ({ headers, seconds, connections }: Bench): string =>
  postsOf(
    headers,
    '/fhir/R4',
    patientBodies(connections * 10_000_000 + 5_000_000, seconds * 1_500).map(requestBody),
  )

/** The tasks made before, changed in turn, each with the version it has by then. */
async function taskChanges({ database, headers }: Bench): Promise<string> {
  const { rows } = await database.query<{ id: string; version: number; content: string }>(
    `select id, version, content from kernel.resource where type = 'Task' and not deleted and content like '%"code":{"text":"bench"}%' order by id limit 4000`,
  )
  const tasks = rows.map(({ id, version, content }) => ({ id, version, body: content }))
  return puts({ headers, path: '/fhir/R4/Task', things: tasks })
}

/** What the loaded patients have of a type. */
async function someOf({ database, ids }: Bench, type: string): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `select id from kernel.resource where type = $1 and resident_id in (
      select resident_id from kernel.resource where type = 'Patient' and id = any ($2::text[])) limit 20000`,
    [type, ids],
  )
  return rows.map((row) => `${type}/${row.id}`)
}

async function bareIds({ database }: Bench): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>('select id from bench.bare')
  return rows.map((row) => `/read/${row.id}`)
}
