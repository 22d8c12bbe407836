import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { problemsOf } from '../../kernel/resource/validate.ts'

let world: Region
let signed: Readonly<Record<string, string>>
let hospital: string
beforeAll(async () => {
  world = await region()
  const { id } = await givenInstitution(world)
  hospital = id
  signed = (await givenClient(world, id)).headers
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => signed,
)
const ICD = 'urn:oid:2.16.156.10011.2.3.3.11'
const saidOf = (body: { parameter: { name: string; [value: string]: unknown }[] }, name: string) =>
  Object.entries(body.parameter.find((one) => one.name === name) ?? {}).find(([key]) =>
    key.startsWith('value'),
  )?.[1]

describe('a stored value set that filters', () => {
  const WARD = 'urn:x:ward'
  const expanded = async (include: object) => {
    const resource = { resourceType: 'ValueSet', status: 'active', compose: { include: [include] } }
    const { status, body } = await ask('POST', '/ValueSet/$expand?count=500', { body: resource })
    return (
      body.expansion?.contains.map(({ code }: { code: string }) => code) ?? [
        status,
        JSON.stringify(body.issue),
      ]
    )
  }
  const filtered = (system: string, ...filters: string[]) =>
    expanded({
      system,
      filter: filters.map((one) => {
        const [property, op, ...value] = one.split(' ')
        return { property, op, value: value.join(' ') }
      }),
    })
  const concept = (code: string, more: object = {}) => ({ code, display: `病区 ${code}`, ...more })
  beforeAll(async () => {
    const property = [{ code: 'beds', valueInteger: 12 }]
    const body = {
      ...{ resourceType: 'CodeSystem', url: WARD, status: 'active', content: 'complete' },
      property: [
        { code: 'beds', type: 'integer' },
        { code: 'child', type: 'code' },
        { code: 'open', type: 'boolean' },
      ],
      concept: [
        concept('I', {
          concept: [concept('I1', { property }), concept('I2', { concept: [concept('I21')] })],
        }),
        concept('S', {
          property: [
            { code: 'open', valueBoolean: true },
            { code: 'child', valueCode: 'I21' },
          ],
        }),
      ],
    }
    expect((await ask('POST', '/CodeSystem', { body })).status).toBe(201)
  })

  test.each<[string[], string[]]>([
    [['concept is-a I2'], ['I2', 'I21']],
    [['concept descendent-of I'], ['I1', 'I2', 'I21']],
    [['concept is-not-a I2'], ['I', 'I1', 'S']],
    [['concept generalizes I21'], ['I', 'I2', 'I21', 'S']],
    [['code = I1'], ['I1']],
    [['parent = I'], ['I1', 'I2']],
    [['code in I1, S,nope'], ['I1', 'S']],
    [['code not-in I1,S'], ['I', 'I2', 'I21']],
    [['code regex I[12]'], ['I1', 'I2']],
    [['display regex .*2\\d?'], ['I2', 'I21']],
    [['beds exists true'], ['I1']],
    [['beds = 12'], ['I1']],
    [['open = true'], ['S']],
    [
      ['inactive exists false', 'concept descendent-of I', 'code regex .{2}'],
      ['I1', 'I2'],
    ],
  ])('by %j holds %j', async (filters, codes) => {
    expect(await filtered(WARD, ...filters)).toEqual(codes)
  })

  test.each([
    'concept is-a nope',
    'floor = 3',
    'beds is-a 12',
    'beds exists perhaps',
    'code regex (',
    'code regex (a)\\1',
    'code regex (.{1,200}){1,200}x',
    'code regex ((a{20}){20}){20}',
    'code near I1',
  ])('by %s is 422 and named', async (filter) => {
    expect(await filtered(WARD, filter)).toEqual([422, expect.stringContaining('compose.include.filter')])
  })

  test('takes the codes of the version that it names, or says that another is held', async () => {
    const url = 'urn:x:versioned'
    for (const [version, code] of [
      ['1', 'old'],
      ['2', 'new'],
    ]) {
      const body = { resourceType: 'CodeSystem', url, version, status: 'active', content: 'complete' }
      const made = await ask('POST', '/CodeSystem', { body: { ...body, concept: [{ code }] } })
      expect(made.status).toBe(201)
    }
    expect(await expanded({ system: url, version: '1' })).toEqual(['old'])
    expect(await expanded({ system: url, version: '2' })).toEqual(['new'])
    const told = [422, expect.stringMatching(/interop\.no-such-version.*urn:x:versioned.*\b7\b/)]
    expect(await expanded({ system: url, version: '7' })).toEqual(told)
    expect(await expanded({ system: ICD, version: '1999' })).toEqual([
      422,
      expect.stringContaining('interop.no-such-version'),
    ])
    expect(await expanded({ system: url, version: '7', concept: [{ code: 'one' }] })).toEqual(['one'])
    const set = { resourceType: 'ValueSet', url: 'urn:x:vs', version: '3', status: 'active' }
    const compose = { include: [{ system: url, version: '1' }] }
    expect((await ask('POST', '/ValueSet', { body: { ...set, compose } })).status).toBe(201)
    expect(await expanded({ valueSet: ['urn:x:vs|3'] })).toEqual(['old'])
    expect(await expanded({ valueSet: ['urn:x:vs|4'] })).toEqual([
      404,
      expect.stringContaining('interop.no-such-version'),
    ])
    const held = async (code: string, version: string) => {
      const query = `url=urn:x:vs&system=${url}&code=${code}&systemVersion=${version}`
      return saidOf((await ask('GET', `/ValueSet/$validate-code?${query}`)).body, 'result')
    }
    expect([await held('old', '1'), await held('new', '1'), await held('old', '2')]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('goes by how ICD and GB/T 2260 write their codes, and by what R4 nests', async () => {
    const infarction = await filtered(ICD, 'concept is-a I21')
    expect(infarction.length).toBeGreaterThan(10)
    expect(infarction.every((code: string) => code.startsWith('I21'))).toBe(true)
    expect(await filtered('urn:tongmai:code-system:gbt-2260', 'concept descendent-of 110100')).toContain(
      '110101',
    )
    const act = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
    const encounter = await filtered(act, 'concept descendent-of _ActEncounterCode')
    expect(encounter).toEqual(expect.arrayContaining(['AMB', 'IMP', 'ACUTE']))
    expect(await filtered(act, 'concept is-a _ActEncounterCode', 'notSelectable = true')).toEqual([
      '_ActEncounterCode',
    ])
    expect((await filtered(WARD, `code regex ${'a'.repeat(600)}`))[0]).toBe(422)
    expect((await expanded({ filter: [{ property: 'a', op: '=', value: 'b' }] }))[0]).toBe(422)
    const fragment = { resourceType: 'CodeSystem', url: 'urn:x:part', status: 'active', content: 'fragment' }
    await ask('POST', '/CodeSystem', { body: { ...fragment, concept: [concept('a')] } })
    expect((await expanded({ system: 'urn:x:part' }))[0]).toBe(422)
  })

  test('checks codes, and searches by them', async () => {
    const compose = {
      include: [{ system: ICD, filter: [{ property: 'concept', op: 'is-a', value: 'I21' }] }],
      exclude: [{ system: ICD, filter: [{ property: 'code', op: 'regex', value: 'I21\\.9.*' }] }],
    }
    const body = { resourceType: 'ValueSet', url: 'urn:x:infarction', status: 'active', compose }
    expect((await ask('POST', '/ValueSet', { body })).status).toBe(201)
    const checked = async (code: string) =>
      saidOf(
        (await ask('GET', `/ValueSet/$validate-code?url=urn:x:infarction&system=${ICD}&code=${code}`)).body,
        'result',
      )
    expect([await checked('I21.000'), await checked('I21.900'), await checked('I10.x00')]).toEqual([
      true,
      false,
      false,
    ])
    const { id } = await givenResident(world, hospital)
    const made = async (code: string) =>
      (
        await ask('POST', '/Condition', {
          body: {
            resourceType: 'Condition',
            subject: { reference: `Patient/${id}` },
            code: { coding: [{ system: ICD, code }] },
          },
        })
      ).body.id
    const [hit] = [await made('I21.000'), await made('I21.900'), await made('I10.x00')]
    const found = (await ask('GET', `/Condition?patient=${id}&code:in=urn:x:infarction`)).body.entry
    expect(found.map(({ resource }: { resource: { id: string } }) => resource.id)).toEqual([hit])
  })
})

test('R4’s own are found by standard search, read by id, and become whose who brings them anew', async () => {
  const { showR4 } = await import('../record/index.ts')
  for (let twice = 0; twice < 2; twice++) await showR4(world.world)
  const found = async (path: string, as = signed) =>
    ((await ask('GET', path, { as })).body.entry ?? []).map(({ resource }: { resource: object }) => resource)
  const url = 'http://hl7.org/fhir/ValueSet/administrative-gender'
  const [set] = await found(`/ValueSet?url=${url}`)
  const system = 'http://hl7.org/fhir/administrative-gender'
  expect(set).toMatchObject({ id: 'administrative-gender', url, compose: { include: [{ system }] } })
  expect(set.meta.versionId).toBe('1')
  expect((await ask('GET', '/ValueSet/administrative-gender')).body).toEqual(set)
  expect((await ask('GET', '/ValueSet/administrative-gender/$expand')).body).toMatchObject({
    ...{ url, name: 'AdministrativeGender', version: '4.0.1' },
    expansion: { total: 4 },
  })
  const query =
    '{ ValueSetList(_filter: "url eq http://hl7.org/fhir/ValueSet/administrative-gender") { id } }'
  const asked = await ask('POST', '/$graphql', { body: { query } })
  expect(asked.body.data.ValueSetList).toEqual([{ id: 'administrative-gender' }])
  const [act] = await found('/CodeSystem?url=http://terminology.hl7.org/CodeSystem/v3-ActCode&_elements=name')
  expect(act).toMatchObject({ id: 'v3-ActCode', name: 'v3.ActCode' })
  expect(await found('/CodeSystem?title=administrativegender&_count=5')).toMatchObject([
    { url: system, version: '4.0.1' },
  ])
  const [held] = await world.sql<{ n: number }>(
    `select count(*)::int as n from kernel.resource where type in ('CodeSystem', 'ValueSet') and institution_id is null`,
  )
  expect(held?.n).toBeGreaterThan(1_500)
  const whole = (await ask('GET', '/CodeSystem/administrative-gender')).body
  expect(problemsOf(whole)).toEqual([])
  const other = (await givenClient(world, (await givenInstitution(world)).id)).headers
  const put = async (as: Readonly<Record<string, string>>, title: string) =>
    (await ask('PUT', '/CodeSystem/administrative-gender', { body: { ...whole, title }, as })).status
  expect([await put(signed, 'ours'), await put(other, 'theirs'), await put(signed, 'ours again')]).toEqual([
    200, 403, 200,
  ])
  await showR4(world.world)
  expect((await ask('GET', '/CodeSystem/administrative-gender')).body.title).toBe('ours again')
  expect((await ask('DELETE', '/ValueSet/administrative-gender')).status).toBe(403)
})

test('of two codes it is said which lies above the other, and an operation that is not offered is named', async () => {
  const act = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
  const said = async (system: string, a: string, b: string) => {
    const { status, body } = await ask('GET', `/CodeSystem/$subsumes?system=${system}&codeA=${a}&codeB=${b}`)
    return status === 200 ? saidOf(body, 'outcome') : status
  }
  expect(await said(act, '_ActEncounterCode', 'AMB')).toBe('subsumes')
  expect(await said(act, 'AMB', '_ActEncounterCode')).toBe('subsumed-by')
  expect([await said(act, 'AMB', 'AMB'), await said(act, 'AMB', 'IMP')]).toEqual([
    'equivalent',
    'not-subsumed',
  ])
  expect([await said(act, 'AMB', 'nope'), await said('urn:nope', 'a', 'b')]).toEqual([404, 404])
  const coding = (code: string) => ({ valueCoding: { system: ICD, code } })
  const parameter = [
    { name: 'codingA', ...coding('I21') },
    { name: 'codingB', ...coding('I21.000') },
  ]
  const posted = await ask('POST', '/CodeSystem/$subsumes', {
    body: { resourceType: 'Parameters', parameter },
  })
  expect(saidOf(posted.body, 'outcome')).toBe('subsumes')
  for (const path of ['/CodeSystem/$nope', '/CodeSystem/v3-ActCode/$lookup', '/$nope']) {
    const { status, body } = await ask('GET', path)
    expect([path, status, body.issue[0].details.coding[0].code]).toEqual([
      path,
      404,
      'record.no-such-operation',
    ])
  }
})
