import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenStaff, type Signed, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenChineseId, givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let here: string
let there: string
let gp: Staff
let stranger: Staff

beforeAll(async () => {
  world = await region()
  here = (await givenInstitution(world)).id
  there = (await givenInstitution(world)).id
  gp = await givenStaff(world, here, ['gp'])
  stranger = await givenStaff(world, there, ['gp'])
})
afterAll(() => world.close())

const get = (who: Pick<Signed, 'headers'>, url: string) =>
  world.app.inject({ method: 'GET', url: `/api${url}`, headers: who.headers })
const post = (who: Pick<Signed, 'headers'>, url: string, payload: object) =>
  world.app.inject({ method: 'POST', url: `/api${url}`, headers: who.headers, payload })
const form = (number: string, more: object = {}) => ({
  ...{ name: '王小明', sex: null, birthDate: null, phone: '13800000000', divisionCode: '990102001' },
  address: '云泽市云津区鼓楼街道钟楼社区3号楼2单元501室',
  documents: [{ kind: '01', number, country: null }],
  ...more,
})
const accessOf = (residentId: string) =>
  world.sql<{ basis: string; thing: string; purpose: string | null; institution_id: string }>(
    'select basis, thing, purpose, institution_id from kernel.access where resident_id = $1 order by id',
    [residentId],
  )

describe('registration', () => {
  test('takes sex and birth date from the number, and opens the record to the institution for treatment', async () => {
    const done = await post(gp, '/residents', form(givenChineseId('1962-03-09', 'female')))
    expect(done.statusCode, done.body).toBe(200)
    expect(done.json()).toMatchObject({
      isNew: true,
      card: { nameMasked: '王*', sex: 'female', birthDate: '1962-03-09' },
    })
    const read = await get(gp, `/residents/${done.json().id}`)
    expect(read.json()).toMatchObject({
      ...{ name: '王小明', basis: 'treatment', depth: 'full', phoneMasked: '138****0000', unknown: false },
      addressMasked: '云泽市云津区鼓楼街道钟楼社区****',
    })
    expect(read.body).not.toMatch(/13800000000|501室/)
    expect(await accessOf(done.json().id)).toMatchObject([
      { basis: 'treatment', thing: 'card', institution_id: here },
    ])
  })

  test('the same document registers nobody twice: the known resident comes back, opened for treatment', async () => {
    const { id, number } = await givenResident(world, here)
    expect((await get(stranger, `/residents/${id}`)).statusCode).toBe(404)
    const again = await post(stranger, '/residents', form(` ${number.toLowerCase()} `, { name: '写错了' }))
    expect(again.json(), again.body).toMatchObject({ id, isNew: false })
    expect((await get(stranger, `/residents/${id}`)).json()).toMatchObject({
      name: '张测试',
      basis: 'treatment',
    })
  })

  test('thirty desks that register one person at the same moment make one resident', async () => {
    const body = form(givenChineseId())
    const answers = await Promise.all(Array.from({ length: 30 }, () => post(gp, '/residents', body)))
    expect(new Set(answers.map((a) => a.json().id)).size).toBe(1)
    expect(answers.filter((a) => a.json().isNew)).toHaveLength(1)
  })

  test('a 15-digit number finds who was registered with 18, and the other way round', async () => {
    const number = givenChineseId('1955-05-05')
    const short = number.slice(0, 6) + number.slice(8, 17)
    const first = await post(gp, '/residents', form(short))
    const second = await post(gp, '/residents', form(number))
    expect(second.json()).toMatchObject({ id: first.json().id, isNew: false })
    const held = await world.sql('select 1 from resident.identifier where resident_id = $1', [
      first.json().id,
    ])
    expect(held).toHaveLength(2)
  })

  test('a new document shown beside a known one is learned', async () => {
    const { id, number } = await givenResident(world, here)
    const passport = { kind: '03', number: `E${number.slice(-8)}`, country: 'CHN' }
    const both = form(number, { documents: [{ kind: '01', number, country: null }, passport] })
    expect((await post(gp, '/residents', both)).json()).toMatchObject({ id, isNew: false })
    const alone = await post(gp, '/residents', form(number, { birthDate: null, documents: [passport] }))
    expect(alone.json()).toMatchObject({ id, isNew: false })
  })

  test('documents of two people, or another birth date, are for people to look at', async () => {
    const a = await givenResident(world, here)
    const b = await givenResident(world, here)
    const documents = [a, b].map(({ number }) => ({ kind: '01', number, country: null }))
    const two = await post(gp, '/residents', form('', { documents }))
    expect([two.statusCode, two.json().code]).toEqual([409, 'resident.documents-of-two'])
    expect(two.json().details.others).toHaveLength(2)
    expect(two.body).not.toMatch(/张测试/)
    const passport = { kind: '03', number: `G${a.number.slice(-8)}`, country: 'KOR' }
    await post(gp, '/residents', form('', { birthDate: '1990-01-01', documents: [passport] }))
    const other = await post(gp, '/residents', form('', { birthDate: '1991-01-01', documents: [passport] }))
    expect(other.json().code).toBe('resident.known-with-another-birth-date')
  })

  test.each([
    [
      'a wrong check digit',
      { documents: [{ kind: '01', number: '110105194912310021', country: null }] },
      'number-wrong-check',
    ],
    [
      'a day that is none',
      { documents: [{ kind: '01', number: '99010219620230001X', country: null }] },
      'number-wrong-date',
    ],
    ['a birth in 2099', { birthDate: '2099-01-01' }, 'birth-date-impossible'],
    ['another sex than the number says', { sex: 'female' }, 'sex-not-of-the-number'],
    ['another birth date than the number says', { birthDate: '1962-03-10' }, 'birth-date-not-of-the-number'],
    [
      'a passport without country',
      { documents: [{ kind: '03', number: 'E1234567', country: null }] },
      'number-wrong-country',
    ],
  ])('%s is refused and nobody is registered', async (_, wrong, code) => {
    const before = await world.sql('select 1 from resident.resident')
    const refused = await post(gp, '/residents', form(givenChineseId('1962-03-09', 'male'), wrong))
    expect([refused.statusCode, refused.json().code]).toEqual([400, `resident.${code}`])
    expect(refused.json().fields).toHaveLength(1)
    expect(await world.sql('select 1 from resident.resident')).toHaveLength(before.length)
  })

  test('who may not register is refused', async () => {
    const specialist = await givenStaff(world, here, ['specialist'])
    expect((await post(specialist, '/residents', form(givenChineseId()))).statusCode).toBe(403)
  })

  test('the right ends with the days that the rule gives', async () => {
    const { id } = await givenResident(world, here)
    await world.setNow(new Date(Date.now() + 91 * 86_400_000))
    const late = await get(await givenStaff(world, here, ['gp']), `/residents/${id}`)
    await world.setNow(new Date())
    expect(late.statusCode).toBe(404)
    expect((await get(gp, `/residents/${id}`)).statusCode).toBe(200)
  })
})

