import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import pg from 'pg'
import { system } from './actor.ts'
import { settle, withClient } from './database.ts'

/** How many events `since` gives at the most. */
export const SINCE_MAX = 500

/** A sealed event as every process hears it: enough to route and to forget caches, no personal data. */
export interface Sealed {
  readonly number: number
  readonly name: string
  readonly thing: string
  readonly institutionId: string | null
  readonly residentId: string | null
  readonly audience: readonly string[]
}

/** The growing end of the sealed events, in every process: for live updates and for forgetting caches. */
export interface Tail {
  readonly listen: (hear: (event: Sealed) => void) => () => void
  /** What was sealed after `number`, at most 500. */
  readonly since: (number: number) => Promise<Sealed[]>
  readonly last: () => number
  readonly close: () => Promise<void>
}

// Behind a select the number looks alike to the planner whatever it is, so that it plans the statement once.
const SQL = `select s.number, e.name, e.thing, e.institution_id as "institutionId", e.resident_id as "residentId", e.audience
  from kernel.sealed s join kernel.event e on e.id = s.ref where s.number > (select $1::bigint) and s.kind = 'event' order by s.number limit ${SINCE_MAX}`

/** Follows the chain: woken by NOTIFY, and every second in any case. */
export async function openTail(pool: Pool, listenUrl: string, log: FastifyBaseLogger): Promise<Tail> {
  const hearers = new Set<(event: Sealed) => void>()
  const since = (number: number) =>
    withClient(pool, async (client) => {
      settle(client, system(null))
      return (await client.query<Sealed>({ name: 'tail', text: SQL, values: [number] })).rows
    })
  let last = await withClient(pool, async (client) => {
    settle(client, system(null))
    return (
      (
        await client.query<{ n: number }>(
          `select coalesce(max(number), 0) as n from kernel.sealed where kind = 'event'`,
        )
      ).rows[0]?.n ?? 0
    )
  })
  let busy = false
  let again = false

  async function advance(): Promise<void> {
    const events = await since(last)
    for (const event of events) for (const hear of hearers) hear(event)
    last = events.at(-1)?.number ?? last
    if (events.length === SINCE_MAX) await advance()
  }

  /** One reader at a time; whoever is woken while it reads makes it read once more. */
  async function follow(): Promise<void> {
    again = true
    if (busy) return
    busy = true
    while (again) {
      again = false
      await advance().catch((error) => log.warn({ err: error }, 'the tail of events could not be read'))
    }
    busy = false
  }

  const ear = openEar(listenUrl, () => void follow())
  const timer = setInterval(() => void follow(), 1_000)
  return {
    listen(hear) {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    since,
    last: () => last,
    async close() {
      clearInterval(timer)
      await ear.close()
    },
  }
}

/** One connection that listens; made again when it breaks. */
function openEar(url: string, wake: () => void) {
  let client: pg.Client | undefined
  let closed = false
  async function connect(): Promise<void> {
    if (closed) return
    const next = new pg.Client({ connectionString: url, application_name: 'tongmai-ear' })
    next.on('notification', wake)
    next.on('error', () => {})
    next.on('end', () => {
      if (!closed) setTimeout(() => void connect(), 1_000).unref()
    })
    try {
      await next.connect()
      await next.query('listen tongmai_sealed')
      client = next
    } catch {
      await next.end().catch(() => {})
    }
  }
  void connect()
  return {
    async close() {
      closed = true
      await client?.end().catch(() => {})
    },
  }
}
