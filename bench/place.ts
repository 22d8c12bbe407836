// `node bench/place.ts`: rankings of destinations and the bed board over HTTP, in the product, over a region of 1 300
// institutions, 20 000 departments, 200 000 slots and 62 400 beds in its database. Prints a table and, last, one line of
// JSON. SECONDS, CONNECTIONS and SLOTS change the size.
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import pg from 'pg'
import { readConnection } from '../server/src/kernel/postgres/connection.ts'
import { type Product, startProduct } from '../server/test/product.ts'
import { cpuOf } from './cpu.ts'
import { layLargeRegion } from './large-region.ts'
import { signIn } from './move-load.ts'
import { type Figure, randomReads, wrk } from './wrk.ts'

const SECONDS = Number(process.env.SECONDS ?? 10)
const CONNECTIONS = (process.env.CONNECTIONS ?? '1,4').split(',').map(Number)
const size = { institutions: 1_300, departments: 20_000, slots: Number(process.env.SLOTS ?? 200_000) }

/** Laid first and started anew: what the server keeps in memory it reads from the tables. */
async function start(): Promise<Product> {
  const first = await startProduct({ DEMO: '1' })
  await inDatabase(first, async (database) => {
    const began = performance.now()
    await layLargeRegion(database, size)
    console.info(`the region was laid in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  })
  first.process.kill('SIGTERM')
  await once(first.process, 'exit')
  return startProduct({}, first.dataDir)
}

async function inDatabase<T>(product: Product, work: (database: pg.Client) => Promise<T>): Promise<T> {
  const access = await readConnection(product.dataDir)
  const database = new pg.Client({ connectionString: access?.superUrl ?? '' })
  await database.connect()
  try {
    return await work(database)
  } finally {
    await database.end()
  }
}

/** What doctors of the community ask for: every specialty, every second time with a technique. */
const rankings = (product: Product): Promise<string[]> =>
  inDatabase(product, async (database) => {
    const { rows } = await database.query<{ path: string }>(
      `select '/api/referral-destinations?residentId=' || g.resident_id || '&specialty=' || s.specialty
          || '&place=clinic&urgency=' || (array['routine', 'urgent'])[1 + s.n % 2]
          || case when s.n % 2 = 0 then '&techniqueId=' || (select id from technique.technique order by md5(id || s.specialty || g.resident_id) limit 1)
            else '' end as path
        from (select specialty, row_number() over () as n from (select distinct specialty from network.department) one) s
        cross join (select resident_id from kernel.access_grant a join network.institution i on i.id = a.institution_id
          where i.code = 'CHC01' and a.basis = 'treatment' order by resident_id limit 40) g`,
    )
    return rows.map(({ path }) => path)
  })

const boards = ['general', 'icu', 'isolation', 'rehabilitation'].flatMap((kind) => [
  `/api/bed-board?bedKind=${kind}&limit=50`,
  '/api/bed-board?limit=50',
  '/api/bed-board/sum',
])

/** What a load gave, and the milliseconds of processor that one answer cost server and database. */
type Row = Figure & { what: string; connections: number; serverMs: number; databaseMs: number }

/** What the server and the database have had of the processors so far. */
const cpu = (product: Product) =>
  inDatabase(product, async (database) => {
    const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid')
    return cpuOf(product.process.pid ?? 0, rows[0]?.pid ?? 0)
  })

const product = await start()
try {
  const rows: Row[] = []
  const asked: [string, Record<string, string>, readonly string[]][] = [
    ['ranking', await signIn(product.url, 'gp01'), await rankings(product)],
    ['bed board', await signIn(product.url, 'duty01'), boards],
  ]
  for (const [what, headers, paths] of asked) {
    // The first ranking reads everything; the bench is about the ones after it.
    const [path = ''] = paths
    const answer = await fetch(product.url + path, { headers })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    for (const connections of CONNECTIONS) {
      const load = { url: product.url, connections, seconds: SECONDS, script: randomReads(headers, paths) }
      const before = await cpu(product)
      const figure = await wrk(load)
      const after = await cpu(product)
      const each = (ms: number) => Math.round((100 * ms) / (figure.perSecond * SECONDS)) / 100
      rows.push({
        ...{ what, connections, ...figure },
        serverMs: each(after.server - before.server),
        databaseMs: each(after.database - before.database),
      })
    }
  }
  console.info(
    '| what | connections | per second | p50 ms | p99 ms | failed | server ms | database ms |\n|---|---|---|---|---|---|---|---|',
  )
  for (const { what, connections, perSecond, p50Ms, p99Ms, failed, serverMs, databaseMs } of rows)
    console.info(
      `| ${what} | ${connections} | ${Math.round(perSecond)} | ${p50Ms} | ${p99Ms} | ${failed} | ${serverMs} | ${databaseMs} |`,
    )
  console.info(
    JSON.stringify({ bench: 'place', cores: availableParallelism(), memoryMb: product.memoryMb(), rows }),
  )
} finally {
  await product.stop()
}
