import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenClient } from '../../../test/given-identity.ts'
import { anObservation } from '../../../test/given-record.ts'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { storyOf } from '../../../test/referral-story.ts'

let g: ReferralRegion
let story: ReturnType<typeof storyOf>
beforeAll(async () => {
  g = await referralRegion()
  story = storyOf(g)
})
afterAll(() => g.world.close())

const crisis = {
  ...{ code: 'up.hypertensionCrisis', direction: 'up', category: '高血压', urgency: 'emergency' },
  ...{ text: '血压 ≥ 180/110 mmHg', source: '高血压转诊指征', since: '2026-11-23', sort: 42 },
  conditions: [[{ fact: 'systolic', is: 'atLeast', value: 180 }]],
}

test('a version written by the office is off until a physician who has not written it signs; then it proposes', async () => {
  const { residentId } = g.draftBody()
  const client = await givenClient(g.world, g.centre)
  const reading = anObservation(residentId, {
    code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
    valueQuantity: { value: 192, unit: 'mmHg' },
    effectiveDateTime: '2026-11-22T09:00:00+08:00',
  })
  const headers = { ...client.headers, 'content-type': 'application/fhir+json' }
  const stored = await g.world.app.inject({
    method: 'POST',
    url: '/fhir/R4/Observation',
    headers,
    payload: reading,
  })
  expect(stored.statusCode, stored.body).toBe(201)
  const proposed = async () => (await g.get('gp', `/referrals/proposals?residentId=${residentId}`)).json
  expect(await proposed()).toEqual([])
  await story.must('officeHead', '/referral-rules', crisis)
  expect(await proposed()).toEqual([])
  await story.must('specialist', '/referral-rules/sign', { code: crisis.code, since: crisis.since })
  expect(await proposed()).toMatchObject([
    {
      code: crisis.code,
      urgency: 'emergency',
      signedBy: '周正',
      because: [{ fact: 'systolic', value: '192 mmHg' }],
    },
  ])
  const versions = (await g.get('gp', '/referral-rules')).json.filter(
    (one: { code: string }) => one.code === crisis.code,
  )
  expect(versions).toMatchObject([
    { since: '2026-11-23', until: null },
    { since: '2020-01-01', until: '2026-11-22' },
  ])
  const again = await g.post('officeHead', '/referral-rules', crisis)
  expect([again.status, again.json.code]).toEqual([409, 'referral.rule-signed-already'])
})

test('nobody signs what they wrote, and a rule does not begin in the past', async () => {
  const own = { ...crisis, code: 'up.ownRule' }
  await story.must('wholeHospital', '/referral-rules', own)
  const signed = await g.post('wholeHospital', '/referral-rules/sign', { code: own.code, since: own.since })
  expect([signed.status, signed.json.code]).toEqual([409, 'referral.rule-own'])
  const past = await g.post('officeHead', '/referral-rules', { ...own, since: '2026-11-01' })
  expect(past.json.code).toBe('referral.date-passed')
})

test('a department keeps its ready sentences; others have their own', async () => {
  const text = '请补充近三个月心电图与肌钙蛋白。'
  const body = { use: 'askSupplement', departmentId: g.cardiology, text }
  const { id } = await story.must('clerk', '/canned-replies', body)
  await story.must('clerk', '/canned-replies', { use: 'askSupplement', text: '请补充既往病历。' })
  const all = (await g.get('specialist', `/canned-replies?use=askSupplement&departmentId=${g.cardiology}`))
    .json
  expect(all.map((one: { text: string }) => one.text)).toEqual([text, '请补充既往病历。'])
  expect((await g.get('gp', '/canned-replies')).json).toEqual([])
  expect((await g.post('stranger', `/canned-replies/${id}`, { text: 'x' })).status).toBe(404)
})
