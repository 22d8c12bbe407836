// `node bench/referral.ts`: referral moves at a steady pace while coordinators watch live boards, and how long a board
// takes to open, with so many past referrals. Prints a table and, last, one line of JSON.
import { Agent, get, type IncomingMessage } from 'node:http'
import pg from 'pg'
import { readConnection } from '../server/src/kernel/postgres/connection.ts'
import { startProduct } from '../server/test/product.ts'
import { cpuOf } from './cpu.ts'
import { send } from './fhir-load.ts'
import { makeDrafts, signIn } from './move-load.ts'

const PAST = Number(process.env.PAST ?? 1_000_000)
const WATCHERS = Number(process.env.WATCHERS ?? 200)
const PER_SECOND = Number(process.env.PER_SECOND ?? 50)
const SECONDS = Number(process.env.SECONDS ?? 20)
const BOARD =
  '/api/referrals?direction=up&sort=due&limit=200&status=submitted,infoRequested,accepted,inTransfer,arrived,inCare,admitted,treated,awaitingDownReferral,expired'
/** Everything ever sent and received, the newest change first: the list as it opens. */
const LIST = ['/api/referrals?sort=changed&limit=50', '/api/referrals?sort=due&limit=50'] as const
const OPENINGS = [BOARD, '/api/referrals/board', '/api/referrals/work-lists'] as const

const product = await startProduct({ DEMO: '1' })
const access = await readConnection(product.dataDir)
const database = new pg.Client({ connectionString: access?.superUrl ?? '' })
await database.connect()
const streams: IncomingMessage[] = []
try {
  await makePast()
  const { headers, drafts } = await makeDrafts(product.url, 60_000_000, {
    count: PER_SECOND * SECONDS,
    drafters: 2,
  })
  const clerk = await signIn(product.url, 'clerk01')
  const alone = await openBoards(clerk, 40)
  const list = await openBoards(clerk, 20, LIST)
  const seen = new Map<string, number[]>()
  for (let n = 0; n < WATCHERS; n++) streams.push(await watch(clerk, seen))
  const before = await cpu()
  const [moves, busy] = await Promise.all([moveAll(headers, drafts), openBoards(clerk, 60)])
  const after = await cpu()
  await new Promise((done) => setTimeout(done, 2_000))
  const each = { server: after.server - before.server, database: after.database - before.database }
  report({ alone, list, busy, moves, seen, cpu: each })
} finally {
  for (const stream of streams) stream.destroy()
  await database.end()
  await product.stop()
}

/** What the server and the database have had of the processors so far. */
async function cpu(): Promise<{ server: number; database: number }> {
  const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid')
  return cpuOf(product.process.pid ?? 0, rows[0]?.pid ?? 0)
}

/** Closed referrals of earlier years between the demonstration's hospital and its communities, copied from its own. */
async function makePast(): Promise<void> {
  const started = performance.now()
  // Indexes that are built once over all rows, not row by row.
  const { rows: indexes } = await database.query<{ name: string; made: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i
      where i.indrelid = 'referral.referral'::regclass and not i.indisprimary`,
  )
  await database.query(`set synchronous_commit = off; set maintenance_work_mem = '256MB'`)
  for (const { name } of indexes) await database.query(`drop index ${name}`)
  await database.query(
    `insert into referral.referral (resident_id, id, number, direction, status, urgency, author_id, from_institution_id,
        to_institution_id, to_department_id, form, since, written_at, submitted_at, ended_at, episode_id, outcome_read_at)
      select gen_random_uuid(), i.id, 'ZZ' || n, 'up', 'closed', 'routine', r.author_id, r.from_institution_id,
        r.to_institution_id, r.to_department_id, r.form, i.at, i.at, i.at, i.at + interval '9 days', i.id, i.at
      from generate_series(1, $1) n
      cross join lateral (select gen_random_uuid() as id, now() - interval '20 days' - make_interval(mins => n) as at) i
      join (select *, row_number() over () as k, count(*) over () as all_of from referral.referral where direction = 'up') r
        on r.k = 1 + n % r.all_of`,
    [PAST],
  )
  for (const { made } of indexes) await database.query(made)
  await database.query('vacuum analyze referral.referral')
  console.info(`${PAST} past referrals in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/** One coordinator's live stream; notes when the news of each referral came. */
function watch(headers: Record<string, string>, seen: Map<string, number[]>): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    const request = get(`${product.url}/api/live`, { headers: { ...headers, accept: 'text/event-stream' } })
    request.on('error', failed)
    request.on('response', (stream) => {
      if (stream.statusCode !== 200) failed(new Error(`a live stream was answered ${stream.statusCode}`))
      stream.on('error', () => {})
      stream.on('data', (chunk: Buffer) => {
        const at = performance.now()
        for (const [, id = ''] of chunk
          .toString()
          .matchAll(/referral\.submitted[^\n]*referral:([0-9a-f-]{36})/g)) {
          seen.set(id, [...(seen.get(id) ?? []), at])
        }
      })
      done(stream)
    })
  })
}

