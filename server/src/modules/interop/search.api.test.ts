import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { code, finding } from '../../../test/find-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let hospital: { id: string }
let other: { id: string }
let patient: { id: string; number: string; name: string }
let mine: Record<string, string>
let theirs: Record<string, string>

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  other = await givenInstitution(world)
  patient = await givenResident(world, hospital.id, { name: '单雄信', phone: '13912345678' })
  await givenResident(world, other.id, { name: '单独', phone: '13912345678' })
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, other.id)).headers }
})
afterAll(() => world.close())

const { ask, find, ids, post, observe } = finding(
  () => world,
  () => mine,
  () => patient,
)

describe('a Patient', () => {
  const by: Readonly<Record<string, () => string>> = {
    'its number': () => `identifier=urn:oid:2.16.156.10011.1.3|${patient.number}`,
    'its number of any system': () => `identifier=${patient.number}`,
    'its Chinese name': () => 'name=单雄',
    'its family name': () => 'family=单',
    'pinyin, the surname as surnames are read': () => 'name=shanxiong',
    'the initials of its name': () => 'name=sxx',
    'the pinyin of its given name': () => 'given=xiongxin',
    'a part of its name': () => 'name:contains=雄信',
    'its telephone, however it is written': () => 'phone=%2B8613912345678',
    'its telephone as telecom': () => 'telecom=phone|13912345678',
    'birth date and gender': () => 'birthdate=1962-03-09&gender=male',
    'a span of birth dates': () => 'birthdate=ge1962&birthdate=lt1962-04',
    'its address': () => 'address=云泽市',
  }
  test.each(Object.keys(by))('is found by %s, and by nobody who may not see it', async (name) => {
    const query = by[name]?.() ?? ''
    expect(await ids(`/Patient?${query}`)).toEqual([patient.id])
    expect(await ids(`/Patient?${query}`, theirs)).not.toContain(patient.id)
    expect((await find(`/Patient?${query}&_summary=count`, theirs)).total).toBe(
      (await ids(`/Patient?${query}`, theirs)).length,
    )
  })

  test('holds no plain number or telephone in the index', async () => {
    const rows = await world.sql<{ key: string }>(
      `select unnest(keys) as key from kernel.resource where type = 'Patient' union all select key from kernel.resource_key`,
    )
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.filter(({ key }) => key.includes(patient.number) || key.includes('13912345678'))).toEqual([])
  })

  test('is found by its new telephone and no longer by the old', async () => {
    const moved = await givenResident(world, hospital.id, { phone: '13700000001' })
    const { body } = await ask('GET', `/Patient/${moved.id}`)
    const telecom = [{ system: 'phone', value: '13700000002' }]
    await ask('PUT', `/Patient/${moved.id}`, { body: { ...body, telecom } })
    expect(await ids('/Patient?phone=13700000002')).toEqual([moved.id])
    expect(await ids('/Patient?phone=13700000001')).toEqual([])
  })
})

