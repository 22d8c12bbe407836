import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenResident } from '../../../test/given-resident.ts'
import { givenSubscribing, type Subscribing, turn } from '../../../test/given-subscription.ts'

let given: Subscribing

beforeAll(async () => {
  given = await givenSubscribing()
})
afterAll(() => given.close())
beforeEach(() => given.afresh())

describe('what happens is told', () => {
  test('every change of what the filter names, in order, numbered without gaps, with as much as was agreed', async () => {
    await given.subscribe({
      content: 'full-resource',
      filters: [`Observation?patient=${given.patient.id}&status=final`],
    })
    const first = await given.observe(given.patient.id)
    await given.observe(given.patient.id, { status: 'preliminary' })
    await given.observe(given.stranger.id, {}, given.theirs)
    const { body } = await given.ask('GET', `/Observation/${first}`)
    await given.ask('PUT', `/Observation/${first}`, {
      body: { ...body, note: [{ text: '复核' }] },
      as: given.writer.headers,
    })
    await given.ask('DELETE', `/Observation/${first}`, { as: given.writer.headers })
    await turn(given.world)
    const events = given.receiver.received.filter(({ kind }) => kind === 'event-notification')
    expect(events.flatMap(({ numbers }) => numbers)).toEqual([1, 2, 3])
    expect(new Set(events.flatMap(({ focuses }) => focuses))).toEqual(new Set([`Observation/${first}`]))
    expect(
      events.flatMap(({ body: { entry } }) => entry.slice(1).map(({ request }) => request.method)),
    ).toEqual(['POST', 'PUT', 'DELETE'])
    expect(events.flatMap(({ resources }) => resources)).toMatchObject([
      { resourceType: 'Observation', id: first },
      { note: [{ text: '复核' }] },
    ])
  })

  test('with id-only the address, with empty nothing but the number', async () => {
    await given.subscribe({ content: 'empty' })
    const id = await given.observe(given.patient.id)
    await turn(given.world)
    expect(given.last()).toMatchObject({ numbers: [1], focuses: [undefined], resources: [] })
    expect(JSON.stringify(given.last()?.body)).not.toContain(id)
    given.receiver.received.length = 0
    await given.world.sql('delete from interop.subscription')
    await given.subscribe({ content: 'id-only' })
    const next = await given.observe(given.patient.id)
    await turn(given.world)
    expect(given.last()).toMatchObject({ numbers: [1], focuses: [`Observation/${next}`], resources: [] })
  })

  test('a result that arrives, and what is no result is not', async () => {
    await given.subscribe({ topic: 'result-arrived', filters: ['Observation?category=laboratory'] })
    const id = await given.observe(given.patient.id, { status: 'preliminary' })
    await turn(given.world)
    expect(given.last()?.kind).toBe('handshake')
    const { body } = await given.ask('GET', `/Observation/${id}`)
    for (const status of ['final', 'final', 'corrected'])
      await given.ask('PUT', `/Observation/${id}`, { body: { ...body, status }, as: given.writer.headers })
    await turn(given.world)
    expect(given.receiver.received.flatMap(({ numbers }) => numbers)).toEqual([1, 2])
  })

  test('what a module owns, too: a resident registered at the institution', async () => {
    await given.subscribe({ content: 'full-resource', filters: ['Patient'] })
    const { id } = await givenResident(given.world, given.hospital.id, {
      name: '李新来',
      phone: '19900000009',
    })
    await turn(given.world)
    expect(given.last()).toMatchObject({ numbers: [1], focuses: [`Patient/${id}`], resources: [{ id }] })
  })

  test('a sign of life where nothing happens for as long as was agreed', async () => {
    await given.subscribe({ heartbeat: 60 })
    await given.later(59_000)
    await turn(given.world)
    expect(given.receiver.received).toHaveLength(1)
    await given.later(2_000)
    await turn(given.world)
    expect(given.receiver.received.map(({ kind }) => kind)).toEqual(['handshake', 'heartbeat'])
  })
})

describe('what the client may see is decided when it is sent', () => {
  test('a resident of another institution is never heard of', async () => {
    const id = await given.subscribe({ content: 'full-resource', filters: ['Observation', 'Patient'] })
    await given.observe(given.stranger.id, {}, given.theirs)
    await turn(given.world)
    expect(given.receiver.received.map(({ kind }) => kind)).toEqual(['handshake'])
    expect(JSON.stringify((await given.ask('GET', `/Subscription/${id}/$status`)).body)).toContain(
      '"name":"events-since-subscription-start","valueString":"0"',
    )
  })

  test('a basis that ends before it is sent leaves a number without a word of whom', async () => {
    const id = await given.subscribe({ content: 'full-resource' })
    const { id: leaving } = await givenResident(given.world, given.hospital.id, {
      name: '赵离开',
      phone: '19900000010',
    })
    given.receiver.answers = 503
    const observed = await given.observe(leaving)
    await turn(given.world)
    await given.world.sql('delete from kernel.access_grant where resident_id = $1', [leaving])
    given.receiver.answers = 200
    await given.later(10_000)
    await turn(given.world)
    expect(given.last()).toMatchObject({
      kind: 'event-notification',
      numbers: [1],
      focuses: [undefined],
      resources: [],
    })
    const events = JSON.stringify((await given.ask('GET', `/Subscription/${id}/$events`)).body)
    for (const said of [JSON.stringify(given.last()?.body), events]) {
      expect(said).not.toContain(observed)
      expect(said).not.toContain(leaving)
    }
  })

  test('each opening is in the access log, under the client', async () => {
    await given.subscribe({ content: 'full-resource' })
    await given.observe(given.patient.id)
    const count = async () =>
      (
        await given.world.sql<{ n: number }>(
          `select count(*)::int as n from kernel.access where actor_id = $1 and resident_id = $2 and thing = 'Observation?'`,
          [given.client.id, given.patient.id],
        )
      )[0]?.n ?? 0
    const before = await count()
    await turn(given.world)
    expect(await count()).toBe(before + 1)
  })

  test('a client that was disabled, or an address taken back, is called no more', async () => {
    const id = await given.subscribe()
    await given.world.sql('update identity.client set notify_urls = $2 where id = $1', [given.client.id, []])
    await given.observe(given.patient.id)
    await turn(given.world)
    expect(given.receiver.received).toHaveLength(1)
    expect(await given.stateOf(id)).toMatchObject({ error: 'interop.receiver-not-registered' })
    await given.world.sql('update identity.client set notify_urls = $2 where id = $1', [
      given.client.id,
      [given.receiver.url],
    ])
    await given.later(10_000)
    await turn(given.world)
    expect(given.last()?.numbers).toEqual([1])
  })
})

