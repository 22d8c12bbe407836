import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { problemsOf } from '../../kernel/resource/validate.ts'

let world: Region
let signed: Readonly<Record<string, string>>

const URL = 'urn:x:ward'
const SET = 'urn:x:ward-set'
const ICD = 'urn:oid:2.16.156.10011.2.3.3.11'
const DIVISION = 'urn:tongmai:code-system:gbt-2260'
const FULL = { system: 'urn:x:use', code: 'full' }
const wards = {
  ...{ resourceType: 'CodeSystem', url: URL, version: '2', language: 'zh', status: 'active' },
  ...{ content: 'complete', title: '病区' },
  property: [{ code: 'beds', type: 'integer' }],
  concept: [
    {
      ...{ code: 'IN', display: '住院病区', definition: '有床位的病区' },
      designation: [
        { language: 'en', value: 'Inpatient ward' },
        { use: FULL, value: '住院部病区' },
      ],
      property: [{ code: 'notSelectable', valueBoolean: true }],
      concept: [
        { code: 'ICU', display: '重症', property: [{ code: 'beds', valueInteger: 12 }] },
        { code: 'OLD', display: '旧病区', property: [{ code: 'status', valueCode: 'retired' }] },
      ],
    },
  ],
}

beforeAll(async () => {
  world = await region()
  signed = (await givenClient(world, (await givenInstitution(world)).id)).headers
  expect((await ask('POST', '/CodeSystem', { body: wards })).status).toBe(201)
  const set = {
    resourceType: 'ValueSet',
    url: SET,
    status: 'active',
    compose: { include: [{ system: URL }] },
  }
  expect((await ask('POST', '/ValueSet', { body: set })).status).toBe(201)
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => signed,
)

interface Told {
  readonly name: string
  readonly valueString?: string
  readonly part?: { readonly name: string; readonly [value: string]: unknown }[]
}
const valueIn = (parts: Told['part'], name: string) =>
  Object.entries(parts?.find((one) => one.name === name) ?? {}).find(([key]) => key.startsWith('value'))?.[1]

const lookUp = async (query: string) => {
  const { status, body } = await ask('GET', `/CodeSystem/$lookup?${query}`)
  if (status !== 200) return { status, display: '', said: [], called: [], version: undefined }
  expect(problemsOf(body)).toEqual([])
  const told = body.parameter as Told[]
  const all = (name: string) => told.filter((one) => one.name === name)
  return {
    ...{ status, display: all('display')[0]?.valueString, version: all('version')[0]?.valueString },
    said: all('property').map(({ part }) => [valueIn(part, 'code'), valueIn(part, 'value')]),
    called: all('designation').map(({ part }) => valueIn(part, 'value')),
  }
}

test('a code says its definition, what it is called besides, what lies above and below it, and its properties', async () => {
  const of = (code: string, more = '') => lookUp(`system=${URL}&code=${code}${more}`)
  expect(await of('IN')).toMatchObject({
    ...{ display: '住院病区', version: '2', called: ['Inpatient ward', '住院部病区'] },
    said: [
      ['definition', '有床位的病区'],
      ['inactive', false],
      ['notSelectable', true],
    ],
  })
  expect((await of('IN', '&property=child&property=lang.en')).said).toEqual([
    ['child', 'ICU'],
    ['child', 'OLD'],
  ])
  expect((await of('IN', '&property=lang.en')).called).toEqual(['Inpatient ward'])
  expect((await of('ICU', '&property=parent&property=beds')).said).toEqual([
    ['parent', 'IN'],
    ['beds', 12],
  ])
  expect((await of('OLD', '&property=inactive')).said).toEqual([['inactive', true]])
  expect((await of('IN', '&displayLanguage=en-GB,en')).display).toBe('Inpatient ward')
  expect((await of('IN', '&displayLanguage=zh,en')).display).toBe('住院病区')
  expect([(await of('IN', '&version=2')).status, (await of('IN', '&version=1')).status]).toEqual([200, 404])
})

test('by POST with a coding it says the same', async () => {
  const parameter = [
    { name: 'coding', valueCoding: { system: URL, code: 'ICU', version: '2' } },
    { name: 'property', valueCode: 'beds' },
    { name: 'property', valueCode: 'parent' },
  ]
  const { body } = await ask('POST', '/CodeSystem/$lookup', {
    body: { resourceType: 'Parameters', parameter },
  })
  expect(body).toEqual(
    (await ask('GET', `/CodeSystem/$lookup?system=${URL}&code=ICU&property=beds&property=parent`)).body,
  )
})

test('Chinese codes say their pinyin, and by how they are written what lies above and below', async () => {
  const typhoid = await lookUp(`system=${ICD}&code=A01.000x004`)
  expect(typhoid).toMatchObject({
    display: '伤寒复发',
    called: ['shāng hán fù fā'],
    said: [
      ['parent', 'A01.000'],
      ['chapter', 'I'],
    ],
  })
  expect((await lookUp(`system=${ICD}&code=A01.000&property=parent`)).said).toEqual([['parent', 'A01']])
  const below = (await lookUp(`system=${ICD}&code=A01.000&property=child`)).said
  expect(below).toContainEqual(['child', 'A01.000x004'])
  expect((await lookUp(`system=${DIVISION}&code=110101&property=parent`)).said).toEqual([
    ['parent', '110000'],
  ])
  expect((await lookUp(`system=${DIVISION}&code=110000&property=parent`)).said).toEqual([])
})

test('an expansion says what is asked of its codes, and leaves out what is not wanted', async () => {
  const expanded = async (query: string) => {
    const { status, body } = await ask('GET', `/ValueSet/$expand?url=${SET}&${query}`)
    if (status === 200) expect(problemsOf(body)).toEqual([])
    return { status, body, contains: body.expansion?.contains ?? [] }
  }
  const plain = await expanded('')
  expect(plain.contains).toEqual([
    { system: URL, abstract: true, code: 'IN', display: '住院病区' },
    { system: URL, code: 'ICU', display: '重症' },
    { system: URL, inactive: true, code: 'OLD', display: '旧病区' },
  ])
  expect(plain.body.expansion.parameter).toContainEqual({ name: 'version', valueUri: `${URL}|2` })
  const codes = async (query: string) =>
    (await expanded(query)).contains.map((one: { code: string }) => one.code)
  expect(await codes('activeOnly=true')).toEqual(['IN', 'ICU'])
  expect(await codes('excludeNotForUI=true&excludeNested=true')).toEqual(['ICU', 'OLD'])
  expect(await codes('offset=1&count=1')).toEqual(['ICU'])
  const none = await expanded('count=0')
  expect([none.body.expansion.total, none.body.expansion.contains]).toEqual([3, undefined])
  const [first] = (await expanded('includeDesignations=true&displayLanguage=en')).contains
  expect(first).toMatchObject({ display: 'Inpatient ward', designation: [{ language: 'en' }, { use: FULL }] })
  const named = (await expanded(`designation=${FULL.system}|${FULL.code}`)).contains
  expect(named[0].designation).toEqual([{ use: FULL, value: '住院部病区' }])
  const beds = (await expanded('property=beds&property=parent')).contains[1]
  expect(beds.extension.map(({ extension }: { extension: object[] }) => extension)).toEqual([
    [
      { url: 'code', valueCode: 'beds' },
      { url: 'value', valueInteger: 12 },
    ],
    [
      { url: 'code', valueCode: 'parent' },
      { url: 'value', valueCode: 'IN' },
    ],
  ])
  const statuses = []
  for (const query of ['date=2020-01-01', 'context=x', `force-system-version=${URL}|1`, 'activeOnly=maybe'])
    statuses.push((await expanded(query)).status)
  expect(statuses).toEqual([422, 422, 422, 400])
  expect((await expanded(`system-version=${URL}|2&system-version=urn:other|1`)).status).toBe(200)
})

test('a value set filters ICD by its classes', async () => {
  const include = [{ system: ICD, filter: [{ property: 'parent', op: '=', value: 'A01.000' }] }]
  const resource = { resourceType: 'ValueSet', status: 'active', compose: { include } }
  const { body } = await ask('POST', '/ValueSet/$expand?count=2&filter=复发', { body: resource })
  expect(body.expansion.contains).toEqual([{ system: ICD, code: 'A01.000x004', display: '伤寒复发' }])
})
