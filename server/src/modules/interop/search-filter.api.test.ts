import { afterAll, beforeAll, expect, test } from 'vitest'
import { code, finding } from '../../../test/find-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let patient: { id: string; number: string; name: string }
let mine: Record<string, string>
let theirs: Record<string, string>
let hospital: { id: string }
let high: string
let low: string

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  const other = await givenInstitution(world)
  patient = await givenResident(world, hospital.id, { name: '单雄信' })
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, other.id)).headers }
  const march = { effectivePeriod: { start: '2020-03-01', end: '2020-03-31' }, effectiveDateTime: undefined }
  const unit = { system: 'http://unitsofmeasure.org', code: 'mmol/L', unit: 'mmol/L' }
  high = await observe({ ...code('glu'), valueQuantity: { value: 9.1, ...unit }, status: 'final', ...march })
  low = await observe({
    ...code('glu'),
    valueQuantity: { value: 4.2, ...unit },
    status: 'preliminary',
    effectiveDateTime: '2020-11-02',
  })
})
afterAll(() => world.close())

const { ask, ids, observe, post } = finding(
  () => world,
  () => mine,
  () => patient,
)
const filter = (value: string) => `_filter=${encodeURIComponent(value)}`

const found: Readonly<Record<string, () => string[]>> = {
  'code eq urn:test|glu': () => [high, low],
  'code eq glu and value-quantity gt 5': () => [high],
  'status eq final or status eq preliminary': () => [high, low],
  'code eq glu and not (status eq "final")': () => [low],
  'code eq glu and (value-quantity lt 4 or (value-quantity le 4.2))': () => [low],
  'code eq glu and status ne final': () => [low],
  'code eq glu and encounter ne Encounter/1': () => [],
  'code eq glu and encounter pr false': () => [high, low],
  'code eq glu and value-quantity pr false': () => [],
  'code eq glu and date sa 2990-01-01': () => [],
  'subject.name sw "单雄" and value-quantity ap 9': () => [high],
  'subject:Patient.name eq 单雄信 and status eq final': () => [high],
  'patient.name eq 单雄': () => [],
  'patient re Patient/1': () => [],
  'code eq none and status eq final or code eq glu': () => [high, low],
  'code eq glu or status eq final and code eq none': () => [],
  'code eq glu and date po 2020-03-05': () => [high],
  'code eq glu and date po 2020': () => [high, low],
  'code eq glu and not (date po 2020-03)': () => [low],
  'date po 2020-03-31 and status eq final': () => [high],
  'date po 2020-04': () => [],
  'subject[name eq 单雄信].gender pr true and code eq glu': () => [high, low],
  'subject:Patient[name eq 单雄信 and not (birthdate lt 1900)].name sw 单 and value-quantity gt 5': () => [
    high,
  ],
  'subject:Patient[name eq 秦琼].name sw 单': () => [],
  'status in http://hl7.org/fhir/ValueSet/observation-status and value-quantity lt 5': () => [low],
}
test.each(Object.keys(found))('%s finds what it says', async (value) => {
  const wanted = (found[value]?.() ?? []).toSorted()
  expect((await ids(`/Observation?${filter(value)}`)).toSorted()).toEqual(wanted)
  expect((await ids(`/Observation?patient=${patient.id}&${filter(value)}`)).toSorted()).toEqual(wanted)
  expect(await ids(`/Observation?${filter(value)}`, theirs)).toEqual([])
})

test('a person is found by how the name begins, ends, what it holds and what it is', async () => {
  const those = (value: string) => ids(`/Patient?${filter(value)}`)
  for (const value of ['name co 雄', 'name ew "信"', 'name sw 单', 'name eq 单雄信', `_id eq ${patient.id}`])
    expect([value, await those(`${value} and birthdate ge 1900 and birthdate lt 2099-01-01`)]).toEqual([
      value,
      [patient.id],
    ])
  expect(await those(`identifier eq ${patient.number}`)).toEqual([patient.id])
  expect([await those('name eq 雄'), await those('name ew 雄')]).toEqual([[], []])
  const url = 'http://example.org/set/alpha'
  const id = await post({ resourceType: 'ValueSet', status: 'active', url })
  for (const value of ['url co set/al', 'url ew alpha', 'url sw http://example.org/', `url eq ${url}`])
    expect([value, await ids(`/ValueSet?${filter(value)}`)]).toEqual([value, [id]])
})

const wrong: Readonly<Record<string, string>> = {
  name: 'character 5: an operation',
  'name co': 'character 8: a value',
  'name is "x"': 'character 1: name is x',
  'nope eq 1': 'character 1: nope eq 1 is nothing that Observation is asked for',
  'status eq final and subject.nope eq 1': 'character 21: subject.nope eq 1',
  'not status eq final': 'character 5: (',
  '(status eq final': 'character 17: )',
  'status eq final)': 'character 16: and, or, or the end',
  'status eq "final': 'character 11: a quotation mark',
  'status eq "\\x"': 'character 11: "\\x" is no JSON string',
  'value-quantity co 5': 'character 1: value-quantity co 5 is no test',
  'code eq a and date gt soon': 'character 15: date gt soon',
  'code po 2020': 'character 1: code po 2020',
  'status pr perhaps': 'character 1: status pr perhaps',
  'related[type eq has-component].target pr true': 'character 1: related.target pr true',
  'subject[name eq a] eq b': 'character 20: .parameter',
  'subject[name eq a.gender eq male': 'character 26: ]',
  'subject..name eq a': 'character 1: a parameter',
  [`${'('.repeat(20)}status eq final${')'.repeat(20)}`]: 'character 12: is too deep',
}
test.each(Object.keys(wrong))('%s is 400 and says where', async (value) => {
  const { status, body } = await ask('GET', `/Observation?${filter(value)}`)
  expect([status, body.issue[0].expression]).toEqual([400, ['_filter']])
  expect(JSON.stringify(body.issue.at(-1).diagnostics)).toContain(JSON.stringify(wrong[value]).slice(1, -1))
})

test('a filter has fifty tests at most', async () => {
  const many = (length: number) => filter(Array.from({ length }, () => 'status eq final').join(' and '))
  expect(await ids(`/Observation?${many(50)}`)).toEqual([high])
  expect((await ask('GET', `/Observation?${many(51)}`)).status).toBe(400)
})

test('what is not offered is 400, however the search is to be taken', async () => {
  for (const query of ['_query=x', '_contained=true', '_contained=both'])
    expect([query, (await ask('GET', `/Observation?${query}`)).status]).toEqual([query, 400])
  const narrow = (await givenClient(world, hospital.id, ['system/Observation.rs'])).headers
  const chain = `/Observation?${filter('subject:Patient.name eq 单雄信')}`
  expect((await ask('GET', chain, { as: narrow })).status).toBe(403)
})

test('a number of a patient is found by what its kind is called', async () => {
  const identifier = [{ system: 'urn:x:mr', value: 'mr-0816', type: { text: '住院号' } }]
  const name = [{ text: '尉迟有号' }]
  const id = await post({ resourceType: 'Patient', name, identifier })
  expect(await ids('/Patient?identifier:text=住院')).toEqual([id])
  expect(await ids('/Patient?identifier:text=门诊')).toEqual([])
  expect(await ids('/Patient?identifier:text=住院', theirs)).toEqual([])
  expect((await ask('GET', '/Patient?telecom:text=x')).status).toBe(400)
})
