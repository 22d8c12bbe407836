import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  asking,
  givenAlliance,
  givenDepartment,
  givenInstitution,
  givenOffice,
} from '../../../test/given-network.ts'
import { storedProblems } from '../../../test/stored-problems.ts'
import { type Region, region } from '../../../test/world.ts'
import { dayOf } from '../../kernel/day.ts'
import { allRebuilds } from '../../kernel/resource/owner.ts'
import { addExternalInstitution, findInstitution, findInstitutionByCode, requireDepartment } from './index.ts'

let world: Region
let { get, post } = {} as ReturnType<typeof asking>
beforeAll(async () => {
  world = await region()
  ;({ get, post } = asking(world))
})
afterAll(() => world.close())

const today = () => dayOf(world.world.now())

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

describe('the directory', () => {
  test('an institution is found by part of its name, by pinyin, initials, kind, tier and alliance', async () => {
    const lead = await givenOffice(world, { name: '云泽市第一人民医院' })
    const other = await givenInstitution(world, {
      name: '青屏县人民医院',
      kind: 'countyHospital',
      tier: 'secondary',
    })
    const alliance = await givenAlliance(world, lead.id, { members: [other.id] })
    const found = async (query: string) => {
      const { body } = await get(lead, `/institutions?limit=200&${query}`)
      return (body.items as { id: string }[]).map((item) => item.id)
    }
    for (const q of ['第一人民', 'yunze', 'YZSD', lead.code]) {
      expect(await found(`q=${encodeURIComponent(q)}`), q).toContain(lead.id)
    }
    expect(await found(`q=${encodeURIComponent('第一人民')}`)).not.toContain(other.id)
    expect(await found(`q=qpx&kind=countyHospital&tier=secondary`)).toEqual([other.id])
    expect(new Set(await found(`allianceId=${alliance.id}`))).toEqual(new Set([lead.id, other.id]))
    const csv = await get(lead, '/institutions/export?q=qpx')
    expect(csv.body).toMatch(/^\ufeff编码,名称/)
    expect(csv.body).toContain('青屏县人民医院')
  })

  test('a wrong check character, half a position and an unknown division are each refused by name', async () => {
    const office = await givenOffice(world)
    const right = '91350100M000100Y43'
    const wrong = await post(office, '/institutions', {
      ...facts,
      code: 'SLKF',
      creditCode: '91350100M000100Y44',
    })
    expect([wrong.status, wrong.code, wrong.body.fields[0].path]).toEqual([
      422,
      'network.credit-code-wrong',
      'creditCode',
    ])
    expect((await post(office, '/institutions', { ...facts, code: 'SLKF', longitude: 124 })).code).toBe(
      'network.half-a-position',
    )
    expect(
      (await post(office, '/institutions', { ...facts, code: 'SLKF', divisionCode: '999999' })).code,
    ).toBe('network.division-unknown')
    expect((await post(office, '/institutions', { ...facts, code: 'SLKF', kind: 'external' })).code).toBe(
      'network.external-comes-from-outside',
    )
    const added = await post(office, '/institutions', { ...facts, code: 'SLKF', creditCode: right })
    expect(added.status).toBe(200)
    expect((await post(office, '/institutions', { ...facts, code: 'SLKF' })).code).toBe(
      'network.institution-code-taken',
    )
    expect((await post(office, '/institutions', { ...facts, code: 'SLK2', creditCode: right })).code).toBe(
      'network.credit-code-taken',
    )
  })

  test('an administrator changes the own institution only, and never over a newer version', async () => {
    const [a, b] = [await givenOffice(world), await givenOffice(world)]
    const url = `/institutions/${a.id}/change`
    const changed = await post(a, url, { ...facts, name: '改名医院', version: 1 })
    expect([changed.status, changed.body.version]).toEqual([200, 2])
    expect((await post(a, url, { ...facts, version: 1 })).code).toBe('network.stale')
    expect((await post(b, url, { ...facts, version: 2 })).code).toBe('network.not-your-institution')
    expect(
      (await post(a, `/institutions/${world.world.publicUrl.length}/change`, { ...facts, version: 1 }))
        .status,
    ).toBe(404)
    expect((await get(a, `/institutions?q=gmyy`)).body.items[0].id).toBe(a.id)
    const page = await get(b, `/institutions/${a.id}`)
    expect([page.body.name, page.body.mayChange]).toEqual(['改名医院', false])
  })

  test('a department is opened, changed and closed by its own institution; closed ones take no more patients', async () => {
    const [a, b] = [await givenOffice(world), await givenOffice(world)]
    const words = { code: 'CARD', name: '心血管内科', specialty: 'cardiology', phone: null }
    const opened = await post(a, `/institutions/${a.id}/departments`, words)
    expect(opened.status).toBe(200)
    expect((await post(a, `/institutions/${a.id}/departments`, words)).code).toBe(
      'network.department-code-taken',
    )
    expect((await post(b, `/institutions/${a.id}/departments`, words)).code).toBe(
      'network.not-your-institution',
    )
    const url = `/departments/${opened.body.id}`
    expect((await post(b, `${url}/close`, { version: 1 })).code).toBe('network.not-your-institution')
    const changed = await post(a, `${url}/change`, {
      name: '心内科',
      specialty: 'cardiology',
      phone: '120',
      version: 1,
    })
    expect(changed.body.name).toBe('心内科')
    expect((await post(a, `${url}/close`, { version: 1 })).code).toBe('network.stale')
    await world.system((ctx) => requireDepartment(ctx, a.id, opened.body.id))
    expect((await post(a, `${url}/close`, { version: 2 })).body.closedOn).toBe(today())
    await expect(world.system((ctx) => requireDepartment(ctx, a.id, opened.body.id))).rejects.toThrow(
      'network.department-closed',
    )
    await expect(world.system((ctx) => requireDepartment(ctx, b.id, opened.body.id))).rejects.toThrow(
      'network.department-missing',
    )
    expect((await get(b, `/departments?institutionId=${a.id}`)).body.items).toEqual([])
  })

  test('later modules read names through the published views', async () => {
    const { id } = await givenInstitution(world, { name: '名册医院' })
    const department = await givenDepartment(world, id)
    const [row] = await world.sql(
      'select n.short_name, d.name from network.name n join network.department_name d on d.institution_id = n.id where d.id = $1',
      [department.id],
    )
    expect(row).toEqual({ short_name: '名册医院', name: '心血管内科' })
    expect((await world.system((ctx) => findInstitution(ctx, id))).name).toBe('名册医院')
    await expect(world.system((ctx) => findInstitution(ctx, department.id))).rejects.toThrow(
      'network.institution-missing',
    )
  })
})

