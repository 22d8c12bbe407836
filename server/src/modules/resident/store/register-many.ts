import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type Candidate, candidatesOf } from './match.ts'
import type { NewRow, NumberRow } from './registry.ts'

/** One newcomer as they are written down. */
export interface Entry {
  readonly row: NewRow
  readonly numbers: readonly NumberRow[]
  readonly keys: readonly string[]
}

const PEOPLE = `jsonb_to_recordset($1::jsonb) as p (id uuid, "nameMasked" text, sex text, "birthDate" date, "idMasked" text,
    name text, names text, "birthSaid" text, "phoneSealed" text, "phoneMasked" text, "phoneBlind" text, "telecomSealed" text,
    address text, addresses text, "addressMasked" text, "divisionCode" text, unknown boolean, "foundAt" timestamptz,
    "foundPlace" text, note text, "institutionId" uuid, links text, "matchKeys" bigint[])`
const NUMBERS = `jsonb_to_recordset($2::jsonb) as n ("residentId" uuid, blind text, "numberBlind" text, system text, kind text,
    country text, "valueSealed" text, "valueMasked" text, derived boolean, about text)`
const KEYS = `${PEOPLE} cross join unnest(p."matchKeys") as x (key)`
/** Looked up key by key: as long as the table is small the planner would rather read all of it. */
const IS_KNOWN = 'exists (select from resident.match_key m where m.key = x.key offset 0)'

/** As the registration of one, for many: nothing is written where one of the numbers is somebody's already. */
const REGISTER = `with n as materialized (select * from ${NUMBERS}),
  taken as (insert into resident.identifier_index (blind, number_blind, resident_id)
    select n.blind, n."numberBlind", n."residentId" from n order by n.blind on conflict (blind) do nothing returning 1),
  free as (select count(*) = (select count(*) from n) as is_new from taken),
  p as materialized (select p.* from free, ${PEOPLE} where is_new),
  r as (insert into resident.resident (resident_id, name_masked, sex, birth_date, id_masked, created_at)
    select p.id, p."nameMasked", p.sex, p."birthDate", p."idMasked", $3 from p),
  w as (insert into resident.person (resident_id, name, names, birth_said, phone_sealed, phone_masked, phone_blind,
      telecom_sealed, address, addresses, address_masked, division_code, unknown, found_at, found_place, note, institution_id, links, match_keys)
    select p.id, p.name, p.names::jsonb, p."birthSaid", p."phoneSealed", p."phoneMasked", p."phoneBlind", p."telecomSealed",
      p.address, p.addresses::jsonb, p."addressMasked", p."divisionCode", p.unknown, p."foundAt", p."foundPlace", p.note,
      p."institutionId", p.links::jsonb, p."matchKeys" from p),
  k as (insert into resident.match_key (key, resident_id) select x.key, p.id from p, unnest(p."matchKeys") as x (key)),
  i as (insert into resident.identifier (resident_id, blind, system, kind, country, value_sealed, value_masked, derived, about, since)
    select n."residentId", n.blind, n.system, n.kind, n.country, n."valueSealed", n."valueMasked", n.derived, n.about::jsonb, $3
    from free, n where is_new)
  select is_new as "isNew", (select value from resident.rule where code = 'treatmentDays' and since <= $4::date
      order by since desc limit 1) as "days",
    array(select distinct p.id::text from ${KEYS} where ${IS_KNOWN}) as "shares" from free`

export interface Added {
  /** False where one of the numbers is known: then nothing of the others may stay. */
  readonly isNew: boolean
  readonly days: number
  /** Those of them who share a key with somebody who was there before. */
  readonly shares: readonly string[]
}

/** Adds residents who are all new; their keys must be held. */
export async function addAll(ctx: Ctx, entries: readonly Entry[], today: string): Promise<Added> {
  const numbers = entries.flatMap(({ row, numbers }) => numbers.map((n) => ({ ...n, residentId: row.id })))
  const values = [
    JSON.stringify(entries.map(({ row, keys }) => ({ ...row, matchKeys: keys }))),
    JSON.stringify(numbers),
    ctx.now,
    today,
  ]
  const { rows } = await ctx.client.query<Added>({ name: 'resident-register-many', text: REGISTER, values })
  return rows[0] as Added
}

const MANY = `select w.id as "whose", c.* from jsonb_to_recordset($1::jsonb) as w (id uuid, keys bigint[])
  cross join lateral (${candidatesOf('w.keys', 'w.id')}) c`

/** Of several residents, those who share a key with each; for the matcher's eyes only. */
export const candidatesOfAll = (
  ctx: Ctx,
  whose: readonly { id: string; keys: readonly string[] }[],
): Promise<(Candidate & { readonly whose: string })[]> =>
  asSystem(ctx, async (all) => {
    const values = [JSON.stringify(whose)]
    const query = { name: 'resident-candidates-many', text: MANY, values }
    return (await all.client.query<Candidate & { whose: string }>(query)).rows
  })
