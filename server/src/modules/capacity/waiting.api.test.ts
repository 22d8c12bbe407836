import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CapacityRegion, capacityRegion } from '../../../test/given-capacity.ts'
import { givenClient, givenResidentAccount } from '../../../test/given-identity.ts'

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
const reset = () =>
  g.world.sql(
    'delete from capacity.waiting; delete from capacity.reservation; delete from capacity.seat; delete from capacity.slot; delete from capacity.schedule; delete from capacity.bed; delete from capacity.ward',
  )

describe('who waits', () => {
  const wait = (residentId: string, more: object = {}) =>
    g.post(g.people.gp, '/waiting', {
      ...{ departmentId: g.cardiology, kind: 'clinic', residentId, source: 'community' },
      ...more,
    })

  test('gets what becomes free in the same moment, the urgent first, with a deadline', async () => {
    await reset()
    await g.addSchedule({ sessions: [{ weekday: 2, from: '08:00', to: '08:30' }], until: '2026-11-24' })
    const [only] = await places('community')
    const booked = json(await book(only.placeId, await g.resident()))
    const [routine, urgent] = [await g.resident(), await g.resident()]
    expect(json(await wait(routine)).reservationId).toBeNull()
    expect(json(await wait(urgent, { urgency: 'urgent' })).reservationId).toBeNull()
    await g.post(g.people.gp, `/reservations/${booked.id}/release`, { reason: 'patientCancelled' })
    const line = json(await g.get(g.people.manager, '/waiting')).items
    expect(line).toMatchObject([
      { residentId: urgent, status: 'filled', heldUntil: expect.stringMatching(/^2026-11-23T13:00/) },
      { residentId: routine, status: 'waiting' },
    ])
    // Not taken in time: the next in line has it, who let it go waits behind.
    await g.later(721)
    await g.world.runJob('capacity.expire-holds')
    const next = json(await g.get(g.people.manager, '/waiting')).items
    expect(next).toMatchObject([
      { residentId: routine, status: 'filled' },
      { residentId: urgent, status: 'waiting', offered: 1 },
    ])
    await g.post(g.people.gp, `/reservations/${next[0].reservationId}/confirm`, {})
    expect(json(await g.get(g.people.manager, '/waiting')).items).toMatchObject([{ residentId: urgent }])
    await g.later(-721)
  })

  test('with an offer and no referral is somebody’s to tell; let go, somebody’s to ask, until a person says', async () => {
    await reset()
    await g.addSchedule({ sessions: [{ weekday: 2, from: '08:00', to: '08:30' }], until: '2026-11-24' })
    const [only] = await places('community')
    const booked = json(await book(only.placeId, await g.resident()))
    const { id } = json(await wait(await g.resident()))
    const owed = async () =>
      (
        await g.world.sql<{ step: string; duty: string; due: Date }>(
          `select step, duty, due from kernel."case" where thing = $1 and closed_at is null`,
          [`waiting:${id}`],
        )
      )[0]
    expect(await owed()).toBeUndefined()
    await g.post(g.people.gp, `/reservations/${booked.id}/release`, { reason: 'patientCancelled' })
    const [offered] = json(await g.get(g.people.gp, `/waiting?id=${id}`)).items
    expect(await owed()).toMatchObject({
      step: 'offer',
      duty: 'capacity.book',
      due: new Date(offered.heldUntil),
    })
    await g.world.deliver()
    const told = json(await g.get(g.people.gp, '/notices')).items[0]
    expect(told).toMatchObject({ code: 'capacity.filled-from-waiting', thing: `waiting:${id}` })
    await g.later(721)
    // The only one in line: the same place is offered anew by the next sweep, or they wait; either is somebody's.
    await g.world.runJob('capacity.expire-holds')
    expect(await owed()).toMatchObject({ step: 'offerLost' })
    const no = json(await g.post(g.people.gp, `/waiting/${id}/settle`, { wanted: false }))
    expect(no).toEqual({ id })
    expect(await owed()).toBeUndefined()
    expect(json(await g.post(g.people.gp, `/waiting/${id}/settle`, { wanted: true })).code).toBe(
      'capacity.no-lost-offer',
    )
    await g.later(-721)
  })

  test('how long they waited is counted without the patient’s own delay', async () => {
    await reset()
    await g.addSchedule()
    const [first, second] = await places('community')
    const used = async (placeId: string, wantedFrom: string | null) => {
      const { id } = json(await book(placeId, await g.resident(), { wantedFrom }))
      await g.post(g.people.manager, `/reservations/${id}/use`, {})
    }
    await used(first.placeId, null)
    await used(second.placeId, '2026-11-24T08:00:00+08:00')
    await g.world.runJob('capacity.count-waiting')
    const { items } = json(await g.get({ headers: {} }, '/waiting-times'))
    // 23 h from asking on Monday at nine; half an hour from when the other patient could come.
    expect(items).toMatchObject([{ visits: 2, kind: 'clinic', department: '心血管内科', waitingNow: 0 }])
    expect(items[0].medianDays).toBeCloseTo((23 + 0.5) / 2 / 24, 3)
  })
})

