import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agreement } from '../../../test/given-partner.ts'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { type Person, storyOf } from '../../../test/referral-story.ts'
import { storedProblems } from '../../../test/stored-problems.ts'

let g: ReferralRegion
let story: ReturnType<typeof storyOf>
beforeAll(async () => {
  g = await referralRegion()
  story = storyOf(g)
  await agreement(g.world, g.centre, g.third)
})
afterAll(() => g.world.close())

const onList = async (as: Person, list: string): Promise<string[]> =>
  (await g.get(as, `/referrals?list=${list}&limit=200`)).json.items.map((line: { id: string }) => line.id)
const countOf = async (as: Person, list: string): Promise<number> =>
  (await g.get(as, '/referrals/work-lists')).json.find((one: { list: string }) => one.list === list).count

describe('passed on to another receiver', () => {
  const onward = (more: object = {}) => ({
    toInstitutionId: g.third,
    toDepartmentId: g.thirdWard,
    reason: 'noCapacity',
    comment: '本院无床，三院心内有床',
    ...more,
  })

  test('the thread goes along, the new receiver owns it, the old one sees it no more, the sender is told', async () => {
    const id = await story.submitted()
    await story.must('clerk', `/referrals/${id}/messages`, { text: '患者能否空腹?' })
    const before = (await story.caseOf(id))?.due
    await story.must('clerk', `/referrals/${id}/redirect`, onward())
    expect(await story.caseOf(id)).toMatchObject({ institution_id: g.third, step: 'submitted', due: before })
    expect(await story.grants(id)).toEqual([{ institution_id: g.third }])
    expect((await g.get('clerk', `/referrals/${id}`)).status).toBe(404)
    const { messages, steps } = await story.read('stranger', id)
    expect(messages).toHaveLength(1)
    expect(steps.at(-1)).toMatchObject({ move: 'redirect', reason: 'noCapacity', by: '办事员' })
    await g.world.deliver()
    const inbox = (await g.get('gp', '/notices?limit=200')).json.items
    expect(inbox).toContainEqual(
      expect.objectContaining({ code: 'referral.redirected', thing: `referral:${id}` }),
    )
    await story.must('stranger', `/referrals/${id}/accept`, {
      arrangement: { ...g.arrangement(), departmentId: g.thirdWard, practitionerId: null },
    })
  })

  test('not back to whom it came from, and not to the same department', async () => {
    const id = await story.submitted()
    const same = await g.post(
      'clerk',
      `/referrals/${id}/redirect`,
      onward({ toInstitutionId: g.hospital, toDepartmentId: g.cardiology }),
    )
    expect(same.json.code).toBe('referral.same-target')
    await story.must('clerk', `/referrals/${id}/redirect`, onward())
    const back = await g.post(
      'stranger',
      `/referrals/${id}/redirect`,
      onward({ toInstitutionId: g.hospital, toDepartmentId: null }),
    )
    expect([back.status, back.json.code]).toEqual([409, 'referral.redirected-from-there'])
  })
})

