import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenResidentAccount, givenStaff } from '../../../test/given-identity.ts'
import { asking, givenAlliance, givenOffice } from '../../../test/given-network.ts'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { dayAfter, dayOf } from '../../kernel/day.ts'

let g: ReferralRegion
beforeAll(async () => {
  g = await referralRegion()
})
afterAll(() => g.world.close())

type Name = keyof ReferralRegion['people']
const must = async (as: Name, path: string, body: unknown = {}) => {
  const answer = await g.post(as, path, body)
  expect(answer.status, `${path} ${JSON.stringify(answer.json)}`).toBe(200)
  return answer.json
}
const submitted = async (more: object = {}): Promise<string> => {
  const { id } = await must('gp', '/referrals', g.draftBody(more))
  await must('gp', `/referrals/${id}/submit`)
  await g.world.deliver()
  return id
}
const workOf = async (as: Name, query = '') =>
  (await g.get(as, `/work-list?limit=200${query}`)).json.items as {
    thing: string
    step: string
    next: string
  }[]
const stepFor = async (as: Name, id: string, query = '') =>
  (await workOf(as, query)).find((one) => one.thing === `referral:${id}`)?.step
const inboxOf = async (as: Name, query = '') =>
  (await g.get(as, `/notices?limit=200${query}`)).json.items as { id: string; code: string; thing: string }[]
const heard = async (as: Name, id: string) =>
  (await inboxOf(as)).filter((one) => one.thing === `referral:${id}`).map((one) => one.code)

describe('the work-list', () => {
  test('shows a step to the one who must act, and to nobody else', async () => {
    const id = await submitted()
    expect(await stepFor('clerk', id)).toBe('submitted')
    expect(await stepFor('gp', id)).toBeUndefined()
    expect(await stepFor('specialist', id)).toBeUndefined()
    expect(await stepFor('stranger', id)).toBeUndefined()
    await must('clerk', `/referrals/${id}/ask-supplement`, { comment: '补心电图' })
    expect(await stepFor('clerk', id)).toBeUndefined()
    expect(await stepFor('gp', id)).toBe('infoRequested')
  })

  test('what is one doctor’s own is the office’s too, but not another doctor’s', async () => {
    const id = await submitted()
    await must('clerk', `/referrals/${id}/ask-supplement`, { comment: 'x' })
    expect(await stepFor('otherGp', id)).toBeUndefined()
    expect(await stepFor('otherGp', id, '&scope=office')).toBe('infoRequested')
  })

  test('carries the masked person, the other institution and the one next act', async () => {
    const id = await submitted({ urgency: 'urgent' })
    const line = (await workOf('clerk')).find((one) => one.thing === `referral:${id}`)
    expect(line).toMatchObject({
      next: 'accept',
      resident: { nameMasked: expect.stringMatching(/^王\*/) },
      referral: { urgency: 'urgent', from: { shortName: '河湾社区' }, diagnosis: '不稳定型心绞痛' },
      escalated: 0,
    })
  })

  test('says what it is about where that is no resident', async () => {
    const office = await givenOffice(g.world)
    const { get, post } = asking(g.world)
    const alliance = await givenAlliance(g.world, office.id, { members: [g.hospital] })
    const words = {
      allianceId: alliance.id,
      number: '测一号',
      title: '远程影像协议',
      text: '第一条',
      grade: 'tight',
    }
    const parties = [office.id, g.hospital]
    const today = dayOf(g.world.world.now())
    const term = { since: today, until: dayAfter(today, 365) }
    const { body: draft, code } = await post(office, '/agreements', { ...words, ...term, parties })
    expect(code).toBeUndefined()
    expect((await post(office, `/agreements/${draft.id}/propose`, { version: 1 })).status).toBe(200)
    await g.world.runJob('workforce.watch-licences')
    const admin = await givenStaff(g.world, g.hospital, ['admin'])
    const signing = (await get(office, '/work-list')).body.items
    expect(signing).toMatchObject([
      { thing: `agreement:${draft.id}/${office.id}`, resident: null, about: '远程影像协议' },
    ])
    const lapsing = (await get({ headers: admin.headers }, '/work-list')).body.items
    expect(lapsing).toMatchObject([{ kind: 'workforce.licence', resident: null, about: '贾过期' }])
    const id = await submitted()
    const referral = (await workOf('clerk')).find(({ thing }) => thing === `referral:${id}`)
    expect(referral).toMatchObject({ about: null })
  })

  test('puts the most urgent first, and counts by step', async () => {
    await submitted()
    await submitted({ urgency: 'emergency' })
    const dues = (await workOf('clerk')).map((one) => (one as unknown as { due: string }).due)
    expect(dues).toEqual([...dues].sort())
    const counts = (await g.get('clerk', '/work-list/counts')).json
    const waiting = counts.filter((one: { step: string }) => one.step === 'submitted')
    const sum = waiting.reduce((total: number, one: { count: number }) => total + one.count, 0)
    expect(sum).toBe((await workOf('clerk', '&step=submitted')).length)
  })

  test('what has passed its deadline stays until somebody acts', async () => {
    const id = await submitted({ urgency: 'urgent' })
    await g.later(3)
    await g.world.sweep()
    await g.world.deliver()
    expect(await stepFor('clerk', id, '&overdue=true')).toBe('submitted')
    expect(await stepFor('officeHead', id, '&escalated=true&scope=office')).toBe('submitted')
    expect(await heard('officeHead', id)).toContain('case.escalated')
    await must('clerk', `/referrals/${id}/accept`, { arrangement: g.arrangement() })
    expect(await stepFor('clerk', id, '&overdue=true')).toBeUndefined()
  })
})

