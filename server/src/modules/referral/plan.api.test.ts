import { referralFlow } from '@tongmai/api/referral/flow'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { storyOf } from '../../../test/referral-story.ts'
import type { Actor } from '../../kernel/actor.ts'
import { sorted } from './store/line.ts'

let g: ReferralRegion
beforeAll(async () => {
  g = await referralRegion()
})
afterAll(() => g.world.close())

test('the board reads what is under way by its own indexes, however much has ended', async () => {
  const id = await storyOf(g).submitted()
  await g.world.sql(
    `insert into referral.referral (resident_id, id, number, direction, status, urgency, author_id, from_institution_id,
        to_institution_id, form, since, written_at, submitted_at, ended_at, episode_id)
      select gen_random_uuid(), i, 'ZZ' || n, 'up', 'closed', 'routine', r.author_id, r.from_institution_id,
        r.to_institution_id, r.form, now(), now(), now(), now(), i
      from referral.referral r, generate_series(1, 5000) n cross join lateral (select gen_random_uuid() as i where n > 0) u
      where r.id = $1`,
    [id],
  )
  await g.world.sql('analyze referral.referral')
  const clerk: Actor = {
    ...{ kind: 'staff', id: crypto.randomUUID(), institutionId: g.hospital, practitionerId: null },
    ...{ residentIds: [], permissions: new Set(['referral.read']) },
  } as never
  const status = ['submitted', 'accepted', 'inTransfer', 'arrived', 'expired'] as const
  expect(status.every((one) => Object.hasOwn(referralFlow.up, one))).toBe(true)
  const plan = await g.world.world.read(clerk, async (ctx) =>
    JSON.stringify(
      await sorted(ctx, { sort: 'due', direction: 'up', status: [...status] })
        .limit(200)
        .explain(),
    ),
  )
  expect(plan).toMatch(/referral_(from|to)_open/)
  expect(plan).not.toMatch(/Seq Scan on referral /)
  const board = await g.get('clerk', `/referrals?direction=up&sort=due&limit=200&status=${status.join(',')}`)
  expect(board.json.items.map((line: { id: string }) => line.id)).toEqual([id])
})
