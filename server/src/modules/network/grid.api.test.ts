import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import {
  asking,
  givenAlliance,
  givenDepartment,
  givenDivisions,
  givenInstitution,
  givenOffice,
} from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { dayAfter, dayOf } from '../../kernel/day.ts'
import { gridOf } from './index.ts'

let world: Region
let { get, post } = {} as ReturnType<typeof asking>
const units = ['990102001', '990102002', '990102003', '990121100', '990121101']
beforeAll(async () => {
  world = await region()
  ;({ get, post } = asking(world))
  await givenDivisions(world, units)
})
afterAll(() => world.close())

const inDays = (n: number) => dayAfter(dayOf(world.world.now()), n)
const colour = '#5B8FB9'

describe('the grid layout', () => {
  test('every unit lies in exactly one cell: gaps and overlaps are found, and the older claim holds', async () => {
    const [city, county] = [await givenOffice(world), await givenOffice(world)]
    const a = await givenAlliance(world, city.id, { form: 'cityAlliance' })
    const b = await givenAlliance(world, county.id, { form: 'countyCommunity' })
    const lay = (who: typeof city, code: string, allianceId: string, divisions: string[]) =>
      post(who, '/grids', { code, name: code, colour, allianceId, divisions })
    const first = await lay(city, 'G1', a.id, ['990102001', '990102002'])
    expect(first.status).toBe(200)
    expect((await lay(city, 'G2', b.id, ['990121'])).code).toBe('network.only-the-lead-manages')
    expect((await lay(city, 'G1', a.id, [])).code).toBe('network.grid-code-taken')
    expect((await lay(city, 'G3', a.id, ['110101'])).code).toBe('network.division-not-in-region')
    const second = await lay(county, 'G2', b.id, ['990121', '990102002'])
    expect(second.body.divisions).toEqual(['990102002', '990121100', '990121101'])
    const { body } = await get(city, '/grid-layout')
    expect(body.gaps).toEqual(['990102003'])
    expect(body.overlaps).toEqual([
      { division: '990102002', grids: [first.body.id, second.body.id], sameForm: false },
    ])
    const cellOf = (code: string) => world.system(async (ctx) => (await gridOf(ctx, code))?.code)
    expect(
      await Promise.all(['990102001', '990102002', '990121100207', '990121', '990102003'].map(cellOf)),
    ).toEqual(['G1', 'G1', 'G2', 'G2', undefined])
    const url = `/grids/${second.body.id}`
    const settled = { name: '青屏', colour, divisions: ['990121'], version: 1 }
    expect((await post(county, `${url}/change`, { ...settled, version: 7 })).code).toBe('network.stale')
    expect((await post(city, `${url}/change`, settled)).code).toBe('network.only-the-lead-manages')
    expect((await post(county, `${url}/change`, settled)).body.version).toBe(2)
    expect((await get(city, '/grid-layout')).body.overlaps).toEqual([])
    expect((await get(city, '/grid-of?divisionCode=990102003')).code).toBe('network.in-no-grid')
    expect((await get(city, '/grid-of?divisionCode=990121100')).body.grid.code).toBe('G2')
    const gone = await post(city, `/grids/${first.body.id}/dissolve`, { version: 1 })
    expect(gone.status).toBe(200)
    expect((await get(city, `/grids/${first.body.id}`)).status).toBe(404)
    expect((await get(city, '/grid-layout')).body.gaps).toHaveLength(3)
  })

  test('a grid page names the institutions in it; a specialty alliance has no grids', async () => {
    const lead = await givenOffice(world)
    const centre = await givenInstitution(world, {
      kind: 'communityCentre',
      tier: 'primary',
      divisionCode: '990102003',
    })
    const alliance = await givenAlliance(world, lead.id, { form: 'cityAlliance' })
    const grid = await post(lead, '/grids', {
      code: 'G9',
      name: 'G9',
      colour,
      allianceId: alliance.id,
      divisions: ['990102003'],
    })
    const page = await get(lead, `/grids/${grid.body.id}`)
    expect(page.body.institutions.map((i: { id: string }) => i.id)).toEqual([centre.id])
    expect([page.body.population, page.body.mayChange]).toEqual([1000, true])
    const specialty = await givenAlliance(world, lead.id, { form: 'specialtyAlliance' })
    const refused = await post(lead, '/grids', {
      code: 'GX',
      name: 'x',
      colour,
      allianceId: specialty.id,
      divisions: [],
    })
    expect(refused.code).toBe('network.form-without-grids')
  })

  test('real boundaries are taken in as GeoJSON, twice without harm', async () => {
    const { id } = await givenInstitution(world)
    const it = await givenStaff(world, id, ['it'])
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ]
    const feature = (code: string, parentCode: string | null) => ({
      type: 'Feature',
      id: code,
      properties: { code, name: code, level: 'township', parentCode, inRegion: false, population: null },
      geometry: { type: 'Polygon', coordinates: [ring] },
    })
    const taken = { features: [feature('980101001', null), feature('980101002', null)] }
    expect((await post(it, '/divisions', taken)).body).toEqual({ taken: 2 })
    expect((await post(it, '/divisions', taken)).status).toBe(200)
    expect((await post(it, '/divisions', { features: [feature('980101003', '980109')] })).code).toBe(
      'network.division-unknown',
    )
    expect((await post(it, '/divisions', { features: [feature('98x', null)] })).status).toBe(400)
    const map = await get(it, '/map')
    expect([map.body.type, map.body.features]).toEqual(['FeatureCollection', []])
    expect((await get(it, '/divisions?parentCode=990102')).body.total).toBe(3)
  })
})

