import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenResidentAccount, givenStaff, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { grant } from './index.ts'

let world: Region
let centre: string
let hospital: string
let specialist: Staff
let head: Staff
let theirs: { headers: Record<string, string> }
let ours: { headers: Record<string, string> }
const ask = asking(
  () => world,
  () => ours.headers,
)

beforeAll(async () => {
  world = await region()
  centre = (await givenInstitution(world)).id
  hospital = (await givenInstitution(world)).id
  specialist = await givenStaff(world, hospital, ['specialist'])
  head = await givenStaff(world, hospital, ['office-head', 'referral-clerk'])
  theirs = await givenClient(world, centre, ['system/*.cruds'])
  ours = await givenClient(world, hospital, ['system/*.cruds'])
})
afterAll(() => world.close())

const api = async (who: { headers: Record<string, string> }, path: string, payload?: object) => {
  const method = payload ? 'POST' : 'GET'
  const answer = await world.app.inject({
    method,
    url: `/api${path}`,
    headers: who.headers,
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const condition = async (id: string, code: string, meta?: object) => {
  const body = {
    resourceType: 'Condition',
    ...(meta ? { meta } : {}),
    subject: { reference: `Patient/${id}` },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] },
  }
  const stored = await ask('POST', '/Condition', { as: theirs.headers, body })
  expect(stored.status).toBe(201)
  return stored.body.id as string
}
const seen = async (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await ask('GET', `/Condition/${id}`)).status))
const words = '我同意该机构查看我的健康档案，用于诊疗，可以随时撤回。'

describe('what is sensitive', () => {
  test('is read by who wrote it, and by others on a basis that names it, by both walls', async () => {
    const { id } = await givenResident(world, centre)
    const psy = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] }
    const ids = [
      await condition(id, 'I10'),
      await condition(id, 'F32.1'),
      await condition(id, 'B20.9'),
      await condition(id, 'Z00', psy),
    ]
    const source = 'consent:11111111-1111-4111-8111-111111111111'
    const given = {
      residentId: id,
      institutionId: hospital,
      basis: 'consent',
      depth: 'full',
      source,
    } as const
    await world.system((ctx) => grant(ctx, given))
    expect(await seen(ids)).toEqual([200, 404, 404, 404])
    const found = await ask('GET', `/Condition?patient=${id}`)
    expect(found.body.entry).toHaveLength(1)
    const everything = await ask('GET', `/Patient/${id}/$everything`)
    expect(JSON.stringify(everything.body)).not.toMatch(/F32|B20|PSY/)
    await world.system((ctx) => grant(ctx, { ...given, sensitive: 1 }))
    expect(await seen(ids)).toEqual([200, 200, 404, 200])
    expect((await ask('GET', `/Condition/${ids[2]}`, { as: theirs.headers })).status).toBe(200)
  })
})

describe('a consent', () => {
  test('given on the phone opens at once what it names, and closes at once when it is taken back', async () => {
    const { id } = await givenResident(world, centre)
    const hidden = await condition(id, 'F41.2')
    const me = await givenResidentAccount(world, id)
    const body = {
      residentId: id,
      institutionId: hospital,
      purpose: 'consultation',
      depth: 'full',
      categories: ['psychiatry'],
      until: null,
      words,
    }
    const given = await api(me, '/me/consents', body)
    expect(given.body).toMatchObject({ version: 1, state: 'active', signed: 'phone' })
    expect(await seen([hidden])).toEqual([200])
    expect((await ask('GET', `/Consent/${given.body.id}`)).body).toMatchObject({
      status: 'active',
      patient: { reference: `Patient/${id}` },
    })
    expect((await api(specialist, `/residents/${id}`)).body).toMatchObject({ basis: 'consent' })
    const back = await api(me, `/me/consents/${given.body.id}/withdraw`, { reason: null })
    expect(back.body).toMatchObject({ version: 2, state: 'withdrawn' })
    expect(await seen([hidden])).toEqual([404])
    expect((await api(specialist, `/residents/${id}`)).status).toBe(404)
    expect((await api(me, `/me/consents/${given.body.id}/withdraw`, { reason: null })).status).toBe(409)
    const other = await givenResident(world, centre)
    expect((await api(me, '/me/consents', { ...body, residentId: other.id })).status).toBe(404)
  })
})

