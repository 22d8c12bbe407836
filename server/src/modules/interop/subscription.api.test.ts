import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import {
  aSubscription,
  givenNotified,
  givenSubscribing,
  type Subscribing,
  turn,
  type Wanted,
} from '../../../test/given-subscription.ts'

let given: Subscribing

beforeAll(async () => {
  given = await givenSubscribing()
})
afterAll(() => given.close())
beforeEach(() => given.afresh())

describe('a client subscribes', () => {
  test('its receiver is greeted, and the subscription is active once it answers', async () => {
    const id = await given.subscribe({ header: ['Authorization: Bearer of-the-receiver'] })
    expect(given.receiver.received).toHaveLength(1)
    expect(given.last()).toMatchObject({ kind: 'handshake', numbers: [] })
    expect(given.last()?.headers.authorization).toBe('Bearer of-the-receiver')
    expect(given.last()?.body).toMatchObject({
      type: 'history',
      entry: [{ resource: { resourceType: 'Parameters' } }],
    })
    const { body: shown } = await given.ask('GET', `/Subscription/${id}`)
    expect(shown).toMatchObject({
      status: 'active',
      channel: { header: ['Authorization: Bearer of-the-receiver'] },
    })
    const kept = await given.world.sql<{ content: string }>(
      `select content from kernel.resource where id = $1`,
      [id],
    )
    expect(kept[0]?.content).not.toContain('of-the-receiver')
  })

  test('what cannot be served is refused, each element by name', async () => {
    const refused = async (wanted: Wanted, endpoint = given.receiver.url) => {
      const answer = await given.ask('POST', '/Subscription', { body: aSubscription(endpoint, wanted) })
      expect(answer.status).toBe(422)
      return JSON.stringify(answer.body)
    }
    expect(await refused({ topic: 'no-such-topic' })).toContain('Subscription.criteria')
    expect(await refused({ filters: [] })).toContain('names a type')
    expect(await refused({ filters: ['Observation?colour=red'] })).toContain('colour')
    expect(await refused({ filters: ['Observation?_sort=date'] })).toContain('how to answer')
    expect(await refused({ content: 'everything' })).toContain('payload')
    expect(await refused({ heartbeat: 1 })).toContain('heartbeat')
    expect(await refused({ more: { end: '2020-01-01T00:00:00Z' } })).toContain('Subscription.end')
    expect(await refused({ header: ['Host: else.where'] })).toContain('channel.header')
    for (const url of [
      'http://127.0.0.1:1/hook',
      'file:///etc/passwd',
      given.receiver.url.replace('hook', 'hook2'),
    ])
      expect(await refused({}, url)).toContain('Subscription.channel.endpoint')
    expect(await refused({}, `${given.receiver.url}/../admin`)).toContain('channel.endpoint')
    const narrow = await givenNotified(given.world, given.hospital.id, {
      urls: [given.receiver.url],
      scopes: ['system/Subscription.cruds', 'system/Patient.rs'],
    })
    const body = aSubscription(given.receiver.url)
    expect((await given.ask('POST', '/Subscription', { body, as: narrow.headers })).status).toBe(422)
    const doctor = await givenStaff(given.world, given.hospital.id, ['specialist'])
    expect((await given.ask('POST', '/Subscription', { body, as: doctor.headers })).status).toBe(403)
    expect(given.receiver.received).toEqual([])
  })

  test('no other client, nor anybody else, sees it or can touch it', async () => {
    const id = await given.subscribe()
    const doctor = await givenStaff(given.world, given.hospital.id, ['specialist', 'it'])
    for (const as of [given.writer.headers, given.theirs.headers, doctor.headers]) {
      for (const path of [
        `/Subscription/${id}`,
        `/Subscription/${id}/_history/1`,
        `/Subscription/${id}/$events`,
      ])
        expect((await given.ask('GET', path, { as })).status).toBe(404)
      expect((await given.ask('GET', '/Subscription', { as })).body.entry).toBeUndefined()
      expect(
        JSON.stringify((await given.ask('GET', '/_history?_type=Subscription', { as })).body),
      ).not.toContain(id)
    }
    const body = { ...aSubscription(given.receiver.url), id }
    expect((await given.ask('PUT', `/Subscription/${id}`, { body, as: given.writer.headers })).status).toBe(
      404,
    )
    expect((await given.ask('DELETE', `/Subscription/${id}`, { as: given.writer.headers })).status).toBe(404)
    const mine = (
      await given.ask('GET', `/Subscription?status=active&url=${encodeURIComponent(given.receiver.url)}`)
    ).body
    expect(mine.entry.map((one: { resource: { id: string } }) => one.resource.id)).toEqual([id])
  })

  test('it may choose the id, be changed, silenced and taken away', async () => {
    const put = (more = {}) =>
      given.ask('PUT', '/Subscription/my-own', {
        body: { ...aSubscription(given.receiver.url), id: 'my-own', ...more },
      })
    expect((await put()).status).toBe(201)
    await turn(given.world)
    expect(await given.stateOf('my-own')).toMatchObject({ status: 'active' })
    expect(JSON.stringify(given.last()?.body)).toContain('/Subscription/my-own')
    expect((await put({ status: 'off' })).body.status).toBe('off')
    await given.observe(given.patient.id)
    await turn(given.world)
    expect(given.receiver.received).toHaveLength(1)
    expect((await put()).body.status).toBe('requested')
    await turn(given.world)
    expect(given.receiver.received.map(({ kind }) => kind)).toEqual(['handshake', 'handshake'])
    expect((await given.ask('DELETE', '/Subscription/my-own')).status).toBe(204)
    expect((await given.ask('GET', '/Subscription/my-own')).status).toBe(410)
    expect((await given.ask('GET', '/_history?_type=Subscription')).status).toBe(200)
    await given.observe(given.patient.id)
    await turn(given.world)
    expect(given.receiver.received).toHaveLength(2)
  })
})