test('a passed deadline reaches the officer on the rota at that hour, not everybody who could be', async () => {
  const id = await submitted({ urgency: 'urgent' })
  await g.later(2.1)
  await g.world.sweep()
  await g.later(1.1)
  await g.world.sql(
    `insert into workforce.duty (institution_id, kind, day, shift, practitioner_id)
      select $1, 'dutyOfficer', '2026-11-01'::date + n, shift, $2 from generate_series(0, 60) n, unnest(array['day', 'night']) shift`,
    [g.hospital, g.heartDoctor.id],
  )
  await g.world.sweep()
  await g.world.deliver()
  const escalated = async (as: Name) => (await heard(as, id)).filter((code) => code === 'case.escalated')
  expect(await escalated('specialist')).toHaveLength(1)
  expect(await escalated('dutyOfficer')).toEqual([])
  expect(await escalated('officeHead')).toHaveLength(1)
})

describe('the inbox', () => {
  test('tells the office of what was sent, and the writer of the answer, but nobody of their own act', async () => {
    const id = await submitted()
    expect(await heard('clerk', id)).toEqual(['referral.submitted'])
    expect(await heard('gp', id)).toEqual([])
    await must('clerk', `/referrals/${id}/accept`, { arrangement: g.arrangement() })
    await g.world.deliver()
    expect(await heard('gp', id)).toEqual(['referral.accepted'])
    expect(await heard('stranger', id)).toEqual([])
  })

  test('tells the referring doctor of the outcome', async () => {
    const id = await submitted()
    await must('clerk', `/referrals/${id}/accept`, { arrangement: g.arrangement() })
    await must('ward', `/referrals/${id}/arrive`)
    await must('specialist', `/referrals/${id}/start-care`)
    await must('specialist', `/referrals/${id}/treat`, { outcome: g.outcome() })
    await g.world.deliver()
    expect(await heard('gp', id)).toContain('referral.treated')
    expect(await heard('specialist', id)).toContain('referral.arrived')
  })

  test('is read one by one or all at once, and counted', async () => {
    const id = await submitted()
    const unread = async () => (await g.get('clerk', '/notices/unread')).json.unread
    const before = await unread()
    const line = (await inboxOf('clerk', '&unread=true')).find((one) => one.thing === `referral:${id}`)
    expect((await g.post('gp', `/notices/${line?.id}/read`)).status).toBe(404)
    await must('clerk', `/notices/${line?.id}/read`)
    expect(await unread()).toBe(before - 1)
    await must('clerk', '/notices/read')
    expect(await unread()).toBe(0)
  })

  test('says each thing once, however often delivery runs', async () => {
    const id = await submitted()
    await g.world.deliver()
    await g.world.deliver()
    expect(await heard('clerk', id)).toHaveLength(1)
  })

  test('holds nothing clinical', async () => {
    const lines = await g.world.sql<{ data: object }>(
      'select data from notice.inbox union all select data from notice.resident_inbox',
    )
    expect(JSON.stringify(lines)).not.toContain('心绞痛')
  })
})

test('the patient is told of a referral from when it was sent, and never of a draft that was dropped', async () => {
  const id = await submitted()
  const { headers } = await givenResidentAccount(g.world, g.residentId)
  await must('clerk', `/referrals/${id}/accept`, { arrangement: g.arrangement() })
  const draft = await must('gp', '/referrals', { ...g.draftBody(), residentId: g.residentId })
  await must('gp', `/referrals/${draft.id}/cancel`, { reason: 'writtenInError', comment: '写错了' })
  await g.world.deliver()
  const { json } = await g.ask('GET', '/me/notices?limit=50', { headers })
  const codes = json.items.map((one: { code: string }) => one.code)
  expect(codes).toContain('referral.submitted')
  expect(codes).toContain('referral.accepted')
  expect(json.items.some((one: { thing: string }) => one.thing === `referral:${draft.id}`)).toBe(false)
})
