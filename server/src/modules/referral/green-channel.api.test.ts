import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { storyOf } from '../../../test/referral-story.ts'

let g: ReferralRegion
let story: ReturnType<typeof storyOf>
beforeAll(async () => {
  g = await referralRegion()
  story = storyOf(g)
})
afterAll(() => g.world.close())

const opening = { kind: 'chestPain', critical: true, summary: '胸痛 40 分钟,ST 段抬高,BP 150/90' }
const openCases = (id: string) =>
  g.world.sql<{ institution_id: string; escalated: number }>(
    'select institution_id, escalated from kernel."case" where thing = $1 and closed_at is null',
    [`green-channel:${id}`],
  )

describe('a green channel', () => {
  test('warns the receiving department at once, goes up if nobody acknowledges, and tells each entitlement with its reason', async () => {
    const id = await story.submitted()
    expect((await g.post('clerk', `/referrals/${id}/green-channel`, opening)).status).toBe(403)
    const opened = (await g.post('gp', `/referrals/${id}/green-channel`, opening)).json
    expect(opened).toMatchObject({ kind: 'chestPain', acknowledgedAt: null, reserved: false })
    expect(opened.entitlements.map((one: { code: string }) => one.code)).toContain('treatFirstPayLater')
    expect(opened.entitlements.every((one: { reason: string }) => one.reason !== '')).toBe(true)
    expect(await openCases(opened.id)).toEqual([{ institution_id: g.hospital, escalated: 0 }])
    await g.world.setNow(new Date(g.world.world.now().getTime() + 6 * 60_000))
    await g.world.sweep()
    expect((await openCases(opened.id))[0]?.escalated).toBe(1)
    expect((await g.post('gp', `/referrals/${id}/green-channel`, opening)).json.code).toBe(
      'referral.green-channel-open-already',
    )
    const url = `/green-channels/${opened.id}`
    expect((await g.get('stranger', url)).status).toBe(404)
    expect((await g.get('clerk', '/green-channels')).json.map((one: { id: string }) => one.id)).toEqual([
      opened.id,
    ])
    expect((await g.post('clerk', `${url}/close`, {})).json.code).toBe(
      'referral.green-channel-unacknowledged',
    )
    expect((await g.post('clerk', `${url}/acknowledge`, {})).json.acknowledgedAt).not.toBeNull()
    expect(await openCases(opened.id)).toEqual([])
  })

  test('keeps the time of every link beside the target that a source gives, in order', async () => {
    const id = await story.submitted()
    const { id: channel } = (await g.post('gp', `/referrals/${id}/green-channel`, opening)).json
    const url = `/green-channels/${channel}`
    const stamp = (link: string) => g.post('clerk', `${url}/stamp`, { link })
    expect((await stamp('wire')).json.code).toBe('referral.link-before-recorded')
    expect((await stamp('firstContact')).status).toBe(200)
    await g.world.setNow(new Date(g.world.world.now().getTime() + 15 * 60_000))
    const { chain } = (await stamp('firstEcg')).json
    const ecg = chain.find((one: { code: string }) => one.code === 'firstEcg')
    expect([Math.round(ecg.minutes), ecg.targetMinutes, ecg.late]).toEqual([15, 10, true])
    expect(ecg.source).toContain('10 min')
    const arrival = chain.find((one: { code: string }) => one.code === 'arrived')
    expect([arrival.targetMinutes, arrival.source]).toEqual([null, null])
    await g.post('clerk', `${url}/acknowledge`, {})
    expect((await g.post('clerk', `${url}/close`, {})).json.closedAt).not.toBeNull()
    expect((await stamp('arrived')).json.code).toBe('referral.green-channel-closed')
  })
})