describe('what is kept', () => {
  test('no number and no telephone lies in the database in plain', async () => {
    const { number } = await givenResident(world, here, { phone: '13977776666' })
    const tables = await world.sql<{ t: string }>(
      `select format('%I.%I', schemaname, tablename) t from pg_tables where schemaname in ('resident', 'kernel')`,
    )
    for (const { t } of tables) {
      const found = await world.sql(
        `select 1 from ${t} as x where x::text like $1 or x::text like '%13977776666%'`,
        [`%${number}%`],
      )
      expect(found, t).toHaveLength(0)
    }
  })
})

describe('somebody unknown', () => {
  const found = () => ({
    sex: 'male',
    foundAt: new Date(Date.now() - 3_600_000).toISOString(),
    foundPlace: '云津桥下',
    note: null,
  })

  test('is registered with place and time, and identified later', async () => {
    const done = await post(gp, '/residents/unknown', found())
    expect(done.json().card.nameMasked, done.body).toMatch(/^无名氏\d{8}-/)
    const { id } = done.json()
    const number = givenChineseId('1980-08-08', 'male')
    const named = await post(gp, `/residents/${id}/identify`, form(number))
    expect(named.statusCode, named.body).toBe(200)
    expect(named.json()).toMatchObject({
      name: '王小明',
      nameMasked: '王*',
      birthDate: '1980-08-08',
      unknown: false,
      foundPlace: '云津桥下',
    })
    expect((await post(gp, '/residents', form(number))).json()).toMatchObject({ id, isNew: false })
    expect((await post(gp, `/residents/${id}/identify`, form(givenChineseId()))).json().code).toBe(
      'resident.identified-already',
    )
  })

  test('is not made somebody who is known: the other’s masked card is shown, and a link can be proposed', async () => {
    const known = await givenResident(world, there)
    const { id } = (await post(gp, '/residents/unknown', found())).json()
    const refused = await post(gp, `/residents/${id}/identify`, form(known.number))
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'resident.document-of-another'])
    expect(refused.json().details).toMatchObject({
      other: { id: known.id, nameMasked: '张*' },
      propose: 'link',
    })
    expect(refused.body).not.toContain('张测试')
    expect((await get(gp, `/residents/${id}`)).json()).toMatchObject({ unknown: true, documents: [] })
    const link = await post(gp, `/residents/${id}/links`, { otherId: known.id, note: '同一张身份证' })
    expect(link.statusCode, link.body).toBe(200)
    expect((await post(gp, `/residents/${id}/links`, { otherId: known.id, note: '再次' })).json().code).toBe(
      'resident.link-proposed-already',
    )
  })

  test('was not found in the future', async () => {
    const later = { ...found(), foundAt: '2099-01-01T00:00:00Z' }
    expect((await post(gp, '/residents/unknown', later)).json().code).toBe('resident.found-in-the-future')
  })
})