describe('modifiers', () => {
  test('of tokens: not, text, missing, of-type, in', async () => {
    const coded = await observe({ ...code('mod-1', 'Serum potassium'), bodySite: undefined })
    expect(await ids('/Observation?code=urn:test|mod-1')).toEqual([coded])
    expect(await ids('/Observation?code=urn:test|mod-1&status:not=final')).toEqual([])
    expect(await ids('/Observation?code=mod-1&status:not=amended')).toEqual([coded])
    expect(await ids('/Observation?code:text=potassium&code=mod-1')).toEqual([coded])
    expect(await ids('/Observation?code=mod-1&method:missing=true')).toEqual([coded])
    expect(await ids('/Observation?code=mod-1&method:missing=false')).toEqual([])
    expect(await ids('/Observation?code=|mod-1')).toEqual([])
    const set = { resourceType: 'ValueSet', status: 'active', url: 'urn:set:mod' }
    await post({ ...set, compose: { include: [{ system: 'urn:test', concept: [{ code: 'mod-1' }] }] } })
    expect(await ids('/Observation?code:in=urn:set:mod')).toEqual([coded])
    expect(await ids('/Observation?code:not-in=urn:set:mod')).not.toContain(coded)
    const typed = { type: { coding: [{ system: 'urn:t', code: 'MR' }] }, system: 'urn:s', value: '4711' }
    const numbered = await observe({ identifier: [typed] })
    expect(await ids('/Observation?identifier:of-type=urn:t|MR|4711')).toEqual([numbered])
  })

  test('of texts, addresses and pointers', async () => {
    const note = await observe({ ...code('mod-2'), valueQuantity: undefined, valueString: 'Größe ÜBER Norm' })
    expect(await ids('/Observation?value-string=grosse uber')).toEqual([])
    expect(await ids('/Observation?value-string=größe')).toEqual([note])
    expect(await ids('/Observation?value-string=grö')).toEqual([note])
    expect(await ids('/Observation?value-string:contains=uber')).toEqual([note])
    expect(await ids('/Observation?value-string:exact=Größe ÜBER Norm')).toEqual([note])
    expect(await ids('/Observation?value-string:exact=größe über norm')).toEqual([])
    const set = await post({ resourceType: 'ValueSet', status: 'active', url: 'http://a.org/x/y' })
    expect(await ids('/ValueSet?url:below=http://a.org/x')).toEqual([set])
    expect(await ids('/ValueSet?url:above=http://a.org/x/y/z')).toEqual([set])
    const by = { identifier: { system: 'urn:d', value: 'D1' } }
    const seen = await observe({ ...code('mod-3'), performer: [by, { reference: 'Practitioner/none' }] })
    expect(await ids('/Observation?performer:identifier=urn:d|D1')).toEqual([seen])
    expect(await ids('/Observation?performer:Practitioner=none')).toEqual([seen])
    expect(await ids('/Observation?performer:Organization=none')).toEqual([])
  })

  test('what would be left out in silence is refused: a kind of number without the number, a search that is no form', async () => {
    for (const query of ['identifier=urn:mrn|', 'telecom=phone|', 'identifier=urn:mrn|1,urn:mrn|']) {
      const { status, body } = await ask('GET', `/Patient?${query}`)
      expect([query, status, body.issue[0].expression]).toEqual([query, 400, [query.split('=')[0]]])
    }
    for (const body of [{ name: '张' }, [], { resourceType: 'Patient' }])
      expect((await ask('POST', '/Patient/_search', { body })).status).toBe(400)
    const parameter = [{ name: 'name', valueString: '没有这个人' }]
    const asked = { resourceType: 'Parameters', parameter }
    expect((await ask('POST', '/Patient/_search', { body: asked })).body.total).toBe(0)
  })

  test('what is not supported is refused by name', async () => {
    for (const name of ['code:above', 'date:exact', 'subject:above', 'value-string:text', 'status:iterate']) {
      const { status, body } = await ask('GET', `/Observation?${name}=x`)
      expect([name, status, body.issue[0].expression]).toEqual([name, 400, [name]])
    }
    const others = ['_id:exact', '_lastUpdated:missing', '_text:exact', '_sort:lenient', '_count:max']
    for (const name of [...others, '_include:once', '_elements:exclude', '_format:x']) {
      const { status, body } = await ask('GET', `/Observation?${name}=x`)
      expect([name, status, body.issue[0].expression]).toEqual([name, 400, [name]])
    }
  })
})

