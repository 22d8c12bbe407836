import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type CapacityRegion, capacityRegion } from '../../../test/given-capacity.ts'
import { givenResidentAccount } from '../../../test/given-identity.ts'
import { givenDepartment } from '../../../test/given-network.ts'

let g: CapacityRegion
let neurology: string
beforeAll(async () => {
  g = await capacityRegion()
  neurology = (await givenDepartment(g.world, g.hospital)).id
})
afterAll(() => g.world.close())

// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
const json = (answer: { body: unknown }): any => answer.body
const morning = (from: string, to: string) => ({
  sessions: [{ weekday: 2, from, to }],
  until: '2026-11-24',
})
const placeOf = async (departmentId: string, kind = 'clinic'): Promise<string[]> =>
  json(await g.get(g.people.gp, `/places?departmentId=${departmentId}&kind=${kind}&source=community`)).map(
    ({ placeId }: { placeId: string }) => placeId,
  )
const book = (placeId: string | undefined, residentId: string, who = g.people.gp, more: object = {}) =>
  g.post(who, '/reservations', { placeId, residentId, source: 'community', ...more })

let first: string[]
let second: string[]
beforeEach(async () => {
  await g.world.sql(
    'delete from capacity.waiting; delete from capacity.reservation; delete from capacity.seat; delete from capacity.slot; delete from capacity.schedule',
  )
  await g.addSchedule(morning('08:00', '09:00'))
  await g.addSchedule({
    ...{ ...morning('08:15', '09:15'), departmentId: neurology, practitionerId: null, name: '神经内科门诊' },
  })
  first = await placeOf(g.cardiology)
  second = await placeOf(neurology)
})

test('a patient with a booking is refused another that overlaps it, and told which', async () => {
  const who = await g.resident()
  const { id } = json(await book(first[0], who))
  const refused = await book(second[0], who)
  expect([refused.status, refused.code]).toEqual([409, 'capacity.booked-then'])
  expect(json(refused).details).toMatchObject({ at: '2026-11-24T00:00:00.000Z', name: '心内科专家门诊' })
  expect((await placeOf(neurology)).includes(second[0] ?? '')).toBe(true)
  // One after the other is possible, and so is the same time once the first is given back.
  expect((await book(second[1], who)).status).toBe(200)
  await g.post(g.people.gp, `/reservations/${id}/release`, { reason: 'patientCancelled' })
  expect((await book(second[0], who)).status).toBe(200)
})

test('two who book the same patient at once get one booking, whoever is first', async () => {
  for (let round = 0; round < 5; round++) {
    const who = await g.resident()
    const answers = await Promise.all([book(first[round % 2], who), book(second[round % 2], who)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    await g.world.sql(
      `delete from capacity.reservation; update capacity.seat set reservation_id = null, held_until = null`,
    )
  }
})

test('a resident is offered no time at which they are bound', async () => {
  const who = await g.resident()
  const me = await givenResidentAccount(g.world, who)
  const offered = async () =>
    json(await g.get(me, `/me/places?residentId=${who}&departmentId=${neurology}&kind=clinic`)).map(
      ({ placeId }: { placeId: string }) => placeId,
    )
  expect(await offered()).toContain(second[0])
  expect((await g.post(me, '/me/bookings', { residentId: who, placeId: first[0] })).status).toBe(200)
  expect(await offered()).not.toContain(second[0])
  expect(await offered()).toContain(second[1])
})

test('staff see at which times a patient is bound, and where only of what they are a party of', async () => {
  const who = await g.resident()
  const me = await givenResidentAccount(g.world, who)
  const bound = async (more: object = {}, by = g.people.gp) => {
    const asked = { departmentId: neurology, kind: 'clinic', source: 'community', residentId: who, ...more }
    const places = json(await g.get(by, `/places?${new URLSearchParams(asked)}`))
    return places.map((one: { placeId: string; bound: unknown }) => [one.placeId, one.bound])
  }
  const free = second.map((placeId) => [placeId, null])
  expect(await bound()).toEqual(free)
  const { id } = json(await book(first[0], who))
  const here = { at: '2026-11-24T00:00:00.000Z', name: '心内科专家门诊' }
  const offered = await bound()
  expect(offered[0]).toMatchObject([second[0], here])
  expect(offered.slice(1)).toEqual(free.slice(1))
  expect((await bound({ residentId: await g.resident() }))[0]).toEqual(free[0])
  await g.post(g.people.gp, `/reservations/${id}/release`, { reason: 'patientCancelled' })
  expect(await bound()).toEqual(free)
  await g.post(me, '/me/bookings', { residentId: who, placeId: first[0] })
  expect((await bound())[0]).toEqual([second[0], { at: null, name: '', place: '' }])
})

test('who is no party of the other booking learns that there is one, not where', async () => {
  const who = await g.resident()
  const me = await givenResidentAccount(g.world, who)
  const mine = await g.post(me, '/me/bookings', { residentId: who, placeId: first[0] })
  expect(mine.status).toBe(200)
  const refused = await book(second[0], who)
  expect([refused.code, json(refused).details]).toEqual(['capacity.booked-then-elsewhere', undefined])
  const own = await g.post(me, '/me/bookings', { residentId: who, placeId: second[0] })
  expect(json(own)).toMatchObject({ code: 'capacity.booked-then', details: { name: '心内科专家门诊' } })
})

test('a hold that has run out binds nobody, swept or not', async () => {
  const who = await g.resident()
  await book(first[0], who, g.people.gp, { confirm: false })
  expect((await book(second[0], who)).code).toBe('capacity.booked-then')
  await g.later(16)
  expect((await book(second[0], who)).status).toBe(200)
  await g.later(-16)
})

test('who waits is offered a place at a time when they are free', async () => {
  const who = await g.resident()
  await book(first[0], who)
  const wait = { departmentId: neurology, kind: 'clinic', residentId: who, source: 'community' }
  const { reservationId } = json(await g.post(g.people.gp, '/waiting', wait))
  const [row] = await g.world.sql('select slot_id from capacity.reservation where id = $1', [reservationId])
  expect(row).toEqual({ slot_id: second[1] })
})

test('a window of half a day in which one is called for an examination leaves time for a clinic', async () => {
  const scan = { kind: 'examination', item: '腹部 CT', name: '腹部 CT', departmentId: neurology }
  const long = { ...morning('08:00', '12:00'), slotMinutes: 240, practitionerId: null }
  await g.addSchedule({ ...long, ...scan })
  const [window] = await placeOf(neurology, 'examination')
  const who = await g.resident()
  expect((await book(window, who)).status).toBe(200)
  expect((await book(first[0], who)).status).toBe(200)
})
