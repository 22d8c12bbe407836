import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenStaff, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { linkResidents, unlinkResidents } from './index.ts'

let world: Region
let centre: string
let hospital: string
let clerk: Staff
let clients: Record<string, { headers: Record<string, string> }>
const ask = asking(
  () => world,
  () => clients.hospital?.headers ?? {},
)

beforeAll(async () => {
  world = await region()
  centre = (await givenInstitution(world)).id
  hospital = (await givenInstitution(world)).id
  clerk = await givenStaff(world, hospital, ['referral-clerk'])
  clients = {
    centre: await givenClient(world, centre, ['system/*.cruds']),
    hospital: await givenClient(world, hospital, ['system/*.cruds']),
  }
})
afterAll(() => world.close())

const patient = (more: object) => ({ resourceType: 'Patient', gender: 'female', ...more })
const home = { text: '通济市东湖区公园路街道东风路60号紫荆花园1栋4单元203室' }
const from = (who: string, body: object) => ask('POST', '/Patient', { as: clients[who]?.headers ?? {}, body })
const api = async (method: 'GET' | 'POST', path: string, payload?: object) => {
  const answer = await world.app.inject({
    method,
    url: `/api${path}`,
    headers: clerk.headers,
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const observe = (who: string, id: string) =>
  ask('POST', '/Observation', {
    as: clients[who]?.headers ?? {},
    body: {
      resourceType: 'Observation',
      ...{ status: 'final', code: { text: `测于${who}` }, subject: { reference: `Patient/${id}` } },
    },
  })
const everything = async (who: string, id: string): Promise<string[]> => {
  const found = await ask('GET', `/Patient/${id}/$everything`, { as: clients[who]?.headers ?? {} })
  return (found.body.entry ?? [])
    .map((one: { resource: { resourceType: string } }) => one.resource.resourceType)
    .sort()
}

describe('one person at two institutions', () => {
  test('is linked by itself, read as one, and apart again when the link is undone, also when the evidence comes again', async () => {
    const said = {
      birthDate: '1958-04-11',
      telecom: [{ system: 'phone', value: '13900000001' }],
      address: [home],
    }
    const there = (await from('centre', patient({ name: [{ text: '欧阳丽娟' }], ...said }))).body.id
    const here = (await from('hospital', patient({ name: [{ text: '欧阳麗娟' }], ...said }))).body.id
    expect(here).not.toBe(there)
    await observe('centre', there)
    await observe('hospital', here)
    expect((await ask('GET', `/Patient/${here}`)).body.link).toEqual([
      { other: { reference: `Patient/${there}` }, type: 'seealso' },
    ])
    expect(await everything('hospital', here)).toEqual(['Observation', 'Observation', 'Patient', 'Patient'])
    expect(await everything('centre', there)).toHaveLength(4)
    const { body: lines } = await api('GET', `/residents/${here}/links`)
    expect(lines[0].link).toMatchObject({ state: 'linked', byMatcher: true })
    const undone = await api('POST', `/resident-links/${lines[0].link.id}/undo`, { note: '两位居民，同名' })
    expect(undone.body).toMatchObject({
      state: 'undone',
      steps: [{ state: 'undone' }, { state: 'linked' }, { state: 'proposed' }],
    })
    expect(await everything('hospital', here)).toEqual(['Observation', 'Patient'])
    expect((await ask('GET', `/Patient/${there}`)).status).toBe(404)
    const again = (await ask('GET', `/Patient/${here}`)).body
    expect(again.link).toBeUndefined()
    expect(
      (
        await ask('PUT', `/Patient/${here}`, {
          body: { ...again, maritalStatus: { text: '已婚' }, telecom: said.telecom },
        })
      ).status,
    ).toBe(200)
    expect((await ask('GET', `/Patient/${there}`)).status).toBe(404)
    expect((await api('GET', `/residents/${here}/links`)).body[0].link.state).toBe('undone')
  })

  test('a third one who is like both does not bring them together again, nor keep them together', async () => {
    const said = {
      name: [{ text: '司空明霞' }],
      birthDate: '1962-07-19',
      telecom: [{ system: 'phone', value: '13900000031' }],
      address: [home],
    }
    const states = async (id: string) =>
      (await api('GET', `/residents/${id}/links`)).body
        .map(({ link }: { link: { state: string; held: string | null } }) => `${link.state} ${link.held}`)
        .sort()
    const linkOf = async (id: string, other: string) =>
      (await api('GET', `/residents/${id}/links`)).body.find(
        ({ link }: { link: { one: { id: string }; other: { id: string } } }) =>
          [link.one.id, link.other.id].includes(other),
      ).link.id
    const one = (await from('hospital', patient(said))).body.id
    const two = (await from('hospital', patient(said))).body.id
    await observe('hospital', one)
    await api('POST', `/resident-links/${await linkOf(one, two)}/undo`, { note: '姐妹' })
    const third = (await from('hospital', patient(said))).body.id
    expect(await states(third)).toEqual(['linked null', 'proposed apart'])
    const linked = (await api('GET', `/residents/${third}/links`)).body[0].link
    const withOne = [linked.one.id, linked.other.id].includes(one) ? one : two
    const apart = withOne === one ? two : one
    expect((await ask('GET', `/Patient/${apart}`)).body.link).toBeUndefined()
    const decided = await api('POST', `/resident-links/${await linkOf(third, apart)}/decide`, {
      ...{ same: true, survivorId: null, note: '两处都登记过' },
    })
    expect(decided.body.state).toBe('linked')
    const others = (
      (await ask('GET', `/Patient/${one}`)).body.link as { other: { reference: string } }[]
    ).map(({ other }) => other.reference)
    expect(others).toEqual([`Patient/${third}`])
    const name = { name: [{ text: '司空明遐' }], birthDate: '1962-07-29' }
    const [a, b, c] = await Promise.all(
      [1, 2, 3].map(async () => (await from('hospital', patient({ ...said, ...name }))).body.id as string),
    )
    await api('POST', `/resident-links/${await linkOf(a ?? '', b ?? '')}/undo`, { note: '两个人' })
    expect((await ask('GET', `/Patient/${a}`)).body.link ?? []).not.toContainEqual({
      ...{ other: { reference: `Patient/${b}` }, type: 'seealso' },
    })
    expect((await ask('GET', `/Patient/${c}`)).body.link).toBeUndefined()
    expect(await states(c ?? '')).toContain('proposed apart')
  })

  test('whoever are registered alike at the same moment all go through, and are one person', async () => {
    const said = {
      name: [{ text: '诸葛慧敏' }],
      birthDate: '1949-10-05',
      telecom: [{ system: 'phone', value: '13900000077' }],
      address: [home],
    }
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, i) => from(i % 2 ? 'centre' : 'hospital', patient(said))),
    )
    expect(made.map((one) => one.status)).toEqual(made.map(() => 201))
    expect((await everything('hospital', made[0]?.body.id)).length).toBe(8)
  })

  test('two who may be one wait for a person, who sees both sides and why', async () => {
    const said = {
      birthDate: '1971-09-30',
      telecom: [{ system: 'phone', value: '13900000002' }],
      address: [home],
    }
    const one = (await from('centre', patient({ name: [{ text: '王宇' }], ...said }))).body.id
    const two = (await from('hospital', patient({ name: [{ text: '王宇爱' }], ...said }))).body.id
    const open = await api('GET', '/resident-links?state=proposed&offset=0&limit=20')
    const times = async (more: string) =>
      (await api('GET', `/resident-links?limit=100&${more}`)).body.items.map((one: { at: string }) => one.at)
    expect(await times('order=oldest')).toEqual((await times('order=newest')).toReversed())
    expect(await times(`q=${encodeURIComponent('没有这个字')}`)).toEqual([])
    const line = open.body.items.find((l: { one: { id: string }; other: { id: string } }) =>
      [l.one.id, l.other.id].includes(two),
    )
    const compared = await api('GET', `/resident-links/${line.id}`)
    expect(compared.body).toMatchObject({
      state: 'proposed',
      held: 'other-name',
      sides: [{ phoneMasked: '139****0002' }, {}],
    })
    expect(compared.body.weights).toContainEqual(
      expect.objectContaining({ field: 'birthDate', level: 'same' }),
    )
    expect(await everything('hospital', two)).toEqual(['Patient'])
    const decided = await api('POST', `/resident-links/${line.id}/decide`, {
      same: true,
      survivorId: one,
      note: '户口簿为证',
    })
    expect(decided.body).toMatchObject({ state: 'linked', survivorId: one })
    expect((await ask('GET', `/Patient/${two}`)).body.link[0]).toMatchObject({ type: 'replaced-by' })
    expect((await ask('GET', `/Patient/${one}`)).body.link[0]).toMatchObject({ type: 'replaces' })
    expect(
      (
        await api('POST', `/resident-links/${line.id}/decide`, {
          same: false,
          survivorId: null,
          note: '不是',
        })
      ).status,
    ).toBe(409)
  })
})

