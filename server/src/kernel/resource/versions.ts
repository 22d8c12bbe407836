import type { Ctx } from '../ctx.ts'
import { Bind, type Condition, sqlOf } from './find/condition.ts'
import { prepared } from './find/statement.ts'
import { keysOf } from './keys.ts'
import type { Resource, Stored } from './owner.ts'
import { present } from './read.ts'
import { type Row, rowsOf, storedOf } from './row.ts'
import { logPage } from './search.ts'
import { grants, lawful, visible } from './visible.ts'

/** A version that was written, and what it followed; whoever sends it on asks again what the receiver may see. */
export interface Change {
  /** Of the sealed event that came with it: the order of what happened. */
  readonly number: number
  readonly type: string
  readonly id: string
  readonly version: number
  readonly at: Date
  readonly deleted: boolean
  readonly ofResident: boolean
  readonly content: string
  /** What it was before; null for the first version. */
  readonly before: string | null
}

/** So many numbers of the chain are looked at in one go. */
const span = 1_000

const half = (table: string) => `select r.type, r.id, r.version, r.updated_at as at, r.deleted, r.content,
    r.resident_id <> '00000000-0000-0000-0000-000000000000' as "ofResident"
  from kernel.${table} r where r.type = y.type and r.updated_at = t.at`

/** An event and what its action stored share one time, by which the second is found from the first. */
const written = `with t as (select e.at, min(s.number) as number
    from kernel.sealed s join kernel.event e on e.id = s.ref
    where s.kind = 'event' and s.number > $1 and s.number <= $2 group by e.at)
  select t.number, x.*, (select b.content from kernel.resource_history b
      where b.type = x.type and b.id = x.id and b.version = x.version - 1) as before
  from t cross join unnest($3::text[]) y (type)
    cross join lateral (${half('resource')} union all ${half('resource_history')}) x
  order by t.number, x.type, x.id, x.version`

/** Where the chain of what happened ends now. */
export async function lastSealed(ctx: Ctx): Promise<number> {
  const text = 'select coalesce(max(number), 0) as n from kernel.sealed'
  return (await rowsOf<{ n: number }>(ctx, 'sealed-last', text, []))[0]?.n ?? 0
}

/** What was written of these types after a number of the chain, in its order, and up to where; as the system only. */
export async function writtenAfter(
  ctx: Ctx,
  { number, types }: { number: number; types: readonly string[] },
): Promise<{ changes: readonly Change[]; until: number }> {
  const until = Math.min(await lastSealed(ctx), number + span)
  if (until <= number || types.length === 0) return { changes: [], until: Math.max(until, number) }
  return { changes: await rowsOf<Change>(ctx, 'fhir-written', written, [number, until, types]), until }
}

/** Names one version: `id/version`. */
export const nameOf = ({ id, version }: { id: string; version: number }): string => `${id}/${version}`

const shared = 'resident_id, type, id, own_id, version, updated_at, institution_id, audience, sensitivity'
const one = (table: string, keys: string) => `select ${shared}, deleted, content, reader, ${keys} as keys
  from kernel.${table} where type = $5 and id = x.id and version = x.version`
/** The versions $6 $7 of type $5 as rows `r`; what they are found by is in $8 where the store has forgotten it. */
const versions = `(select h.*, (coalesce(h.keys, array(select jsonb_array_elements_text(x.known::jsonb)))) collate "C" as found
  from unnest($6::text[], $7::int[], $8::text[]) x (id, version, known)
  cross join lateral (${one('resource', 'case when not deleted then keys end')}
    union all ${one('resource_history', 'null::text[]')}) h)`
const seen = `(select ${shared}, deleted, content, reader, found as keys from ${versions} v) r ${grants}`

const resourceIn = ({ deleted, before, content }: Change): Resource =>
  JSON.parse(deleted ? (before ?? '{}') : content) as Resource

/**
 * Which of these versions (all of one type) the actor may see and are as the condition wants them, by `nameOf`. A
 * removal is taken as what it removed. Nobody's record is opened by this.
 */
export async function matching(
  ctx: Ctx,
  { type, condition, changes }: { type: string; condition: Condition; changes: readonly Change[] },
): Promise<ReadonlySet<string>> {
  const known = changes.map((change) => JSON.stringify(keysOf(resourceIn(change), change.ofResident).keys))
  const ids = changes.map(({ id }) => id)
  const bind = new Bind([...visible(ctx), type, ids, changes.map(({ version }) => version), known])
  const text = `select r.id, r.version from ${seen} where ${lawful} and ${sqlOf(condition, bind)}`
  const { rows } = await ctx.client.query<{ id: string; version: number }>(
    prepared({ text, values: bind.values }),
  )
  return new Set(rows.map(nameOf))
}

interface Found extends Row {
  readonly basis: string | null
}

/** These versions of one type, as far as the actor may see them now, by `nameOf`; each resident's opening is logged. */
export async function readVersions(
  ctx: Ctx,
  type: string,
  wanted: readonly { readonly id: string; readonly version: number }[],
): Promise<ReadonlyMap<string, Stored>> {
  const rows = await rowsOf<Found>(ctx, 'fhir-versions', `select r.*, g.basis from ${seen} where ${lawful}`, [
    ...visible(ctx),
    type,
    wanted.map(({ id }) => id),
    wanted.map(({ version }) => version),
    [],
  ])
  logPage(ctx, rows, `${type}?`)
  const stored = await Promise.all(
    rows.map(async (row) => {
      const own = storedOf(row)
      return [nameOf(own), { ...own, content: await present(ctx, own) }] as const
    }),
  )
  return new Map(stored)
}
