import pg from 'pg'
import type { Actor } from './actor.ts'
import { NamedClient } from './named-query.ts'
import type { Access } from './postgres/roles.ts'

const types = new pg.TypeOverrides()
types.setTypeParser(20, Number) // int8: our counters stay far below 2^53
types.setTypeParser(1082, (text) => text) // date: a calendar day is a string
const otherTime = pg.types.getTypeParser(1184)
// timestamptz: nearly always said in UTC, in a year of four digits
types.setTypeParser(1184, (text) =>
  text[4] === '-' && text.endsWith('+00')
    ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
    : otherTime(text),
)

/** A pool of connections that work as `role`. Pipelined: settings and first query share one round trip. */
export function openPool(access: Access, role: 'app' | 'owner', max: number): pg.Pool {
  const isApp = role === 'app'
  const pool = new pg.Pool({
    Client: NamedClient,
    connectionString: isApp ? access.appUrl : access.ownerUrl,
    max,
    types,
    pipeline: isApp,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 8_000,
    application_name: `tongmai-${role}`,
    ...(isApp
      ? { statement_timeout: 20_000, lock_timeout: 8_000, idle_in_transaction_session_timeout: 60_000 }
      : {}),
  } as pg.PoolConfig)
  // A connection lost: the next one is made when it is needed, and the query that was under way says so itself.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

interface Wired {
  readonly connection?: { readonly stream?: { destroy(): void } }
}

/** What an action may do with a connection. */
export type Queries = Pick<pg.ClientBase, 'query'>

const settled = new WeakMap<Queries, string>()

const settings = (actor: Actor) => [
  actor.kind,
  actor.id,
  actor.institutionId ?? '',
  actor.practitionerId ?? '',
  actor.residentIds.join(','),
  actor.app?.residentId ?? '',
  actor.narrowing?.setting ?? '',
]

/**
 * Tells row-level security who is asking on this connection. Sent without waiting, ahead of the first query;
 * not sent at all where the connection last worked for the same actor.
 */
export function settle(client: Queries, actor: Actor): void {
  const values = settings(actor)
  const key = values.join('|')
  if (settled.get(client) === key) return
  settled.set(client, key)
  client
    .query({
      name: 'settle',
      text: `select set_config('app.kind', $1, false), set_config('app.id', $2, false),
        set_config('app.institution', $3, false), set_config('app.practitioner', $4, false), set_config('app.residents', $5, false),
        set_config('app.patient', $6, false), set_config('app.narrow', $7, false)`,
      values,
    })
    .catch((error: unknown) => {
      settled.delete(client)
      // In an aborted transaction nothing else ran, and the rollback brings the settings before it back. Otherwise
      // what follows on this connection would run as somebody else: it ends here.
      if (codeOf(error) !== '25P02') (client as unknown as Wired).connection?.stream?.destroy()
    })
}

/** Runs `work` on one connection of the pool and gives it back; a broken connection is thrown away. */
export async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = false
  try {
    return await work(client)
  } catch (error) {
    broken = isConnectionLoss(error)
    throw error
  } finally {
    client.release(broken)
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error && 'code' in error ? String(error.code) : ''

/** Worth another try in a new transaction: serialisation failure or deadlock. */
export const isRetryable = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

/** The database went away or does not let us in. */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error)
  if (
    [
      '57P01',
      '57P02',
      '57P03',
      '08006',
      '08003',
      '08001',
      'ECONNREFUSED',
      'ECONNRESET',
      'ENOENT',
      'EPIPE',
    ].includes(code)
  )
    return true
  const message = error instanceof Error ? error.message : ''
  return /Connection terminated|not queryable|timeout exceeded when trying to connect|Client was closed/.test(
    message,
  )
}

/** A connection that was there broke off, so that another may do: the database may let us in at once. */
export const isConnectionCut = (error: unknown): boolean =>
  ['57P01', '57P02', '08006', '08003', 'ECONNRESET', 'EPIPE'].includes(codeOf(error)) ||
  /Connection terminated unexpectedly|not queryable|Client was closed/.test(
    error instanceof Error ? error.message : '',
  )

/** No room left on the database's disk. */
export const isDiskFull = (error: unknown): boolean => ['53100', 'ENOSPC'].includes(codeOf(error))

/** A text came through that the database cannot keep: a null character, half a surrogate pair. */
export const isUnkeepable = (error: unknown): boolean => ['22021', '22P05'].includes(codeOf(error))

/** Somebody else held it too long, or the statement took too long. */
export const isTimeout = (error: unknown): boolean => ['55P03', '57014', '53300'].includes(codeOf(error))
