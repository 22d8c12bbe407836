import type { Found } from '@tongmai/api/resident/person'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  givenClient,
  givenResidentAccount,
  givenStaff,
  type Signed,
  type Staff,
} from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { whose } from '../../kernel/resource/whose.ts'

let world: Region
let centre: string
let gp: Staff
let stranger: Staff

beforeAll(async () => {
  world = await region()
  centre = (await givenInstitution(world)).id
  gp = await givenStaff(world, centre, ['gp'])
  stranger = await givenStaff(world, (await givenInstitution(world)).id, ['gp'])
})
afterAll(() => world.close())

async function search(who: Pick<Signed, 'headers'>, by: object) {
  const answer = await world.app.inject({
    ...{ method: 'POST', url: '/api/residents/search', headers: who.headers },
    payload: { ...by, offset: 0, limit: 20 },
  })
  return { status: answer.statusCode, ...(answer.json() as { items: Found[]; total: number }) }
}
const names = async (who: Pick<Signed, 'headers'>, by: object) =>
  (await search(who, by)).items.map((one) => one.nameMasked)

describe('a resident is found', () => {
  test('by name in characters, in pinyin, by initials and in traditional or Latin writing', async () => {
    await givenResident(world, centre, { name: '曾雅静' })
    await givenResident(world, centre, { name: 'Ólafur Jónsson' })
    for (const name of ['曾雅', '曾雅静', 'zengyaj', 'ZENGYAJING', 'zyj', 'zeng ya jing', 'Zeng Yaj'])
      expect(await names(gp, { name }), name).toEqual(['曾*'])
    expect(await names(gp, { name: 'olafur j' })).toHaveLength(1)
    expect(await names(gp, { name: '曾雅靜' })).toEqual(['曾*'])
    expect(await names(gp, { name: '曾雅进' })).toEqual([])
    expect(await names(stranger, { name: 'zengyajing' })).toEqual([])
    expect((await search(gp, { name: 'c' })).status).toBe(400)
  })

  test('by a name of several words, whatever stands between them and whichever of them is said', async () => {
    await givenResident(world, centre, { name: '买买提·吐尔逊江' })
    const dots = ['·', '•', '．', '.', '・', ' ', ''].map((dot) => `买买提${dot}吐尔逊江`)
    for (const name of [...dots, '买买提•吐尔', '吐尔逊江', 'mmttexj', 'maimaitituer', 'tuerxunjiang'])
      expect(await names(gp, { name }), name).toEqual(['买*'])
    expect(await names(gp, { name: '买买提·吐尔洪' })).toEqual([])
    await givenResident(world, centre, { name: '阿依古丽•买买提' })
    expect(await names(gp, { name: '阿依古丽·买买提' })).toEqual(['阿*'])
  })

  test('in either script, whichever it was registered in', async () => {
    await givenResident(world, centre, { name: '單國榮' })
    await givenResident(world, centre, { name: '单国华' })
    for (const name of ['單國', '单国', 'shanguo'])
      expect(await names(gp, { name }), name).toEqual(['单*', '單*'])
    for (const name of ['單國榮', '单国荣', 'sgr']) expect(await names(gp, { name }), name).toEqual(['單*'])
    expect(await names(gp, { name: '單國華' })).toEqual(['单*'])
  })

  test('by all of a name of which another system said the parts, in either order', async () => {
    const { headers } = await givenClient(world, centre)
    const name = [{ given: ['Mafalda Inês'], family: 'Turcotte' }]
    const payload = { resourceType: 'Patient', name, birthDate: '1969-03-05', gender: 'female' }
    const answer = await world.app.inject({ method: 'POST', url: '/fhir/R4/Patient', headers, payload })
    expect(answer.statusCode).toBe(201)
    for (const said of ['Mafalda Turcotte', 'turcotte mafalda', 'Mafalda Inês Turcotte'])
      expect((await search(gp, { name: said })).total, said).toBe(1)
    expect((await search(gp, { name: 'Mafalda Turner' })).total).toBe(0)
  })

  test('by birth date among many of one name', async () => {
    for (const birthDate of ['1950-01-01', '1960-02-02'])
      await givenResident(world, centre, {
        name: '欧阳同名',
        sex: 'female',
        birthDate,
        documents: [{ kind: '03', number: `E${birthDate.replaceAll('-', '')}`, country: 'DEU' }],
      })
    expect(await names(gp, { name: 'ouyangtongming' })).toHaveLength(2)
    expect(await search(gp, { name: 'oytm', birthDate: '1960-02-02' })).toMatchObject({
      total: 1,
      items: [{ birthDate: '1960-02-02' }],
    })
  })

  test('by the code on the phone, anywhere in the index, while it lasts and until there is another', async () => {
    const { id } = await givenResident(world, centre, { name: '闻人扫码' })
    const own = await givenResidentAccount(world, id)
    const show = async () => {
      const payload = { residentId: id }
      const answer = await world.app.inject({
        ...{ method: 'POST', url: '/api/me/code', headers: own.headers },
        payload,
      })
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json() as { code: string; svg: string }
    }
    const first = await show()
    expect(first.svg).toContain('<svg')
    expect(await search(gp, { code: first.code })).toMatchObject({ items: [{ id, basis: 'treatment' }] })
    const spelled = first.code.toLowerCase().replace(/(.{4})/g, '$1 ')
    expect(await search(stranger, { code: spelled })).toMatchObject({
      items: [{ id, basis: null, phoneMasked: null }],
    })
    const second = await show()
    expect((await search(gp, { code: first.code })).items).toEqual([])
    expect((await search(gp, { code: second.code })).items).toHaveLength(1)
    await world.setNow(new Date(Date.now() + 6 * 60_000))
    expect((await search(gp, { code: second.code })).items).toEqual([])
    const payload = { residentId: (await givenResident(world, centre)).id }
    const others = await world.app.inject({
      ...{ method: 'POST', url: '/api/me/code', headers: own.headers },
      payload,
    })
    expect(others.statusCode).toBe(404)
  })

  test('with the name in full by who may open the record, and the resident reads that; masked by others', async () => {
    const { id, number } = await givenResident(world, centre, { name: '澹台明镜' })
    const own = await givenResidentAccount(world, id)
    expect((await search(gp, { name: 'tantaimingjing' })).items).toMatchObject([{ name: '澹台明镜' }])
    expect((await search(gp, { number })).items).toMatchObject([{ name: '澹台明镜', basis: 'treatment' }])
    expect((await search(stranger, { number })).items).toMatchObject([{ name: null, nameMasked: '澹*' }])
    const answer = await world.app.inject({
      ...{ method: 'GET', url: '/api/me/access?offset=0&limit=20', headers: own.headers },
    })
    const { items } = answer.json() as { items: { thing: string; basis: string }[] }
    expect(items.map(({ thing, basis }) => `${thing} ${basis}`)).toEqual(Array(2).fill('search treatment'))
  })

  test('and the search stands in the audit trail: how, not for what; whom it touched without a basis', async () => {
    const { id, number } = await givenResident(world, centre, { name: '令狐留痕' })
    await search(stranger, { number })
    const [row] = await world.sql<{ data: object; resident_id: string }>(
      `select data, resident_id from kernel.event where name = 'resident.searched' order by at desc limit 1`,
    )
    expect(row).toEqual({ data: { by: 'number', found: 1, closed: 1 }, resident_id: id })
  })
})

test('names are sought along the index of keys', async () => {
  const plan = await world.system(async (ctx) => {
    await ctx.client.query('set local enable_seqscan = off')
    await whose(ctx, { type: 'Patient', parameter: 'name', begins: 'ouyang', most: 10 })
    const { rows } = await ctx.client.query<{ 'QUERY PLAN': string }>(
      `explain execute whose ('Patient', 'name=ouyang', 'name=ouyanh', '${centre}', now(), 10)`,
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
  expect(plan).toMatch(/resource_key_pkey[\s\S]*Index Cond: \(\(type = .*key >= .*key < /)
  expect(plan).toMatch(/access_grant_\w+ on access_grant/)
})