describe('institutions from elsewhere', () => {
  const met = {
    name: 'PCP8367',
    identifier: { system: 'https://example.org', value: '42' },
    source: 'bundle-1',
  }

  test('an Organization met in many files is one, readable, and never a member', async () => {
    const lead = await givenOffice(world)
    const alliance = await givenAlliance(world, lead.id)
    const first = await world.system((ctx) => addExternalInstitution(ctx, met))
    const again = await world.system((ctx) => addExternalInstitution(ctx, { ...met, source: 'bundle-2' }))
    const stored = () =>
      world.sql<{ name: string; identifier: object }>(
        `select content::json ->> 'name' as name, content::json -> 'identifier' as identifier from kernel.resource where type = 'Organization' and id = $1`,
        [first.id],
      )
    const shown = await stored()
    await world.sql(
      `update kernel.resource set content = replace(content, '"name":', '"alias":["old"],"name":') where type = 'Organization' and id = $1`,
      [first.id],
    )
    const rebuild = allRebuilds().find(({ name }) => name === 'network.institution')
    await world.system(async (ctx) => rebuild?.run(ctx, null, 1_000))
    expect([await stored(), JSON.stringify(await stored()).includes('old')]).toEqual([shown, false])
    expect(again.id).toBe(first.id)
    expect((await get(lead, `/institutions/${first.id}`)).body.external).toBe(true)
    expect((await get(lead, '/institutions?q=PCP8367')).body.items).toEqual([])
    expect((await get(lead, '/institutions?q=PCP8367&external=true')).body.total).toBe(1)
    const join = {
      institutionId: first.id,
      role: 'member',
      layer: 'inCity',
      grade: 'loose',
      since: today(),
      until: null,
    }
    const refused = await post(lead, `/alliances/${alliance.id}/members`, join)
    expect([refused.status, refused.code]).toEqual([409, 'network.external-is-never-member'])
  })

  test('an identifier of our own names our own institution', async () => {
    const own = await givenInstitution(world, { code: 'OWN1' })
    const identifier = { system: 'urn:tongmai:institution-code', value: 'OWN1' }
    expect((await world.system((ctx) => addExternalInstitution(ctx, { ...met, identifier }))).id).toBe(own.id)
    expect((await world.system((ctx) => findInstitutionByCode(ctx, 'OWN1')))?.id).toBe(own.id)
  })
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(world)).toEqual([])
})
