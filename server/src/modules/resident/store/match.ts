import type { Sex } from '@tongmai/api/workforce/practitioner'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { CHINESE_ID } from '../identifier.ts'

/** A resident as the matcher needs them: number and telephone still sealed. */
export interface Candidate {
  readonly residentId: string
  readonly name: string
  readonly sex: Sex
  readonly birthDate: string | null
  readonly phoneSealed: string | null
  readonly address: string | null
  readonly numberSealed: string | null
}

const columns = `p.resident_id as "residentId", p.name, r.sex, r.birth_date as "birthDate", p.phone_sealed as "phoneSealed",
  p.address, (select i.value_sealed from resident.identifier i where i.resident_id = p.resident_id
    and i.system = any ('{${CHINESE_ID},${CHINESE_ID}#unchecked}') order by i.system, i.derived desc, i.since limit 1) as "numberSealed"`

/** A key that more residents hold says nothing (a number everybody is given); of those who share most, so many are compared. */
const HOLDERS = 100
const COMPARED = 100

/** SQL: who shares a key of this list with one resident, as `Candidate`. */
export const candidatesOf = (keys: string, whose: string) => `with c as (select m.resident_id, count(*) as n
    from unnest(${keys}) as x (key) cross join lateral (select array_agg(k.resident_id) as ids from (select resident_id from resident.match_key
      where key = x.key limit ${HOLDERS + 1}) k) h
    cross join lateral unnest(h.ids) as m (resident_id)
    where cardinality(h.ids) <= ${HOLDERS} and m.resident_id is distinct from ${whose} group by 1 order by 2 desc, 1 limit ${COMPARED})
  select ${columns} from c join resident.person p on p.resident_id = c.resident_id
  join resident.resident r on r.resident_id = p.resident_id where not p.unknown`

const CANDIDATES = candidatesOf('$1::bigint[]', '$2')

/** Residents who share a key with somebody, whoever may open them; for the matcher's eyes only. */
export const listCandidates = (
  ctx: Ctx,
  keys: readonly string[],
  except: string | null,
): Promise<Candidate[]> =>
  asSystem(ctx, async (all) => {
    const query = { name: 'resident-candidates', text: CANDIDATES, values: [keys, except] }
    return (await all.client.query<Candidate>(query)).rows
  })

/**
 * Holds these keys until the end, the lowest first: of two alike who are described at the same moment, the second waits
 * and then sees the first.
 */
export const lockKeys = (ctx: Ctx, keys: readonly string[]) =>
  ctx.client.query({
    name: 'resident-lock-keys',
    text: 'select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as k (key)',
    values: [
      keys
        .map(BigInt)
        .toSorted((a, b) => (a < b ? -1 : 1))
        .map(String),
    ],
  })

/** Residents as the matcher sees them, without whoever is unknown. */
export const listAsCandidates = (ctx: Ctx, residentIds: readonly string[]): Promise<Candidate[]> =>
  asSystem(ctx, async (all) => {
    const text = `select ${columns} from resident.person p join resident.resident r on r.resident_id = p.resident_id
      where p.resident_id = any ($1::uuid[]) and not p.unknown`
    const query = { name: 'resident-candidate', text, values: [residentIds] }
    return (await all.client.query<Candidate>(query)).rows
  })

/** One resident as the matcher sees them; undefined for whoever is unknown. */
export const findCandidate = async (ctx: Ctx, residentId: string): Promise<Candidate | undefined> =>
  (await listAsCandidates(ctx, [residentId]))[0]

/** Says anew under which keys residents are brought together: `keys[i]` is a key of `residentIds[i]`. */
export const setKeys = (
  ctx: Ctx,
  whose: readonly string[],
  of: readonly { residentId: string; key: string }[],
) =>
  asSystem(ctx, async (all) => {
    await all.client.query(
      `delete from resident.match_key k using resident.person p
        where p.resident_id = any ($1::uuid[]) and k.resident_id = p.resident_id and k.key = any (p.match_keys)`,
      [whose],
    )
    await all.client.query(
      `with x as (select * from unnest($2::bigint[], $3::uuid[]) as x (key, resident_id)),
        p as (update resident.person p set match_keys = array(select x.key from x where x.resident_id = p.resident_id)
          where p.resident_id = any ($1::uuid[]))
        insert into resident.match_key (key, resident_id) select key, resident_id from x on conflict do nothing`,
      [whose, of.map(({ key }) => key), of.map(({ residentId }) => residentId)],
    )
  })
