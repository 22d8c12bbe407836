import type { Vehicle } from '@tongmai/api/dispatch/fleet'
import type { Mission } from '@tongmai/api/dispatch/mission'
import type { Option } from '@tongmai/api/dispatch/plan'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import { asking, givenAlliance, givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { givenRoad } from '../../../test/given-road.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let { get, post } = {} as ReturnType<typeof asking>
type Who = Awaited<ReturnType<typeof givenStaff>>
let community: { id: string }
let hospital: { id: string }
let gp: Who
let dispatcher: Who
let crew: Who
let nurse: Who
let physicianId: string

/** Two places beside one road, twenty minutes apart; the community calls the hospital's desk. */
beforeAll(async () => {
  world = await region()
  ;({ get, post } = asking(world))
  hospital = await givenInstitution(world, { name: '市一院' })
  community = await givenInstitution(world, { name: '河东社区', kind: 'communityCentre', tier: 'primary' })
  await place(hospital.id, 124.5)
  await place(community.id, 124.6)
  await givenAlliance(world, hospital.id, { members: [community.id] })
  await givenRoad(world, [124.5, 30.3], [124.6, 30.3], 20)
  gp = await givenStaff(world, community.id, ['gp'])
  dispatcher = await givenStaff(world, hospital.id, ['dispatcher'])
  crew = await givenStaff(world, hospital.id, ['crew'])
  nurse = await givenStaff(world, hospital.id, ['nurse'])
  physicianId = (await givenPractitioner(world, hospital.id)).id
  expect((await post(dispatcher, '/dispatch-desk', { institutionIds: [community.id] })).status).toBe(200)
})
afterAll(() => world.close())

const place = (id: string, longitude: number) =>
  world.sql('update network.institution set longitude = $2, latitude = 30.3 where id = $1', [id, longitude])

let plates = 0
const driver = { role: 'driver', name: '老周', practitionerId: null }
/** A vehicle of the hospital, on duty and standing at its door unless said otherwise. */
async function givenVehicle(more: object = {}, longitude = 124.5): Promise<Vehicle> {
  const facts = { equipment: ['stretcher', 'oxygen'], crew: [driver], speedKmh: null, startMinutes: 0 }
  const plate = `云A·T${plates++}`
  const added = await post(dispatcher, '/vehicles', {
    plate,
    name: plate,
    kind: 'ambulance',
    ...facts,
    ...more,
  })
  const url = `/vehicles/${added.body.id}`
  await post(dispatcher, `${url}/state`, { state: 'ready', version: added.body.version })
  return (await post(crew, `${url}/position`, { longitude, latitude: 30.3 })).body
}
const park = async (...vehicles: Vehicle[]) => {
  for (const { id } of vehicles)
    await world.sql("update dispatch.vehicle set state = 'offDuty' where id = $1", [id])
}

async function givenCall(more: object = {}): Promise<{ id: string; number: string }> {
  const { id: residentId } = await givenResident(world, community.id)
  const body = {
    residentId,
    toInstitutionId: hospital.id,
    kind: 'transfer',
    urgency: 'urgent',
    needs: {},
    note: '',
    ...more,
  }
  const called = await post(gp, '/missions', body)
  expect(called.status, JSON.stringify(called.body)).toBe(200)
  return called.body
}
const read = async (who: Who, id: string): Promise<Mission> => (await get(who, `/missions/${id}`)).body
const move = (who: Who, id: string, verb: string, body: object = {}) =>
  post(who, `/missions/${id}/${verb}`, body)
const send = (id: string, vehicle: Vehicle) => move(dispatcher, id, 'dispatch', { vehicleId: vehicle.id })

describe('a mission', () => {
  test('goes from the call to the vehicle that is ready again, always with one owner, and is signed by both sides', async () => {
    const { id } = await givenCall()
    // Nobody referred the patient: the rule that is kept gives a free ride to referred patients only.
    expect((await read(gp, id)).entitlement).toMatchObject({ free: false, reason: 'not-referred' })
    const vehicle = await givenVehicle()
    expect((await move(crew, id, 'depart')).code).toBe('dispatch.carrier-part')
    const sent = await send(id, vehicle)
    expect(new Date(sent.body.expectedAt).getTime() - world.world.now().getTime()).toBeGreaterThan(
      19 * 60_000,
    )
    expect((await read(gp, id)).owner?.duty).toBe('dispatch.drive')
    expect((await move(gp, id, 'depart')).status).toBe(403)
    for (const verb of ['depart', 'reach', 'leave', 'arrive']) {
      expect((await move(crew, id, verb)).status, verb).toBe(200)
    }
    const vitals = { heartRate: 88, systolic: 130, diastolic: 80, spo2: 97 }
    expect((await post(crew, `/missions/${id}/vitals`, vitals)).body.spo2).toBe(97)
    expect((await post(nurse, `/missions/${id}/vitals`, vitals)).status).toBe(403)
    expect((await read(nurse, id)).vitals).toHaveLength(1)
    await move(crew, id, 'hand-over', { signerName: '老周' })
    expect([(await read(nurse, id)).status, (await read(nurse, id)).owner?.duty]).toEqual([
      'arrived',
      'dispatch.sign',
    ])
    expect((await move(crew, id, 'hand-over', { signerName: '老周' })).code).toBe('dispatch.signed-already')
    expect((await move(nurse, id, 'hand-over', { signerName: '护士长' })).body.status).toBe('handedOver')
    expect((await move(crew, id, 'make-ready')).body.status).toBe('ready')
    const [after] = (await get(crew, '/vehicles?state=ready')).body.filter(
      (one: Vehicle) => one.id === vehicle.id,
    )
    expect([after.missionId, after.longitude]).toEqual([null, 124.5])
    const open = await world.sql('select from kernel."case" where thing = $1 and closed_at is null', [
      `mission:${id}`,
    ])
    expect(open).toHaveLength(0)
    await park(vehicle)
  })

  test('lets who receives open the record while it is under way, and no longer; strangers see nothing', async () => {
    const { id: residentId } = await givenResident(world, community.id)
    const { id } = await givenCall({ residentId })
    const mayOpen = async () => (await get(nurse, `/residents/${residentId}`)).status
    expect(await mayOpen()).toBe(404)
    const vehicle = await givenVehicle()
    await send(id, vehicle)
    expect(await mayOpen()).toBe(200)
    const stranger = await givenStaff(world, (await givenInstitution(world)).id, ['dispatcher'])
    expect((await get(stranger, `/missions/${id}`)).status).toBe(404)
    await move(dispatcher, id, 'recall', { reason: 'breakdown' })
    expect([await mayOpen(), (await read(gp, id)).status]).toEqual([404, 'called'])
    const [broken] = (await get(crew, '/vehicles')).body.filter((one: Vehicle) => one.id === vehicle.id)
    expect([broken.state, broken.missionId]).toEqual(['outOfService', null])
    expect((await move(gp, id, 'cancel', { reason: 'otherTransport' })).body.status).toBe('cancelled')
  })

  test('whose deadline passes goes up to the head of the office and stays until a person ends it', async () => {
    const { id } = await givenCall({ urgency: 'emergency', kind: 'emergency' })
    const now = world.world.now()
    await world.setNow(new Date(now.getTime() + 4 * 60_000))
    await world.sweep()
    const [late] = await world.sql<{ escalated: number; closed_at: Date | null }>(
      'select escalated, closed_at from kernel."case" where thing = $1',
      [`mission:${id}`],
    )
    expect(late).toEqual({ escalated: 1, closed_at: null })
    await move(gp, id, 'cancel', { reason: 'patientRefused' })
  })
})

describe('the choice of a vehicle', () => {
  test('is by the time over the road, and says of each that cannot go why', async () => {
    const [near, far, bare] = [
      await givenVehicle({}, 124.6),
      await givenVehicle(),
      await givenVehicle({ equipment: [] }),
    ]
    const doctor = { role: 'physician', name: '医生', practitionerId: physicianId }
    const staffed = await givenVehicle({ crew: [driver, doctor] })
    const { id } = await givenCall({ needs: { equipment: ['oxygen'] } })
    const options: Option[] = (await get(dispatcher, `/missions/${id}/options`)).body
    const known = [near, far, bare].map((one) => one.id)
    const shown = options.filter((one) => known.includes(one.vehicleId))
    expect(shown.map(({ vehicleId, why }) => [vehicleId, why])).toEqual([
      [near.id, []],
      [far.id, []],
      [bare.id, ['dispatch.unsuitable-lacks-oxygen']],
    ])
    expect(shown[1]?.minutes).toBeCloseTo(20, 0)
    expect((await send(id, bare)).code).toBe('dispatch.unsuitable-lacks-oxygen')
    const doctored = await givenCall({ needs: { escort: 'physician' } })
    expect((await send(doctored.id, far)).code).toBe('dispatch.unsuitable-lacks-physician')
    expect((await send(doctored.id, staffed)).status).toBe(200)
    expect((await send(id, staffed)).code).toBe('dispatch.unsuitable-vehicle-onMission')
    for (const one of [id, doctored.id]) await move(gp, one, 'cancel', { reason: 'noLongerNeeded' })
    await park(near, far, bare, staffed)
  })

  test('for several missions at once is better together than one by one, and nothing is done before a person does it', async () => {
    const [atDoor, across] = [await givenVehicle(), await givenVehicle({ equipment: ['oxygen'] }, 124.6)]
    // The first is served as well by either but for a stretcher the second needs, and only one vehicle has one.
    const routine = await givenCall({ urgency: 'routine', needs: { equipment: ['ecmo'] } })
    const first = await givenCall({ urgency: 'urgent' })
    const second = await givenCall({ urgency: 'urgent', needs: { equipment: ['stretcher'] } })
    const { body } = await get(dispatcher, '/dispatch-plan')
    expect(body.items.at(-1).missionId, 'the most urgent first').toBe(routine.id)
    await move(gp, routine.id, 'cancel', { reason: 'noLongerNeeded' })
    const chosen = (id: string) =>
      body.items.find((item: { missionId: string }) => item.missionId === id)?.vehicleId
    expect([chosen(first.id), chosen(second.id)]).toEqual([across.id, atDoor.id])
    expect(body.weighted).toBeLessThanOrEqual(body.greedyWeighted)
    expect((await read(gp, first.id)).status).toBe('called')
    await park(atDoor, across)
  })

  test('of two desks that send one vehicle at the same moment, one gets it', async () => {
    const vehicle = await givenVehicle()
    const calls = [await givenCall(), await givenCall()]
    const answers = await Promise.all(calls.map(({ id }) => send(id, vehicle)))
    expect(answers.map((one) => one.status).toSorted()).toEqual([200, 409])
  })
})

describe('isolated patients', () => {
  test('ride in a vehicle kept for them, which carries nobody before terminal disinfection', async () => {
    const van = await givenVehicle({ kind: 'isolationVehicle' })
    const suspected = { kind: 'isolation', needs: { isolation: 'suspected' } }
    const { id } = await givenCall(suspected)
    await send(id, van)
    for (const verb of ['depart', 'reach', 'leave', 'arrive']) await move(crew, id, verb)
    await move(crew, id, 'hand-over', { signerName: '老周' })
    await move(nurse, id, 'hand-over', { signerName: '护士长' })
    const other = await givenCall({ kind: 'isolation', needs: { isolation: 'confirmed' } })
    expect((await send(other.id, van)).code).toBe('dispatch.unsuitable-vehicle-disinfecting')
    expect((await move(crew, id, 'make-ready')).code).toBe('dispatch.disinfect-first')
    expect((await move(crew, id, 'make-ready', { disinfection: '过氧化氢雾化' })).status).toBe(200)
    expect((await send(other.id, van)).status).toBe(200)
  })
})

describe('a helicopter', () => {
  test('flies only between landing sites and after a person said go, with the reason kept', async () => {
    const pilot = { role: 'pilot', name: '高翔', practitionerId: null }
    const helicopter = await givenVehicle({
      kind: 'helicopter',
      speedKmh: 230,
      startMinutes: 10,
      crew: [pilot],
    })
    const { id } = await givenCall({ urgency: 'emergency', needs: { byAir: true } })
    expect((await send(id, helicopter)).code).toBe('dispatch.unsuitable-no-landing-from')
    const site = { name: '操场', longitude: 124.6, latitude: 30.3, atNight: false }
    const across = await givenStaff(world, community.id, ['dispatcher'])
    await post(across, '/landing-sites', site)
    await post(dispatcher, '/landing-sites', { ...site, name: '楼顶', longitude: 124.5 })
    expect((await send(id, helicopter)).code).toBe('dispatch.unsuitable-no-flight-release')
    const weather = { weather: '能见度 8 公里', contraindications: '无' }
    await move(dispatcher, id, 'flight', { go: false, reason: '雷暴', ...weather })
    expect((await send(id, helicopter)).code).toBe('dispatch.unsuitable-flight-refused')
    const limits = { minVisibilityM: 2000, maxWindMs: 12 }
    await post(dispatcher, '/landing-sites', { ...site, name: '楼顶', longitude: 124.5, ...limits })
    const go = (more: object) =>
      move(dispatcher, id, 'flight', { go: true, reason: '天气转好', ...weather, ...more })
    expect((await go({ windMs: 5 })).code).toBe('dispatch.weather-unread')
    expect((await go({ windMs: 5, visibilityM: 1500 })).code).toBe('dispatch.too-little-visibility')
    expect((await go({ windMs: 14, visibilityM: 8000 })).code).toBe('dispatch.too-much-wind')
    expect((await go({ windMs: 5, visibilityM: 8000 })).status).toBe(200)
    expect((await send(id, helicopter)).status).toBe(200)
    const shown = await read(gp, id)
    expect([shown.flight?.go, shown.flight?.reason]).toEqual([true, '天气转好'])
    expect(shown.steps.map((step) => step.move)).toEqual(['call', 'flightNoGo', 'flightGo', 'dispatch'])
  })
})
