import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  givenClient,
  givenResidentAccount,
  givenStaff,
  type Signed,
  type Staff,
} from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenChineseId, givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let here: string
let there: string
let gp: Staff
let nurse: Staff
let stranger: Staff

beforeAll(async () => {
  world = await region()
  here = (await givenInstitution(world)).id
  there = (await givenInstitution(world)).id
  gp = await givenStaff(world, here, ['gp'])
  nurse = await givenStaff(world, here, ['nurse'])
  stranger = await givenStaff(world, there, ['gp'])
})
afterAll(() => world.close())

const get = (who: Pick<Signed, 'headers'>, url: string) =>
  world.app.inject({ method: 'GET', url: `/api${url}`, headers: who.headers })
const post = (who: Pick<Signed, 'headers'>, url: string, payload: object) =>
  world.app.inject({ method: 'POST', url: `/api${url}`, headers: who.headers, payload })
const accessOf = (residentId: string) =>
  world.sql<{ basis: string; thing: string; purpose: string | null; institution_id: string }>(
    'select basis, thing, purpose, institution_id from kernel.access where resident_id = $1 order by id',
    [residentId],
  )

describe('search', () => {
  test('by number finds in the whole index, masked, and opens nothing', async () => {
    const { id, number } = await givenResident(world, here)
    const mine = await post(gp, '/residents/search', { number })
    expect(mine.json().items).toMatchObject([{ id, nameMasked: '张*', basis: 'treatment' }])
    const theirs = await post(stranger, '/residents/search', { number })
    expect(theirs.json().items).toMatchObject([{ id, basis: null, phoneMasked: null }])
    expect(theirs.body).not.toMatch(/张测试|"name":"/)
    expect((await get(stranger, `/residents/${id}`)).statusCode).toBe(404)
  })

  test('by telephone or name finds only those whom the institution may open', async () => {
    const { id } = await givenResident(world, here, { name: '上官云笛', phone: '13912344321' })
    for (const by of [
      { phone: '139 1234 4321' },
      { name: '上官云笛' },
      { name: '上官', birthDate: '1962-03-09' },
    ]) {
      expect((await post(gp, '/residents/search', by)).json().items, JSON.stringify(by)).toMatchObject([
        { id },
      ])
      expect((await post(stranger, '/residents/search', by)).json()).toEqual({ items: [], total: 0 })
    }
    expect(
      (await post(gp, '/residents/search', { name: '上官', birthDate: '1962-03-10' })).json().total,
    ).toBe(0)
  })

  test.each([[{}], [{ name: '张' }], [{ number: '12' }], [{ birthDate: '1962-03-09' }]])(
    '%j says too little',
    async (by) => {
      const refused = await post(gp, '/residents/search', by)
      expect([refused.statusCode, refused.json().code]).toEqual([400, 'resident.query-too-short'])
    },
  )
})

describe('hidden values', () => {
  test('are shown in full for a reason that is logged, to whom the role allows', async () => {
    const { id, number } = await givenResident(world, here, { phone: '13877776666' })
    const reveal = (who: Staff, body: object) => post(who, `/residents/${id}/reveal`, body)
    expect((await reveal(gp, { field: 'identifier', reason: '办理转诊核对' })).json()).toEqual({
      value: number,
    })
    expect((await reveal(gp, { field: 'phone', reason: '电话随访患者' })).json()).toEqual({
      value: '13877776666',
    })
    expect((await reveal(nurse, { field: 'phone', reason: '电话随访患者' })).statusCode).toBe(403)
    expect((await reveal(gp, { field: 'phone', reason: '' })).statusCode).toBe(400)
    expect((await reveal(stranger, { field: 'phone', reason: '电话随访患者' })).statusCode).toBe(404)
    expect(await accessOf(id)).toMatchObject([
      { thing: 'identifier', purpose: '办理转诊核对', basis: 'treatment' },
      { thing: 'phone', purpose: '电话随访患者' },
    ])
    const events = await world.sql(
      `select 1 from kernel.event where name = 'resident.revealed' and resident_id = $1`,
      [id],
    )
    expect(events).toHaveLength(2)
  })
})

describe('corrections', () => {
  test('change what is given, and a stale form changes nothing', async () => {
    const { id } = await givenResident(world, here)
    const body = {
      name: null,
      sex: null,
      birthDate: null,
      phone: '13700001111',
      address: null,
      divisionCode: null,
    }
    const changed = await post(gp, `/residents/${id}`, { ...body, version: 1 })
    expect(changed.json(), changed.body).toMatchObject({
      phoneMasked: '137****1111',
      name: '张测试',
      version: 2,
    })
    const stale = await post(gp, `/residents/${id}`, { ...body, phone: '13700002222', version: 1 })
    expect([stale.statusCode, stale.json().code]).toEqual([409, 'resident.stale'])
    expect((await post(stranger, `/residents/${id}`, { ...body, version: 2 })).statusCode).toBe(404)
    const other = await post(gp, `/residents/${id}`, { ...body, birthDate: '1999-09-09', version: 2 })
    expect(other.json().code).toBe('resident.birth-date-not-of-the-number')
  })

  test('a document that is another’s is refused', async () => {
    const [a, b] = await Promise.all([givenResident(world, here), givenResident(world, here)])
    const passport = { kind: '03', number: `P${a.number.slice(-8)}`, country: 'JPN' }
    expect((await post(gp, `/residents/${a.id}/documents`, passport)).statusCode).toBe(200)
    expect((await post(gp, `/residents/${b.id}/documents`, passport)).json().code).toBe(
      'resident.document-of-another',
    )
  })
})

describe('household', () => {
  test('members are masked, and somebody belongs to one household only', async () => {
    const mother = await givenResident(world, here, { name: '赵母亲' })
    const child = await givenResident(world, here, { name: '赵孩子', number: givenChineseId('2019-06-01') })
    const body = { memberId: child.id, relation: '2', standsFor: true }
    const done = await post(gp, `/residents/${mother.id}/household`, body)
    expect(done.json().members, done.body).toMatchObject([
      { id: mother.id, nameMasked: '赵*', relation: '0', hasProxy: false },
      { id: child.id, relation: '2', hasProxy: true },
    ])
    expect((await post(gp, `/residents/${mother.id}/household`, body)).json().code).toBe(
      'resident.in-a-household-already',
    )
    expect((await get(stranger, `/residents/${child.id}/household`)).statusCode).toBe(404)
    const outside = await givenResident(world, there)
    expect(
      (await post(gp, `/residents/${mother.id}/household`, { ...body, memberId: outside.id })).statusCode,
    ).toBe(404)
  })
})

describe('the resident', () => {
  test('reads their own card and who opened it, objects, and reads the answer', async () => {
    const { id } = await givenResident(world, here)
    const me = await givenResidentAccount(world, id)
    const head = await givenStaff(world, here, ['office-head'])
    await get(gp, `/residents/${id}`)
    expect((await get(me, '/me')).json()).toMatchObject([{ id, name: '张测试', basis: 'self' }])
    await get(me, `/me/record/${id}`)
    const log = (await get(me, '/me/access')).json()
    expect(log).toMatchObject({
      total: 1,
      items: [
        {
          basis: 'treatment',
          thing: 'card',
          institution: expect.stringMatching(/医院/),
          who: expect.any(String),
        },
      ],
    })
    const objected = await post(me, `/me/access/${log.items[0].id}/object`, { reason: '我没有去过这家医院' })
    expect(objected.statusCode, objected.body).toBe(200)
    const open = await world.sql<{ duty: string; institution_id: string }>(
      `select duty, institution_id from kernel."case" where thing = $1 and closed_at is null`,
      [`objection:${objected.json().id}`],
    )
    expect(open).toEqual([{ duty: 'office.head', institution_id: here }])
    expect((await post(me, `/me/access/${log.items[0].id}/object`, { reason: '再说一次' })).json().code).toBe(
      'resident.objected-already',
    )
    expect((await get(head, '/objections')).json().items).toMatchObject([
      { reason: '我没有去过这家医院', state: 'open' },
    ])
    const count = async (more: string) => (await get(head, `/objections?${more}`)).json().total
    expect([await count('state=open'), await count('state=answered')]).toEqual([1, 0])
    expect([await count(`q=${encodeURIComponent('没有去过')}`), await count('q=%25')]).toEqual([1, 0])
    expect((await get(head, '/objections?state=closed')).statusCode).toBe(400)
    const foreignHead = await givenStaff(world, there, ['office-head'])
    expect(
      (await post(foreignHead, `/objections/${objected.json().id}/answer`, { answer: '不知道' })).statusCode,
    ).toBe(404)
    const answer = await post(head, `/objections/${objected.json().id}/answer`, {
      answer: '为您办理签约时打开',
    })
    expect(answer.statusCode, answer.body).toBe(200)
    expect((await get(me, '/me/access')).json().items[0]).toMatchObject({
      objection: 'answered',
      answer: '为您办理签约时打开',
    })
    const still = await world.sql(`select 1 from kernel."case" where thing = $1 and closed_at is null`, [
      `objection:${objected.json().id}`,
    ])
    expect(still).toEqual([])
    const { headers } = await givenClient(world, here)
    await world.app.inject({ url: `/fhir/R4/Patient/${id}`, headers })
    const names = await world.sql<{ name: string }>('select name from identity.client order by added_at desc')
    const [last] = (await get(me, '/me/access')).json().items
    expect(last.who).toBe(names[0]?.name)
    await post(me, `/me/access/${last.id}/object`, { reason: '这是什么系统' })
    const toAnswer = (await get(head, '/objections?state=open')).json().items
    expect(toAnswer).toMatchObject([{ reason: '这是什么系统', who: names[0]?.name }])
  })

  test('does not see who opened another’s record, nor object to it', async () => {
    const [a, b] = await Promise.all([givenResident(world, here), givenResident(world, here)])
    await get(gp, `/residents/${b.id}`)
    const [line] = await world.sql<{ id: string }>('select id from kernel.access where resident_id = $1', [
      b.id,
    ])
    const me = await givenResidentAccount(world, a.id)
    expect((await get(me, '/me/access')).json()).toEqual({ items: [], total: 0 })
    expect((await post(me, `/me/access/${line?.id}/object`, { reason: '不是我的' })).statusCode).toBe(404)
    expect((await get(gp, '/me')).statusCode).toBe(403)
    expect((await get(me, `/residents/${a.id}`)).statusCode).toBe(403)
  })

  test('sees those they stand for', async () => {
    const mother = await givenResident(world, here, { name: '钱母亲' })
    const child = await givenResident(world, here, { name: '钱孩子' })
    await post(gp, `/residents/${mother.id}/household`, {
      memberId: child.id,
      relation: '3',
      standsFor: true,
    })
    const me = await givenResidentAccount(world, mother.id)
    expect(
      (await get(me, '/me')).json().map((p: { name: string; basis: string }) => [p.name, p.basis]),
    ).toEqual([
      ['钱母亲', 'self'],
      ['钱孩子', 'proxy'],
    ])
  })
})
