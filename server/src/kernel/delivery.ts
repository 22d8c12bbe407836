import type { Pool } from 'pg'
import { system } from './actor.ts'
import type { Ctx } from './ctx.ts'
import { isConnectionLoss, withClient } from './database.ts'
import type { Heard, Reaction } from './module.ts'
import type { Transactor } from './transact.ts'

const BATCH = 200
const TRIES_MAX = 8
const LOCK = 7_302_002

interface Sealed {
  number: number
  id: string
  name: string
  at: Date
  actor_id: string
  institution_id: string | null
  resident_id: string | null
  thing: string
  data: unknown
}

const heard = (row: Sealed): Heard<unknown> => ({
  id: row.id,
  name: row.name,
  thing: row.thing,
  at: row.at,
  actorId: row.actor_id,
  institutionId: row.institution_id,
  residentId: row.resident_id,
  data: row.data,
})

/** Hands sealed events to reactions: in order per thing, each once to completion, however often the process dies. */
export interface Delivery {
  /** One round; returns how many events were handed over, 0 when there is nothing to do. */
  readonly once: () => Promise<number>
}

interface Shop {
  readonly transactor: Transactor
  readonly reactions: readonly Reaction[]
}

const all = system(null)

export function openDelivery(pool: Pool, transactor: Transactor, reactions: readonly Reaction[]): Delivery {
  const shop = { transactor, reactions }
  return {
    async once() {
      if (reactions.length === 0) return 0
      const { from, last, isDue } = await transactor.read(all, (ctx) => whereWeAre(ctx, reactions))
      return from < last || isDue ? alone(pool, () => round(shop)) : 0
    },
  }
}

/** Only one process delivers at a time; the lock lives as long as the round's own connection. */
const alone = (pool: Pool, work: () => Promise<number>): Promise<number> =>
  withClient(pool, async (client) => {
    const { rows } = await client.query<{ ok: boolean }>(`select pg_try_advisory_lock(${LOCK}) as ok`)
    if (!rows[0]?.ok) return 0
    try {
      return await work()
    } finally {
      await client.query(`select pg_advisory_unlock(${LOCK})`)
    }
  })

async function round({ transactor, reactions }: Shop): Promise<number> {
  const retried = await retry({ transactor, reactions })
  const { cursors, from, last } = await transactor.read(all, (ctx) => whereWeAre(ctx, reactions))
  if (from >= last) return retried
  const names = [...new Set(reactions.map((r) => r.on))]
  const events = await transactor.read(all, (ctx) => sealedAfter(ctx, { from, last, names }))
  const pairs = events.flatMap((event) =>
    reactions
      .filter((r) => r.on === event.name && event.number > (cursors.get(r.name) ?? 0))
      .map((reaction) => ({ reaction, event })),
  )
  for (const pair of pairs) await hand(transactor, pair)
  const end = events.length < BATCH ? last : (events.at(-1)?.number ?? last)
  await transactor.write(all, (ctx) =>
    advance(
      ctx,
      reactions.map((r) => r.name),
      end,
    ),
  )
  return retried + pairs.length
}

async function hand(
  transactor: Transactor,
  { reaction, event }: { reaction: Reaction; event: Sealed },
): Promise<void> {
  try {
    await transactor.write(system(event.institution_id), async (ctx) => {
      if (await isBlocked(ctx, reaction.name, event.thing)) {
        await park(ctx, { reaction, event, problem: 'waits behind an earlier one', tries: 0 })
      } else await reaction.run(ctx, heard(event))
      await advance(ctx, [reaction.name], event.number)
    })
  } catch (error) {
    // The database is away: the event stays where it is, and nothing has been tried.
    if (isConnectionLoss(error)) throw error
    await transactor.write(all, async (ctx) => {
      await park(ctx, { reaction, event, problem: problemOf(error), tries: 1 })
      await advance(ctx, [reaction.name], event.number)
    })
  }
}

/** The oldest waiting event of each thing gets another try when its time has come. */
async function retry({ transactor, reactions }: Shop): Promise<number> {
  const due = await transactor.read(all, dueAgain)
  for (const row of due) {
    const reaction = reactions.find((r) => r.name === row.reaction)
    if (reaction) await tryAgain(transactor, reaction, row)
  }
  return due.length
}

async function tryAgain(
  transactor: Transactor,
  reaction: Reaction,
  row: Sealed & { reaction: string; tries: number },
) {
  try {
    await transactor.write(system(row.institution_id), async (ctx) => {
      await reaction.run(ctx, heard(row))
      await settleParked(ctx, row, { state: 'done', problem: '' })
    })
  } catch (error) {
    if (isConnectionLoss(error)) throw error
    const state = row.tries + 1 >= TRIES_MAX ? 'parked' : 'waiting'
    await transactor.write(all, (ctx) => settleParked(ctx, row, { state, problem: problemOf(error) }))
  }
}

const problemOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500)

/** How far each reaction has come, and all of them; the last event there is; whether one that failed is due again. */
async function whereWeAre(ctx: Ctx, reactions: readonly Reaction[]) {
  const { rows } = await ctx.client.query<{ come: Record<string, number>; last: number; isDue: boolean }>({
    name: 'delivery-where',
    text: `select (select coalesce(json_object_agg(reaction, number), '{}') from kernel.cursor) as come,
      (select coalesce(max(number), 0) from kernel.sealed where kind = 'event') as last,
      exists (select from kernel.parked where state = 'waiting' and next_try_at <= $1) as "isDue"`,
    values: [ctx.now],
  })
  const { come = {}, last = 0, isDue = false } = rows[0] ?? {}
  const cursors = new Map(reactions.map(({ name }) => [name, come[name] ?? 0]))
  return { cursors, from: Math.min(...cursors.values()), last, isDue }
}

const COLUMNS = 's.number, e.id, e.name, e.at, e.actor_id, e.institution_id, e.resident_id, e.thing, e.data'

// As in the tail: planned once.
async function sealedAfter(
  ctx: Ctx,
  { from, last, names }: { from: number; last: number; names: string[] },
): Promise<Sealed[]> {
  const { rows } = await ctx.client.query<Sealed>({
    name: 'delivery-next',
    text: `select ${COLUMNS} from kernel.sealed s join kernel.event e on e.id = s.ref
      where s.number > (select $1::bigint) and s.number <= (select $2::bigint) and s.kind = 'event'
        and e.name = any ((select $3::text[])::text[]) order by s.number limit ${BATCH}`,
    values: [from, last, names],
  })
  return rows
}

async function advance(ctx: Ctx, names: string[], number: number): Promise<void> {
  await ctx.client.query({
    name: 'delivery-advance',
    text: `insert into kernel.cursor (reaction, number) select unnest($1::text[]), $2
      on conflict (reaction) do update set number = excluded.number where kernel.cursor.number < excluded.number`,
    values: [[...new Set(names)], number],
  })
}

async function isBlocked(ctx: Ctx, reaction: string, thing: string): Promise<boolean> {
  const { rowCount } = await ctx.client.query({
    name: 'delivery-blocked',
    text: `select 1 from kernel.parked where reaction = $1 and thing = $2 and state <> 'done' limit 1`,
    values: [reaction, thing],
  })
  return rowCount === 1
}

const backOffMs = (tries: number) => Math.min(500 * 4 ** tries, 3_600_000)

async function park(
  ctx: Ctx,
  p: { reaction: Reaction; event: Sealed; problem: string; tries: number },
): Promise<void> {
  const next = new Date(ctx.now.getTime() + (p.tries ? backOffMs(p.tries) : 0))
  await ctx.client.query(
    `insert into kernel.parked (reaction, number, thing, tries, next_try_at, problem) values ($1, $2, $3, $4, $5, $6)
      on conflict do nothing`,
    [p.reaction.name, p.event.number, p.event.thing, p.tries, next, p.problem],
  )
}

async function dueAgain(ctx: Ctx): Promise<(Sealed & { reaction: string; tries: number })[]> {
  const { rows } = await ctx.client.query<Sealed & { reaction: string; tries: number }>({
    name: 'delivery-again',
    text: `select distinct on (p.reaction, p.thing) p.reaction, p.tries, ${COLUMNS}
      from kernel.parked p join kernel.sealed s on s.number = p.number join kernel.event e on e.id = s.ref
      where p.state = 'waiting' and p.next_try_at <= (select $1::timestamptz)
        and not exists (select from kernel.parked o where o.reaction = p.reaction and o.thing = p.thing and o.state <> 'done' and o.number < p.number)
      order by p.reaction, p.thing, p.number limit 100`,
    values: [ctx.now],
  })
  return rows
}

async function settleParked(
  ctx: Ctx,
  row: { reaction: string; number: number; tries: number },
  to: { state: string; problem: string },
): Promise<void> {
  const next = new Date(ctx.now.getTime() + backOffMs(row.tries + 1))
  await ctx.client.query(
    'update kernel.parked set state = $3, problem = $4, tries = tries + 1, next_try_at = $5 where reaction = $1 and number = $2',
    [row.reaction, row.number, to.state, to.problem, next],
  )
}