describe('outside the network', () => {
  test('an institution nobody has met is named by the doctor, once, and can be referred to', async () => {
    const named = await story.must('gp', '/outside-institutions', { name: ' 邻省肿瘤医院 ' })
    expect(named.name).toBe('邻省肿瘤医院')
    expect(await story.must('otherGp', '/outside-institutions', { name: '邻省肿瘤医院' })).toEqual(named)
    expect((await g.post('gp', '/outside-institutions', { name: ' ' })).status).toBe(400)
    const found = await g.get('gp', `/institutions?external=true&q=${encodeURIComponent('肿瘤')}`)
    expect(found.json.items).toMatchObject([{ id: named.id, external: true }])
    const id = await story.submitted({ toInstitutionId: named.id, toDepartmentId: null })
    expect(await story.read('gp', id)).toMatchObject({ external: true, to: { name: '邻省肿瘤医院' } })
  })

  test('the sender owns it and enters each step by hand, to the outcome in the record', async () => {
    const outside = await g.outside('省人民医院')
    const id = await story.submitted({ toInstitutionId: outside, toDepartmentId: null })
    expect(await story.read('gp', id)).toMatchObject({ external: true, owner: { duty: 'referral.write' } })
    expect(await story.caseOf(id)).toMatchObject({ institution_id: g.centre, duty: 'referral.write' })
    expect(await story.grants(id)).toEqual([])
    const arrangement = { at: g.arrangement().at, place: '电话预约，门诊 5 楼' }
    await story.must('gp', `/referrals/${id}/accept`, { arrangement, comment: '电话 李护士' })
    for (const verb of ['depart', 'arrive', 'start-care']) await story.must('gp', `/referrals/${id}/${verb}`)
    await story.must('gp', `/referrals/${id}/treat`, { outcome: g.outcome() })
    expect(await story.caseOf(id)).toMatchObject({ institution_id: g.centre, step: 'treated' })
    await story.must('gp', `/referrals/${id}/close`, { reason: 'loopClosed' })
    expect(await story.caseOf(id)).toBeUndefined()
  })
})

describe('a referral within a referral', () => {
  test('begun by whoever has the patient; the parent shows it, and one physician answers along the chain', async () => {
    const id = await story.accepted()
    const { residentId } = g
    const early = await g.post('wholeHospital', '/referrals', {
      ...g.draftBody({ residentId }),
      toInstitutionId: g.third,
      toDepartmentId: g.thirdWard,
      parentId: id,
    })
    expect([early.status, early.json.code]).toEqual([409, 'referral.not-in-our-care'])
    await story.must('ward', `/referrals/${id}/arrive`)
    await story.must('specialist', `/referrals/${id}/admit`)
    await agreement(g.world, g.hospital, g.third)
    const child = await story.must('wholeHospital', '/referrals', {
      ...g.draftBody({ residentId }),
      toInstitutionId: g.third,
      toDepartmentId: g.thirdWard,
      parentId: id,
    })
    await story.must('wholeHospital', `/referrals/${child.id}/submit`)
    const parent = await story.read('specialist', id)
    expect(parent.children).toMatchObject([
      { id: child.id, direction: 'up', status: 'submitted', to: '三院' },
    ])
    expect(await story.read('specialist', String(child.id))).toMatchObject({ parentId: id, episodeId: id })
    await story.must('specialist', `/referrals/${id}/treat`, { outcome: g.outcome() })
    await story.must('specialist', `/referrals/${id}/close`, { reason: 'transferredOn' })
    const answers = () =>
      g.world.sql('select released_at from workforce.responsible where thing = $1', [`referral:${id}`])
    expect(await answers()).toEqual([{ released_at: null }])
    await story.must('wholeHospital', `/referrals/${child.id}/withdraw`, { reason: 'improved' })
    expect((await answers())[0]?.released_at).not.toBeNull()
  })
})

describe('at most one live referral of a kind', () => {
  test('is shown before the form is filled in, and kept by the database under concurrency', async () => {
    const first = await story.write()
    const { residentId } = g
    const second = await story.write({ residentId })
    expect((await g.get('gp', `/referrals/live?residentId=${residentId}`)).json).toEqual([])
    const answers = await Promise.all(
      [first, second].map((id) => g.post('gp', `/referrals/${id}/submit`, {})),
    )
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409])
    expect(answers.find((one) => one.status === 409)?.json.code).toBe('referral.live-already')
    const live = (await g.get('gp', `/referrals/live?residentId=${residentId}`)).json
    expect(live).toMatchObject([{ direction: 'up', to: '市一院', department: '心内科' }])
    const emergency = await story.write({ residentId, urgency: 'emergency' })
    await story.must('gp', `/referrals/${emergency}/submit`)
  })
})

