import type pg from 'pg'

/** How large the region is that is laid beside the demonstration's. */
export interface Size {
  readonly institutions: number
  readonly departments: number
  readonly slots: number
}

/** The id of the nth thing of a kind, the same in every statement. */
const idOf = (kind: string, n: string): string =>
  `overlay(overlay(md5('bench ${kind} ' || (${n})) placing '8' from 13) placing 'a' from 17)::uuid`
const institution = (n: string) => idOf('institution', n)
const department = (n: string) => idOf('department', n)
const doctor = (n: string) => idOf('doctor', n)

/** Side of the square road network: 3 969 junctions a few minutes apart, every tenth road missing. */
const SIDE = 63
const DOCTORS_PER_DEPARTMENT = 3
const BEDS_PER_WARD = 16
const WARDS_PER_INSTITUTION = 3

/**
 * Institutions with departments, licensed doctors, signed-off techniques, free slots and beds, roads between them, and
 * agreements with the community of gp01: everything that a ranking and the bed board read, in the tables themselves.
 * It takes about half a minute.
 */
export async function layLargeRegion(database: pg.Client, size: Size): Promise<void> {
  await database.query(`set synchronous_commit = off`)
  for (const text of [...placesOf(size), ...doctorsOf(size), ...roads, ...slotsOf(size), ...bedsOf(size)]) {
    await database.query(text)
  }
  await database.query('vacuum analyze')
}

const placesOf = ({ institutions, departments }: Size): string[] => [
  `insert into network.institution (id, code, name, short_name, kind, tier, division_code, longitude, latitude, added_at, changed_at)
    select ${institution('n')}, 'B' || n, '测试医院' || n, '测试' || n,
      case n % 5 when 0 then 'generalHospital' when 1 then 'countyHospital' when 2 then 'countyHospital' else 'communityCentre' end,
      case n % 5 when 0 then 'tertiary' when 1 then 'secondary' when 2 then 'secondary' else 'primary' end,
      d.code, 124 + random() * 1.5, 30 + random() * 1.5, now(), now()
    from generate_series(1, ${institutions}) n
    join (select division_code as code, row_number() over (order by code) as k, count(*) over () as of from network.institution
      where division_code is not null) d on d.k = 1 + n % d.of`,
  `insert into network.department (id, institution_id, code, name, specialty)
    select ${department('n')}, ${institution(`1 + n % ${institutions}`)}, 'B' || n, '科室' || n, s.specialty
    from generate_series(1, ${departments}) n
    join (select specialty, row_number() over (order by specialty) as k, count(*) over () as of
      from (select distinct specialty from network.department) one) s on s.k = 1 + (n / 7) % s.of`,
  // Two of three have an agreement with the community that asks.
  `insert into network.cooperation (institution_id, partner_id, agreement_id, alliance_id, grade, since, until)
    select c.institution_id, ${institution('n')}, c.agreement_id, c.alliance_id, c.grade, c.since, c.until
    from generate_series(1, ${institutions}) n
    cross join (select c.* from network.cooperation c join network.institution i on i.id = c.institution_id and i.code = 'CHC01'
      where c.until > now() limit 1) c
    where n % 3 > 0`,
]

