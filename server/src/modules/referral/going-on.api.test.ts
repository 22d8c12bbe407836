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

const later = [
  { dueOn: '2026-12-07', purpose: '复查肝功' },
  { dueOn: '2026-12-21', purpose: '评估康复' },
]
/** A down-referral with a schedule, taken over by the family doctor. */
async function takenOver() {
  const body = downBody(g)
  const down = { ...body, returnNote: { ...body.returnNote, followUps: later } }
  await g.world.sql(
    `insert into kernel.access_grant (resident_id, institution_id, basis, source, since)
      values ($1, $2, 'treatment', 'test', now()) on conflict do nothing`,
    [down.residentId, g.hospital],
  )
  const id = (await story.must('specialist', '/referrals', down)).id as unknown as string
  await story.must('specialist', `/referrals/${id}/submit`)
  await story.must('gp', `/referrals/${id}/take-over`)
  const due = async () =>
    (await g.get('gp', `/follow-ups?residentId=${down.residentId}&status=due`)).json.items as {
      id: string
      dueOn: string
      reason: string
    }[]
  return { id, residentId: down.residentId, due }
}
const days = (all: { dueOn: string }[]) => all.map((one) => one.dueOn)
const grants = (id: string) =>
  g.world.sql(`select 1 from kernel.access_grant where source = $1`, [`followUp:referral:${id}`])

test('a patient taken over is on the community’s list as the return note says; the first follow-up there takes the referral on', async () => {
  const { id, due } = await takenOver()
  expect((await due()).map((one) => [one.dueOn, one.reason])).toEqual([
    ['2026-11-30', '下转后随访：首次随访'],
    ['2026-12-07', '下转后随访：复查肝功'],
    ['2026-12-21', '下转后随访：评估康复'],
  ])
  const [first] = await due()
  const answers = { feeling: 'better', adherence: 'regular', adverse: false, needsReview: false }
  const done = { at: g.world.world.now().toISOString(), way: 'home', formVersion: 1, answers, note: '能下床' }
  await story.must('gp', `/follow-ups/${first?.id}/record`, done)
  await g.world.deliver()
  const { status, followUp } = await story.read('gp', id)
  expect(status).toBe('firstFollowUpDone')
  expect(followUp).toMatchObject({ method: 'homeVisit', finding: 'improving', nextOn: '2026-12-07' })
  expect((followUp as unknown as { note: string }).note).toContain('与出院时相比：好转')
  await story.must('gp', `/referrals/${id}/close`)
  expect(days(await due())).toEqual(['2026-12-07', '2026-12-21'])
  expect(await grants(id)).toHaveLength(1)
})

test('a first follow-up written on the referral is the first of the list, and its next day is planned', async () => {
  const { id, due } = await takenOver()
  const followUp = { ...g.followUp(), nextOn: '2026-12-02' }
  await story.must('gp', `/referrals/${id}/follow-up`, { followUp })
  expect(days(await due())).toEqual(['2026-12-02', '2026-12-07', '2026-12-21'])
  await g.world.deliver()
  expect((await story.read('gp', id)).status).toBe('firstFollowUpDone')
})

test('a down-referral that ends before its time ends what was planned, and the access that went with it', async () => {
  const { id, due } = await takenOver()
  expect(await grants(id)).toHaveLength(1)
  await story.must('gp', `/referrals/${id}/cancel`, { reason: 'movedAway', comment: '迁往外地' })
  expect(await due()).toEqual([])
  expect(await grants(id)).toEqual([])
})
