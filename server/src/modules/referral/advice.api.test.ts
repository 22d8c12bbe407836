import { afterAll, beforeAll, expect, test } from 'vitest'
import { downBody, type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { storyOf } from '../../../test/referral-story.ts'

let g: ReferralRegion
let story: ReturnType<typeof storyOf>
beforeAll(async () => {
  g = await referralRegion()
  story = storyOf(g)
})
afterAll(() => g.world.close())

const caseOf = async (id: unknown) =>
  (
    await g.world.sql(
      'select institution_id, duty, step from kernel."case" where thing = $1 and closed_at is null',
      [`advice:${id}`],
    )
  )[0]
const grantsOf = (id: unknown) =>
  g.world.sql('select institution_id, basis from kernel.access_grant where source = $1', [`advice:${id}`])
const ask = async (more: object = {}) => {
  const { residentId } = g.draftBody()
  const body = {
    residentId,
    toInstitutionId: g.hospital,
    toDepartmentId: g.cardiology,
    text: '心率 48，能否继续倍他乐克?',
  }
  return story.must('gp', '/advice', { ...body, ...more })
}

test('a question is owned by the asked department with a deadline, answered, asked again, and closed by who asked', async () => {
  const { id } = await ask()
  expect(await caseOf(id)).toMatchObject({
    institution_id: g.hospital,
    duty: 'referral.treat',
    step: 'adviceAsked',
  })
  expect(await grantsOf(id)).toEqual([{ institution_id: g.hospital, basis: 'consult' }])
  await g.world.deliver()
  expect((await g.get('specialist', '/notices?limit=50')).json.items).toContainEqual(
    expect.objectContaining({ code: 'referral.advice-asked', thing: `advice:${id}` }),
  )
  expect((await g.post('gp', `/advice/${id}/answer`, { text: 'x' })).status).toBe(403)
  await story.must('specialist', `/advice/${id}/answer`, { text: '减半，一周后复查心电图' })
  expect(await caseOf(id)).toMatchObject({ institution_id: g.centre, step: 'adviceAnswered' })
  await story.must('gp', `/advice/${id}/ask-again`, { text: '复查 52 次，是否停药?' })
  await story.must('specialist', `/advice/${id}/answer`, { text: '维持' })
  const seen = (await g.get('gp', `/advice/${id}`)).json
  expect(seen.messages.map((one: { text: string }) => one.text)).toHaveLength(4)
  expect(seen.moves).toContainEqual({ move: 'close', open: true })
  await story.must('gp', `/advice/${id}/close`)
  expect(await caseOf(id)).toBeUndefined()
  expect(await grantsOf(id)).toEqual([])
  expect((await g.post('gp', `/advice/${id}/close`)).json.code).toBe('referral.advice-not-now')
  expect((await g.get('stranger', `/advice/${id}`)).status).toBe(404)
})

test('advice becomes a referral that keeps the thread', async () => {
  const { id } = await ask()
  await story.must('specialist', `/advice/${id}/answer`, { text: '请转来行动态心电图' })
  const referral = await story.must('gp', `/advice/${id}/refer`)
  const seen = await story.read('gp', String(referral.id))
  expect(seen).toMatchObject({
    status: 'draft',
    to: { shortName: '市一院' },
    toDepartment: { name: '心内科' },
  })
  expect(seen.messages.map((one: { by: string }) => one.by)).toEqual(['林晓', '周正'])
  expect((await g.get('gp', `/advice/${id}`)).json).toMatchObject({
    status: 'referred',
    referralId: referral.id,
  })
})

test('during rehabilitation the family doctor asks the physician who has treated, in one step', async () => {
  const down = await story.writeDown()
  const { residentId: _, ...body } = downBody(g)
  await story.must('specialist', `/referrals/${down}`, { ...body, version: 1 })
  await story.must('specialist', `/referrals/${down}/submit`)
  const early = await g.post('gp', `/referrals/${down}/questions`, { text: '何时停药?' })
  expect([early.status, early.json.code]).toEqual([409, 'referral.not-in-rehabilitation'])
  await story.must('gp', `/referrals/${down}/take-over`)
  const { id } = await story.must('gp', `/referrals/${down}/questions`, {
    text: '出现牙龈出血，替格瑞洛是否减量?',
  })
  expect((await g.get('specialist', `/advice?referralId=${down}`)).json.items).toMatchObject([
    { id, kind: 'rehabilitation', practitioner: '周正', status: 'asked' },
  ])
  expect((await g.get('specialist', '/work-list?limit=200')).json.items).toContainEqual(
    expect.objectContaining({ thing: `advice:${id}`, step: 'adviceAsked', mine: true }),
  )
})