const doctorsOf = ({ institutions, departments }: Size): string[] => {
  const all = departments * DOCTORS_PER_DEPARTMENT
  const at = institution(`1 + (1 + n % ${departments}) % ${institutions}`)
  return [
    `insert into workforce.practitioner (id, institution_id, name, sex, kind, title, created_at)
      select ${doctor('n')}, ${at}, '医生' || n, 'female', 'physician', 'attending', now() from generate_series(1, ${all}) n`,
    `insert into workforce.site (practitioner_id, id, institution_id, department_id, is_primary, since)
      select ${doctor('n')}, gen_random_uuid(), ${at}, ${department(`1 + n % ${departments}`)}, true, '2020-01-01'
      from generate_series(1, ${all}) n`,
    // One licence in ten has run out.
    `insert into workforce.licence (practitioner_id, id, kind, number_sealed, number_masked, number_blind, scopes, since, until, created_at)
      select ${doctor('n')}, gen_random_uuid(), 'physicianPractice', '', '', 'bench ' || n, '{internalMedicine}', '2020-01-01',
        case when n % 10 = 0 then date '2026-01-01' end, now()
      from generate_series(1, ${all}) n`,
    `insert into technique.mastery (id, technique_id, institution_id, department_id, since, teacher_id, signer_id, signer_name, signed_at)
      select gen_random_uuid(), t.id, ${institution(`1 + n % ${institutions}`)}, ${department('n')}, '2024-01-01', ${doctor('1')}, '', '', now()
      from generate_series(1, ${departments}) n
      join (select id, row_number() over (order by id) as k, count(*) over () as of from technique.technique) t
        on t.k = 1 + n % t.of`,
  ]
}

const roads = [
  'delete from network.road',
  'delete from network.junction',
  `insert into network.junction (code, name, longitude, latitude)
    select 'B' || x || '-' || y, '', 124 + x * 1.5 / ${SIDE}, 30 + y * 1.5 / ${SIDE}
    from generate_series(0, ${SIDE - 1}) x, generate_series(0, ${SIDE - 1}) y`,
  `insert into network.road (id, from_code, to_code, name, minutes)
    select gen_random_uuid(), 'B' || x || '-' || y, 'B' || x + east || '-' || y + 1 - east, '', 1 + random() * 4
    from generate_series(0, ${SIDE - 2}) x, generate_series(0, ${SIDE - 2}) y, generate_series(0, 1) east
    where random() > 0.1`,
]

/** A slot of one seat each, over the next two weeks, the sources in turn. */
const slotsOf = ({ institutions, departments, slots }: Size): string[] => {
  const of = `1 + n % ${departments}`
  const at = institution(`1 + (${of}) % ${institutions}`)
  return [
    `insert into capacity.slot (institution_id, id, schedule_id, department_id, kind, name, room, starts_at, ends_at, seats)
      select ${at}, ${idOf('slot', 'n')}, ${department(of)}, ${department(of)}, 'clinic', '门诊', '',
        date_trunc('hour', now()) + make_interval(mins => 60 + 30 * (n / ${departments})),
        date_trunc('hour', now()) + make_interval(mins => 90 + 30 * (n / ${departments})), 1
      from generate_series(1, ${slots}) n`,
    `insert into capacity.seat (institution_id, slot_id, number, department_id, kind, starts_at, source, released_at)
      select institution_id, id, 1, department_id, kind, starts_at,
        (array['referral', 'public', 'contracted', 'community'])[1 + get_byte(uuid_send(id), 0) % 4],
        starts_at - interval '2 hours'
      from capacity.slot where name = '门诊' and room = ''`,
  ]
}

const bedsOf = ({ institutions }: Size): string[] => [
  `insert into capacity.ward (institution_id, id, department_id, name, bed_kind, confirmed_at)
    select d.institution_id, ${idOf('ward', 'd.id')}, d.id, d.name || '病区',
      (array['general', 'icu', 'isolation', 'rehabilitation'])[1 + get_byte(uuid_send(d.id), 0) % 4],
      now() - make_interval(mins => get_byte(uuid_send(d.id), 1))
    from network.department d
    where d.id in (select ${department('n')} from generate_series(1, ${institutions * WARDS_PER_INSTITUTION}) n)`,
  `insert into capacity.bed (institution_id, id, ward_id, department_id, label, state, changed_at)
    select w.institution_id, gen_random_uuid(), w.id, w.department_id, lpad(n::text, 2, '0'),
      case when random() < 0.8 then 'occupied' else 'free' end, now()
    from capacity.ward w, generate_series(1, ${BEDS_PER_WARD}) n where w.name like '科室%'`,
]