test('a system’s merge does not bring together whom a person took apart: it waits for a person', async () => {
  const made = (birthDate: string) => from('hospital', patient({ name: [{ text: '东郭顺子' }], birthDate }))
  const [one, two] = [(await made('1940-01-01')).body.id, (await made('1991-12-31')).body.id]
  const merge = () =>
    world.world.asSystem(hospital, (ctx) =>
      linkResidents(ctx, { residentId: one, otherId: two, survivorId: one, reason: 'HL7 v2 ADT^A40' }),
    )
  const { linkId } = await merge()
  await api('POST', `/resident-links/${linkId}/undo`, { note: '祖孙同名' })
  expect(await merge()).toEqual({ linkId })
  expect((await ask('GET', `/Patient/${two}`)).body.link).toBeUndefined()
  expect((await api('GET', `/resident-links/${linkId}`)).body).toMatchObject({ state: 'proposed' })
})

test('Patient/$match grades whom a description may mean, and shows no more than a card of whoever may not be opened', async () => {
  const said = { birthDate: '1966-02-17', telecom: [{ system: 'phone', value: '13900000009' }] }
  const theirs = (await from('centre', patient({ name: [{ text: '司徒美堂' }], ...said }))).body.id
  const match = (more: object[], resource: object) =>
    ask('POST', '/Patient/$match', {
      body: { resourceType: 'Parameters', parameter: [{ name: 'resource', resource }, ...more] },
    })
  const found = await match([], patient({ name: [{ text: '司徒美棠' }], ...said }))
  expect(found.body.entry).toHaveLength(1)
  expect(found.body.entry[0]).toMatchObject({
    resource: { id: theirs, name: [{ text: '司*' }] },
    search: { mode: 'match', extension: [{ valueCode: 'certain' }] },
  })
  expect(found.body.entry[0].resource.telecom).toBeUndefined()
  const only = [{ name: 'onlyCertainMatches', valueBoolean: true }]
  expect(
    (await match(only, patient({ name: [{ text: '司徒美堂' }], birthDate: said.birthDate }))).body.total,
  ).toBe(0)
  expect(
    (await match([], patient({ name: [{ text: '完全别人' }], birthDate: '1999-01-01' }))).body.total,
  ).toBe(0)
  expect((await ask('POST', '/Patient/$match', { body: { resourceType: 'Parameters' } })).status).toBe(422)
})

