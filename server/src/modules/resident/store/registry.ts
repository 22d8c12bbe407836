import type { DocumentKind } from '@tongmai/api/resident/person'
import type { Sex } from '@tongmai/api/workforce/practitioner'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables-of.ts'

/** As many residents as one institution has at most. */
const REGISTERED_MOST = 200_000

/** A resident as they are written down, sealed and masked already. */
export interface NewRow {
  readonly id: string
  readonly nameMasked: string
  readonly sex: Sex
  readonly birthDate: string | null
  readonly birthSaid: string | null
  readonly idMasked: string | null
  readonly name: string
  readonly names: string | null
  readonly phoneSealed: string | null
  readonly phoneMasked: string | null
  readonly phoneBlind: string | null
  readonly telecomSealed: string | null
  readonly address: string | null
  readonly addresses: string | null
  readonly addressMasked: string | null
  readonly divisionCode: string | null
  readonly unknown: boolean
  readonly foundAt: Date | null
  readonly foundPlace: string | null
  readonly note: string | null
  readonly institutionId: string | null
  readonly links: string | null
}

export interface NumberRow {
  readonly blind: string
  readonly numberBlind: string
  readonly system: string
  readonly kind: DocumentKind | null
  readonly country: string | null
  readonly valueSealed: string
  readonly valueMasked: string
  readonly derived: boolean
  readonly about: string | null
}

/** Behind a select the lists look alike to the planner whatever their length, so that it plans the statement once. */
const list = (n: number, type: string) => `(select $${n}::${type}[])`
const texts = [24, 25, 26, 27, 28, 29, 30].map((n) => list(n, 'text'))

const NUMBERS = `unnest(${texts.join(', ')}, ${list(31, 'boolean')}, ${list(32, 'text')})
    as n (blind, number_blind, system, kind, country, value_sealed, value_masked, derived, about)`

/**
 * The whole registration in one statement. Each number is taken first: where one is somebody's already (also of a
 * registration that runs at this moment, for which it waits), nothing else is written.
 */
const REGISTER = `with taken as (insert into resident.identifier_index (blind, number_blind, resident_id)
    select n.blind, n.number_blind, $1 from ${NUMBERS} on conflict (blind) do nothing returning 1),
  free as (select count(*) = cardinality($24::text[]) as is_new from taken),
  r as (insert into resident.resident (resident_id, name_masked, sex, birth_date, id_masked, created_at)
    select $1, $2, $3, $4::date, $5, $6 from free where is_new),
  p as (insert into resident.person (resident_id, name, names, birth_said, phone_sealed, phone_masked, phone_blind,
      telecom_sealed, address, addresses, address_masked, division_code, unknown, found_at, found_place, note, institution_id, links,
      match_keys)
    select $1, $7, $8::jsonb, $9, $10, $11, $12, $13, $14, $15::jsonb, $16, $17, $18, $19, $20, $21, $22, $33::jsonb,
      $34::bigint[]
    from free where is_new),
  k as (insert into resident.match_key (key, resident_id) select x, $1 from unnest(${list(34, 'bigint')}) x, free where is_new),
  i as (insert into resident.identifier (resident_id, blind, system, kind, country, value_sealed, value_masked, derived, about, since)
    select $1, n.blind, n.system, n.kind, n.country, n.value_sealed, n.value_masked, n.derived, n.about::jsonb, $6
    from ${NUMBERS}, free where is_new)
  select is_new as "isNew", (select value from resident.rule where code = 'treatmentDays' and since <= $23::date
    order by since desc limit 1) as "days",
    exists (select from resident.match_key where key = any (${list(34, 'bigint')}::bigint[])) as "shares" from free`

/**
 * Adds a resident unless one of the numbers is known; also says for how many days a registration opens the record, and
 * whether somebody shares a key with them and may be the same person.
 */
export async function add(
  ctx: Ctx,
  row: NewRow,
  given: { numbers: readonly NumberRow[]; today: string; keys: readonly string[] },
): Promise<{ isNew: boolean; days: number; shares: boolean }> {
  const n = given.numbers
  const values = [
    ...[
      row.id,
      row.nameMasked,
      row.sex,
      row.birthDate,
      row.idMasked,
      ctx.now,
      row.name,
      row.names,
      row.birthSaid,
    ],
    ...[row.phoneSealed, row.phoneMasked, row.phoneBlind, row.telecomSealed, row.address, row.addresses],
    ...[
      row.addressMasked,
      row.divisionCode,
      row.unknown,
      row.foundAt,
      row.foundPlace,
      row.note,
      row.institutionId,
    ],
    given.today,
    ...columnsOf(n),
    ...[row.links, given.keys],
  ]
  const query = { name: 'resident-register', text: REGISTER, values }
  const { rows } = await ctx.client.query<{ isNew: boolean; days: number; shares: boolean }>(query)
  return rows[0] ?? { isNew: false, days: 0, shares: false }
}

