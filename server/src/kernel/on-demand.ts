import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg'
import type { Actor } from './actor.ts'
import { isConnectionLoss, type Queries, settle } from './database.ts'

/**
 * A connection for a read: taken from the pool when its first statement needs it, so that who waits for others or only
 * computes holds none. Every statement runs as the one for whom it is asked.
 */
export class OnDemand implements Queries {
  readonly #pool: Pool
  #taken: Promise<PoolClient> | undefined
  readonly query: Queries['query']

  constructor(pool: Pool, actor: Actor) {
    this.#pool = pool
    this.query = this.as(actor).query
  }

  get isTaken(): boolean {
    return this.#taken !== undefined
  }

  /** The same connection for one who is named. */
  as(actor: Actor): Queries {
    const query = (config: string | QueryConfig, values: unknown[] = []) =>
      this.queryAs(actor, typeof config === 'string' ? { text: config, values } : config)
    return { query: query as Queries['query'] }
  }

  /** A statement as one who is named. */
  async queryAs<R extends object>(actor: Actor, config: QueryConfig): Promise<QueryResult<R>> {
    this.#taken ??= this.#pool.connect()
    const client = await this.#taken
    settle(client, actor)
    return client.query<R>(config)
  }

  /** Gives the connection back, if one was taken; one that broke is thrown away. */
  async giveBack(error?: unknown): Promise<void> {
    const client = await this.#taken?.catch(() => undefined)
    client?.release(isConnectionLoss(error))
  }
}