describe('two people never work on one case', () => {
  test('whoever works on it is named, the other waits or takes it over, and it runs out by itself', async () => {
    const id = await story.submitted()
    await story.must('clerk', `/referrals/${id}/hold`)
    expect((await story.read('officeHead', id)).heldBy).toMatchObject({
      name: '办事员',
      institution: '市一院',
      mine: false,
    })
    const taken = await g.post('officeHead', `/referrals/${id}/accept`, { arrangement: g.arrangement() })
    expect([taken.status, taken.json.code, taken.json.details.name]).toEqual([409, 'referral.held', '办事员'])
    expect((await g.post('officeHead', `/referrals/${id}/hold`)).json.code).toBe('referral.held')
    await story.must('officeHead', `/referrals/${id}/hold`, { takeOver: true })
    expect((await g.post('clerk', `/referrals/${id}/await-slot`, { comment: 'x' })).json.code).toBe(
      'referral.held',
    )
    await g.later(0.1)
    await story.must('clerk', `/referrals/${id}/await-slot`, { comment: '本周号满' })
  })

  test('a decision on an older version is refused', async () => {
    const id = await story.submitted()
    const { version } = await story.read('clerk', id)
    await story.must('clerk', `/referrals/${id}/await-slot`, { comment: '号满', version })
    const late = await g.post('officeHead', `/referrals/${id}/reject`, {
      reason: 'noCapacity',
      advice: 'x',
      version,
    })
    expect([late.status, late.json.code]).toEqual([409, 'referral.stale'])
  })
})

describe('nothing leaves a work-list until a person closes it', () => {
  test('a refusal stays with the sender, with an owner and a deadline, until they say what became of the patient', async () => {
    const id = await story.submitted()
    expect(await onList('clerk', 'toTriage')).toContain(id)
    await story.must('clerk', `/referrals/${id}/reject`, { reason: 'noCapacity', advice: '转三院' })
    expect(await onList('gp', 'rejectedUnanswered')).toContain(id)
    expect(await story.caseOf(id)).toMatchObject({
      institution_id: g.centre,
      step: 'rejected',
      duty: 'referral.write',
    })
    await story.must('gp', `/referrals/${id}/settle`, { reason: 'referredElsewhere', comment: '已另转三院' })
    expect(await onList('gp', 'rejectedUnanswered')).not.toContain(id)
    expect(await story.caseOf(id)).toBeUndefined()
    expect((await story.read('gp', id)).ending).toMatchObject({
      reason: 'noCapacity',
      settled: 'referredElsewhere',
    })
    expect((await g.post('gp', `/referrals/${id}/settle`, { reason: 'other' })).json.code).toBe(
      'referral.settled-already',
    )
  })

  test('no slot found is a list of its own, with a deadline to look again', async () => {
    const id = await story.submitted()
    const before = await countOf('clerk', 'noSlot')
    await story.must('clerk', `/referrals/${id}/await-slot`, { comment: '两周内无号' })
    expect(await countOf('clerk', 'noSlot')).toBe(before + 1)
    expect(await onList('clerk', 'toTriage')).not.toContain(id)
    await story.must('clerk', `/referrals/${id}/accept`, { arrangement: g.arrangement(2) })
    expect(await onList('clerk', 'noSlot')).not.toContain(id)
    expect(await onList('clerk', 'arrivingToday')).toContain(id)
  })

  test('the outcome stays on the referring doctor’s list until it has been read', async () => {
    const id = await story.accepted()
    await story.must('ward', `/referrals/${id}/arrive`)
    expect(await onList('specialist', 'outcomeMissing')).toContain(id)
    await story.must('specialist', `/referrals/${id}/start-care`)
    expect((await g.post('gp', `/referrals/${id}/outcome-read`)).json.code).toBe('referral.no-outcome')
    await story.must('specialist', `/referrals/${id}/treat`, { outcome: g.outcome() })
    expect(await onList('gp', 'outcomeUnread')).toContain(id)
    await story.must('gp', `/referrals/${id}/outcome-read`)
    expect(await onList('gp', 'outcomeUnread')).not.toContain(id)
  })
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(g.world)).toEqual([])
})