describe('beds', () => {
  test('are held for one patient, occupied, cleaned, and free again for who waits', async () => {
    await reset()
    const ward = await g.addWard(1)
    const [one, two] = [await g.resident(), await g.resident()]
    const booked = json(await book(ward, one))
    expect((await book(ward, two)).code).toBe('capacity.no-place')
    const waits = { departmentId: g.cardiology, kind: 'bed', residentId: two, source: 'community' }
    await g.post(g.people.gp, '/waiting', waits)
    await g.post(g.people.manager, `/reservations/${booked.id}/use`, {})
    const board = async () => json(await g.get(g.people.gp, '/bed-board')).items[0]
    expect(await board()).toMatchObject({ bedKind: 'general', free: 0, held: 0, occupied: 1 })
    await g.post(g.people.manager, `/reservations/${booked.id}/leave`, {})
    expect(await board()).toMatchObject({ occupied: 0, cleaning: 1 })
    const [bed] = json(await g.get(g.people.manager, `/wards/${ward}/beds`))
    const ready = await g.post(g.people.manager, `/beds/${bed.id}/move`, { move: 'ready' })
    expect(ready.body).toMatchObject({ shown: 'held' })
    expect(json(await g.get(g.people.gp, '/waiting')).items).toMatchObject([
      { residentId: two, status: 'filled' },
    ])
    const wrong = await g.post(g.people.manager, `/beds/${bed.id}/move`, { move: 'occupy' })
    expect([wrong.status, wrong.code]).toEqual([409, 'capacity.bed-is-reserved'])
  })

  test('say how old their figure is, until the ward says that it is still true', async () => {
    await reset()
    const ward = await g.addWard(3, 'icu')
    await g.later(240)
    const board = async () => json(await g.get(g.people.gp, '/bed-board?bedKind=icu')).items[0]
    expect(await board()).toMatchObject({ free: 3, confidence: 0.5 })
    expect((await g.post(g.people.stranger, `/wards/${ward}/confirm`, {})).status).toBe(404)
    await g.post(g.people.manager, `/wards/${ward}/confirm`, {})
    expect(await board()).toMatchObject({ confidence: 1 })
    await g.later(-240)
  })

  test('the database itself refuses a second live stay in a bed', async () => {
    await reset()
    const ward = await g.addWard(1)
    await book(ward, await g.resident())
    const twice =
      g.world.sql(`insert into capacity.reservation (institution_id, id, resident_id, department_id, kind, source, thing, status,
        ward_id, bed_id, name, starts_at, asked_at, wanted_from, by_id, made_at)
      select institution_id, gen_random_uuid(), gen_random_uuid(), department_id, kind, source, thing, status, ward_id, bed_id, name,
        starts_at + interval '1 day', asked_at, wanted_from, by_id, made_at from capacity.reservation`)
    await expect(twice).rejects.toThrow('bed_for_one_at_a_time')
  })
})

test('a resident books, finds it among their own, and gives it back in time', async () => {
  await reset()
  await g.addSchedule()
  const residentId = await g.resident()
  const me = await givenResidentAccount(g.world, residentId)
  await g.world.sql(`update identity.session set until = '2036-01-01', seen_at = '2035-01-01'`)
  const [department] = json(await g.get(me, `/me/bookable?residentId=${residentId}`))
  expect(department).toMatchObject({ department: '心血管内科', kind: 'clinic', contracted: false })
  const free = json(
    await g.get(me, `/me/places?residentId=${residentId}&departmentId=${g.cardiology}&kind=clinic`),
  )
  const { id } = json(await g.post(me, '/me/bookings', { residentId, placeId: free[0].placeId }))
  expect(json(await g.get(me, '/me/bookings')).items).toMatchObject([
    { id, status: 'confirmed', room: '三楼 12 诊室', mayCancel: true },
  ])
  const other = await g.post(me, '/me/bookings', { residentId: await g.resident(), placeId: free[1].placeId })
  expect(other.status).toBe(404)
  await g.world.setNow(new Date('2026-11-24T07:00:00+08:00'))
  expect((await g.post(me, `/me/bookings/${id}/cancel`, {})).code).toBe('capacity.too-late-to-cancel')
  await g.world.setNow(new Date('2026-11-23T09:00:00+08:00'))
  expect((await g.post(me, `/me/bookings/${id}/cancel`, {})).status).toBe(200)
  expect(await places('community')).toHaveLength(8)
})

test('a calendar program reads the sessions under a private address, until it is replaced', async () => {
  const link = json(await g.post(g.people.manager, '/calendar-links', {}))
  const path = new URL(link.url).pathname
  const read = () => g.world.app.inject({ url: path })
  expect((await read()).headers['content-type']).toContain('text/calendar')
  expect((await read()).body).toContain('心内科专家门诊')
  expect((await g.world.app.inject({ url: `${path.slice(0, -6)}x.ics` })).statusCode).toBe(404)
  await g.post(g.people.manager, '/calendar-links', {})
  expect((await read()).statusCode).toBe(404)
})

test('over FHIR a slot is busy once it is full, and the appointment is its parties’ only', async () => {
  await reset()
  await g.addSchedule()
  const [first] = await places('community')
  const booked = json(await book(first.placeId, await g.resident()))
  const [ours, theirs] = [await givenClient(g.world, g.hospital), await givenClient(g.world, g.third)]
  const read = (path: string, who: typeof ours) =>
    g.world.app.inject({ url: `/fhir/R4/${path}`, headers: who.headers })
  expect((await read(`Slot/${first.placeId}`, theirs)).json()).toMatchObject({ status: 'busy' })
  expect((await read(`Appointment/${booked.id}`, ours)).json()).toMatchObject({
    status: 'booked',
    slot: [{ reference: `Slot/${first.placeId}` }],
  })
  expect((await read(`Appointment/${booked.id}`, theirs)).statusCode).toBe(404)
})