describe('nothing is lost on the way', () => {
  test('a receiver that is away is tried again at growing intervals, in error after five, and gets all in the end', async () => {
    const id = await given.subscribe({ maxCount: 2 })
    given.receiver.answers = null
    for (let n = 0; n < 3; n++) await given.observe(given.patient.id)
    await turn(given.world)
    for (const pause of [6, 21, 81, 321]) {
      expect((await given.stateOf(id)).status).toBe('active')
      await given.later(pause * 1_000)
      await turn(given.world)
    }
    expect(await given.stateOf(id)).toMatchObject({ status: 'error', error: 'interop.receiver-away' })
    await given.observe(given.patient.id)
    given.receiver.answers = 200
    await given.later(1_300_000)
    await turn(given.world)
    expect(given.receiver.received.slice(1).map(({ numbers }) => numbers)).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(await given.stateOf(id)).toMatchObject({ status: 'active' })
  })

  test('a redirect is no answer, and after three days of failures it is switched off', async () => {
    const id = await given.subscribe()
    given.receiver.answers = 302
    await given.observe(given.patient.id)
    await turn(given.world)
    expect(await given.stateOf(id)).toMatchObject({ error: 'interop.receiver-answered-302' })
    await given.later(73 * 3_600_000)
    await turn(given.world)
    expect((await given.stateOf(id)).status).toBe('off')
  })

  test('whoever was killed while sending holds it for its time only; then the same numbers come again', async () => {
    await given.subscribe()
    await given.observe(given.patient.id)
    await given.world.deliver()
    await given.world.runJob('interop.watch-subscriptions')
    const held = new Date(given.world.world.now().getTime() + 40_000)
    await given.world.sql('update interop.subscription set held_until = $1', [held])
    await turn(given.world)
    expect(given.receiver.received).toHaveLength(1)
    await given.later(41_000)
    await turn(given.world)
    await turn(given.world)
    expect(given.receiver.received.slice(1).map(({ numbers }) => numbers)).toEqual([[1]])
  })

  test('two that look at the same moment number each event once', async () => {
    await given.subscribe()
    for (let n = 0; n < 3; n++) await given.observe(given.patient.id)
    await given.world.deliver()
    await Promise.all([1, 2, 3].map(() => given.world.runJob('interop.watch-subscriptions')))
    await turn(given.world)
    expect(given.receiver.received.flatMap(({ numbers }) => numbers)).toEqual([1, 2, 3])
  })

  test('$events gives again what a client has missed, $status how all of its subscriptions stand', async () => {
    const id = await given.subscribe()
    const observed: string[] = []
    for (let n = 0; n < 3; n++) observed.push(await given.observe(given.patient.id))
    await turn(given.world)
    const { body } = await given.ask(
      'GET',
      `/Subscription/${id}/$events?eventsSinceNumber=2&eventsUntilNumber=3`,
    )
    expect(body.entry.slice(1).map((one: { fullUrl: string }) => one.fullUrl.split('/').pop())).toEqual(
      observed.slice(1),
    )
    const parameters = {
      resourceType: 'Parameters',
      parameter: [{ name: 'eventsSinceNumber', valueString: '3' }],
    }
    expect(
      (await given.ask('POST', `/Subscription/${id}/$events`, { body: parameters })).body.entry,
    ).toHaveLength(2)
    const all = (await given.ask('GET', '/Subscription/$status')).body
    expect(all.entry).toHaveLength(1)
    expect(JSON.stringify(all)).toContain('"events-since-subscription-start","valueString":"3"')
    const none = (await given.ask('GET', '/Subscription/$status?status=off')).body
    expect(none).toEqual({ resourceType: 'Bundle', type: 'searchset', total: 0 })
    const unknown = await given.ask('GET', `/Subscription/${id}/$events?content=everything`)
    expect(unknown.status).toBe(400)
  })
})

test('what was wanted until a day ends with it, and old events are forgotten', async () => {
  const end = new Date(given.world.world.now().getTime() + 3_600_000).toISOString()
  const id = await given.subscribe({ more: { end } })
  await given.observe(given.patient.id)
  await turn(given.world)
  await given.later(31 * 86_400_000)
  await given.world.runJob('interop.sweep-subscriptions')
  expect(
    (
      await given.world.sql<{ state: string }>('select state from interop.subscription where id = $1', [id])
    )[0]?.state,
  ).toBe('off')
  expect(
    await given.world.sql('select from interop.subscription_event where subscription_id = $1', [id]),
  ).toEqual([])
})