interface Moved {
  readonly id: string
  readonly answeredAt: number
  readonly ms: number
  readonly status: number
}

/** Sends one referral every so often, whatever the answers take. */
async function moveAll(headers: Record<string, string>, drafts: readonly string[]): Promise<Moved[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const began = performance.now()
  const all = drafts.map(async (id, n) => {
    await new Promise((go) => setTimeout(go, (n * 1000) / PER_SECOND))
    const url = `${product.url}/api/referrals/${id}/submit`
    const answer = await send(agent, url, { method: 'POST', headers, body: '{}' })
    return { id, answeredAt: performance.now(), ms: answer.ms, status: answer.status }
  })
  const moved = await Promise.all(all)
  agent.destroy()
  console.info(`${drafts.length} moves in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return moved
}

/** Opens the board so many times: its cards, its counts and the work-lists, together as the page does. */
async function openBoards(
  headers: Record<string, string>,
  times: number,
  paths: readonly string[] = OPENINGS,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    const began = performance.now()
    const answers = await Promise.all(
      paths.map((path) => send(agent, product.url + path, { method: 'GET', headers })),
    )
    if (answers.some((one) => one.status !== 200)) throw new Error('a board did not open')
    took.push(performance.now() - began)
  }
  agent.destroy()
  return took
}

function at(values: readonly number[], share: number): number {
  return (
    [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
  )
}

function report(run: {
  alone: number[]
  list: number[]
  cpu: { server: number; database: number }
  busy: number[]
  moves: Moved[]
  seen: ReadonlyMap<string, number[]>
}): void {
  const lags = run.moves.flatMap(({ id, answeredAt }) =>
    (run.seen.get(id) ?? []).map((one) => one - answeredAt),
  )
  const missed = run.moves.length * WATCHERS - lags.length
  const span =
    Math.max(...run.moves.map((one) => one.answeredAt)) -
    Math.min(...run.moves.map((one) => one.answeredAt - one.ms))
  const figures = {
    past: PAST,
    watchers: WATCHERS,
    movesPerSecond: Math.round((run.moves.length / span) * 1000),
    failed: run.moves.filter((one) => one.status !== 200).length,
    moveP50Ms: Math.round(
      at(
        run.moves.map((one) => one.ms),
        0.5,
      ),
    ),
    moveP99Ms: Math.round(
      at(
        run.moves.map((one) => one.ms),
        0.99,
      ),
    ),
    eventP50Ms: Math.round(at(lags, 0.5)),
    eventP99Ms: Math.round(at(lags, 0.99)),
    eventsMissed: missed,
    serverCpuMsPerMove: Number((run.cpu.server / run.moves.length).toFixed(1)),
    databaseCpuMsPerMove: Number((run.cpu.database / run.moves.length).toFixed(1)),
    listP99Ms: Math.round(at(run.list, 0.99)),
    boardAloneP99Ms: Math.round(at(run.alone, 0.99)),
    boardBusyP99Ms: Math.round(at(run.busy, 0.99)),
  }
  console.info('| what | figure |\n|---|---|')
  for (const [name, value] of Object.entries(figures)) console.info(`| ${name} | ${value} |`)
  console.info(JSON.stringify(figures))
}