const columnsOf = (n: readonly NumberRow[]) => [
  n.map((x) => x.blind),
  n.map((x) => x.numberBlind),
  n.map((x) => x.system),
  n.map((x) => x.kind),
  n.map((x) => x.country),
  n.map((x) => x.valueSealed),
  n.map((x) => x.valueMasked),
  n.map((x) => x.derived),
  n.map((x) => x.about),
]

/** To whom these numbers belong, other than one resident. */
export async function ownersOf(ctx: Ctx, blinds: readonly string[], except: string): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('resident.identifierIndex')
    .select('residentId')
    .distinct()
    .where('blind', 'in', ['', ...blinds])
    .where('residentId', '!=', except)
    .limit(10)
    .execute()
  return rows.map((row) => row.residentId)
}

/**
 * Gives a resident the numbers that are not theirs yet; false where one is somebody else's by now. A number that a
 * registration has just taken for `provisional` (and then found its owner) passes on to the resident.
 */
export async function addNumbers(
  ctx: Ctx,
  residentId: string,
  numbers: readonly NumberRow[],
  provisional = residentId,
): Promise<boolean> {
  if (numbers.length === 0) return true
  return asSystem(ctx, async (all) => {
    const taken = await tables(all)
      .insertInto('resident.identifierIndex')
      .values(numbers.map(({ blind, numberBlind }) => ({ blind, numberBlind, residentId })))
      .onConflict((c) =>
        c
          .column('blind')
          .doUpdateSet({ residentId })
          .where('resident.identifierIndex.residentId', 'in', [residentId, provisional]),
      )
      .returning('blind')
      .execute()
    await tables(all)
      .insertInto('resident.identifier')
      .values(numbers.map(({ numberBlind: _, ...n }) => ({ ...n, residentId, since: ctx.now })))
      .onConflict((c) => c.columns(['residentId', 'blind']).doNothing())
      .execute()
    return taken.length === numbers.length
  })
}

/** The residents with a number, whatever system it is of. */
export async function findByNumber(ctx: Ctx, numberBlind: string): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('resident.identifierIndex')
    .select('residentId')
    .distinct()
    .where('numberBlind', '=', numberBlind)
    .limit(20)
    .execute()
  return rows.map((row) => row.residentId)
}

/** Very many new residents at once (demonstrations); nobody of them may be known. */
export async function addMany(
  ctx: Ctx,
  rows: readonly NewRow[],
  numbers: readonly (NumberRow & { residentId: string })[],
  keys: readonly { key: string; residentId: string }[],
): Promise<void> {
  const at = ctx.now
  const own = Map.groupBy(keys, ({ residentId }) => residentId)
  await tables(ctx)
    .insertInto('resident.resident')
    .values(
      rows.map(({ id: residentId, nameMasked, sex, birthDate, idMasked }) => ({
        ...{ residentId, nameMasked, sex, birthDate, idMasked, createdAt: at },
      })),
    )
    .execute()
  await tables(ctx)
    .insertInto('resident.person')
    .values(
      rows.map(({ id: residentId, nameMasked: _, sex: __, birthDate: ___, idMasked: ____, ...person }) => ({
        ...{ ...person, residentId, matchKeys: own.get(residentId)?.map(({ key }) => key) ?? null },
      })),
    )
    .execute()
  await tables(ctx)
    .insertInto('resident.identifierIndex')
    .values(numbers.map(({ blind, numberBlind, residentId }) => ({ blind, numberBlind, residentId })))
    .execute()
  await tables(ctx)
    .insertInto('resident.identifier')
    .values(numbers.map(({ numberBlind: _, ...number }) => ({ ...number, since: at })))
    .execute()
  await ctx.client.query(
    'insert into resident.match_key (key, resident_id) select * from unnest($1::bigint[], $2::uuid[])',
    [keys.map(({ key }) => key), keys.map(({ residentId }) => residentId)],
  )
}

/** To whom each of very many numbers belongs. */
export async function ownersByBlind(
  ctx: Ctx,
  blinds: readonly string[],
): Promise<{ blind: string; residentId: string }[]> {
  const { rows } = await ctx.client.query<{ blind: string; residentId: string }>({
    name: 'resident-owners',
    text: `select i.blind, i.resident_id as "residentId" from unnest($1::text[]) b join resident.identifier_index i on i.blind = b`,
    values: [blinds],
  })
  return rows
}

/** Which institution wrote this resident down; null where it was none of ours. As the system. */
export async function institutionOf(ctx: Ctx, residentId: string): Promise<string | null> {
  const row = await tables(ctx)
    .selectFrom('resident.person')
    .select('institutionId')
    .where('residentId', '=', residentId)
    .executeTakeFirst()
  return row?.institutionId ?? null
}

/** Who is registered at an institution and has neither died nor moved away. Call as the system. */
export async function listRegistered(ctx: Ctx, institutionId: string): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('resident.person as p')
    .select('p.residentId')
    .where('p.institutionId', '=', institutionId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('resident.departure as d').select('d.id').whereRef('d.residentId', '=', 'p.residentId'),
        ),
      ),
    )
    .orderBy('p.residentId')
    .limit(REGISTERED_MOST)
    .execute()
  return rows.map((row) => row.residentId)
}
