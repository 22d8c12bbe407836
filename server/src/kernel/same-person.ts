import { asSystem } from './as-system.ts'
import type { Ctx } from './ctx.ts'

/** What FHIR says of the other resident of a pair: Patient.link.type. */
export type SameKind = 'seealso' | 'replaces' | 'replaced-by'

export interface Same {
  readonly residentId: string
  readonly otherId: string
  readonly kind: SameKind
}

/** SQL: the resident (a parameter) and all who are one person with them, as an array of ids. */
export const samePerson = (resident: string): string =>
  `array(select ${resident}::uuid union all select s.other_id from kernel.same_person s where s.resident_id = ${resident}::uuid)`

/** Every pair in which one of these residents stands first. */
export async function listSame(ctx: Ctx, residentIds: readonly string[]): Promise<Same[]> {
  const { rows } = await ctx.client.query<Same>({
    name: 'same-person',
    text: `select resident_id as "residentId", other_id as "otherId", kind from kernel.same_person
      where resident_id = any ($1::uuid[]) order by resident_id, other_id limit 1000`,
    values: [residentIds],
  })
  return rows
}

const REMOVE = `delete from kernel.same_person s where s.resident_id = any ($1::uuid[])
    and not exists (select from unnest($2::uuid[], $3::uuid[]) as w (a, b)
      where w.a = s.resident_id and w.b = s.other_id)`
const FORGET = `delete from kernel.access_grant g where g.from_resident_id = any ($1::uuid[])
    and not exists (select from unnest($2::uuid[], $3::uuid[]) as w (a, b)
      where w.a = g.from_resident_id and w.b = g.resident_id)`
const ADD = `insert into kernel.same_person (resident_id, other_id, kind)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[])
  on conflict (resident_id, other_id) do update set kind = excluded.kind`
const PASS_ON = `insert into kernel.access_grant (resident_id, institution_id, basis, source, depth, since, until,
    via_institution_id, suspended, sensitive, from_resident_id)
  select w.b, g.institution_id, g.basis, g.source, g.depth, g.since, g.until, g.via_institution_id, g.suspended,
    g.sensitive, g.resident_id
  from unnest($1::uuid[], $2::uuid[]) as w (a, b) join kernel.access_grant g on g.resident_id = w.a
  where g.from_resident_id = '00000000-0000-0000-0000-000000000000' on conflict do nothing`

/**
 * Makes exactly these pairs of these residents one person. Grants follow: each resident has those of all the others
 * for as long as the pair stands, and keeps their own when it falls.
 */
export function setSame(ctx: Ctx, residentIds: readonly string[], pairs: readonly Same[]): Promise<void> {
  const firsts = pairs.map((pair) => pair.residentId)
  const seconds = pairs.map((pair) => pair.otherId)
  const kinds = pairs.map((pair) => pair.kind)
  return asSystem(ctx, async (all) => {
    await all.client.query(REMOVE, [residentIds, firsts, seconds])
    await all.client.query(FORGET, [residentIds, firsts, seconds])
    await all.client.query(ADD, [firsts, seconds, kinds])
    await all.client.query(PASS_ON, [firsts, seconds])
  })
}
