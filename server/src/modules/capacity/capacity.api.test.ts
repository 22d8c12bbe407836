import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CapacityRegion, capacityRegion } from '../../../test/given-capacity.ts'
import { storedProblems } from '../../../test/stored-problems.ts'

let g: CapacityRegion
beforeAll(async () => {
  g = await capacityRegion()
})
afterAll(() => g.world.close())

// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
const json = (answer: { body: unknown }): any => answer.body
const places = async (source: string) =>
  json(await g.get(g.people.gp, `/places?departmentId=${g.cardiology}&kind=clinic&source=${source}`))
const book = (placeId: string, residentId: string, more: object = {}) =>
  g.post(g.people.gp, '/reservations', { placeId, residentId, source: 'community', ...more })
const slotsOn = async (day: string) =>
  json(await g.get(g.people.manager, `/clinic-calendar?departmentId=${g.cardiology}&from=${day}&days=1`))
const reset = () =>
  g.world.sql(
    'delete from capacity.waiting; delete from capacity.reservation; delete from capacity.seat; delete from capacity.slot; delete from capacity.schedule; delete from capacity.bed; delete from capacity.ward',
  )

describe('a schedule', () => {
  test('lays its slots two weeks ahead, and laying again changes nothing', async () => {
    await g.addSchedule()
    const count = () => g.world.sql('select starts_at, seats from capacity.slot order by 1')
    const laid = await count()
    // Tuesdays 24 November and 1 December; the horizon of 14 days ends on the 7th.
    expect(laid).toHaveLength(8)
    await g.world.runJob('capacity.lay-slots')
    expect(await count()).toEqual(laid)
    await g.later(24 * 60)
    await g.world.runJob('capacity.lay-slots')
    expect(await count()).toHaveLength(12)
    await g.later(-24 * 60)
  })

  test('changed, moves what is free and keeps what is booked', async () => {
    await reset()
    const id = await g.addSchedule()
    const [first] = await places('community')
    expect((await book(first.placeId, await g.resident())).status).toBe(200)
    const { kind: _, departmentId: __, since: ___, ...form } = g.scheduleBody()
    const changed = await g.post(g.people.manager, `/schedules/${id}`, {
      ...form,
      sessions: [{ weekday: 3, from: '14:00', to: '15:00' }],
      version: 1,
    })
    expect(changed.body).toMatchObject({ slots: 4, displaced: 1 })
    expect(await slotsOn('2026-11-24')).toMatchObject([{ besidePlan: true, seats: 1, free: 0 }])
    expect(await slotsOn('2026-11-25')).toHaveLength(2)
    const stale = await g.post(g.people.manager, `/schedules/${id}`, { ...form, version: 1 })
    expect([stale.status, stale.code]).toEqual([409, 'capacity.stale'])
  })

  test('closed for a day, puts who was booked at the head of the line, and they get the next place', async () => {
    await reset()
    const id = await g.addSchedule()
    const [first] = await places('community')
    const residentId = await g.resident()
    const booked = json(await book(first.placeId, residentId))
    const closed = await g.post(g.people.manager, `/schedules/${id}/exceptions`, {
      day: '2026-11-24',
      kind: 'closed',
      reason: '外出开会',
    })
    // Gone is the whole day; another Tuesday lies within the horizon.
    expect(closed.body).toMatchObject({ displaced: 1 })
    expect(await slotsOn('2026-11-24')).toEqual([])
    const before = json(await g.get(g.people.gp, `/reservations?residentId=${residentId}`)).items
    expect(before.find((one: { id: string }) => one.id === booked.id)).toMatchObject({ status: 'released' })
    const [entry] = json(await g.get(g.people.gp, '/waiting')).items
    expect(entry).toMatchObject({ residentId, urgency: 'urgent', status: 'filled' })
    const now = json(await g.get(g.people.gp, `/reservations?residentId=${residentId}&status=held`)).items
    expect(now).toMatchObject([{ id: entry.reservationId, at: '2026-12-01T00:00:00.000Z' }])
  })

  test('is another institution’s to read and not to change', async () => {
    const [one] = json(await g.get(g.people.gp, `/schedules?institutionId=${g.hospital}`))
    expect(one.name).toBe('心内科专家门诊')
    const body = { day: '2026-11-24', kind: 'closed', reason: '不行' }
    const theirs = await g.post(g.people.stranger, `/schedules/${one.id}/exceptions`, body)
    expect(theirs.status).toBe(404)
  })
})