describe('in an emergency', () => {
  test('a record opens for a reason and some hours, the office is told, and a person judges it', async () => {
    const { id } = await givenResident(world, centre)
    const opened = await api(specialist, `/residents/${id}/emergency`, { reason: '昏迷送入，需查过敏史' })
    expect(opened.status).toBe(200)
    expect((await api(specialist, `/residents/${id}`)).body).toMatchObject({
      basis: 'emergency',
      depth: 'full',
    })
    const waiting = await api(head, '/emergency-accesses?state=open&offset=0&limit=20')
    const line = waiting.body.items.find((one: { id: string }) => one.id === opened.body.id)
    expect(line).toMatchObject({ reason: '昏迷送入，需查过敏史', isMine: false })
    expect(line.openings).toBeGreaterThan(0)
    const used = await api(head, `/emergency-accesses/${opened.body.id}/openings?offset=0&limit=20`)
    expect(used.body.total).toBe(line.openings)
    expect(used.body.items.map((one: { thing: string }) => one.thing)).toEqual(['card', 'record'])
    const [row] = await world.sql<{ duty: string }>(
      `select duty from kernel."case" where thing = $1 and closed_at is null`,
      [`emergency:${opened.body.id}`],
    )
    expect(row?.duty).toBe('office.head')
    const judged = await api(head, `/emergency-accesses/${opened.body.id}/judge`, {
      justified: false,
      note: '并非急诊',
    })
    expect(judged.body.state).toBe('unjustified')
    expect((await api(specialist, `/residents/${id}`)).status).toBe(404)
    const again = await api(specialist, `/residents/${id}/emergency`, { reason: '再次昏迷送入急诊' })
    const source = `emergency:${again.body.id}`
    const [held] = await world.sql<{ hours: number }>(
      'select round(extract(epoch from until - since) / 3600)::int as hours from kernel.access_grant where source = $1',
      [source],
    )
    expect(held?.hours).toBe(24)
    await world.sql('update kernel.access_grant set until = since where source = $1', [source])
    expect((await api(specialist, `/residents/${id}`)).status).toBe(404)
    const found = async (more: string) =>
      (await api(head, `/emergency-accesses?${more}`)).body.items.map((one: { id: string }) => one.id)
    const both = [opened.body.id, again.body.id]
    const ofBoth = async (more: string) => (await found(more)).filter((one: string) => both.includes(one))
    expect(await ofBoth('order=oldest')).toEqual(both)
    expect(await ofBoth('')).toEqual(both.toReversed())
    expect(await found(`q=${encodeURIComponent('再次昏迷')}`)).toEqual([again.body.id])
    const still = await api(head, '/emergency-accesses?state=open&offset=0&limit=20')
    expect(still.body.items.map((one: { id: string }) => one.id)).toContain(again.body.id)
  })
})

