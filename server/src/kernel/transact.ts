import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { type AccessLog, batchQuery, linesOf } from './access-log.ts'
import type { Actor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Ctx } from './ctx.ts'
import { ConnectedCtx, type InnerCtx } from './ctx-inside.ts'
import { isConnectionCut, isRetryable, settle, withClient } from './database.ts'
import { writeTold } from './event.ts'
import { uuidv7 } from './id.ts'
import { OnDemand } from './on-demand.ts'
import { Refusal } from './refusal.ts'
import type { Origin, World } from './world.ts'

const TRIES = 4

export type Transactor = Pick<World, 'read' | 'alone' | 'write'>

/** Opens ctxs: reads on one connection without a transaction, writes inside one, with all that law 2 says. */
export function openTransactor(pool: Pool, clock: Clock, accessLog: AccessLog): Transactor {
  const about = (actor: Actor, writing: boolean, origin: Origin | undefined) => ({
    actor,
    writing,
    now: origin?.now ?? clock.now(),
    requestId: origin?.requestId ?? uuidv7(),
  })

  async function alone<T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, origin?: Origin): Promise<T> {
    const client = new OnDemand(pool, actor)
    const ctx = new ConnectedCtx(client, about(actor, false, origin))
    let result: T
    try {
      result = await work(ctx)
    } catch (error) {
      await client.giveBack(error)
      throw error
    }
    if (client.isTaken) await client.giveBack()
    if (ctx.accesses.length > 0) await accessLog.add(linesOf(ctx))
    return result
  }

  const read: World['read'] = (actor, work, origin) =>
    repeated(() => alone(actor, work, origin), isConnectionCut)

  const once = <T>(
    actor: Actor,
    work: (ctx: Ctx) => Promise<T>,
    { origin, onEnd }: { origin: Origin | undefined; onEnd: () => void },
  ): Promise<T> =>
    withClient(pool, async (client) => {
      settle(client, actor)
      const begun = client.query('begin')
      begun.catch(() => {})
      try {
        const ctx = new ConnectedCtx(client, about(actor, true, origin))
        const result = await work(ctx)
        onEnd()
        await commit(ctx)
        return result
      } catch (error) {
        await client.query('rollback').catch(() => {})
        throw error
      }
    })

  const write: World['write'] = (actor, work, origin) => {
    let isEnding = false
    const onEnd = () => {
      isEnding = true
    }
    return repeated(
      async () => {
        isEnding = false
        try {
          return await once(actor, work, { origin, onEnd })
        } catch (error) {
          if (error instanceof Refusal && error.extra.keep) await write(actor, error.extra.keep, origin)
          throw error
        }
      },
      (error) => isRetryable(error) || (!isEnding && isConnectionCut(error)),
    )
  }

  return { read, alone, write }
}

async function repeated<T>(
  work: () => Promise<T>,
  isUndone: (error: unknown) => boolean,
  tried = 1,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (tried >= TRIES || !isUndone(error)) throw error
  }
  await pause(tried)
  return repeated(work, isUndone, tried + 1)
}

/** A moment, longer each time, and not the same for everybody. */
const pause = (tried: number): Promise<void> => sleep(5 * tried + Math.floor(performance.now() % 10))

/** Sends what is still to be written and the commit in one go; an aborted transaction is an error, not a success. */
async function commit(ctx: InnerCtx): Promise<void> {
  const sent: Promise<unknown>[] = writeTold(ctx)
  if (ctx.accesses.length > 0) sent.push(ctx.client.query(batchQuery(linesOf(ctx))))
  const done = ctx.client.query('commit')
  const results = await Promise.allSettled([...sent, done])
  for (const result of results) if (result.status === 'rejected') throw result.reason
  if ((await done).command !== 'COMMIT') throw new Error('the transaction was aborted')
}
