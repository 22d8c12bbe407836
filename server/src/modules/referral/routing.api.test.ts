import type { Ranking } from '@tongmai/api/referral/routing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import { asking, givenAgreement, givenDepartment, givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { givenRoad } from '../../../test/given-road.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { type Region, region } from '../../../test/world.ts'
import { referral } from './index.ts'

let world: Region
let { get, post } = {} as ReturnType<typeof asking>
let gp: Awaited<ReturnType<typeof givenStaff>>
let head: Awaited<ReturnType<typeof givenStaff>>
let residentId: string
const near = { id: '', department: '' }
const far = { id: '', department: '' }
const bare = { id: '', department: '' }

/** A community; a near and a far hospital with cardiologists and an agreement; one without a licensed doctor. */
beforeAll(async () => {
  world = await region()
  ;({ get, post } = asking(world))
  const community = await givenInstitution(world, { kind: 'communityCentre', tier: 'primary' })
  await place(community.id, 124.5)
  for (const [hospital, longitude] of [
    [near, 124.51],
    [far, 124.6],
    [bare, 124.5],
  ] as const) {
    hospital.id = (await givenInstitution(world)).id
    hospital.department = (await givenDepartment(world, hospital.id)).id
    await place(hospital.id, longitude)
    if (hospital !== bare)
      await givenPractitioner(world, hospital.id, {
        sites: [
          {
            institutionId: hospital.id,
            departmentId: hospital.department,
            primary: true,
            since: '2020-01-01',
          },
        ],
      })
  }
  await givenRoad(world, [124.5, 30.3], [124.6, 30.3], 40)
  await givenAgreement(world, [near.id, community.id, far.id, bare.id])
  const doctor = await givenPractitioner(world, community.id)
  gp = await givenStaff(world, community.id, ['gp'], { practitioner: doctor.id })
  head = await givenStaff(world, community.id, ['office-head'])
  residentId = (await givenResident(world, community.id)).id
  referral.heard?.({ name: 'network.department-changed', thing: 'department' })
})
afterAll(() => world.close())

const place = (id: string, longitude: number) =>
  world.sql('update network.institution set longitude = $2, latitude = 30.3 where id = $1', [id, longitude])
const rank = async (more = ''): Promise<Ranking> =>
  (await get(gp, `/referral-destinations?residentId=${residentId}&specialty=cardiology${more}`)).body
const offered = (ranking: Ranking) => ranking.offered.map((one) => one.institutionId)

describe('destinations', () => {
  test('are ranked with what speaks for each, and who is left out has its reasons', async () => {
    const ranking = await rank()
    expect(offered(ranking)).toEqual([near.id, far.id])
    expect(ranking.offered[1]?.minutes).toBe(40)
    expect(ranking.offered[0]?.parts.map(({ code }) => code)).toEqual([
      'travel',
      'wait',
      'cost',
      'contract',
      'load',
      'freshness',
    ])
    expect(ranking.excluded.map(({ institutionId, why }) => [institutionId, why])).toEqual([
      [bare.id, ['no-licensed-doctor']],
    ])
  })

  test('follow a department that closes at once, and an agreement that is missing shuts out but for an emergency', async () => {
    await world.sql("update network.department set closed_on = '2020-01-01' where id = $1", [near.department])
    referral.heard?.({ name: 'network.department-changed', thing: 'department' })
    expect(offered(await rank())).toEqual([far.id])
    await world.sql('update network.department set closed_on = null where id = $1', [near.department])
    referral.heard?.({ name: 'network.department-changed', thing: 'department' })
    const [row] = await world.sql<{ until: Date }>('select max(until) as until from network.cooperation')
    await world.sql('update network.cooperation set until = since')
    referral.heard?.({ name: 'network.agreement-ended', thing: 'agreement' })
    expect((await rank()).offered).toEqual([])
    expect(offered(await rank('&urgency=emergency'))).toEqual([near.id, far.id])
    await world.sql('update network.cooperation set until = $1', [row?.until])
    referral.heard?.({ name: 'network.agreement-in-force', thing: 'agreement' })
  })

  test('see what a schedule has laid as soon as it is told, and who answers for a patient changes nothing', async () => {
    const nextOf = async (id: string) =>
      (await rank()).offered.find((one) => one.institutionId === id)?.nextAt ?? null
    expect(await nextOf(near.id)).toBe(null)
    const chief = await givenStaff(world, near.id, ['office-head'])
    const laid = await post(chief, '/schedules', {
      ...{ kind: 'clinic', departmentId: near.department, practitionerId: null, name: '专家门诊', room: '' },
      ...{ slotMinutes: 30, seatsPerSlot: 1, since: '2020-01-01', quotas: [] },
      sessions: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '08:00', to: '10:00' })),
    })
    expect(laid.status, JSON.stringify(laid.body)).toBe(200)
    const told = await world.sql<{ thing: string }>(
      "select thing from kernel.event where name = 'capacity.place-changed' and institution_id = $1",
      [near.id],
    )
    expect(told.map(({ thing }) => thing)).toEqual([`department:${near.department}`])
    referral.heard?.({ name: 'workforce.responsible-assigned', thing: `resident:${residentId}` })
    expect(await nextOf(near.id)).toBe(null)
    referral.heard?.({ name: 'capacity.place-changed', thing: `department:${near.department}` })
    expect(await nextOf(near.id)).not.toBe(null)
  })

  test('are weighed as the office says, version by version', async () => {
    const only = { travel: 0, wait: 0, cost: 0, contract: 100, load: 0, freshness: 0, note: '只看签约' }
    expect((await post(gp, '/routing-weights', only)).status).toBe(403)
    const set = await post(head, '/routing-weights', only)
    expect(set.status).toBe(200)
    const ranking = await rank()
    expect([ranking.weightId, ranking.offered.map((one) => one.score)]).toEqual([set.body.id, [0, 0]])
    const { now, before } = (await get(head, '/routing-weights')).body
    expect([now.contract, before.length]).toEqual([100, 0])
  })
})

describe('the doctor’s choice', () => {
  test('against the advice is allowed, and kept with its reason beside what was advised', async () => {
    const form = { reason: '胸闷', firstImpression: '', diagnosis: { code: 'I20.0', text: '不稳定型心绞痛' } }
    const written = await post(gp, '/referrals', {
      ...{ residentId, direction: 'up', toInstitutionId: far.id, toDepartmentId: far.department, form },
    })
    expect(written.status, JSON.stringify(written.body)).toBe(200)
    const url = `/referrals/${written.body.id}/routing`
    const kept = await post(gp, url, { specialty: 'cardiology', reason: '患者在此复诊' })
    expect([kept.status, kept.body.rank, kept.body.reason]).toEqual([200, 2, '患者在此复诊'])
    const stranger = await givenStaff(world, (await givenInstitution(world)).id, ['gp'])
    expect((await get(stranger, url)).status).toBe(404)
    const change = { direction: 'up', toInstitutionId: bare.id, form, version: written.body.version }
    expect((await post(gp, `/referrals/${written.body.id}`, change)).status).toBe(200)
    await post(gp, url, { specialty: 'cardiology' })
    const [last, first] = (await get(gp, url)).body
    expect([last.rank, last.why, first.rank]).toEqual([null, ['no-licensed-doctor'], 2])
  })
})
