import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenReceiver, type Receiver } from '../../../test/given-receiver.ts'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { aSubscription, givenNotified, turn } from '../../../test/given-subscription.ts'

let g: ReferralRegion
const receivers: Receiver[] = []

beforeAll(async () => {
  g = await referralRegion()
})
afterAll(async () => {
  for (const one of receivers) await one.close()
  await g.world.close()
})

/** A system of an institution that is told of referrals from now on. */
async function subscriber(institutionId: string, filters: readonly string[] = []): Promise<Receiver> {
  const receiver = await givenReceiver()
  receivers.push(receiver)
  const client = await givenNotified(g.world, institutionId, { urls: [receiver.url] })
  const ask = asking(
    () => g.world,
    () => client.headers,
  )
  const body = aSubscription(receiver.url, { topic: 'referral-changed', content: 'full-resource', filters })
  const { status, body: answer } = await ask('POST', '/Subscription', { body })
  expect([status, status === 201 ? '' : answer]).toEqual([201, ''])
  return receiver
}

const events = ({ received }: Receiver) => received.filter(({ kind }) => kind === 'event-notification')
const statesAt = (receiver: Receiver) =>
  events(receiver).flatMap(({ resources }) =>
    resources.map((one) => (one.businessStatus as { coding: { code: string }[] }).coding[0]?.code),
  )

test('a referral that moves reaches the systems of its two sides, and nobody else’s', async () => {
  const hospital = await subscriber(g.hospital)
  const centre = await subscriber(g.centre)
  const stranger = await subscriber(g.third)
  const picky = await subscriber(g.hospital, ['Task?status=accepted'])
  await turn(g.world)

  const { id } = (await g.post('gp', '/referrals', g.draftBody())).json
  await turn(g.world)
  expect(events(hospital)).toEqual([])
  expect((await g.post('gp', `/referrals/${id}/submit`)).status).toBe(200)
  await turn(g.world)
  expect(statesAt(hospital)).toEqual(['submitted'])
  expect(events(picky)).toEqual([])

  const accepted = await g.post('clerk', `/referrals/${id}/accept`, { arrangement: g.arrangement() })
  expect(accepted.status).toBe(200)
  await turn(g.world)
  expect(statesAt(hospital)).toEqual(['submitted', 'accepted'])
  expect(statesAt(centre).slice(-2)).toEqual(['submitted', 'accepted'])
  expect(statesAt(picky)).toEqual(['accepted'])
  expect(events(hospital).flatMap(({ numbers }) => numbers)).toEqual([1, 2])
  expect(new Set(events(hospital).flatMap(({ focuses }) => focuses))).toEqual(new Set([`Task/${id}`]))

  expect(stranger.received.map(({ kind }) => kind)).toEqual(['handshake'])
  expect(JSON.stringify(stranger.received.map(({ body }) => body))).not.toContain(id)
})

test('who was put out of the case before the message left is told a number and nothing else', async () => {
  const later = await subscriber(g.hospital)
  await turn(g.world)
  const { id } = (await g.post('gp', '/referrals', g.draftBody())).json
  await g.post('gp', `/referrals/${id}/submit`)
  later.answers = 503
  await turn(g.world)
  // Nobody at the hospital sees it any more, as after it was put before another receiver.
  await g.world.sql(
    `update kernel.resource set audience = array[$2]::uuid[] where type = 'Task' and id = $1`,
    [id, g.centre],
  )
  later.answers = 200
  await g.later(1)
  await turn(g.world)
  expect(events(later)).toHaveLength(1)
  expect(events(later)[0]).toMatchObject({ numbers: [1], focuses: [undefined], resources: [] })
})
