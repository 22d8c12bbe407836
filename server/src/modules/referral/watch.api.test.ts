import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenClient, givenStaff } from '../../../test/given-identity.ts'
import { person, type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { storyOf } from '../../../test/referral-story.ts'

let g: ReferralRegion
let story: ReturnType<typeof storyOf>
let office: Readonly<Record<string, string>>
let commission: Readonly<Record<string, string>>
beforeAll(async () => {
  g = await referralRegion()
  story = storyOf(g)
  await g.world.sql(`update network.institution set tier = 'tertiary' where id = $1`, [g.hospital])
  office = (await givenStaff(g.world, g.hospital, ['alliance-office'])).headers
  commission = (await givenStaff(g.world, g.third, ['health-commission'])).headers
})
afterAll(() => g.world.close())

const days = 'from=2026-11-01&to=2026-12-31'
const ask = async (headers: Readonly<Record<string, string>>, path: string) =>
  (await g.ask('GET', path, { headers })).json

describe('who draws patients from whom', () => {
  test('streams by level, member, disease and month; each figure opens its cases, without their persons', async () => {
    const id = await story.submitted()
    await story.submitted()
    await story.must('clerk', `/referrals/${id}/reject`, { reason: 'noCapacity', advice: 'x' })
    expect(await ask(office, `/referral-watch/flows?${days}`)).toEqual([
      expect.objectContaining({
        direction: 'up',
        fromLevel: 'primary',
        toLevel: 'tertiary',
        count: 2,
        rejected: 1,
      }),
    ])
    expect(await ask(office, `/referral-watch/flows?by=disease&${days}`)).toMatchObject([
      { category: 'I20', chapter: 'IX', count: 2 },
    ])
    expect(await ask(office, `/referral-watch/flows?by=member&${days}`)).toMatchObject([
      { from: { name: '河湾社区' }, to: { name: '市一院' }, count: 2 },
    ])
    const behind = await ask(office, `/referral-watch/cases?chapter=IX&fromLevel=primary&${days}`)
    expect(behind).toMatchObject({ total: 2, items: [{ category: 'I20', on: '2026-11-23' }, {}] })
    expect(JSON.stringify(behind)).not.toContain('王')
    expect((await ask(office, `/referral-watch/cases?chapter=X&${days}`)).total).toBe(0)
    expect((await ask(office, `/referral-watch/cases?status=rejected&${days}`)).total).toBe(1)
  })

  test('the commission sees the region without numbers and days, and nobody else sees it', async () => {
    const { items } = await ask(commission, `/referral-watch/cases?${days}`)
    expect(items[0]).toMatchObject({ id: null, number: null, on: '2026-11' })
    expect((await g.get('clerk', `/referral-watch/flows?${days}`)).status).toBe(403)
  })

  test('a first contact is an encounter without another in the thirty days before, at the level where it was', async () => {
    const residentId = await person(g.world, g.centre)
    const seenAt = async (institutionId: string, day: string) => {
      const client = await givenClient(g.world, institutionId)
      const payload = {
        ...{ resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' } },
        subject: { reference: `Patient/${residentId}` },
        period: { start: `${day}T09:00:00+08:00`, end: `${day}T10:00:00+08:00` },
      }
      const headers = { ...client.headers, 'content-type': 'application/fhir+json' }
      const answer = await g.world.app.inject({ method: 'POST', url: '/fhir/R4/Encounter', headers, payload })
      expect(answer.statusCode, answer.body).toBe(201)
    }
    await seenAt(g.centre, '2026-10-02')
    await seenAt(g.centre, '2026-11-10')
    await seenAt(g.centre, '2026-11-12')
    expect(await ask(office, `/referral-watch/first-contacts?${days}`)).toEqual([
      { month: '2026-11', level: 'primary', count: 1 },
    ])
    expect(await ask(office, `/referral-watch/contacts?level=primary&${days}`)).toEqual({
      items: [{ institution: '河湾社区', level: 'primary', on: '2026-11-10' }],
      total: 1,
    })
  })
})

test('a random sample is given to a physician, judged once by them, and makes rates', async () => {
  await story.submitted()
  const body = {
    ...{ from: '2026-11-01', to: '2026-12-31', size: 2 },
    ...{ reviewerId: g.heartDoctor.id, reviewerInstitutionId: g.hospital },
  }
  const drawn = await g.ask('POST', '/referral-reviews', { headers: office, body })
  expect(drawn.json).toEqual({ drawn: 2 })
  const again = await g.ask('POST', '/referral-reviews', { headers: office, body: { ...body, size: 50 } })
  expect(again.json.drawn).toBe(1)
  const { items } = (await g.get('specialist', '/referral-reviews?open=true')).json
  expect(items).toHaveLength(3)
  const read = (await g.get('specialist', `/referral-reviews/${items[0].id}`)).json
  expect(read).toMatchObject({ mine: true, form: { reason: expect.stringContaining('胸痛') } })
  expect(JSON.stringify(read)).not.toContain('王小明')
  const verdict = { verdict: 'avoidable', note: '社区可先调整药物' }
  expect((await g.post('lapsed', `/referral-reviews/${items[0].id}/verdict`, verdict)).status).toBe(403)
  await story.must('specialist', `/referral-reviews/${items[0].id}/verdict`, verdict)
  const twice = await g.post('specialist', `/referral-reviews/${items[0].id}/verdict`, verdict)
  expect([twice.status, twice.json.code]).toEqual([409, 'referral.judged-already'])
  expect(await ask(office, '/referral-reviews/rates')).toEqual([
    { direction: 'up', verdict: 'avoidable', count: 1 },
  ])
})

test('an emergency goes without a diagnosis: its figure opens its case and no other', async () => {
  const body = g.draftBody({ urgency: 'emergency' })
  const bare = { ...body, form: { ...body.form, diagnosis: null } }
  const { id } = await story.must('gp', '/referrals', bare)
  await story.must('gp', `/referrals/${id}/submit`)
  const flows = await ask(office, `/referral-watch/flows?by=disease&${days}`)
  expect(flows).toContainEqual(expect.objectContaining({ category: null, chapter: null, count: 1 }))
  const { items } = await ask(office, `/referral-watch/cases?category=none&${days}`)
  expect(items.map((one: { id: string }) => one.id)).toEqual([id])
})
