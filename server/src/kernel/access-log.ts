import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import type { Access } from './ctx.ts'
import type { InnerCtx } from './ctx-inside.ts'
import { type Queries, withClient } from './database.ts'
import { uuidv7 } from './id.ts'

/** One committed line: what was opened, by whom, when. */
export interface Line extends Access {
  readonly id: string
  readonly at: Date
  readonly actorKind: string
  readonly actorId: string
  readonly practitionerId: string | null
  readonly institutionId: string | null
  readonly requestId: string
}

/** So many reads share a batch at most; so many batches are committed at the same time, so that none waits for another's disk. */
const WAITING_MAX = 400
const RUNNING = 4

/** A row of the list of openings, as SQL: what `kernel.opening` holds, in its order. */
const opening = (fields: readonly string[]) => `row(${fields.join(', ')})::kernel.opening`

const SQL = `insert into kernel.opened (lines) select array_agg(${opening(['r', 'i', 'a', 'k', 'c', 'p', 'n', 'b', 't', 'u', 'q'])})
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[],
    $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::text[], $11::text[]) as x (r, i, a, k, c, p, n, b, t, u, q)`

/** The digest of a batch: what audit:verify computes again from the rows, in the order of their ids. */
export function digestOf(lines: readonly Line[]): Buffer {
  const hash = createHash('sha256')
  for (const l of lines.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const fields = [
      l.id,
      l.residentId,
      l.at.getTime(),
      l.actorKind,
      l.actorId,
      l.practitionerId ?? '',
      l.institutionId ?? '',
    ]
    hash.update(
      `${fields.join('\x1f')}\x1f${l.basis}\x1f${l.thing}\x1f${l.purpose ?? ''}\x1f${l.requestId}\n`,
    )
  }
  return hash.digest()
}

/**
 * A common table expression that writes one batch of the rows of `opened_` (resident_id, at, basis, thing, request_id),
 * for a statement that reads and logs at once. It speaks of four parameters: the kind and id of the actor, its
 * practitioner and its institution.
 */
export function batchSql([kind, id, practitioner, institution]: readonly string[]): string {
  const who = [`${kind}::text`, `${id}::text`, `${practitioner}::uuid`, `${institution}::uuid`]
  const fields = ['o.resident_id', 'null', 'o.at', ...who, 'o.basis', 'o.thing', 'null', 'o.request_id']
  return `logged as (insert into kernel.opened (lines)
    select array_agg(${opening(fields)}) from opened_ o having count(*) > 0)`
}

const DIGESTED = `l.id, l.resident_id, (extract(epoch from l.at) * 1000)::bigint, l.actor_kind, l.actor_id,
  coalesce(l.practitioner_id::text, ''), coalesce(l.institution_id::text, ''), l.basis, l.thing, coalesce(l.purpose, ''), l.request_id`
const KEPT = 'actor_kind, actor_id, practitioner_id, institution_id, basis, thing, purpose, request_id'

/** So many openings' rows become lines of the log in one go at most. */
const WRITTEN_AT_ONCE = 500

/** The UUIDv7 of a time, as SQL, in the form of `bytes`, another UUIDv7 or a part of one. */
const idSql = (at: string, bytes: string) =>
  `encode(overlay(${bytes} placing substring(int8send((extract(epoch from ${at}) * 1000)::bigint) from 3) from 1 for 6), 'hex')::uuid`

/** What is opened in one go makes one batch: its lines bear its bits, their own time and their number in it. */
const WRITE = `with taken as materialized (delete from kernel.opened where ctid = any (array(select ctid from kernel.opened limit ${WRITTEN_AT_ONCE})) returning lines),
  bits as materialized (select set_bit(set_bit(uuid_send(gen_random_uuid()), 52, 1), 53, 1) as bytes),
  batch as materialized (select ${idSql('clock_timestamp()', 'bytes')} as id, bytes from bits),
  line as materialized (select b.id as batch_id, coalesce(o.id, ${idSql('o.at', 'overlay(b.bytes placing int4send((row_number() over ())::int) from 13)')}) as id,
    o.resident_id, o.at, ${KEPT} from taken t cross join unnest(t.lines) o cross join batch b),
  written as (insert into kernel.access (resident_id, id, batch_id, at, ${KEPT}) select l.resident_id, l.id, l.batch_id, l.at, ${KEPT} from line l)
  insert into kernel.fresh (kind, ref, digest)
  select 'access', l.batch_id, sha256(convert_to(string_agg(concat_ws(E'\\x1f', ${DIGESTED}) || E'\\n', '' order by l.id), 'UTF8'))
  from line l group by l.batch_id returning (select count(*)::int from taken) as taken`

/**
 * Makes lines of the log out of what was opened until now, and tells the sequencer their digest (`digestOf`); whether that
 * was as much as goes at once, so that there may be more. Whoever does this at the same moment waits, and finds nothing
 * left. As the system.
 */
export async function writeOpened(client: Queries): Promise<boolean> {
  const { rows } = await client.query<{ taken: number }>({ name: 'write-opened', text: WRITE })
  return rows[0]?.taken === WRITTEN_AT_ONCE
}

/** The same until nothing is left, for whoever is going to read the log. */
export async function writeAllOpened(client: Queries): Promise<void> {
  while (await writeOpened(client));
}

/** The statement that writes one batch. */
export function batchQuery(lines: readonly Line[]) {
  const pick = <K extends keyof Line>(key: K) => lines.map((l) => l[key] ?? null)
  const values = [
    pick('residentId'),
    pick('id'),
    pick('at'),
    pick('actorKind'),
    pick('actorId'),
    pick('practitionerId'),
    pick('institutionId'),
    pick('basis'),
    pick('thing'),
    pick('purpose'),
    pick('requestId'),
  ]
  return { name: 'access', text: SQL, values }
}

/** What the action opened, as lines of the log. */
export const linesOf = ({ actor, now, accesses }: InnerCtx): Line[] =>
  accesses.map((access) => ({
    ...access,
    id: uuidv7(),
    at: now,
    actorKind: actor.kind,
    actorId: actor.id,
    practitionerId: actor.practitionerId,
    institutionId: actor.institutionId,
  }))

/** Collects lines of concurrent reads into batches; `add` resolves once the batch with these lines is committed. */
export interface AccessLog {
  readonly add: (lines: readonly Line[]) => Promise<void>
}

interface Waiting {
  readonly lines: readonly Line[]
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

export function openAccessLog(pool: Pool): AccessLog {
  let queue: Waiting[] = []
  let running = 0
  let soon = false

  async function commit(taken: readonly Waiting[]): Promise<void> {
    try {
      const lines = taken.flatMap((w) => w.lines)
      await withClient(pool, (client) => client.query(batchQuery(lines)))
      for (const w of taken) w.done()
    } catch (error) {
      for (const w of taken) w.failed(error)
    }
  }

  function next(): void {
    if (queue.length === 0 || running >= RUNNING) return
    running += 1
    const taken = queue.slice(0, WAITING_MAX)
    queue = queue.slice(WAITING_MAX)
    void commit(taken).finally(() => {
      running -= 1
      next()
    })
    next()
  }

  return {
    add: (lines) =>
      new Promise((done, failed) => {
        queue.push({ lines, done, failed })
        if (soon) return
        soon = true
        // The next turn of the loop: what the same turn reads joins the same batch.
        setImmediate(() => {
          soon = false
          next()
        })
      }),
  }
}
