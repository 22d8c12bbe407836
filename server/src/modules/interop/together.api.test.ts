import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { verifyAudit } from '../../kernel/audit.ts'
import { readHead } from '../../kernel/sequencer.ts'

interface Side {
  readonly headers: Record<string, string>
  readonly residentIds: readonly string[]
}

let world: Region
let sides: readonly [Side, Side]

beforeAll(async () => {
  world = await region()
  const side = async (): Promise<Side> => {
    const { id } = await givenInstitution(world)
    const residents = [await givenResident(world, id), await givenResident(world, id)]
    const { headers } = await givenClient(world, id)
    return { headers, residentIds: residents.map((resident) => resident.id) }
  }
  sides = [await side(), await side()]
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => sides[0].headers,
)

/** Everybody asks for everybody at the same moment, many times over. */
const crowd = <T>(work: (as: Side, residentId: string) => Promise<T>): Promise<T[]> =>
  Promise.all(
    Array.from({ length: 6 }, () =>
      sides.flatMap((as) => sides.flatMap(({ residentIds }) => residentIds.map((id) => work(as, id)))),
    ).flat(),
  )

test('what is read at the same moment is answered to each by their own law, and logged to each', async () => {
  const before = await lines()
  const answers = await crowd(async (as, id) => {
    const { status, body } = await ask('GET', `/Patient/${id}`, { as: as.headers })
    return [status, body.id, as.residentIds.includes(id) ? 200 : 404, id]
  })
  for (const [status, got, wanted, id] of answers) {
    expect(status).toBe(wanted)
    if (status === 200) expect(got).toBe(id)
  }
  expect(answers.filter(([status]) => status === 200)).toHaveLength(24)
  const after = await lines()
  expect(after.lines - before.lines).toBe(24)
  expect(after.requests - before.requests).toBe(24)
})

test('what is searched at the same moment finds each their own, with lists, times and a page’s end', async () => {
  const [since] = await world.sql<{ at: string }>(`select (now() - interval '1 day')::text as at`, [])
  for (const more of [
    '_count=1',
    'gender=male,female,other,unknown',
    `_lastUpdated=gt${encodeURIComponent(since!.at.slice(0, 10))}`,
    '_sort=birthdate',
  ]) {
    const found = await crowd(async (as, id) => {
      const { status, body } = await ask('GET', `/Patient?_id=${id}&${more}`, { as: as.headers })
      return [
        status,
        (body.entry ?? []).map((one: { resource: { id: string } }) => one.resource.id),
        as.residentIds.includes(id) ? [id] : [],
      ]
    })
    for (const [status, got, wanted] of found) expect([more, status, got]).toEqual([more, 200, wanted])
  }
})

test('what a search shows is logged once for each resident in it, the row after the page is not, and the chain holds', async () => {
  const [{ headers, residentIds }] = sides
  const url = `/Patient?_id=${residentIds.join(',')}`
  const logged = async (path: string) => {
    const from = await searched()
    const answers = await Promise.all(Array.from({ length: 9 }, () => ask('GET', path, { as: headers })))
    expect(answers.map(({ status }) => status)).toEqual(Array(9).fill(200))
    return (await searched()) - from
  }
  expect(await logged(`${url}&_count=1`)).toBe(9)
  expect(await logged(url)).toBe(18)
  await world.deliver()
  expect(await verifyAudit(world.root, readHead(world.headFile))).toMatchObject({ ok: true })
  const kinds = await world.sql(
    `select distinct basis, actor_kind, institution_id is not null as at_home, substr(id::text, 15, 1) as version
      from kernel.access where thing = 'Patient?'`,
  )
  expect(kinds).toEqual([{ basis: 'treatment', actor_kind: 'client', at_home: true, version: '7' }])
})

const newcomer = (n: number, more: object = {}) => ({
  resourceType: 'Patient',
  identifier: [{ system: 'http://together.example/number', value: `T${n}` }],
  name: [{ text: ['欧阳清岚', '呼延若川', '澹台望舒', '轩辕知白', '闻人听雪', '钟离照夜'][n % 6] }],
  gender: 'female',
  birthDate: `19${60 + n}-0${1 + (n % 9)}-1${n % 9}`,
  ...more,
})

const register = (body: object, as = sides[0]) => ask('POST', '/Patient', { body, as: as.headers })

test('who is registered at the same moment is registered once each, and what is wrong is refused to whom it belongs', async () => {
  const wrong = newcomer(7, { birthDate: '2999-01-01' })
  const answers = await Promise.all([0, 1, 2, 3, 3].map((n) => register(newcomer(n))).concat(register(wrong)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 201, 201, 201, 201, 422])
  const ids = new Set(answers.flatMap(({ status, body }) => (status < 300 ? [body.id] : [])))
  expect(ids.size).toBe(4)
  const rows = await world.sql<{ requests: number; events: number }>(
    `select count(*)::int as events, count(distinct request_id)::int as requests from kernel.event
      where name = 'resident.registered' and resident_id = any ($1::uuid[])`,
    [[...ids]],
  )
  expect(rows).toEqual([{ requests: 5, events: 5 }])
})

test('all new, they share one transaction: each keeps its own elements, and is the caller’s alone', async () => {
  const bodies = [20, 21, 22, 23].map((n) => newcomer(n, { maritalStatus: { text: `婚姻${n}` } }))
  const answers = await Promise.all(bodies.map((body) => register(body)))
  for (const [n, { status, body }] of answers.entries()) {
    expect([status, body.maritalStatus.text, body.identifier[0].value]).toEqual([
      201,
      `婚姻${20 + n}`,
      expect.stringMatching(/2/),
    ])
    expect((await ask('GET', `/Patient/${body.id}`)).body.maritalStatus.text).toBe(`婚姻${20 + n}`)
    expect((await ask('GET', `/Patient/${body.id}`, { as: sides[1].headers })).status).toBe(404)
  }
  const [times] = await world.sql<{ n: number }>(
    'select count(distinct xmin::text)::int as n from kernel.access_grant where resident_id = any ($1::uuid[])',
    [answers.map(({ body }) => body.id)],
  )
  expect(times!.n).toBe(1)
})

test('two who are one person are found even when they come at the same moment', async () => {
  const same = {
    name: [{ text: '端木怀瑾' }],
    birthDate: '1955-05-05',
    telecom: [{ system: 'phone', value: '13955550101' }],
    address: [{ text: '云泽市桂花巷9号' }],
  }
  const answers = await Promise.all(
    [newcomer(40, same), newcomer(41, same), newcomer(42)].map((body) => register(body)),
  )
  const [one, two] = answers.map(({ body }) => body.id)
  const links = await world.sql<{ n: number }>(
    'select count(*)::int as n from resident.link where resident_id = any ($1::uuid[]) and other_id = any ($1::uuid[])',
    [[one, two]],
  )
  expect(links[0]!.n).toBe(1)
})

test('facts of the same moment are stored each under its own patient and request; a stranger’s is refused', async () => {
  const [[mine], [theirs]] = sides.map(({ residentIds }) => residentIds) as [string[], string[]]
  const code = { text: '同时写入' }
  const flag = (id: string | undefined) => ({
    ...{ resourceType: 'Flag', status: 'active', code, subject: { reference: `Patient/${id}` } },
  })
  const answers = await Promise.all(
    [mine, theirs, mine, mine].map((id) => ask('POST', '/Flag', { body: flag(id) })),
  )
  expect(answers.map(({ status }) => status)).toEqual([201, 422, 201, 201])
  const found = await ask('GET', `/Flag?patient=${mine}&code:text=${encodeURIComponent('同时')}`)
  const stored = answers.flatMap(({ status, body }) => (status === 201 ? [body.id] : []))
  expect(found.body.entry.map((one: { resource: { id: string } }) => one.resource.id).sort()).toEqual(
    stored.sort(),
  )
  const rows = await world.sql<{ events: number; requests: number; batches: number }>(
    `select count(*)::int as events, count(distinct request_id)::int as requests, count(distinct xmin::text)::int as batches
      from kernel.event where thing = any ($1)`,
    [stored.map((id) => `Flag/${id}`)],
  )
  expect(rows).toEqual([{ events: 3, requests: 3, batches: 1 }])
})

test('changes of the same moment each follow their own version; a stale one and a stranger’s are refused', async () => {
  const [[mine], [theirs]] = sides.map(({ residentIds }) => residentIds) as [string[], string[]]
  const task = (id: string | undefined) => ({
    ...{ resourceType: 'Task', status: 'requested', intent: 'order', code: { text: '同时改动' } },
    for: { reference: `Patient/${id}` },
  })
  const own = await Promise.all([1, 2, 3].map(() => ask('POST', '/Task', { body: task(mine) })))
  const other = await ask('POST', '/Task', { body: task(theirs), as: sides[1].headers })
  const put = (body: { id: string }, version: number, status: string) =>
    ask('PUT', `/Task/${body.id}`, { body: { ...body, status }, headers: { 'if-match': `W/"${version}"` } })
  const all = await Promise.all(own.map(({ body }) => put(body, 1, 'accepted')))
  expect(all.map(({ status, body }) => [status, body.status, body.meta.versionId])).toEqual(
    own.map(() => [200, 'accepted', '2']),
  )
  const [once] = await world.sql<{ n: number; requests: number }>(
    `select count(distinct xmin::text)::int as n, count(distinct request_id)::int as requests from kernel.event
      where thing = any ($1) and data ->> 'version' = '2'`,
    [own.map(({ body }) => `Task/${body.id}`)],
  )
  expect(once).toEqual({ n: 1, requests: 3 })
  const mixed = await Promise.all([
    put(own[0]!.body, 2, 'in-progress'),
    put(own[1]!.body, 1, 'in-progress'),
    put(other.body, 1, 'in-progress'),
  ])
  expect(mixed.map(({ status }) => status)).toEqual([200, 412, 404])
  const found = await ask('GET', `/Task?patient=${mine}&status=accepted&_sort=_id`)
  expect(found.body.entry).toHaveLength(2)
  expect((await ask('GET', `/Task?patient=${mine}&status=requested`)).body.entry).toBeUndefined()
  const history = await ask('GET', `/Task/${own[0]!.body.id}/_history`)
  expect(history.body.entry.map((one: { resource: { status: string } }) => one.resource.status)).toEqual([
    'in-progress',
    'accepted',
    'requested',
  ])
})

test('transactions of the same moment are each whole or not at all, and point at their own', async () => {
  const person = 'urn:uuid:0b6fb1a0-0000-4000-8000-00000000000a'
  const order = 'urn:uuid:0b6fb1a0-0000-4000-8000-00000000000b'
  const whole = (n: number, task: object = {}) => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      { fullUrl: person, resource: newcomer(n), request: { method: 'POST', url: 'Patient' } },
      {
        fullUrl: order,
        resource: {
          resourceType: 'ServiceRequest',
          status: 'active',
          intent: 'order',
          subject: { reference: person },
        },
        request: { method: 'POST', url: 'ServiceRequest' },
      },
      {
        resource: {
          ...{ resourceType: 'Task', status: 'requested', intent: 'order' },
          ...{ focus: { reference: order }, for: { reference: person }, ...task },
        },
        request: { method: 'POST', url: 'Task' },
      },
    ],
  })
  const send = (body: object) => ask('POST', '', { body })
  const good = await Promise.all([10, 11, 12].map((n) => send(whole(n))))
  for (const [n, { status, body }] of good.entries()) {
    expect(status).toBe(200)
    const [patient, request, task] = body.entry.map((one: { resource: { id: string } }) => one.resource)
    expect(request.subject.reference).toBe(`Patient/${patient.id}`)
    expect(task.focus.reference).toBe(`ServiceRequest/${request.id}`)
    const seen = await ask('GET', `/Task?patient=${patient.id}`)
    expect([n, seen.body.entry.map((one: { resource: { id: string } }) => one.resource.id)]).toEqual([
      n,
      [task.id],
    ])
  }
  const mixed = await Promise.all([
    send(whole(13)),
    send(whole(14, { for: { reference: 'Patient/unknown' } })),
    send(whole(15)),
  ])
  expect(mixed.map(({ status }) => status)).toEqual([200, 422, 200])
  expect(mixed[1]!.body.issue[0].expression).toEqual(['Bundle.entry[2].resource'])
  const rows = await world.sql<{ transactions: number; requests: number }>(
    `select count(distinct xmin::text)::int as transactions, count(distinct request_id)::int as requests from kernel.event
      where name = 'resident.registered' and resident_id = any ($1::uuid[])`,
    [good.map(({ body }) => body.entry[0].resource.id)],
  )
  expect(rows).toEqual([{ transactions: 1, requests: 3 }])
})

async function searched(): Promise<number> {
  const [row] = await world.sql<{ n: number }>(
    `select count(*)::int as n from kernel.access where thing = 'Patient?'`,
  )
  return row!.n
}

async function lines(): Promise<{ lines: number; requests: number }> {
  const [row] = await world.sql<{ lines: number; requests: number }>(
    `select count(*)::int as lines, count(distinct request_id)::int as requests from kernel.access where thing like 'Patient/%'`,
    [],
  )
  return row!
}