test('no way in reaches another institution’s resident', async () => {
  const { id } = await givenResident(world, centre, { name: '不可见' })
  const fact = await condition(id, 'K35.9')
  const reached: string[] = []
  const ways: readonly [string, () => Promise<{ status: number; body: unknown }>][] = [
    ...[
      `/Patient/${id}`,
      `/Patient/${id}/_history`,
      `/Patient/${id}/_history/1`,
      `/Patient/${id}/$everything`,
    ],
    ...[
      `/Condition/${fact}`,
      `/Condition/${fact}/_history`,
      `/Condition?patient=${id}`,
      `/Condition?_id=${fact}`,
    ],
    ...[
      `/Condition?patient=${id}&_include=Condition:subject`,
      `/Patient?_id=${id}&_revinclude=Condition:subject`,
    ],
    ...[
      `/Patient?name=${encodeURIComponent('不可见')}`,
      `/Condition?subject:Patient.name=${encodeURIComponent('不可见')}`,
      `/Patient?_content=${encodeURIComponent('不可见')}`,
      `/Patient?_has:Condition:subject:_id=${fact}`,
    ],
    ...[
      `/Patient/${id}/$summary`,
      `/Patient/${id}/Condition`,
      `/Patient/${id}/*`,
      `/?_type=Condition,Patient&_id=${fact},${id}`,
    ],
    ...[
      `/Patient/${id}/$graphql?query={name{text}}`,
      `/$graphql?query={Condition(id:"${fact}"){code{coding{code}}}}`,
      `/$graphql?query={ConditionList(patient:"${id}"){code{coding{code}}}}`,
    ],
  ].map((path) => [path, () => ask('GET', path)] as const)
  const bundle = {
    resourceType: 'Bundle',
    type: 'batch',
    entry: [{ request: { method: 'GET', url: `Patient/${id}` } }],
  }
  const paths = ['', '/household', '/links', '/consents', '/timeline', '/record', '/summary']
  const all = [
    ...ways,
    ['batch', () => ask('POST', '', { body: bundle })] as const,
    ['transaction', () => ask('POST', '', { body: { ...bundle, type: 'transaction' } })] as const,
    [
      'PATCH',
      () =>
        ask('PATCH', `/Condition/${fact}`, {
          body: [{ op: 'test', path: '/id', value: fact }],
          headers: { 'content-type': 'application/json-patch+json' },
        }),
    ] as const,
    ...['/_history', '/Condition/_history', '/Patient/_history'].map(
      (path) =>
        [
          path,
          async () => {
            const { status, body } = await ask('GET', path)
            return { status, body: body.entry }
          },
        ] as const,
    ),
    ['DELETE', () => ask('DELETE', `/Condition/${fact}`)] as const,
    [
      'PUT',
      () =>
        ask('PUT', `/Condition/${fact}`, {
          body: { resourceType: 'Condition', id: fact, subject: { reference: `Patient/${id}` } },
        }),
    ] as const,
    [
      'POST',
      () =>
        ask('POST', '/Condition', {
          body: { resourceType: 'Condition', subject: { reference: `Patient/${id}` } },
        }),
    ] as const,
    ...paths.map(
      (path) => [`/api/residents/:id${path}`, () => api(specialist, `/residents/${id}${path}`)] as const,
    ),
    ['search', () => api(specialist, '/residents/search', { name: '不可见', offset: 0, limit: 20 })] as const,
    [
      'reveal',
      () => api(specialist, `/residents/${id}/reveal`, { field: 'phone', reason: '随便看看' }),
    ] as const,
  ]
  for (const [way, go] of all) {
    const { status, body } = await go()
    const text = JSON.stringify(body ?? '')
    if (status >= 500 || /不可见|K35|"total":[1-9]/.test(text))
      reached.push(`${way}: ${status} ${text.slice(0, 120)}`)
  }
  expect(reached).toEqual([])
  const still = await ask('GET', `/Condition/${fact}`, { as: theirs.headers })
  expect([still.status, still.body.meta.versionId]).toEqual([200, '1'])
})

test('a member leaves the household, and nobody stands for them any more', async () => {
  const gp = await givenStaff(world, centre, ['gp'])
  const [son, mother] = [await givenResident(world, centre), await givenResident(world, centre)]
  await api(gp, `/residents/${son.id}/household`, { memberId: mother.id, relation: '5', standsFor: true })
  const left = await api(gp, `/residents/${son.id}/household/remove`, { memberId: mother.id })
  expect(left.body.members.map((one: { id: string }) => one.id)).toEqual([son.id])
  const [row] = await world.sql<{ n: number }>(
    'select count(*)::int as n from resident.proxy where resident_id = $1 and until is null',
    [mother.id],
  )
  expect(row?.n).toBe(0)
})

test('the office sees who of its own opened a record, and nothing of others', async () => {
  const { id } = await givenResident(world, centre)
  expect((await api(head, `/residents/${id}/openings`)).status).toBe(404)
  const given = { residentId: id, institutionId: hospital, basis: 'referral', depth: 'full' } as const
  await world.system((ctx) =>
    grant(ctx, { ...given, source: 'referral:33333333-3333-4333-8333-333333333333' }),
  )
  await api(specialist, `/residents/${id}`)
  expect((await api(head, `/residents/${id}/openings`)).body).toMatchObject({
    total: 1,
    items: [{ basis: 'referral', thing: 'card', objection: null }],
  })
  expect((await api(specialist, `/residents/${id}/openings`)).status).toBe(403)
})
