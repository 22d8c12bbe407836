import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import { asking, givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { dayAfter, dayOf } from '../../kernel/day.ts'
import { ageOn } from './estimate-many.ts'
import { estimate, estimateMany } from './index.ts'

let world: Region
let { get, post } = {} as ReturnType<typeof asking>
type Who = { headers: Readonly<Record<string, string>> }
let desk: Who
let office: Who
let place: Record<'centre' | 'county' | 'city' | 'away', string>
let today: string

beforeAll(async () => {
  world = await region()
  ;({ get, post } = asking(world))
  today = dayOf(world.world.now())
  const at = (tier: 'primary' | 'secondary' | 'tertiary', divisionCode: string) =>
    givenInstitution(world, { tier, divisionCode }).then(({ id }) => id)
  place = {
    centre: await at('primary', '990102001'),
    county: await at('secondary', '990102002'),
    city: await at('tertiary', '990102003'),
    away: await at('tertiary', '980100'),
  }
  desk = await givenStaff(world, place.centre, ['nurse'])
  office = await givenStaff(world, place.city, ['alliance-office'])
  await post(office, '/pooling-areas', { area: '测试市', division: '9901', note: null })
  await post(office, '/pooling-areas/gap', {
    area: '测试市',
    gapDays: 15,
    since: '2026-01-01',
    source: '文件',
  })
  for (const [level, deductibleFen, ratioBp] of levels) await rule({ level, deductibleFen, ratioBp })
})
afterAll(() => world.close())

const levels = [
  ['primary', 20_000, 8500],
  ['secondary', 50_000, 7500],
  ['tertiary', 90_000, 6000],
] as const
const rule = (more: object) =>
  post(office, '/insurance-rules', {
    ...{ area: '测试市', scheme: 'resident', category: 'any', level: 'primary', kind: 'inpatient' },
    ...{ contracted: 'any', referral: 'any', deductibleFen: 0, ratioBp: 8000, ratioMinBp: null },
    ...{
      ratioMaxBp: null,
      capFen: null,
      source: '测医保〔2026〕1 号',
      note: null,
      since: '2026-01-01',
      until: null,
    },
    ...more,
  })
const compare = (who: Who, query: string) => get(who, `/cost-estimates?${query}`)
const insure = (residentId: string, more: object = {}) =>
  post(desk, `/residents/${residentId}/insurance`, {
    ...{ area: '测试市', scheme: 'resident', category: 'general', since: '2026-01-01' },
    ...more,
  })

test('the same stay at three tiers, side by side, with the working', async () => {
  const { id } = await givenResident(world, place.centre)
  await insure(id)
  const all = [place.centre, place.county, place.city, place.away].join(',')
  const asked = `residentId=${id}&institutionIds=${all}&kind=inpatient&totalFen=1000000&contracted=false`
  const { status, body } = await compare(desk, asked)
  expect(status).toBe(200)
  // (10 000 − 200) × 85 %, (10 000 − 500) × 75 %, (10 000 − 900) × 60 %; for the other province no rule is kept.
  const own = body.destinations.map((one: { estimate: { ownFen: number } }) => one.estimate.ownFen)
  expect(own).toEqual([1_000_000 - 833_000, 1_000_000 - 712_500, 1_000_000 - 546_000, null])
  expect(body.destinations[3].estimate.unknown).toContain('rule')
  expect(body.destinations[0].estimate.unknown).toEqual(['covered'])
  expect(body).toMatchObject({ area: '测试市', age: ageOn('1962-03-09', today) })
})

test('going up costs the difference of the deductibles, coming down none, each by a valid referral', async () => {
  const { id } = await givenResident(world, place.centre)
  await insure(id)
  const stay = await post(desk, `/residents/${id}/stays`, {
    ...{ institutionId: place.county, admittedOn: dayAfter(today, -12), dischargedOn: dayAfter(today, -3) },
    ...{ deductiblePaidFen: 50_000, referralId: null },
  })
  expect(stay.body.episode).toMatch(/^E-/)
  const at = (institutionId: string, referred: boolean, on = today) =>
    world.system((ctx) =>
      estimate(ctx, {
        ...{
          residentId: id,
          institutionId,
          kind: 'inpatient',
          on,
          contracted: false,
          referred,
          totalFen: 500_000,
        },
      }),
    )
  expect(await at(place.city, true)).toMatchObject({ deductibleFen: 40_000, insuranceFen: 276_000 })
  expect(await at(place.city, false)).toMatchObject({ deductibleFen: 90_000 })
  expect(await at(place.centre, true)).toMatchObject({ deductibleFen: 0 })
  expect(await at(place.city, true, dayAfter(today, 13))).toMatchObject({ deductibleFen: 90_000 })
})

test('who is insured nowhere we know of gets no figure, and is told so', async () => {
  const { id } = await givenResident(world, place.centre)
  const asked = `residentId=${id}&institutionIds=${place.city}&kind=inpatient&totalFen=100000`
  const { body } = await compare(desk, asked)
  expect(body.destinations[0].estimate).toMatchObject({ ownFen: null, totalFen: 100_000, ruleId: null })
  expect(body.destinations[0].estimate.unknown).toContain('insured')
  expect((await insure(id, { area: '没有的市' })).code).toBe('benefit.area-unknown')
  const stranger = await givenStaff(world, place.away, ['gp'])
  expect((await compare(stranger, asked)).status).toBe(404)
  expect((await get(stranger, `/residents/${id}/insurance`)).status).toBe(404)
  const nobody = await compare(desk, `institutionIds=${place.city}&kind=inpatient`)
  expect(nobody.code).toBe('benefit.whose-cost')
})

test('an example from elsewhere keeps what its source leaves open', async () => {
  const { body } = await get(office, `/insurance-rules?limit=100&area=${encodeURIComponent('桐乡市')}`)
  expect(body.total).toBe(6)
  expect(body.items.every((one: { ratioBp: null }) => one.ratioBp === null)).toBe(true)
  const asked = `area=${encodeURIComponent('蚌埠市蚌山区')}&scheme=resident&category=general`
  const compared = await compare(desk, `${asked}&institutionIds=${place.city}&kind=inpatient&totalFen=100000`)
  expect(compared.body.destinations[0].estimate.unknown).toContain('level')
})

test('a rule is never overwritten: another version begins, the one before ends the day before', async () => {
  const added = await rule({ level: 'outsideArea', deductibleFen: 150_000, ratioBp: 5000 })
  expect((await rule({ level: 'outsideArea' })).code).toBe('benefit.rule-overlaps')
  const next = {
    ...{ deductibleFen: 100_000, ratioBp: 5500, ratioMinBp: null, ratioMaxBp: null, capFen: null },
    ...{ source: '测医保〔2026〕9 号', note: null, since: '2026-10-01' },
  }
  const url = `/insurance-rules/${added.body.id}/replace`
  expect((await post(office, url, { ...next, since: '2025-01-01' })).code).toBe(
    'benefit.not-after-the-present-one',
  )
  expect((await post(office, url, next)).status).toBe(200)
  const list = (on: string) =>
    get(office, `/insurance-rules?area=${encodeURIComponent('测试市')}&level=outsideArea${on}`)
  expect((await list('')).body.items.map((one: { until: string | null }) => one.until)).toEqual([
    null,
    '2026-09-30',
  ])
  expect((await list('&on=2026-09-30')).body.items[0].deductibleFen).toBe(150_000)
  expect((await list('&on=2026-10-01')).body.items[0].deductibleFen).toBe(100_000)
})

test('insurance recorded at the desk is a Coverage, and the one before ends', async () => {
  const { id } = await givenResident(world, place.centre)
  await insure(id)
  await insure(id, { scheme: 'employee', since: '2026-07-01' })
  const { body } = await get(desk, `/residents/${id}/insurance`)
  expect(body.current).toMatchObject({ scheme: 'employee', until: null })
  expect(body.history.map((one: { until: string | null }) => one.until)).toEqual([null, '2026-06-30'])
  const [row] = await world.sql<{ content: string }>(
    `select content from kernel.resource where type = 'Coverage' and id = $1`,
    [body.current.id],
  )
  expect(JSON.parse(row?.content ?? '{}')).toMatchObject({
    status: 'active',
    beneficiary: { reference: `Patient/${id}` },
    payor: [{ display: '测试市' }],
  })
})

test('a price list is tried first, then taken; a new price ends the one before', async () => {
  const csv = (price: string, since: string) =>
    `编码,名称,单位,级别,价格,先行自付比例,起始日,来源\r\nCTX,胸部CT平扫,次,三级,${price},10,${since},价目表\r\nX,坏,次,三级,abc,,${since},价目表\r\n`
  const send = (text: string, dryRun: boolean) => post(office, '/tariffs/import', { csv: text, dryRun })
  const dry = await send(csv('220', '2026-01-01'), true)
  expect(dry.body).toMatchObject({ added: 1, problems: [{ line: 3, problem: 'price', value: 'abc' }] })
  expect((await get(desk, '/tariffs?q=xbct')).body.total).toBe(0)
  await send(csv('220', '2026-01-01'), false)
  expect((await send(csv('240', '2026-07-01'), false)).body).toMatchObject({ added: 0, replaced: 1 })
  const found = (await get(desk, '/tariffs?q=xbct')).body.items
  expect(found.map((one: { priceFen: number; until: string }) => [one.priceFen, one.until])).toEqual([
    [24_000, null],
    [22_000, '2026-06-30'],
  ])
})

test('five hundred destinations are reckoned from one query', async () => {
  const { id } = await givenResident(world, place.centre)
  await insure(id)
  await world.sql(
    `insert into network.institution (id, code, name, short_name, kind, tier, division_code, added_at, changed_at)
      select gen_random_uuid(), 'N' || i, 'N' || i, 'N' || i, 'generalHospital', 'secondary', '990102001', now(), now()
      from generate_series(1, 500) i`,
  )
  const ids = (
    await world.sql<{ id: string }>(`select id from network.institution where code ~ '^N[0-9]'`)
  ).map((row) => row.id)
  const need = { residentId: id, kind: 'inpatient', on: today, contracted: true, referred: true } as const
  const found = await world.system((ctx) => estimateMany(ctx, { ...need, totalFen: 100_000 }, ids))
  expect(found.size).toBe(500)
  expect(found.get(ids[0] ?? '')).toMatchObject({ ownFen: 62_500 })
})

test('a waiver gets another version from a day on, the one before ends, and it is kept who changed what', async () => {
  const claimed = {
    minAge: 65,
    critical: false,
    contracted: true,
    referred: true,
    kind: null,
    source: '测〔2026〕2 号',
  }
  const added = await post(office, '/entitlement-rules', {
    ...{ ...claimed, code: 'noRegistrationFee', since: '2026-03-01', until: null },
  })
  expect(added.status, JSON.stringify(added.body)).toBe(200)
  const next = { ...claimed, minAge: 60, since: '2027-01-01' }
  expect((await post(desk, `/entitlement-rules/${added.body.id}/replace`, next)).status).toBe(403)
  expect(
    (await post(office, `/entitlement-rules/${added.body.id}/replace`, { ...next, since: '2026-01-01' }))
      .code,
  ).toBe('benefit.not-after-the-present-one')
  expect((await post(office, `/entitlement-rules/${added.body.id}/replace`, next)).body.minAge).toBe(60)
  const all = (await get(desk, '/entitlement-rules?limit=200')).body.items
  const before = all.find((one: { id: string }) => one.id === added.body.id)
  expect(before).toMatchObject({ minAge: 65, until: '2026-12-31' })
  const [change] = (await get(desk, '/benefit-changes')).body.items
  expect(change).toMatchObject({
    ...{ what: 'entitlementRule', subject: 'noRegistrationFee', since: '2027-01-01' },
    ...{ before: { minAge: 65 }, after: { minAge: 60 } },
  })
  expect(change.by).not.toBe('')
})

test('a limit between stays said twice for one day is one, the later word; other values are tried before they are kept', async () => {
  const gap = (gapDays: number, since: string) =>
    post(office, '/pooling-areas/gap', { area: '测试市', gapDays, since, source: '文件' })
  await gap(20, '2027-01-01')
  await gap(25, '2027-01-01')
  await gap(18, '2026-06-01')
  const rows = await world.sql<{ gap_days: number; until: string | null }>(
    `select gap_days, until::text from benefit.chain_rule where area = '测试市' order by since`,
  )
  expect(rows.map((row) => [row.gap_days, row.until])).toEqual([
    [15, '2026-05-31'],
    [18, '2026-12-31'],
    [25, null],
  ])
  const [tertiary] = (
    await get(office, `/insurance-rules?area=${encodeURIComponent('测试市')}&level=tertiary`)
  ).body.items
  const tried = `/insurance-rules/${tertiary.id}/try?totalFen=1000000&deductibleFen=80000&ratioBp=7000`
  // (10 000 − 900) × 60 % and (10 000 − 800) × 70 %.
  expect((await get(office, tried)).body).toEqual({
    before: { insuranceFen: 546_000, ownFen: 454_000 },
    after: { insuranceFen: 644_000, ownFen: 356_000 },
  })
})

test('a group of diagnoses is entered with its usual items, of which each must have a price', async () => {
  const csv = '编码,名称,单位,级别,价格,先行自付比例,起始日,来源\nTST,测试项,次,三级,220,10,2026-01-01,价目表'
  expect((await post(office, '/tariffs/import', { csv, dryRun: false })).body.added).toBe(1)
  const group = {
    ...{ code: 'TESTG', name: '测试病种', icd: ['K80'], source: '院内统计', since: '2026-01-01' },
    items: [{ kind: 'inpatient', tier: 'tertiary', itemCode: 'TST', quantity: 3 }],
  }
  const wrong = { ...group, items: [{ ...group.items[0], itemCode: 'NONE' }] }
  expect((await post(office, '/diagnosis-groups', wrong)).code).toBe('benefit.item-unknown')
  expect((await post(office, '/diagnosis-groups', group)).status).toBe(200)
  const more = { ...group, since: '2026-10-01', items: [{ ...group.items[0], quantity: 5 }] }
  await post(office, '/diagnosis-groups', more)
  const { id } = await givenResident(world, place.centre)
  await insure(id)
  const asked = (on: string) =>
    compare(desk, `residentId=${id}&institutionIds=${place.city}&kind=inpatient&diagnosis=K80.1&on=${on}`)
  const total = async (on: string) => (await asked(on)).body.destinations[0].estimate.totalFen
  expect([await total('2026-09-01'), await total('2026-10-02')]).toEqual([66_000, 110_000])
})

test('what was stated of the yearly cap counts in the estimate; the next year begins anew', async () => {
  const { id } = await givenResident(world, place.centre)
  await insure(id)
  await rule({ level: 'tertiary', kind: 'outpatient', deductibleFen: 0, ratioBp: 5000, capFen: 100_000 })
  const use = { kind: 'outpatient', asOf: today, usedFen: 90_000, source: '医保清单' }
  expect((await post(desk, `/residents/${id}/cap-use`, use)).status).toBe(200)
  const asked = (on: string) =>
    compare(desk, `residentId=${id}&institutionIds=${place.city}&kind=outpatient&totalFen=100000&on=${on}`)
  const estimated = async (on: string) => (await asked(on)).body.destinations[0].estimate
  expect(await estimated(today)).toMatchObject({ insuranceFen: 10_000, ownFen: 90_000 })
  expect((await estimated(dayAfter(today, 366))).unknown).toContain('cap-used')
})