describe('shares', () => {
  test('are drawn on by their source alone until they are released', async () => {
    await reset()
    await g.addSchedule({
      sessions: [{ weekday: 2, from: '08:00', to: '09:00' }],
      seatsPerSlot: 2,
      until: '2026-11-24',
      quotas: [
        { source: 'referral', percent: 50, releaseMinutes: 120 },
        { source: 'contracted', percent: 25, releaseMinutes: 60 },
      ],
    })
    const free = async (source: string) =>
      (await places(source)).reduce((sum: number, one: { free: number }) => sum + one.free, 0)
    expect([await free('public'), await free('community'), await free('referral')]).toEqual([1, 1, 3])
    const contracted = await g.post(g.people.gp, '/reservations', {
      placeId: (await places('public'))[0].placeId,
      residentId: await g.resident(),
      source: 'contracted',
    })
    expect([contracted.status, contracted.code]).toEqual([409, 'capacity.not-contracted'])
    const signed = await g.contracted()
    const own = await g.get(
      g.people.gp,
      `/places?departmentId=${g.cardiology}&kind=clinic&source=community&residentId=${signed}`,
    )
    expect(json(own).reduce((sum: number, one: { free: number }) => sum + one.free, 0)).toBe(2)
    await g.world.setNow(new Date('2026-11-24T06:30:00+08:00'))
    expect(await free('public')).toBe(3)
    await g.world.setNow(new Date('2026-11-24T07:30:00+08:00'))
    expect(await free('public')).toBe(4)
    await g.world.setNow(new Date('2026-11-23T09:00:00+08:00'))
  })
})

describe('a reservation', () => {
  test('goes from hold to firm to used, each told to both parties, and is nobody else’s business', async () => {
    await reset()
    await g.addSchedule()
    const [first] = await places('community')
    const residentId = await g.resident()
    const held = json(await book(first.placeId, residentId, { confirm: false }))
    expect(held.status).toBe('held')
    const firm = await g.post(g.people.gp, `/reservations/${held.id}/confirm`, {})
    expect(firm.body).toMatchObject({ status: 'confirmed', heldUntil: null })
    expect((await g.post(g.people.stranger, `/reservations/${held.id}/use`, {})).status).toBe(404)
    const notTheirs = await g.get(g.people.stranger, '/reservations')
    expect(json(notTheirs).items).toEqual([])
    expect((await g.post(g.people.manager, `/reservations/${held.id}/use`, {})).body).toMatchObject({
      status: 'used',
    })
    const again = await g.post(g.people.gp, `/reservations/${held.id}/release`, {
      reason: 'patientCancelled',
    })
    expect([again.status, again.code]).toEqual([409, 'capacity.cannot-release-when-used'])
  })

  test('of a place that somebody has is refused, and a resident has one place in a slot', async () => {
    await reset()
    await g.addSchedule({ seatsPerSlot: 2 })
    const [first] = await places('community')
    const one = await g.resident()
    expect((await book(first.placeId, one)).status).toBe(200)
    expect((await book(first.placeId, one)).code).toBe('capacity.booked-then')
    expect((await book(first.placeId, await g.resident())).status).toBe(200)
    expect((await book(first.placeId, await g.resident())).code).toBe('capacity.no-place')
  })

  test('that is only held is free again when its time is over, before any sweep comes by', async () => {
    await reset()
    await g.addSchedule()
    const [first] = await places('community')
    const held = json(await book(first.placeId, await g.resident(), { confirm: false }))
    await g.later(16)
    expect((await places('community'))[0].placeId).toBe(first.placeId)
    expect((await g.post(g.people.gp, `/reservations/${held.id}/confirm`, {})).code).toBe(
      'capacity.hold-ran-out',
    )
    expect((await book(first.placeId, await g.resident())).status).toBe(200)
    const [row] = await g.world.sql('select status from capacity.reservation where id = $1', [held.id])
    expect(row).toEqual({ status: 'expired' })
    await g.later(-16)
  })

  test('fifty who come at once for ten places get ten, nobody two and no place twice', async () => {
    await reset()
    await g.addSchedule({ sessions: [{ weekday: 2, from: '08:00', to: '13:00' }], until: '2026-11-24' })
    const free: { placeId: string }[] = await places('community')
    expect(free).toHaveLength(10)
    const residents = await Promise.all(Array.from({ length: 50 }, () => g.resident()))
    const answers = await Promise.all(
      residents.map((residentId, i) => book(free[i % 10]?.placeId ?? '', residentId)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(answers.filter(({ code }) => code === 'capacity.no-place')).toHaveLength(40)
    const [taken] = await g.world.sql(
      `select count(*)::int as live, count(distinct (slot_id, seat))::int as places from capacity.reservation where status = 'confirmed'`,
    )
    expect(taken).toEqual({ live: 10, places: 10 })
  })
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(g.world)).toEqual([])
})