test('what one can subscribe to is said by the CapabilityStatement and at SubscriptionTopic', async () => {
  const { body } = await given.ask('GET', '/metadata')
  const subscription = body.rest[0].resource.find((one: { type: string }) => one.type === 'Subscription')
  const listed = (await given.ask('GET', '/SubscriptionTopic')).body.entry
  const canonicals = subscription.extension.map((one: { valueCanonical: string }) => one.valueCanonical)
  expect(canonicals).toEqual(
    listed.map(
      (one: { resource: { extension: { valueUri: string }[] } }) => one.resource.extension[0]?.valueUri,
    ),
  )
  expect(canonicals).toHaveLength(3)
  expect(subscription.operation.map((one: { name: string }) => one.name)).toEqual(
    expect.arrayContaining(['events', 'status']),
  )
  const one = await given.ask('GET', '/SubscriptionTopic/referral-changed')
  expect([one.status, one.body.resourceType]).toEqual([200, 'Basic'])
  expect((await given.ask('GET', '/SubscriptionTopic/nothing')).status).toBe(404)
})

test('the IT department sees the subscriptions of its own clients, switches one off and restarts it', async () => {
  const it_ = await givenStaff(given.world, given.hospital.id, ['it'])
  const other = await givenStaff(given.world, (await givenInstitution(given.world)).id, ['it'])
  const id = await given.subscribe({ header: ['X-Key: 7'] })
  await given.observe(given.patient.id)
  await turn(given.world)
  const call = (method: 'GET' | 'POST', path: string, as = it_, payload?: object) =>
    given.world.app.inject({
      method,
      url: `/api/subscriptions${path}`,
      headers: as.headers,
      ...(payload ? { payload } : {}),
    })
  const list = (await call('GET', '?state=active')).json()
  expect(list).toMatchObject({ total: 1, items: [{ id, clientId: given.client.id, events: 1, waiting: 0 }] })
  expect((await call('GET', '', other)).json().total).toBe(0)
  expect((await call('GET', `/${id}`, other)).statusCode).toBe(404)
  const whole = (await call('GET', `/${id}`)).json()
  expect(whole).toMatchObject({
    headers: ['X-Key'],
    deliveries: [{ kind: 'event-notification', status: 200 }, { kind: 'handshake' }],
  })
  expect((await call('POST', `/${id}/switch-off`, it_, { note: '停机维护' })).json().state).toBe('off')
  expect(await given.stateOf(id)).toMatchObject({ status: 'off', error: '停机维护' })
  expect((await call('POST', `/${id}/switch-off`, it_, { note: '再停' })).statusCode).toBe(409)
  expect((await call('POST', `/${id}/restart`, it_, {})).json().state).toBe('requested')
  await turn(given.world)
  expect(await given.stateOf(id)).toMatchObject({ status: 'active' })
})
