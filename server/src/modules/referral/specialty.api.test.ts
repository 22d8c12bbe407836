import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'

let g: ReferralRegion
beforeAll(async () => {
  g = await referralRegion()
})
afterAll(() => g.world.close())

const proposed = async (diagnosis: string) =>
  (await g.get('gp', `/referrals/specialty?diagnosis=${diagnosis}`)).json?.specialty ?? null

test('a diagnosis proposes the specialty of its narrowest range; symptoms of nothing in particular propose none', async () => {
  const codes = ['I20.0', 'I63.9', 'K35.8', 'E11.9', 'O14.9', 'Z00.0']
  expect(await Promise.all(codes.map(proposed))).toEqual([
    ...['cardiology', 'neurology', 'generalSurgery', 'endocrinology', 'obstetricsGynaecology', null],
  ])
})

test('the office says from a day on where a range goes; before that day it goes where it went', async () => {
  const line = { first: 'E10', last: 'E14', specialty: 'internalMedicine', source: '本院分工' }
  const past = await g.post('officeHead', '/diagnosis-specialties', { ...line, since: '2026-11-22' })
  expect([past.status, past.json.code]).toEqual([422, 'referral.date-passed'])
  const turned = { ...line, first: 'E14', last: 'E10', since: '2026-11-24' }
  expect((await g.post('officeHead', '/diagnosis-specialties', turned)).json.code).toBe(
    'referral.range-backwards',
  )
  expect((await g.post('gp', '/diagnosis-specialties', { ...line, since: '2026-11-24' })).status).toBe(403)
  expect(
    (await g.post('officeHead', '/diagnosis-specialties', { ...line, since: '2026-11-24' })).status,
  ).toBe(200)
  expect(await proposed('E11.9')).toBe('endocrinology')
  await g.later(24)
  expect(await proposed('E11.9')).toBe('internalMedicine')
  const none = { ...line, specialty: null, since: '2026-11-24' }
  await g.post('officeHead', '/diagnosis-specialties', none)
  expect(await proposed('E11.9')).toBeNull()
  const versions = (await g.get('officeHead', '/diagnosis-specialties')).json
  expect(versions.filter((one: { first: string }) => one.first === 'E10')).toMatchObject([
    { last: 'E14', specialty: null, since: '2026-11-24', until: null },
  ])
})