test('dates are compared as spans, by every prefix', async () => {
  const day = await observe({ ...code('when'), effectiveDateTime: '2020-05-06' })
  const span = await observe({
    ...code('when'),
    effectiveDateTime: undefined,
    effectivePeriod: { start: '2020-05-01', end: '2020-06-01' },
  })
  const hits = async (date: string) => new Set(await ids(`/Observation?code=when&date=${date}`))
  const expected: Record<string, string[]> = {
    '2020-05-06': [day],
    '2020': [day, span],
    'ne2020-05-06': [span],
    'gt2020-05-06': [span],
    'ge2020-05-06': [day, span],
    'lt2020-05-06': [span],
    'le2020-05-06': [day, span],
    'sa2020-05-05': [day],
    'eb2020-05-07': [day],
    ap2020: [day, span],
  }
  for (const none of ['2020-02-30', '2021-02-29', 'ge2020-04-31', '2020-06-31T10:00:00Z'])
    expect([none, (await ask('GET', `/Observation?date=${none}`)).status]).toEqual([none, 400])
  expect(await hits('ge2020-05-06T00:00:00+08:00')).toEqual(new Set([day, span]))
  for (const [date, found] of Object.entries(expected)) {
    expect([date, await hits(date)]).toEqual([date, new Set(found)])
    const alone = await ids(`/Observation?date=${date}&_count=200`)
    expect([date, alone.filter((id) => id === day || id === span).length]).toEqual([date, found.length])
  }
})

test('quantities by number, unit and prefix; composites keep their parts together', async () => {
  const component = (name: string, value: number) => ({
    ...code(name),
    valueQuantity: { value, system: 'http://unitsofmeasure.org', code: 'mm' },
  })
  const id = await observe({
    ...code('bp'),
    valueQuantity: { value: 5.4, system: 'http://unitsofmeasure.org', code: 'mg', unit: 'milligram' },
    component: [component('sys', 120), component('dia', 80)],
  })
  const yes = ['5.4', '5.4|http://unitsofmeasure.org|mg', '5.4||milligram', 'gt5', 'le5.4', 'ap5', 'ne6', '5']
  const no = ['5.5', '5.4|http://unitsofmeasure.org|kg', 'gt5.4', 'lt5.4', 'sa5.4', '5.40|urn:x|mg']
  for (const value of yes)
    expect([value, await ids(`/Observation?code=bp&value-quantity=${value}`)]).toEqual([value, [id]])
  for (const value of no)
    expect([value, await ids(`/Observation?code=bp&value-quantity=${value}`)]).toEqual([value, []])
  expect(await ids('/Observation?component-code-value-quantity=sys$gt100')).toEqual([id])
  expect(await ids('/Observation?component-code-value-quantity=dia$gt100')).toEqual([])
  expect(await ids('/Observation?combo-code-value-quantity=urn:test|bp$5.4')).toEqual([id])
  expect(await ids('/Observation?code-value-quantity=bp$lt5')).toEqual([])
})

test('several values are alternatives, several parameters all hold, signs can be escaped', async () => {
  const one = await observe(code('multi-1'))
  const two = await observe(code('multi-2'))
  const odd = await observe(code('a,b|c'))
  expect((await ids('/Observation?code=multi-1,multi-2')).toSorted()).toEqual([one, two].toSorted())
  expect(await ids('/Observation?code=multi-1,multi-2&code=multi-2')).toEqual([two])
  expect(await ids('/Observation?code=urn:test|a\\,b\\|c')).toEqual([odd])
})

test('a number that has no system, or is written in small letters, is kept as it came, and found; one of a kind by its type', async () => {
  const type = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }
  const identifier = [{ value: 'ward-7b' }, { system: 'urn:x:mr', value: 'mr-0815', type }]
  const made = await ask('POST', '/Patient', {
    body: { resourceType: 'Patient', name: [{ text: '尉迟无号' }], identifier },
  })
  expect(made.body.identifier).toEqual(expect.arrayContaining(identifier))
  const found = async (query: string) => ids(`/Patient?identifier${query}`)
  for (const query of ['=ward-7b', '=|ward-7b', '=mr-0815', '=urn:x:mr|mr-0815'])
    expect([query, await found(query)]).toEqual([query, [made.body.id]])
  const ofType = (code: string, value: string) => found(`:of-type=${type.coding[0]?.system}|${code}|${value}`)
  expect(await ofType('MR', 'mr-0815')).toEqual([made.body.id])
  expect([await ofType('PPN', 'mr-0815'), await ofType('MR', 'ward-7b')]).toEqual([[], []])
})
