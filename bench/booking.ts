// `node bench/booking.ts`: so many attempts at so few places, twenty residents reaching for each at the same moment.
// Prints a table and, last, one line of JSON; ends with 1 unless every place went to exactly one of them.
import { Agent } from 'node:http'
import pg from 'pg'
import { readConnection } from '../server/src/kernel/postgres/connection.ts'
import { startProduct } from '../server/test/product.ts'
import { inParallel, send, tokenOf } from './fhir-load.ts'
import { signIn } from './move-load.ts'
import { patientOf } from './people.ts'

const ATTEMPTS = Number(process.env.ATTEMPTS ?? 10_000)
const PLACES = Number(process.env.PLACES ?? 500)
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 256)
const RESIDENTS = 100
const WEEK_MS = 7 * 24 * 3_600_000

const product = await startProduct({ DEMO: '1' })
const access = await readConnection(product.dataDir)
const database = new pg.Client({ connectionString: access?.superUrl ?? '' })
await database.connect()
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
try {
  const headers = await signIn(product.url, 'head01')
  const places = await layPlaces(headers)
  const residents = await registerResidents()
  const answers: { status: number; ms: number; code?: string }[] = []
  const seconds = await inParallel(ATTEMPTS, CONNECTIONS, async (n) => {
    const tries = Math.ceil(ATTEMPTS / PLACES)
    const body = {
      placeId: places[Math.floor(n / tries) % PLACES],
      residentId: residents[(n + Math.floor(n / tries) * 7) % RESIDENTS],
      source: 'public',
    }
    const url = `${product.url}/api/reservations`
    const answer = await send(agent, url, { method: 'POST', headers, body: JSON.stringify(body) })
    const refused = answer.status === 200 ? {} : { code: (JSON.parse(answer.text) as { code: string }).code }
    answers.push({ status: answer.status, ms: answer.ms, ...refused })
  })
  await report(places, answers, seconds)
} finally {
  agent.destroy()
  await database.end()
  await product.stop()
}

async function ask<T>(method: string, path: string, headers: Record<string, string>, body?: object) {
  const payload = body ? { body: JSON.stringify(body) } : {}
  const answer = await send(agent, product.url + path, { method, headers, ...payload })
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`)
  return JSON.parse(answer.text) as T
}

/** Places of one seat each, laid by a schedule of their own. */
async function layPlaces(headers: Record<string, string>): Promise<string[]> {
  type List = { items: { id: string; code?: string; name: string }[] }
  const { items } = await ask<List>('GET', '/api/institutions?q=LEAD&limit=5', headers)
  const at = items.find((one) => one.code === 'LEAD')?.id
  const departments = await ask<List>('GET', `/api/departments?institutionId=${at}&limit=100`, headers)
  const departmentId = departments.items[0]?.id ?? ''
  const today = new Date().toISOString().slice(0, 10)
  await ask('POST', '/api/schedules', headers, {
    ...{ kind: 'examination', departmentId, practitionerId: null, name: 'bench', room: '', since: today },
    ...{ slotMinutes: 10, seatsPerSlot: 1, quotas: [] },
    sessions: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '08:00', to: '17:00' })),
  })
  const places: { placeId: string; name: string }[] = []
  for (const week of [0, 1]) {
    const [from, to] = [week, week + 1].map((w) => new Date(Date.now() + w * WEEK_MS).toISOString())
    const query = `departmentId=${departmentId}&kind=examination&source=public&from=${from}&to=${to}`
    places.push(...(await ask<typeof places>('GET', `/api/places?${query}`, headers)))
  }
  const ours = new Set(places.filter(({ name }) => name === 'bench').map(({ placeId }) => placeId))
  if (ours.size < PLACES) throw new Error(`only ${ours.size} places`)
  return [...ours].slice(0, PLACES)
}

async function registerResidents(): Promise<string[]> {
  const headers = {
    authorization: `Bearer ${await tokenOf(product.url, 'demo-his', 'demo-his-secret')}`,
    'content-type': 'application/fhir+json',
  }
  const ids: string[] = []
  await inParallel(RESIDENTS, 8, async (n) => {
    const made = await ask<{ id: string }>('POST', '/fhir/R4/Patient', headers, patientOf(n, `K${n}`))
    ids.push(made.id)
  })
  return ids
}

async function report(
  places: readonly string[],
  answers: readonly { status: number; ms: number; code?: string }[],
  seconds: number,
): Promise<void> {
  const { rows } = await database.query<{ n: number }>(
    `select count(*)::int as n from capacity.reservation where slot_id = any ($1::uuid[])
      and status in ('held', 'confirmed') group by slot_id, seat`,
    [places],
  )
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? 0)
  const booked = answers.filter(({ status }) => status === 200).length
  const figures = {
    ...{ attempts: ATTEMPTS, places: PLACES, connections: CONNECTIONS, booked },
    refused: answers.filter(({ code }) => code === 'capacity.no-place').length,
    failed: answers.filter(({ status, code }) => status !== 200 && code !== 'capacity.no-place').length,
    placesTaken: rows.length,
    placesTakenTwice: rows.filter(({ n }) => n > 1).length,
    ...{ perSecond: Math.round(ATTEMPTS / seconds), p50Ms: at(0.5), p99Ms: at(0.99) },
  }
  console.info('| what | figure |\n|---|---|')
  for (const [name, value] of Object.entries(figures)) console.info(`| ${name} | ${value} |`)
  console.info(JSON.stringify(figures))
  const right = booked === PLACES && rows.length === PLACES && figures.placesTakenTwice === 0
  if (!right || figures.failed > 0) process.exitCode = 1
}
