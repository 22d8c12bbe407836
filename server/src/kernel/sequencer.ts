import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import type { Pool, PoolClient } from 'pg'
import { writeOpened } from './access-log.ts'
import { system } from './actor.ts'
import { settle, withClient } from './database.ts'

/** So many are numbered in one round at most. */
export const SEALED_AT_ONCE = 2_000
/**
 * So often openings become lines of the log: every 40 ms it took a third of what reads can have. Whoever reads the log has its
 * lines made first (`writeAllOpened`).
 */
const OPENED_EVERY_MS = 1_000
const LOCK = 7_302_001

/** Digest of an event, computed by the database from the row itself; audit:verify uses the same words. */
export const EVENT_DIGEST = `sha256(convert_to(concat_ws(E'\\x1f', e.id, e.name, extract(epoch from e.at), e.actor_kind, e.actor_id,
  coalesce(e.institution_id::text, ''), coalesce(e.resident_id::text, ''), e.thing, e.audience::text, e.data::text, e.request_id), 'UTF8'))`

/** The link that follows `hash`: SHA-256 over the hash before, the number and the digest of what happened. */
export const link = (before: Buffer, number: number, digest: Buffer): Buffer =>
  createHash('sha256').update(before).update(String(number)).update(digest).digest()

/** The hash before the first link. */
export const GENESIS: Buffer = Buffer.alloc(32)

/** Where the chain stood when it was last written down outside the database. */
export interface Head {
  readonly number: number
  readonly hash: string
}

export function readHead(file: string): Head | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Head
  } catch {
    return undefined
  }
}

/** On disk before it takes the old one's place: after a power cut there is the new head or the old one. */
async function writeHead(file: string, head: Head): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(head)}\n`, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
}

interface Fresh {
  kind: 'event' | 'access'
  ref: string
  digest: Buffer
}

/** Numbers what has been committed, a round at a time. */
export interface Sequencer {
  /** Numbers what has come since the last time, in order, and chains it. Returns how many; 0 when idle. */
  readonly once: () => Promise<number>
}

export function openSequencer(pool: Pool, headFile: string, openedEveryMs = OPENED_EVERY_MS): Sequencer {
  let openedAt = Number.NEGATIVE_INFINITY
  return {
    async once() {
      const now = performance.now()
      const withOpened = now - openedAt >= openedEveryMs
      if (!(await isWaiting(pool, withOpened))) return 0
      const sealed = await sealOnce(pool, withOpened)
      if (withOpened && !sealed.moreOpened) openedAt = now
      if (sealed.head) await writeHead(headFile, sealed.head)
      return sealed.count
    },
  }
}

async function isWaiting(pool: Pool, withOpened: boolean): Promise<boolean> {
  const { rows } = await withClient(pool, (client) => {
    settle(client, system(null))
    return client.query<{ waiting: boolean }>({
      name: 'seal-look',
      text: 'select exists (select from kernel.fresh) or $1 and exists (select from kernel.opened) as waiting',
      values: [withOpened],
    })
  })
  return rows[0]?.waiting ?? false
}

interface Sealed {
  readonly count: number
  readonly head?: Head
  /** Whether there may be more openings than became lines. */
  readonly moreOpened: boolean
}

async function sealOnce(pool: Pool, withOpened: boolean): Promise<Sealed> {
  return withClient(pool, async (client) => {
    settle(client, system(null))
    await client.query('begin')
    try {
      const sealed = await seal(client, withOpened)
      await client.query('commit')
      return sealed
    } catch (error) {
      await client.query('rollback').catch(() => {})
      throw error
    }
  })
}

async function seal(client: PoolClient, withOpened: boolean): Promise<Sealed> {
  const locked = await client.query<{ ok: boolean }>(`select pg_try_advisory_xact_lock(${LOCK}) as ok`)
  if (!locked.rows[0]?.ok) return { count: 0, moreOpened: false }
  const moreOpened = withOpened && (await writeOpened(client))
  const { rows } = await client.query<Fresh>({
    name: 'seal-take',
    text: `with taken as (delete from kernel.fresh where ctid = any (array(select ctid from kernel.fresh order by n limit ${SEALED_AT_ONCE})) returning n, kind, ref, digest)
      select t.kind, t.ref, coalesce(t.digest, ${EVENT_DIGEST}) as digest
      from taken t left join kernel.event e on t.kind = 'event' and e.id = t.ref order by t.n`,
  })
  if (rows.length === 0) return { count: 0, moreOpened }
  const last = await client.query<{ number: number; hash: Buffer }>(
    'select number, hash from kernel.sealed order by number desc limit 1',
  )
  let number = last.rows[0]?.number ?? 0
  let hash = last.rows[0]?.hash ?? GENESIS
  const numbers: number[] = []
  const hashes: Buffer[] = []
  for (const row of rows) {
    number += 1
    hash = link(hash, number, row.digest)
    numbers.push(number)
    hashes.push(hash)
  }
  await client.query({
    name: 'seal-add',
    text: `insert into kernel.sealed (number, kind, ref, digest, hash, at)
      select n, k, r, d, h, now() from unnest($1::bigint[], $2::text[], $3::uuid[], $4::bytea[], $5::bytea[]) as x (n, k, r, d, h)`,
    values: [numbers, rows.map((r) => r.kind), rows.map((r) => r.ref), rows.map((r) => r.digest), hashes],
  })
  if (rows.some(({ kind }) => kind === 'event')) await client.query('notify tongmai_sealed')
  return { count: rows.length, moreOpened, head: { number, hash: hash.toString('hex') } }
}
