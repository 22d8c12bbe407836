import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyAudit } from '../src/kernel/audit.ts'
import { uuidv7 } from '../src/kernel/id.ts'
import { readHead } from '../src/kernel/sequencer.ts'
import { givenUnanswered } from './given-unanswered.ts'
import { connect, kill } from './killing.ts'
import { startProduct } from './product.ts'

/** Fifty in `npm run prove:kill`, whose result stands in bench/README.md; a few in every run of the tests. */
const KILLS = Number(process.env.KILLS ?? 2)
const WRITERS = 8
const READERS = 4

interface Client {
  readonly acknowledged: Set<string>
  /** The requests by which somebody's record was read, as far as they were answered. */
  readonly read: Set<string>
  stop: boolean
  url: string
  token: string
}

/** Writes one thing after the other; each is sent again until it is acknowledged, as a careful client does. */
async function write(client: Client): Promise<void> {
  while (!client.stop) {
    const id = uuidv7()
    while (!client.acknowledged.has(id)) {
      const done = await put(client, id).catch(() => false)
      if (done) client.acknowledged.add(id)
      else await new Promise((go) => setTimeout(go, 50))
      if (client.stop && !done) return
    }
  }
}

async function put({ url, token }: Client, id: string): Promise<boolean> {
  const answer = await fetch(`${url}/fhir/R4/Basic/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Basic', id, code: { text: 'kill' } }),
    signal: AbortSignal.timeout(20_000),
  })
  await answer.arrayBuffer()
  return answer.status === 200 || answer.status === 201
}

/** Reads one resident after the other, by id and by search in turn. */
async function read(client: Client, residents: readonly string[]): Promise<void> {
  for (let n = 0; !client.stop; n++) {
    const id = residents[n % residents.length]
    const path = n % 2 === 0 ? `Patient/${id}` : `Patient?_id=${id}`
    const request = await ask(client, path).catch(() => undefined)
    if (request) client.read.add(request)
    else await new Promise((go) => setTimeout(go, 50))
  }
}

async function ask({ url, token }: Client, path: string): Promise<string | undefined> {
  const answer = await fetch(`${url}/fhir/R4/${path}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(20_000),
  })
  await answer.arrayBuffer()
  return answer.status === 200 ? (answer.headers.get('x-request-id') ?? '') : undefined
}

async function someResidents({ url, token }: Client): Promise<string[]> {
  const answer = await fetch(`${url}/fhir/R4/Patient?_count=100`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { entry } = (await answer.json()) as { entry: { resource: { id: string } }[] }
  return entry.map(({ resource }) => resource.id)
}

async function tokenOf(url: string): Promise<string> {
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'demo-his',
      client_secret: 'demo-his-secret',
    }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

test(`killed ${KILLS} times under load, the product has lost nothing that it acknowledged, no opening of a record, nor what it has to tell a partner`, {
  timeout: 900_000,
}, async () => {
  let product = await startProduct({ DEMO: '1' })
  const told = await givenUnanswered(product.url)
  const client: Client = {
    acknowledged: new Set(),
    read: new Set(),
    stop: false,
    url: product.url,
    token: await tokenOf(product.url),
  }
  const residents = await someResidents(client)
  const clients = [
    ...Array.from({ length: WRITERS }, () => write(client)),
    ...Array.from({ length: READERS }, () => read(client, residents)),
  ]
  for (let round = 0; round < KILLS; round++) {
    const before = client.acknowledged.size
    while (client.acknowledged.size < before + 20) await new Promise((go) => setTimeout(go, 20))
    await new Promise((go) => setTimeout(go, Math.random() * 300))
    await kill(product, round % 2 === 1)
    told.answer()
    product = await startProduct({}, product.dataDir)
    client.url = product.url
  }
  client.stop = true
  await Promise.all(clients)
  await new Promise((go) => setTimeout(go, 1_000))

  const database = await connect(product.dataDir)
  const { rows } = await database.query<{ id: string }>(`select id from kernel.resource where type = 'Basic'`)
  const unlogged = await database.query(
    'select x from unnest($1::text[]) x where not exists (select from kernel.access a where a.request_id = x)',
    [[...client.read]],
  )
  const verdict = await verifyAudit(database, readHead(join(product.dataDir, 'audit-head.json')))
  const { numbers, waiting, done } = await told.outcome(database)
  await database.end()
  await product.stop()
  const there = new Set(rows.map((r) => r.id))
  expect([...client.acknowledged].filter((id) => !there.has(id))).toEqual([])
  // Each writer may have had one request under way that was done but never acknowledged before it stopped.
  expect(there.size - client.acknowledged.size).toBeLessThanOrEqual(WRITERS)
  expect(client.read.size).toBeGreaterThan(KILLS * 20)
  expect(unlogged.rows).toEqual([])
  expect(verdict).toMatchObject({ ok: true })
  // The message that was not answered came again under its number; what came is done, each once, and nothing waits.
  expect(numbers[1]).toBe(numbers[0])
  expect([waiting, done]).toEqual([0, new Set(numbers).size - 1])
})
