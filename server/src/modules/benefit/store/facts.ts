import type { Ctx } from '../../../kernel/ctx.ts'
import type { Facts, Need } from '../estimate-many.ts'

/**
 * Rules, prices, stays and places for any number of destinations in one statement. Written out, because it is on the
 * path of routing; the policies of `insured` and `stay` decide what is seen of the resident.
 */
const text = `with who as (
    select area, scheme, category from benefit.insured
      where $2::text is null and resident_id = $1 and since <= $6 and (until is null or until >= $6)
    union all select $2, $3, $4 where $2::text is not null
    limit 1),
  grouped as (
    select code, since from benefit.diagnosis_group
      where (code = $7 or exists (select from unnest(icd) i where left($7, length(i)) = i))
        and since <= $6 and (until is null or until >= $6)
    order by code = $7 desc, code limit 1)
  select
    (select json_build_object('area', w.area, 'scheme', w.scheme, 'category', w.category, 'division', a.division,
        'gapDays', (select c.gap_days from benefit.chain_rule c where c.area = w.area
          and (c.since is null or c.since <= $6) and (c.until is null or c.until >= $6) order by c.since desc nulls last limit 1))
      from who w left join benefit.area a on a.area = w.area) as insured,
    (select birth_date::text from resident.card where id = $1) as birth_date,
    coalesce((select json_agg(json_build_object('id', r.id, 'area', r.area, 'scheme', r.scheme, 'category', r.category,
        'level', r.level, 'kind', r.kind, 'contracted', r.contracted, 'referral', r.referral,
        'deductibleFen', r.deductible_fen, 'ratioBp', r.ratio_bp, 'ratioMinBp', r.ratio_min_bp, 'ratioMaxBp', r.ratio_max_bp,
        'capFen', r.cap_fen, 'standing', r.standing, 'since', r.since, 'until', r.until, 'source', r.source, 'note', r.note))
      from benefit.insurance_rule r join who w on w.area = r.area
      where r.kind = $5 and (r.since is null or r.since <= $6) and (r.until is null or r.until >= $6)), '[]') as rules,
    coalesce((select json_agg(json_build_object('id', e.id, 'code', e.code, 'minAge', e.min_age, 'critical', e.critical,
        'contracted', e.contracted, 'referred', e.referred, 'kind', e.kind, 'source', e.source, 'since', e.since, 'until', e.until)
      order by e.code, e.id)
      from benefit.entitlement_rule e), '[]') as entitlement_rules,
    coalesce((select json_agg(json_build_object('episode', s.episode, 'tier', p.tier, 'admittedOn', s.admitted_on,
        'dischargedOn', s.discharged_on, 'deductiblePaidFen', s.deductible_paid_fen, 'insurancePaidFen', s.insurance_paid_fen) order by s.admitted_on desc, s.id desc)
      from benefit.stay s left join network.place p on p.id = s.institution_id
      where s.resident_id = $1 and s.admitted_on <= $6), '[]') as stays,
    (select json_build_object('asOf', u.as_of, 'usedFen', u.used_fen) from benefit.cap_use u
      where u.resident_id = $1 and u.kind = $5 and u.as_of <= $6 and left(u.as_of::text, 4) = left($6::text, 4)
      order by u.as_of desc, u.recorded_at desc limit 1) as cap_use,
    coalesce((select json_agg(json_build_object('tier', b.tier, 'totalFen', b.total, 'coveredFen', b.covered,
        'items', b.items, 'missing', b.missing)) from (
      select t.tier, sum(t.quantity * f.price_fen)::int as total,
        case when bool_and(f.self_pay_bp is not null)
          then sum(floor(t.quantity * f.price_fen * (10000 - f.self_pay_bp)::numeric / 10000))::int end as covered,
        count(*)::int as items, count(*) filter (where f.id is null)::int as missing
      from benefit.typical_item t join grouped g on g.code = t.group_code and g.since = t.since
      left join benefit.tariff f on f.code = t.item_code and f.tier = t.tier
        and f.since <= $6 and (f.until is null or f.until >= $6)
      where t.kind = $5 group by t.tier) b), '[]') as typical,
    coalesce((select json_agg(json_build_object('institutionId', p.id, 'name', p.short_name, 'tier', p.tier,
        'division', p.division_code) order by array_position($8::uuid[], p.id))
      from network.place p where p.id = any ($8::uuid[])), '[]') as places`

type Row = { [Name in keyof Omit<Facts, 'birthDate' | 'capUse'>]: Facts[Name] } & {
  birth_date: string | null
  cap_use: Facts['capUse']
}

/** Everything the estimates for these destinations are made from, in one round trip. */
export async function findFacts(ctx: Ctx, need: Need, institutionIds: readonly string[]): Promise<Facts> {
  const { rows } = await ctx.client.query<Row & { entitlement_rules: Facts['entitlementRules'] }>({
    name: 'benefit-facts',
    text,
    values: [
      need.residentId,
      need.insured?.area ?? null,
      need.insured?.scheme ?? null,
      need.insured?.category ?? null,
      need.kind,
      need.on,
      need.diagnosis ?? null,
      institutionIds,
    ],
  })
  const [row] = rows
  if (!row) throw new Error('a select without from gives one row')
  const { birth_date: birthDate, entitlement_rules: entitlementRules, cap_use: capUse, ...facts } = row
  return { ...facts, birthDate, entitlementRules, capUse }
}

/** The waivers and priorities that are kept, by code. */
export async function listEntitlementRules(ctx: Ctx): Promise<Facts['entitlementRules']> {
  const { rows } = await ctx.client.query<{ rule: Facts['entitlementRules'][number] }>({
    name: 'benefit-entitlement-rules',
    text: `select json_build_object('id', id, 'code', code, 'minAge', min_age, 'critical', critical,
      'contracted', contracted, 'referred', referred, 'kind', kind, 'source', source, 'since', since, 'until', until) as rule
      from benefit.entitlement_rule order by code, id limit 200`,
  })
  return rows.map(({ rule }) => rule)
}
