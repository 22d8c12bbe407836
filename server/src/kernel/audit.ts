import type { ClientBase } from 'pg'
import { digestOf, type Line } from './access-log.ts'
import { EVENT_DIGEST, GENESIS, type Head, link } from './sequencer.ts'

/** What the walk over the chain found: all well, or the first link that is not. */
export type Verdict =
  | { readonly ok: true; readonly links: number }
  | { readonly ok: false; readonly number: number; readonly problem: string }

const PAGE = 5_000

interface Link {
  number: number
  kind: 'event' | 'access'
  ref: string
  digest: Buffer
  hash: Buffer
  now_digest: Buffer | null
}

/**
 * Walks the chain from its first link: each number follows the one before, each hash follows from the one before,
 * each event and each batch of the access log still has the digest it was sealed with, and the chain reaches the
 * head that was written to the file. `client` must see all rows.
 */
export async function verifyAudit(client: ClientBase, head: Head | undefined): Promise<Verdict> {
  let hash: Buffer = GENESIS
  let number = 0
  let atHead: string | undefined
  for (;;) {
    const links = await page(client, number)
    for (const l of links) {
      const problem = await judge(client, l, { number, hash })
      if (problem) return { ok: false, number: number + 1, problem }
      number = l.number
      hash = l.hash
      if (number === head?.number) atHead = hash.toString('hex')
    }
    if (links.length < PAGE) break
  }
  if (head && head.number > number)
    return {
      ok: false,
      number: number + 1,
      problem: `the tail is gone: the head file knows link ${head.number}`,
    }
  if (head && head.number > 0 && atHead !== head.hash)
    return { ok: false, number: head.number, problem: 'the head file knows another hash for this link' }
  return { ok: true, links: number }
}

async function page(client: ClientBase, after: number): Promise<Link[]> {
  const { rows } = await client.query<Link>(
    `select s.number::float8 as number, s.kind, s.ref, s.digest, s.hash,
      case s.kind when 'event' then (select ${EVENT_DIGEST} from kernel.event e where e.id = s.ref) end as now_digest
      from kernel.sealed s where s.number > $1 order by s.number limit ${PAGE}`,
    [after],
  )
  return rows
}

async function judge(
  client: ClientBase,
  l: Link,
  before: { number: number; hash: Buffer },
): Promise<string | undefined> {
  if (l.number !== before.number + 1) return `link ${before.number + 1} is missing`
  if (!link(before.hash, l.number, l.digest).equals(l.hash))
    return 'its hash does not follow from the one before'
  if (l.kind === 'access') return judgeBatch(client, l)
  if (!l.now_digest) return `event ${l.ref} is gone`
  return l.now_digest.equals(l.digest) ? undefined : `event ${l.ref} was changed`
}

async function judgeBatch(client: ClientBase, l: Link): Promise<string | undefined> {
  const { rows } = await client.query<Line>(
    `select id, resident_id as "residentId", at, actor_kind as "actorKind", actor_id as "actorId",
      practitioner_id as "practitionerId", institution_id as "institutionId", basis, thing, purpose, request_id as "requestId"
      from kernel.access where batch_id = $1 order by id`,
    [l.ref],
  )
  if (rows.length === 0) return `access batch ${l.ref} is gone`
  return digestOf(rows).equals(l.digest)
    ? undefined
    : `a line of access batch ${l.ref} was changed or is gone`
}
