import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { type AccessLog, batchQuery, linesOf } from './access-log.ts'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Ctx } from './ctx.ts'
import { type InnerCtx, makeCtx } from './ctx-inside.ts'
import { isRetryable, settle, withClient } from './database.ts'
import { writeTold } from './event.ts'
import { uuidv7 } from './id.ts'
import { OnDemand } from './on-demand.ts'
import { Refusal } from './refusal.ts'
import type { Origin } from './world.ts'

const TRIES = 4

export interface Transactor {
  readonly read: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, origin?: Origin) => Promise<T>
  readonly write: <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, origin?: Origin) => Promise<T>
}

/** Opens ctxs: reads on one connection without a transaction, writes inside one, with all that law 2 says. */
export function openTransactor(pool: Pool, clock: Clock, accessLog: AccessLog): Transactor {
  const about = (actor: Actor, writing: boolean, origin: Origin | undefined) => ({
    actor,
    writing,
    now: origin?.now ?? clock.now(),
    requestId: origin?.requestId ?? uuidv7(),
  })

  async function read<T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, origin?: Origin): Promise<T> {
    const client = new OnDemand(pool, actor)
    const ctx = makeCtx(client, about(actor, false, origin))
    let result: T
    try {
      result = await work(ctx)
    } catch (error) {
      await client.giveBack(error)
      throw error
    }
    await client.giveBack()
    if (ctx.accesses.length > 0) await accessLog.add(linesOf(ctx))
    return result
  }

  const once = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, origin?: Origin): Promise<T> =>
    withClient(pool, async (client) => {
      settle(client, actor)
      const begun = client.query('begin')
      begun.catch(() => {})
      try {
        const ctx = makeCtx(client, about(actor, true, origin))
        const result = await work(ctx)
        await commit(ctx)
        return result
      } catch (error) {
        await client.query('rollback').catch(() => {})
        throw error
      }
    })

  async function write<T>(
    actor: Actor,
    work: (ctx: Ctx) => Promise<T>,
    origin?: Origin,
    tried = 1,
  ): Promise<T> {
    try {
      return await once(actor, work, origin)
    } catch (error) {
      if (error instanceof Refusal && error.extra.keep) await once(actor, error.extra.keep, origin)
      if (tried >= TRIES || !isRetryable(error)) throw error
    }
    await sleep(5 * tried + Math.floor(performance.now() % 10))
    return write(actor, work, origin, tried + 1)
  }

  return { read, write: (actor, work, origin) => write(actor, work, origin) }
}

/** Sends what is still to be written and the commit in one go; an aborted transaction is an error, not a success. */
async function commit(ctx: InnerCtx): Promise<void> {
  const sent: Promise<unknown>[] = writeTold(ctx)
  if (ctx.accesses.length > 0) sent.push(ctx.client.query(batchQuery(linesOf(ctx))))
  const done = ctx.client.query('commit')
  const results = await Promise.allSettled([...sent, done])
  for (const result of results) if (result.status === 'rejected') throw result.reason
  if ((await done).command !== 'COMMIT') throw new Error('the transaction was aborted')
}
