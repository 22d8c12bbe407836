import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { storyOf } from '../../../test/referral-story.ts'

let g: ReferralRegion
let story: ReturnType<typeof storyOf>
beforeAll(async () => {
  g = await referralRegion()
  story = storyOf(g)
  const schedule = await g.post('officeHead', '/schedules', {
    ...{ kind: 'clinic', departmentId: g.cardiology, practitionerId: g.heartDoctor.id },
    ...{
      name: '心内科专家门诊',
      room: '三楼 12 诊室',
      since: '2026-11-23',
      slotMinutes: 60,
      seatsPerSlot: 1,
    },
    ...{ sessions: [{ weekday: 2, from: '08:00', to: '10:00' }], quotas: [] },
  })
  expect(schedule.status).toBe(200)
})
afterAll(() => g.world.close())

const places = async () =>
  (await g.get('clerk', `/places?departmentId=${g.cardiology}&kind=clinic&source=referral`)).json
const kept = async (id: string): Promise<string[]> =>
  (
    await g.world.sql<{ status: string }>(
      'select status from capacity.reservation where thing = $1 order by made_at, id',
      [`referral:${id}`],
    )
  ).map((row) => row.status)
const accept = (id: string, placeId: string, verb = 'accept') =>
  g.post('clerk', `/referrals/${id}/${verb}`, { arrangement: { ...g.arrangement(), placeId } })

describe('a place in the arrangement', () => {
  test('is kept firm with it, at the slot’s own time; whoever is second is told that it is gone', async () => {
    const [first] = await places()
    const [one, two] = [await story.submitted(), await story.submitted()]
    const answers = await Promise.all([accept(one, first.placeId), accept(two, first.placeId)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    const [won, lost] = answers[0]?.status === 200 ? [one, two] : [two, one]
    expect(answers.find((answer) => answer.status === 409)?.json.code).toBe('capacity.no-place')
    expect((await story.read('gp', lost)).status).toBe('submitted')
    expect((await story.read('gp', won)).arrangement).toMatchObject({ placeId: first.placeId, at: first.at })
    expect([await kept(won), await kept(lost)]).toEqual([['confirmed'], []])
  })

  test('is given back when it is arranged anew, and when the referral ends', async () => {
    const [first, second] = await places()
    const id = await story.submitted()
    expect((await accept(id, first.placeId)).status).toBe(200)
    expect((await accept(id, second.placeId, 'arrange')).status).toBe(200)
    expect(await kept(id)).toEqual(['released', 'confirmed'])
    await story.must('gp', `/referrals/${id}/withdraw`, { reason: 'improved', comment: '' })
    expect(await kept(id)).toEqual(['released', 'released'])
  })

  test('is used on arrival, and missed by who does not come', async () => {
    const [first, second] = await places()
    const [comes, stays] = [await story.submitted(), await story.submitted()]
    await accept(comes, first.placeId)
    await accept(stays, second.placeId)
    await story.must('gp', `/referrals/${comes}/depart`)
    await story.must('ward', `/referrals/${comes}/arrive`)
    await g.world.setNow(new Date('2026-12-02T09:00:00+08:00'))
    await story.must('ward', `/referrals/${stays}/no-show`)
    expect([await kept(comes), await kept(stays)]).toEqual([['used'], ['noShow']])
    await g.world.setNow(new Date('2026-11-23T09:00:00+08:00'))
  })

  test('of another department is refused, and nothing is kept', async () => {
    const [ward] = await g.world.sql<{ id: string }>(
      `insert into network.department (id, institution_id, code, name, specialty)
        values (gen_random_uuid(), $1, 'OTHER', '骨科', 'surgery') returning id`,
      [g.hospital],
    )
    const made = await g.post('officeHead', '/wards', {
      ...{ departmentId: ward?.id, name: '骨科病区', bedKind: 'general', beds: 1 },
    })
    const id = await story.submitted()
    const answer = await accept(id, made.json.id)
    expect([answer.status, answer.json.code]).toEqual([422, 'referral.place-elsewhere'])
    expect(await kept(id)).toEqual([])
  })
})

test('who waits in line gets what comes free: held, before the office again, and firm when it is arranged', async () => {
  const ward = (
    await g.post('officeHead', '/wards', {
      ...{ departmentId: g.cardiology, name: '心内病区', bedKind: 'general', beds: 1 },
    })
  ).json.id
  const [has, waits] = [await story.submitted(), await story.submitted()]
  expect((await accept(has, ward)).status).toBe(200)
  await story.must('clerk', `/referrals/${waits}/await-slot`, {
    comment: '床位已满,候补中',
    waitFor: { departmentId: g.cardiology, kind: 'bed' },
  })
  const lists = async () => {
    const { json } = await g.get('clerk', '/referrals/work-lists')
    return Object.fromEntries(json.map((one: { list: string; count: number }) => [one.list, one.count]))
  }
  expect(await lists()).toMatchObject({ noSlot: 1 })
  await story.must('gp', `/referrals/${has}/withdraw`, { reason: 'improved', comment: '' })
  await g.world.deliver()
  const found = await story.read('clerk', waits)
  expect(found.offer).toMatchObject({ placeId: ward, kind: 'bed' })
  expect(found).toMatchObject({ noSlotSince: null, due: found.offer.until })
  expect(await lists()).toMatchObject({ noSlot: 0 })
  expect((await story.caseOf(waits))?.due.toISOString()).toBe(found.due)
  expect((await accept(waits, ward)).status).toBe(200)
  expect(await kept(waits)).toEqual(['confirmed'])
})