describe('governance', () => {
  const resolution = (number: string, duties: object[]) => ({
    number,
    title: '关于包片的决议',
    text: '各科包片。',
    votesFor: 9,
    votesAgainst: 1,
    votesAbstained: 0,
    adoptedOn: inDays(0),
    duties,
  })

  test('a resolution gives duties down to department and person; each stands on a work-list until it is reported', async () => {
    const [lead, member, stranger] = [
      await givenOffice(world),
      await givenOffice(world),
      await givenOffice(world),
    ]
    const { id } = await givenAlliance(world, lead.id, { members: [member.id] })
    const department = await givenDepartment(world, member.id)
    const url = `/alliances/${id}/resolutions`
    const duty = {
      title: '提供诊室',
      institutionId: member.id,
      departmentId: department.id,
      personName: '黎静',
      due: inDays(9),
    }
    expect((await post(lead, url, { ...resolution('1', []), votesFor: 1 })).code).toBe('network.not-carried')
    expect((await post(lead, url, resolution('1', [{ ...duty, due: '2099-01-01' }]))).code).toBe(
      'network.ends-too-far-ahead',
    )
    expect((await post(lead, url, resolution('1', [{ ...duty, institutionId: stranger.id }]))).code).toBe(
      'network.party-not-member',
    )
    expect((await post(member, url, resolution('1', []))).code).toBe('network.only-the-lead-manages')
    expect((await post(lead, url, resolution('1', [duty]))).status).toBe(200)
    expect((await post(lead, url, resolution('1', []))).code).toBe('network.resolution-number-taken')
    expect((await get(member, url)).body.items[0]).toMatchObject({ number: '1', duties: 1, dutiesDone: 0 })
    expect((await get(stranger, url)).body.items).toEqual([])
    const [open] = (await get(member, `/duties?allianceId=${id}`)).body.items
    expect(open).toMatchObject({ departmentName: '心血管内科', personName: '黎静', mayReport: true })
    const cases = () =>
      world.sql('select duty, step from kernel."case" where thing = $1 and closed_at is null', [
        `duty:${open.id}`,
      ])
    expect(await cases()).toEqual([{ duty: 'office.head', step: 'report' }])
    const report = { evidence: '诊室已启用', version: 1 }
    expect((await post(lead, `/duties/${open.id}/report`, report)).code).toBe('network.not-your-institution')
    expect((await post(stranger, `/duties/${open.id}/report`, report)).status).toBe(404)
    expect((await post(member, `/duties/${open.id}/report`, report)).body.evidence).toBe('诊室已启用')
    expect((await post(member, `/duties/${open.id}/report`, report)).code).toBe(
      'network.duty-reported-already',
    )
    expect(await cases()).toEqual([])
    expect((await get(lead, `/duties?allianceId=${id}&done=true`)).body.total).toBe(1)
  })

  test('which department and person answers for which community is published, by day, with its evidence', async () => {
    const [lead, centre, stranger] = [
      await givenOffice(world),
      await givenInstitution(world),
      await givenOffice(world),
    ]
    const { id } = await givenAlliance(world, lead.id, { form: 'cityAlliance', members: [centre.id] })
    const department = await givenDepartment(world, lead.id)
    const area = {
      allianceId: id,
      departmentId: department.id,
      practitionerId: null,
      personName: '陈立衡',
      personPhone: null,
      communityId: centre.id,
      divisionCode: '990102001',
      task: '每周出诊一次',
      since: inDays(0),
      until: null,
    }
    expect((await post(lead, '/area-duties', { ...area, communityId: null, divisionCode: null })).code).toBe(
      'network.community-or-division',
    )
    expect((await post(lead, '/area-duties', { ...area, since: '2099-01-01' })).code).toBe(
      'network.starts-too-far-ahead',
    )
    expect((await post(stranger, '/area-duties', area)).code).toBe('network.party-not-member')
    const assigned = await post(lead, '/area-duties', area)
    expect(assigned.status).toBe(200)
    const url = `/area-duties/${assigned.body.id}`
    const [line] = (await get(stranger, `/area-duties?communityId=${centre.id}`)).body.items
    expect(line).toMatchObject({
      departmentName: '心血管内科',
      personName: '陈立衡',
      communityName: centre.name,
      mayChange: false,
    })
    expect((await post(stranger, `${url}/evidence`, { evidence: 'x', version: 1 })).code).toBe(
      'network.not-your-institution',
    )
    expect((await post(lead, `${url}/evidence`, { evidence: '出诊 18 次', version: 1 })).body.version).toBe(2)
    expect((await post(lead, `${url}/end`, { until: inDays(-3), version: 2 })).code).toBe(
      'network.ends-before-it-starts',
    )
    expect((await post(lead, `${url}/end`, { until: inDays(3), version: 2 })).status).toBe(200)
    const on = async (day: string) =>
      (await get(lead, `/area-duties?departmentId=${department.id}&on=${day}`)).body.total
    expect([await on(inDays(3)), await on(inDays(4))]).toEqual([1, 0])
  })
})
