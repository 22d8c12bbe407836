import { afterAll, beforeAll, expect, test } from 'vitest'
import { finding } from '../../../test/find-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

const ICD10 = 'http://hl7.org/fhir/sid/icd-10'
const SYSTEM = 'http://hospital.example/wards'

let world: Region
let patient: { id: string; number: string; name: string }
let mine: Record<string, string>
let theirs: Record<string, string>
const made = new Map<string, string>()

const { ask, find, post } = finding(
  () => world,
  () => mine,
  () => patient,
)

const condition = async (code: string, system = ICD10) => {
  const subject = { reference: `Patient/${patient.id}` }
  made.set(code, await post({ resourceType: 'Condition', code: { coding: [{ system, code }] }, subject }))
}

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  const other = await givenInstitution(world)
  patient = await givenResident(world, hospital.id)
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, other.id)).headers }
  for (const code of ['I21', 'I21.9', 'I21.900x001', 'I20.0', 'I25.1', 'I26.0']) await condition(code)
  await condition('I21.9', 'http://elsewhere.example/codes')
  await post({
    ...{ resourceType: 'CodeSystem', url: SYSTEM, status: 'active', content: 'complete' },
    concept: [
      { code: 'inner', concept: [{ code: 'heart', concept: [{ code: 'ccu' }] }, { code: 'lung' }] },
      { code: 'cath-lab', property: [{ code: 'parent', valueCode: 'heart' }] },
    ],
  })
  for (const code of ['inner', 'heart', 'ccu', 'cath-lab', 'lung']) await condition(code, SYSTEM)
})
afterAll(() => world.close())

const found = async (query: string) => {
  const { entry = [] } = (await find(`/Condition?${query}`)) as unknown as {
    entry?: { resource: { code: { coding: { code: string; system: string }[] } } }[]
  }
  const codes = entry.map(({ resource }) => resource.code.coding[0])
  expect(codes.every((one) => !one?.system.includes('elsewhere'))).toBe(true)
  return codes.map((one) => one?.code).sort()
}

test.each([
  [`code:below=${ICD10}|I21`, ['I21', 'I21.9', 'I21.900x001']],
  [`code:below=${ICD10}|I21.9`, ['I21.9', 'I21.900x001']],
  [`code:below=${ICD10}|I20-I25`, ['I20.0', 'I21', 'I21.9', 'I21.900x001', 'I25.1']],
  [`code:below=${ICD10}|IX&code:below=${ICD10}|I21`, ['I21', 'I21.9', 'I21.900x001']],
  [`code:below=${ICD10}|X&code:below=${ICD10}|I21`, []],
  [`code:above=${ICD10}|I21.900x001`, ['I21', 'I21.9', 'I21.900x001']],
  [`code:above=${ICD10}|I26.0,${ICD10}|I20.0`, ['I20.0', 'I26.0']],
  [`code:below=${SYSTEM}|heart`, ['cath-lab', 'ccu', 'heart']],
  [`code:above=${SYSTEM}|ccu`, ['ccu', 'heart', 'inner']],
  [`code:below=${SYSTEM}|inner&code:above=${SYSTEM}|cath-lab`, ['cath-lab', 'heart', 'inner']],
])('%s finds the code and what lies there', async (query, expected) => {
  expect(await found(query)).toEqual(expected)
})

test('where no hierarchy is held the search is refused, not guessed', async () => {
  for (const value of ['I21', 'http://elsewhere.example/codes|I21', `${SYSTEM}|nothing`, '|', `${ICD10}|`]) {
    const { status, body } = await ask('GET', `/Condition?code:below=${encodeURIComponent(value)}`)
    expect([value, status, body.issue?.[0].details.coding[0].code]).toEqual([
      value,
      400,
      'record.no-hierarchy',
    ])
  }
  const sealed = await ask('GET', '/Patient?identifier:below=urn:x|1')
  expect(sealed.status).toBe(400)
})

test('_list finds what a list names, for whoever may see both', async () => {
  const entry = ['I21', 'heart'].map((code) => ({ item: { reference: `Condition/${made.get(code)}` } }))
  const gone = { deleted: true, item: { reference: `Condition/${made.get('lung')}` } }
  const list = await post({
    ...{
      resourceType: 'List',
      status: 'current',
      mode: 'changes',
      subject: { reference: `Patient/${patient.id}` },
    },
    entry: [...entry, gone, { item: { display: '口头' } }],
  })
  expect(await found(`_list=${list}`)).toEqual(['I21', 'heart'])
  expect(await found(`_list=${list}&code:below=${SYSTEM}|inner`)).toEqual(['heart'])
  const strange = await ask('GET', `/Condition?_list=${list}`, { as: theirs })
  expect([strange.status, strange.body.entry]).toEqual([200, undefined])
  expect((await ask('GET', '/Condition?_list=$current-problems')).status).toBe(400)
})

test('the CapabilityStatement says which modifiers a parameter takes', async () => {
  const { body } = await ask('GET', '/metadata')
  const type = body.rest[0].resource.find((one: { type: string }) => one.type === 'Condition')
  const code = type.searchParam.find((one: { name: string }) => one.name === 'code')
  expect(code.documentation).toContain(':below')
  expect(type.searchParam.map((one: { name: string }) => one.name)).toContain('_list')
})