test('any sequence of links and unlinks leaves every fact with its own Patient, and can be undone', async () => {
  const people: string[] = []
  for (const [i, name] of ['甲乙丙', '丁戊己', '庚辛壬', '子丑寅'].entries()) {
    const { body } = await from(
      i % 2 ? 'centre' : 'hospital',
      patient({ name: [{ text: name }], birthDate: `19${60 + i}-01-0${i + 1}` }),
    )
    await observe(i % 2 ? 'centre' : 'hospital', body.id)
    people.push(body.id)
  }
  const facts = () =>
    world.sql(
      'select resident_id, type, id, version from kernel.resource where type = $2 and resident_id = any ($1) order by id',
      [people, 'Observation'],
    )
  const grants = () =>
    world.sql(
      'select resident_id, institution_id, basis, source, from_resident_id from kernel.access_grant where resident_id = any ($1) order by 1, 2, 3, 4, 5',
      [people],
    )
  const before = [await facts(), await grants()]
  const reason = '测试'
  const step = fc.record({ a: fc.nat(3), b: fc.nat(3), link: fc.boolean() }).filter(({ a, b }) => a !== b)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      const linked = new Map<string, { residentId: string; otherId: string }>()
      for (const { a, b, link } of steps) {
        const pair = { residentId: people[a] ?? '', otherId: people[b] ?? '', reason }
        const key = [a, b].sort().join()
        await world.world.asSystem(hospital, async (ctx) => {
          if (link) await linkResidents(ctx, pair)
          else await unlinkResidents(ctx, pair)
        })
        if (link) linked.set(key, pair)
        else linked.delete(key)
        expect(await facts()).toEqual(before[0])
      }
      for (const pair of linked.values())
        await world.world.asSystem(hospital, (ctx) => unlinkResidents(ctx, { ...pair, reason }))
      expect([await facts(), await grants()]).toEqual(before)
      expect(
        await world.sql('select from kernel.same_person where resident_id = any ($1)', [people]),
      ).toEqual([])
    }),
    { numRuns: 12 },
  )
})
