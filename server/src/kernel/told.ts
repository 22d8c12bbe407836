import type { Ctx } from './ctx.ts'

/** What was told and sealed: its place in the chain, whose it is, and its data. */
export interface Heard {
  readonly number: number
  readonly name: string
  readonly residentId: string | null
  readonly data: { readonly [name: string]: unknown }
}

const text = `with w as (select least($1::bigint + $2, (select coalesce(max(number), 0) from kernel.sealed)) as until)
  select w.until, e.number, e.name, e.resident_id as "residentId", e.data from w left join lateral (
    select s.number, e.name, e.resident_id, e.data from kernel.sealed s join kernel.event e on e.id = s.ref
    where s.kind = 'event' and s.number > $1 and s.number <= w.until and e.name = any ($3::text[])) e on true
  order by e.number`

/**
 * What was told under these names after a number of the chain, looking at `span` numbers, and up to where it was looked;
 * for work that goes along the chain in large steps. As the system only.
 */
export async function toldAfter(
  ctx: Ctx,
  { number, span, names }: { number: number; span: number; names: readonly string[] },
): Promise<{ events: readonly Heard[]; until: number }> {
  const values = [number, span, names]
  const { rows } = await ctx.client.query<Heard & { until: number; number: number | null }>({
    name: 'told-after',
    text,
    values,
  })
  const events = rows.filter((row) => row.number !== null).map(({ until: _, ...event }) => event)
  return { events, until: Math.max(number, rows[0]?.until ?? number) }
}
