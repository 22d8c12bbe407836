import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import {
  asking,
  givenAgreement,
  givenAlliance,
  givenInstitution,
  givenOffice,
  passDays,
} from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { dayAfter, dayOf } from '../../kernel/day.ts'

let world: Region
let { get, post } = {} as ReturnType<typeof asking>
beforeAll(async () => {
  world = await region()
  ;({ get, post } = asking(world))
})
afterAll(() => world.close())

const today = () => dayOf(world.world.now())
const inDays = (n: number) => dayAfter(today(), n)

const facts = {
  name: '松岭康复医院',
  shortName: '松岭康复',
  kind: 'rehabHospital',
  tier: 'secondary',
  hospitalGrade: null,
  creditCode: null,
  divisionCode: null,
  longitude: null,
  latitude: null,
  address: null,
  phone: null,
} as const

describe('alliances', () => {
  const words = { name: '城市医疗集团', shortName: '城医集团', charter: null, specialty: null }
  const member = (institutionId: string, more: object = {}) => ({
    institutionId,
    role: 'member',
    layer: 'inCity',
    grade: 'tight',
    since: today(),
    until: null,
    ...more,
  })

  test('who founds an alliance leads it; only the lead takes members in', async () => {
    const [lead, other, clinic] = [
      await givenOffice(world),
      await givenOffice(world),
      await givenInstitution(world),
    ]
    const founded = await post(lead, '/alliances', { ...words, form: 'cityAlliance', since: today() })
    expect(founded.status).toBe(200)
    const { body } = await get(other, `/alliances/${founded.body.id}`)
    expect([body.leadId, body.members, body.mayManage, body.belongs]).toEqual([lead.id, 1, false, false])
    expect(body.serviceRules).toContainEqual({
      grade: 'loose',
      service: 'consult',
      since: '2020-08-01',
      until: null,
    })
    const url = `/alliances/${founded.body.id}/members`
    expect((await post(other, url, member(clinic.id))).code).toBe('network.only-the-lead-manages')
    expect((await post(lead, url, member(clinic.id))).status).toBe(200)
    expect((await post(lead, url, member(clinic.id))).code).toBe('network.member-already')
    const list = await get(lead, url)
    expect(list.body.items.map((m: { role: string }) => m.role)).toEqual(['lead', 'member'])
  })

  test('an institution is tight in one city alliance or county community at a time, but in several specialty alliances', async () => {
    const [a, b, clinic] = [await givenOffice(world), await givenOffice(world), await givenInstitution(world)]
    await givenAlliance(world, a.id, { form: 'cityAlliance', members: [clinic.id] })
    const county = await givenAlliance(world, b.id, { form: 'countyCommunity' })
    const specialty = await givenAlliance(world, b.id, { form: 'specialtyAlliance' })
    const refused = await post(b, `/alliances/${county.id}/members`, member(clinic.id))
    expect([refused.status, refused.code]).toEqual([409, 'network.tight-elsewhere'])
    expect(
      (await post(b, `/alliances/${county.id}/members`, member(clinic.id, { grade: 'loose' }))).status,
    ).toBe(200)
    expect((await post(b, `/alliances/${specialty.id}/members`, member(clinic.id))).status).toBe(200)
    expect((await get(a, `/institutions/${clinic.id}`)).body.alliances).toHaveLength(3)
  })

  test('2099, an end before the start and a stale version are each refused, and nothing changes', async () => {
    const [lead, clinic] = [await givenOffice(world), await givenInstitution(world)]
    const { id } = await givenAlliance(world, lead.id)
    const url = `/alliances/${id}/members`
    const codeOf = async (more: object) => (await post(lead, url, member(clinic.id, more))).code
    expect(await codeOf({ since: '2099-01-01' })).toBe('network.starts-too-far-ahead')
    expect(await codeOf({ until: '2099-01-01' })).toBe('network.ends-too-far-ahead')
    expect(await codeOf({ until: inDays(-1) })).toBe('network.ends-before-it-starts')
    expect((await get(lead, url)).body.total).toBe(1)
    const change = { name: '新名', shortName: '新名', charter: '章程', version: 9 }
    const stale = await post(lead, `/alliances/${id}/change`, change)
    expect([stale.status, stale.code]).toEqual([409, 'network.stale'])
    expect((await post(lead, `/alliances/${id}/change`, { ...change, version: 1 })).body.version).toBe(2)
  })

  test('a grade changes from a day on, and the days before keep theirs', async () => {
    const [lead, clinic] = [await givenOffice(world), await givenInstitution(world)]
    const { id } = await givenAlliance(world, lead.id, { members: [clinic.id] })
    const url = `/alliances/${id}/members`
    const before = (await get(lead, url)).body.items[1]
    const change = {
      role: 'member',
      layer: 'outOfCity',
      grade: 'loose',
      since: inDays(10),
      until: null,
      version: 1,
    }
    expect(
      (await post(lead, `/memberships/${before.id}/change`, { ...change, since: inDays(-10) })).code,
    ).toBe('network.past-stays')
    expect((await post(lead, `/memberships/${before.id}/change`, change)).status).toBe(200)
    const gradeOn = async (on: string) => (await get(lead, `${url}?on=${on}`)).body.items[1].grade
    expect([await gradeOn(inDays(9)), await gradeOn(inDays(10))]).toEqual(['tight', 'loose'])
    expect((await get(lead, `${url}?all=true`)).body.total).toBe(3)
  })

  test('there is exactly one lead on every day, also when the lead is handed over', async () => {
    const [old, next] = [await givenOffice(world), await givenOffice(world)]
    const { id } = await givenAlliance(world, old.id, { members: [next.id] })
    const url = `/alliances/${id}`
    const leadship = (await get(old, `${url}/members`)).body.items[0]
    const end = { until: inDays(5), version: 1 }
    expect((await post(old, `/memberships/${leadship.id}/end`, end)).code).toBe('network.hand-the-lead-first')
    const hand = { institutionId: next.id, since: inDays(3), version: 1 }
    expect((await post(next, `${url}/lead`, hand)).code).toBe('network.only-the-lead-manages')
    const stranger = await givenInstitution(world)
    expect((await post(old, `${url}/lead`, { ...hand, institutionId: stranger.id })).code).toBe(
      'network.party-not-member',
    )
    expect((await post(old, `${url}/lead`, hand)).status).toBe(200)
    const leadsOn = async (on: string) =>
      (await get(old, `${url}/members?on=${on}`)).body.items
        .filter((m: { role: string }) => m.role === 'lead')
        .map((m: { institutionId: string }) => m.institutionId)
    expect([await leadsOn(inDays(2)), await leadsOn(inDays(3))]).toEqual([[old.id], [next.id]])
    const now = new Date()
    await passDays(world, 4, old, next)
    expect((await get(next, url)).body.mayManage).toBe(true)
    expect((await get(old, url)).body.mayManage).toBe(false)
    await world.setNow(now)
  })

  test('a membership does not end while an agreement binds it', async () => {
    const [lead, clinic] = [await givenOffice(world), await givenInstitution(world)]
    const { allianceId } = await givenAgreement(world, [lead.id, clinic.id])
    const membership = (await get(lead, `/alliances/${allianceId}/members`)).body.items[1]
    const end = { until: inDays(5), version: 1 }
    expect((await post(lead, `/memberships/${membership.id}/end`, end)).code).toBe(
      'network.bound-by-agreement',
    )
    const later = await post(lead, `/memberships/${membership.id}/end`, { ...end, until: inDays(365) })
    expect(later.body.until).toBe(inDays(365))
  })

  test('institutions, places and memberships are shown as FHIR', async () => {
    const lead = await givenOffice(world)
    const added = await post(lead, '/institutions', {
      ...facts,
      code: 'FHIR1',
      longitude: 124.1,
      latitude: 30.1,
    })
    const { id } = await givenAlliance(world, lead.id)
    const joined = await post(lead, `/alliances/${id}/members`, member(added.body.id))
    const rows = await world.sql(
      'select type, content from kernel.resource where id = any ($1) order by type',
      [[added.body.id, joined.body.id]],
    )
    const shown = Object.fromEntries(rows.map((row) => [row.type, JSON.parse(row.content as string)]))
    expect(shown.Organization.name).toBe(facts.name)
    expect(shown.Location.position).toEqual({ longitude: 124.1, latitude: 30.1 })
    expect(shown.OrganizationAffiliation.participatingOrganization.reference).toBe(
      `Organization/${added.body.id}`,
    )
    const nurse = await givenStaff(world, lead.id, ['nurse'])
    expect((await post(nurse, '/institutions', { ...facts, code: 'NO' })).status).toBe(403)
  })
})
