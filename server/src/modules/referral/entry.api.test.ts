import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person, type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { type Person, storyOf } from '../../../test/referral-story.ts'

let g: ReferralRegion
let story: ReturnType<typeof storyOf>
beforeAll(async () => {
  g = await referralRegion()
  story = storyOf(g)
})
afterAll(() => g.world.close())

/** Somebody whom the hospital knows and nobody has sent yet. */
async function came(more: object = {}): Promise<string> {
  const residentId = await person(g.world, g.hospital)
  const sender = { institutionId: g.centre, practitionerId: null }
  const body = { ...g.draftBody(), residentId, urgency: 'emergency', sender, ...more }
  return (await story.must('specialist', '/referrals', body)).id as unknown as string
}
const entered = async (more: object = {}): Promise<string> => {
  const id = await came(more)
  await story.must('specialist', `/referrals/${id}/enter`, { arrangement: g.arrangement(0) })
  return id
}
const owed = async (id: string) =>
  (
    await g.world.sql<{ institution_id: string; duty: string; step: string; due: Date }>(
      `select institution_id, duty, step, due from kernel."case" where thing = $1 and closed_at is null`,
      [`referral:${id}:confirmation`],
    )
  )[0]
const refused = async (as: Person, path: string, body: unknown) => {
  const answer = await g.post(as, path, body)
  return [answer.status, answer.json.code]
}

describe('a patient who came without paper', () => {
  test('is entered by the receiver as arrived; the named sender has a day to confirm, and care does not wait', async () => {
    const id = await came()
    expect((await g.get('gp', `/referrals/${id}`)).status).toBe(404)
    expect(await story.caseOf(id)).toMatchObject({ institution_id: g.hospital, step: 'entry' })
    await story.must('specialist', `/referrals/${id}/enter`, { arrangement: g.arrangement(0) })
    expect(await story.caseOf(id)).toMatchObject({ institution_id: g.hospital, step: 'arrived' })
    const asked = await owed(id)
    expect(asked).toMatchObject({ institution_id: g.centre, duty: 'referral.write', step: 'confirmation' })
    const hours = ((asked?.due.getTime() ?? 0) - g.world.world.now().getTime()) / 3_600_000
    expect(Math.round(hours)).toBe(24)
    expect((await g.get('specialist', `/referrals/${id}/form.pdf`)).status).toBe(409)
    await story.must('specialist', `/referrals/${id}/start-care`)
    const seen = await story.read('gp', id)
    expect(seen.resident.nameMasked).not.toBe('*')
    expect(seen.moves.find((one: { move: string }) => one.move === 'confirm')).toMatchObject({ open: true })
    await story.must('gp', `/referrals/${id}/confirm`)
    expect(await owed(id)).toBeUndefined()
    expect(await story.read('gp', id)).toMatchObject({
      begunBy: 'receiver',
      status: 'inCare',
      fromPractitioner: { id: g.gpDoctor.id },
    })
    expect((await g.get('specialist', `/referrals/${id}/form.pdf`)).status).toBe(200)
  })

  test('whom the sender does not know is disputed: the receiver has to find out, and the name is hidden again', async () => {
    const id = await entered()
    await story.must('gp', `/referrals/${id}/dispute`, { comment: '本中心当日无此转诊' })
    expect(await owed(id)).toMatchObject({ institution_id: g.hospital, step: 'disputed' })
    expect((await story.grants(id)).map((one) => one.institution_id)).toEqual([g.hospital])
    expect(await refused('gp', `/referrals/${id}/dispute`, { comment: 'x' })).toEqual([
      409,
      'referral.disputed-already',
    ])
    await story.must('specialist', `/referrals/${id}/cancel`, {
      reason: 'writtenInError',
      comment: '患者自行来院',
    })
    expect([await owed(id), await story.caseOf(id)]).toEqual([undefined, undefined])
    expect(await story.grants(id)).toEqual([])
  })

  test('goes back to the community only once the sender has confirmed', async () => {
    const id = await entered()
    await story.must('specialist', `/referrals/${id}/start-care`)
    await story.must('specialist', `/referrals/${id}/treat`, { outcome: g.outcome() })
    expect(await refused('specialist', `/referrals/${id}/plan-down`, {})).toEqual([
      409,
      'referral.sender-has-not-confirmed',
    ])
    await story.must('otherGp', `/referrals/${id}/confirm`)
    await story.must('specialist', `/referrals/${id}/plan-down`)
  })

  test('is entered by the receiver alone, up or sideways, from a member', async () => {
    const outside = { institutionId: await g.outside('外院'), practitionerId: null }
    const sender = { institutionId: g.centre, practitionerId: null }
    const body = { ...g.draftBody(), residentId: await person(g.world, g.hospital) }
    expect(await refused('specialist', '/referrals', { ...body, sender: outside })).toEqual([
      422,
      'referral.sender-outside-network',
    ])
    expect(await refused('specialist', '/referrals', { ...body, sender, direction: 'down' })).toEqual([
      422,
      'referral.entered-up-only',
    ])
    const elsewhere = { ...body, sender, toInstitutionId: g.third, toDepartmentId: null }
    expect(await refused('specialist', '/referrals', elsewhere)).toEqual([
      422,
      'referral.entered-by-receiver-only',
    ])
    expect(await refused('clerk', '/referrals', { ...body, sender })).toEqual([403, 'kernel.not-permitted'])
  })

  test('is told to whoever is said to have sent them, and the word comes back to the physician', async () => {
    const id = await entered({ sender: { institutionId: g.centre, practitionerId: g.gpDoctor.id } })
    await g.world.deliver()
    const heard = async (as: Person) =>
      (await g.get(as, '/notices?limit=50')).json.items
        .filter((one: { thing: string }) => one.thing === `referral:${id}`)
        .map((one: { code: string }) => one.code)
    expect(await heard('gp')).toContain('referral.entered')
    expect(await heard('otherGp')).not.toContain('referral.entered')
    await story.must('gp', `/referrals/${id}/confirm`)
    await g.world.deliver()
    expect(await heard('specialist')).toContain('referral.confirmed')
  })
})
