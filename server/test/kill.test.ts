import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyAudit } from '../src/kernel/audit.ts'
import { uuidv7 } from '../src/kernel/id.ts'
import { readHead } from '../src/kernel/sequencer.ts'
import { givenUnanswered } from './given-unanswered.ts'
import { connect, kill } from './killing.ts'
import { startProduct } from './product.ts'

/** Fifty in `npm run prove:kill`, whose result stands in bench/README.md; a few in every run of the tests. */
const KILLS = Number(process.env.KILLS ?? 4)
const WRITERS = 8

interface Client {
  readonly acknowledged: Set<string>
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

test(`killed ${KILLS} times under load, the product has lost nothing that it acknowledged, nor what it has to tell a partner`, {
  timeout: 900_000,
}, async () => {
  let product = await startProduct({ DEMO: '1' })
  const told = await givenUnanswered(product.url)
  const client: Client = {
    acknowledged: new Set(),
    stop: false,
    url: product.url,
    token: await tokenOf(product.url),
  }
  const writers = Array.from({ length: WRITERS }, () => write(client))
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
  await Promise.all(writers)
  await new Promise((go) => setTimeout(go, 1_000))

  const database = await connect(product.dataDir)
  const { rows } = await database.query<{ id: string }>(`select id from kernel.resource where type = 'Basic'`)
  const verdict = await verifyAudit(database, readHead(join(product.dataDir, 'audit-head.json')))
  const { numbers, waiting, done } = await told.outcome(database)
  await database.end()
  await product.stop()
  const there = new Set(rows.map((r) => r.id))
  expect([...client.acknowledged].filter((id) => !there.has(id))).toEqual([])
  // Each writer may have had one request under way that was done but never acknowledged before it stopped.
  expect(there.size - client.acknowledged.size).toBeLessThanOrEqual(WRITERS)
  expect(verdict).toMatchObject({ ok: true })
  // The message that was not answered came again under its number; what came is done, each once, and nothing waits.
  expect(numbers[1]).toBe(numbers[0])
  expect([waiting, done]).toEqual([0, new Set(numbers).size - 1])
})
