import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenClient } from '../../../test/given-identity.ts'
import { type RecognitionRegion, recognitionRegion } from '../../../test/given-recognition.ts'

let g: RecognitionRegion
beforeAll(async () => {
  g = await recognitionRegion()
  await g.assess()
})
afterAll(() => g.world.close())

const ask = async (
  url: string,
  body: object,
  headers: Record<string, string> | Readonly<Record<string, string>>,
) => {
  const answer = await g.world.app.inject({
    method: 'POST',
    url: `/cds-services${url}`,
    headers,
    payload: body,
  })
  return { status: answer.statusCode, body: answer.json() }
}
/** A request as the specification writes it: two draft orders, the second selected. */
const hookOf = (hook: 'order-select' | 'order-sign', patientId: string) => ({
  ...{ hook, hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea' },
  context: {
    ...{ userId: 'Practitioner/example', patientId, selections: ['ServiceRequest/potassium'] },
    draftOrders: {
      resourceType: 'Bundle',
      entry: [
        {
          resource: {
            resourceType: 'ServiceRequest',
            id: 'other',
            status: 'draft',
            intent: 'order',
            code: { text: 'x' },
          },
        },
        {
          resource: {
            ...{ resourceType: 'ServiceRequest', id: 'potassium', status: 'draft', intent: 'order' },
            ...{
              code: { coding: [{ system: 'http://loinc.org', code: '6298-4' }] },
              subject: { reference: `Patient/${patientId}` },
            },
          },
        },
      ],
    },
  },
})
const advice = (hook: 'order-select' | 'order-sign', patientId: string, who = g.centre.client) =>
  ask(`/recognition-${hook}`, hookOf(hook, patientId), who.headers)

test('anyone discovers the two services', async () => {
  const answer = await g.world.app.inject({ url: '/cds-services' })
  expect(answer.json().services.map((one: { hook: string }) => one.hook)).toEqual([
    'order-select',
    'order-sign',
  ])
})

test('both hooks give the card of the usable result, with suggestion, reasons and link', async () => {
  const patient = await g.resident()
  await g.result(patient, 2)
  const { body } = await advice('order-select', patient)
  expect(body.cards).toHaveLength(1)
  const [card] = body.cards
  expect(card).toMatchObject({
    indicator: 'info',
    selectionBehavior: 'at-most-one',
    source: { label: '同脉检查检验互认' },
  })
  expect(card.summary).toContain('4.1 mmol/L')
  expect(card.summary.length).toBeLessThan(140)
  expect(card.suggestions[0].actions).toEqual([
    { type: 'delete', description: '撤下钾', resourceId: 'ServiceRequest/potassium' },
  ])
  expect(card.overrideReasons).toHaveLength(6)
  expect(card.links[0].url).toContain(patient)
  const signed = await advice('order-sign', patient)
  expect(signed.body.cards[0]).toMatchObject({ summary: card.summary, indicator: 'warning' })
})

test('nothing usable, an unknown patient, one without a basis: no card, and no difference between the last two', async () => {
  const patient = await g.resident()
  await g.result(patient, 40)
  expect((await advice('order-sign', patient)).body).toEqual({ cards: [] })
  await g.result(patient, 2)
  expect((await advice('order-sign', '018f0000-0000-7000-8000-000000000000')).body).toEqual({ cards: [] })
  const stranger = await givenClient(g.world, g.hospital.id)
  expect((await advice('order-sign', patient, stranger)).body).toEqual({ cards: [] })
})

test('without a token, a scope or the right shape it is refused', async () => {
  const patient = await g.resident()
  expect((await ask('/recognition-order-sign', hookOf('order-sign', patient), {})).status).toBe(401)
  const narrow = await givenClient(g.world, g.centre.id, ['system/Patient.r'])
  expect((await advice('order-sign', patient, narrow)).status).toBe(403)
  const { headers } = g.centre.client
  expect((await ask('/nothing', hookOf('order-sign', patient), headers)).status).toBe(404)
  expect((await ask('/recognition-order-sign', hookOf('order-select', patient), headers)).status).toBe(400)
  expect((await ask('/recognition-order-sign', { hook: 'order-sign' }, headers)).status).toBe(400)
})

test('feedback becomes a decision of the ledger, once', async () => {
  const patient = await g.resident()
  await g.result(patient, 2)
  const [first] = (await advice('order-sign', patient)).body.cards
  const say = (item: object) =>
    ask('/recognition-order-sign/feedback', { feedback: [item] }, g.centre.client.headers)
  const accepted = {
    card: first.uuid,
    outcome: 'accepted',
    acceptedSuggestions: [{ id: first.suggestions[0].uuid }],
  }
  expect((await say(accepted)).status).toBe(200)
  await say(accepted)
  const [second] = (await advice('order-sign', patient)).body.cards
  await say({
    card: second.uuid,
    outcome: 'overridden',
    overrideReason: { reason: { code: 'changesFast' }, userComment: '利尿中' },
  })
  const { body } = await g.get(g.centre.gp, `/recognition-decisions?residentId=${patient}`)
  expect(body.items.map((one: { outcome: string }) => one.outcome).sort()).toEqual([
    'recognised',
    'reordered',
  ])
  const refused = body.items.find((one: { outcome: string }) => one.outcome === 'reordered')
  expect(refused).toMatchObject({ reason: 'changesFast', text: '利尿中', told: null })
})
