import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import { asking } from '../../../test/given-network.ts'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'
import { givenRoad } from '../../../test/given-road.ts'
import { storyOf } from '../../../test/referral-story.ts'
import { storedProblems } from '../../../test/stored-problems.ts'

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
    expect(opened).toMatchObject({ kind: 'chestPain', acknowledgedAt: null, places: [], transport: null })
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

  test('shows the receiver how the patient comes and is on the way, and that the ride is free by which reason', async () => {
    const { world, hospital, centre } = g
    const { get, post } = asking(world)
    const place = (id: string, longitude: number) =>
      world.sql('update network.institution set longitude = $2, latitude = 30.3 where id = $1', [
        id,
        longitude,
      ])
    await place(hospital, 124.5)
    await place(centre, 124.6)
    await givenRoad(world, [124.5, 30.3], [124.6, 30.3], 20)
    const desk = await givenStaff(world, centre, ['dispatcher'])
    const crew = await givenStaff(world, centre, ['crew'])
    const id = await story.submitted()
    const call = { residentId: g.residentId, toInstitutionId: hospital, thing: `referral:${id}`, needs: {} }
    const gp = g.people.gp
    const mission = (await post(gp, '/missions', { ...call, kind: 'emergency', urgency: 'emergency' })).body
    const { id: channel } = (await g.post('gp', `/referrals/${id}/green-channel`, opening)).json
    const shown = async () => (await g.get('clerk', `/green-channels/${channel}`)).json
    expect((await shown()).transport).toMatchObject({
      ...{ id: mission.id, status: 'called', vitals: [] },
      entitlement: { free: true, reason: 'granted' },
    })
    const vehicle = (
      await post(desk, '/vehicles', {
        ...{
          plate: '云A·G1',
          name: '一号车',
          kind: 'ambulance',
          equipment: [],
          speedKmh: null,
          startMinutes: 0,
        },
        crew: [{ role: 'driver', name: '老周', practitionerId: null }],
      })
    ).body
    await post(desk, `/vehicles/${vehicle.id}/state`, { state: 'ready', version: 1 })
    await post(crew, `/vehicles/${vehicle.id}/position`, { longitude: 124.6, latitude: 30.3 })
    const sent = await post(desk, `/missions/${mission.id}/dispatch`, { vehicleId: vehicle.id })
    expect(sent.status, JSON.stringify(sent.body)).toBe(200)
    for (const verb of ['depart', 'reach', 'leave']) await post(crew, `/missions/${mission.id}/${verb}`, {})
    await post(crew, `/missions/${mission.id}/vitals`, { heartRate: 104, systolic: 96, spo2: 93 })
    const { transport } = await shown()
    const minutes = (new Date(transport.expectedAt).getTime() - world.world.now().getTime()) / 60_000
    expect([transport.status, Math.round(minutes)]).toEqual(['leftScene', 20])
    expect(transport.vitals).toMatchObject([{ heartRate: 104, spo2: 93 }])
    await g.world.setNow(new Date(world.world.now().getTime() + 21 * 60_000))
    await post(crew, `/missions/${mission.id}/arrive`, {})
    await world.deliver()
    const arrived = (await shown()).chain.find((one: { code: string }) => one.code === 'arrived')
    expect(arrived.at).not.toBeNull()
    const inbox = (await get(g.people.ward, '/notices')).body.items.map((one: { code: string }) => one.code)
    expect(inbox).toEqual(expect.arrayContaining(['dispatch.arrived', 'referral.green-channel-opened']))
  })

  test('keeps a bed and an examination, and lets go of what was not used when it closes or the referral ends', async () => {
    const { post, get } = asking(g.world)
    const beds = { departmentId: g.cardiology, name: '心内一病区', bedKind: 'general', beds: 1 }
    const ward = (await post(g.people.officeHead, '/wards', beds)).body
    const ct = await post(g.people.officeHead, '/schedules', {
      ...{
        kind: 'examination',
        departmentId: g.cardiology,
        practitionerId: null,
        name: '心脏 CT',
        room: '一楼',
      },
      ...{ device: 'CT 1', sessions: [{ weekday: 2, from: '08:00', to: '09:00' }], since: '2026-11-23' },
      ...{ slotMinutes: 30, seatsPerSlot: 1, quotas: [] },
    })
    expect(ct.status, JSON.stringify(ct.body)).toBe(200)
    const free = async () =>
      (await get(g.people.clerk, `/wards?institutionId=${g.hospital}`)).body.find(
        (one: { id: string }) => one.id === ward.id,
      ).free
    const id = await story.submitted()
    const { id: channel, places } = (await g.post('gp', `/referrals/${id}/green-channel`, opening)).json
    expect([places[0].kind, places[0].status, await free()]).toEqual(['bed', 'held', 0])
    const asked = `/places?departmentId=${g.cardiology}&kind=examination&source=referral`
    const [slot] = (await get(g.people.clerk, asked)).body
    const url = `/green-channels/${channel}`
    expect((await g.post('gp', `${url}/hold`, { placeId: slot.placeId })).status).toBe(403)
    const held = (await g.post('clerk', `${url}/hold`, { placeId: slot.placeId })).json.places
    expect(held.map((one: { kind: string; status: string }) => [one.kind, one.status])).toEqual([
      ['bed', 'held'],
      ['examination', 'held'],
    ])
    await g.post('clerk', `${url}/acknowledge`, {})
    const closed = (await g.post('clerk', `${url}/close`, { reason: 'notComing' })).json
    expect(closed.places.map((one: { status: string }) => one.status)).toEqual(['released', 'released'])
    expect([closed.closeReason, await free()]).toEqual(['notComing', 1])
    const other = await story.submitted()
    const { id: second } = (await g.post('gp', `/referrals/${other}/green-channel`, opening)).json
    expect(await free()).toBe(0)
    await story.must('gp', `/referrals/${other}/withdraw`, { reason: 'improved', comment: '' })
    const ended = (await g.get('clerk', `/green-channels/${second}`)).json
    expect([ended.closeReason, await free(), await openCases(second)]).toEqual(['referralEnded', 1, []])
  })

  test('lets the sender record what was on the way, the receiver what follows, and nobody who only reads', async () => {
    const id = await story.submitted()
    const { id: channel } = (await g.post('gp', `/referrals/${id}/green-channel`, opening)).json
    const url = `/green-channels/${channel}/stamp`
    const before = new Date(g.world.world.now().getTime() - 9 * 60_000).toISOString()
    const first = (await g.post('gp', url, { link: 'firstContact', at: before })).json
    expect(Math.round(first.chain[0].minutes)).toBe(-9)
    expect((await g.post('officeHead', url, { link: 'firstEcg' })).status).toBe(403)
    expect((await g.post('gp', url, { link: 'arrived' })).json.code).toBe('referral.receivers-part')
    const stamped = (await g.post('clerk', url, { link: 'arrived' })).json.chain
    const wire = stamped.find((one: { code: string }) => one.code === 'wire')
    expect([
      wire.late,
      Math.round((new Date(wire.due).getTime() - g.world.world.now().getTime()) / 60_000),
    ]).toEqual([false, 90])
  })
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(g.world)).toEqual([])
})
