import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { type Person, storyOf } from '../../../test/referral-story.ts'

let g: ReferralRegion
let story: ReturnType<typeof storyOf>
beforeAll(async () => {
  g = await referralRegion()
  story = storyOf(g)
})
afterAll(() => g.world.close())

describe('deadlines', () => {
  test('a passed deadline goes to the head of the office, then to the officer on duty, and stays open', async () => {
    const id = await story.submitted({ urgency: 'urgent' })
    await g.later(2.1)
    await g.world.sweep()
    expect((await story.caseOf(id))?.escalated).toBe(1)
    await g.later(1.1)
    await g.world.sweep()
    expect(await story.caseOf(id)).toMatchObject({
      escalated: 2,
      step: 'submitted',
      institution_id: g.hospital,
    })
    const list = await g.get('clerk', '/referrals?overdue=true&sort=due')
    expect(list.json.items.map((line: { id: string }) => line.id)).toContain(id)
  })

  test('what nobody answered within its validity runs out, stays with the office, and a person reopens it', async () => {
    const id = await story.submitted()
    await g.later(7 * 24 + 1)
    await g.world.runJob('referral.expire')
    expect((await story.read('clerk', id)).status).toBe('expired')
    expect(await story.caseOf(id)).toMatchObject({
      institution_id: g.hospital,
      duty: 'referral.answer',
      step: 'expired',
    })
    expect(await story.grants(id)).toEqual([])
    await story.must('clerk', `/referrals/${id}/reopen`, { comment: '患者仍需就诊' })
    expect((await story.read('clerk', id)).status).toBe('submitted')
    expect(await story.grants(id)).toHaveLength(1)
  })

  test('an emergency wants its answer in fifteen minutes', async () => {
    const id = await story.submitted({ urgency: 'emergency' })
    const due = (await story.caseOf(id))?.due.getTime() ?? 0
    expect(Math.round((due - g.world.world.now().getTime()) / 60_000)).toBe(15)
  })
})

describe('the emergency branch', () => {
  test('the patient goes first, the arrangement follows, and only then there is a form', async () => {
    const id = await story.write({ urgency: 'emergency', retroEntry: true })
    await story.must('gp', `/referrals/${id}/depart`, { departedAt: g.world.world.now().toISOString() })
    expect((await story.read('clerk', id)).status).toBe('inTransfer')
    expect((await g.get('gp', `/referrals/${id}/form.pdf`)).status).toBe(409)
    await story.must('clerk', `/referrals/${id}/arrange`, { arrangement: g.arrangement(0) })
    expect((await g.get('gp', `/referrals/${id}/form.pdf`)).status).toBe(200)
    await story.must('clerk', `/referrals/${id}/arrive`)
  })

  test('a routine referral cannot go first', async () => {
    const id = await story.write()
    const answer = await g.post('gp', `/referrals/${id}/depart`, {})
    expect([answer.status, answer.json.code]).toEqual([409, 'referral.only-emergency-departs-first'])
  })
})

describe('refusals teach', () => {
  const refused = async (as: Person, path: string, body: unknown, expected: [number, string]) => {
    const answer = await g.post(as, path, body)
    expect([answer.status, answer.json.code], JSON.stringify(answer.json)).toEqual(expected)
    return answer.json
  }

  test('without an agreement, without consent, incomplete', async () => {
    const elsewhere = await story.write({ toInstitutionId: g.third, toDepartmentId: null })
    await refused('gp', `/referrals/${elsewhere}/submit`, {}, [409, 'referral.no-agreement'])
    const form = { ...g.draftBody().form, consent: null }
    const silent = await story.write({ form })
    await refused('gp', `/referrals/${silent}/submit`, {}, [422, 'referral.no-consent'])
    const bare = await story.write({ form: {} })
    const { fields } = await refused('gp', `/referrals/${bare}/submit`, {}, [422, 'referral.incomplete'])
    expect(fields.map((f: { path: string }) => f.path)).toContain('form.diagnosis')
  })

  test('a licence that ended yesterday', async () => {
    const id = await story.accepted()
    await story.must('ward', `/referrals/${id}/arrive`)
    const body = await refused('lapsed', `/referrals/${id}/start-care`, {}, [
      403,
      'workforce.licence-expired',
    ])
    expect(body.details.until).toBe('2026-11-22')
    expect((await story.read('ward', id)).status).toBe('arrived')
  })

  test('a stale version, a date in 2099, a doctor of somewhere else', async () => {
    const id = await story.write()
    const body = { ...g.draftBody(), version: 1 }
    await story.must('gp', `/referrals/${id}`, body)
    await refused('gp', `/referrals/${id}`, body, [409, 'referral.stale'])
    const far = await story.write({ wantedOn: null })
    const late = { ...g.draftBody({ wantedOn: '2099-01-01' }), version: 1 }
    await refused('gp', `/referrals/${far}`, late, [422, 'referral.date-too-far'])
    await story.must('gp', `/referrals/${far}/submit`)
    const arrangement = { ...g.arrangement(), at: '2099-01-01T00:00:00Z' }
    await refused('clerk', `/referrals/${far}/accept`, { arrangement }, [422, 'referral.arrangement-too-far'])
    const stranger = { ...g.arrangement(), practitionerId: g.gpDoctor.id }
    await refused('clerk', `/referrals/${far}/accept`, { arrangement: stranger }, [
      422,
      'referral.doctor-not-there',
    ])
    const elsewhere = { ...g.arrangement(), departmentId: g.thirdWard }
    await refused('clerk', `/referrals/${far}/accept`, { arrangement: elsewhere }, [
      404,
      'network.department-missing',
    ])
  })

  test('a refusal without advice or alternative is no refusal', async () => {
    const id = await story.submitted()
    await refused('clerk', `/referrals/${id}/reject`, { reason: 'noCapacity' }, [400, 'kernel.invalid-body'])
    await story.must('clerk', `/referrals/${id}/reject`, {
      reason: 'noCapacity',
      advice: '建议转市二院心内科',
    })
    expect((await story.read('gp', id)).ending).toMatchObject({
      reason: 'noCapacity',
      advice: '建议转市二院心内科',
    })
    expect(await story.grants(id)).toEqual([])
  })

  test('a resident of whom one knows nothing cannot be referred', async () => {
    await refused('specialist', '/referrals', g.draftBody({ residentId: crypto.randomUUID() }), [
      404,
      'resident.missing',
    ])
  })
})
