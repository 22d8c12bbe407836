import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenResidentAccount, givenStaff, type Signed } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenChineseId, givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { isAdult, proxyUntil, yearsLater } from './proxy-until.ts'

let world: Region
let centre: string
let nurse: Signed
let stranger: Signed

beforeAll(async () => {
  world = await region()
  centre = (await givenInstitution(world)).id
  nurse = await givenStaff(world, centre, ['nurse'])
  stranger = await givenStaff(world, (await givenInstitution(world)).id, ['nurse'])
})
afterAll(() => world.close())

const post = (who: Signed, url: string, payload?: object) =>
  world.app.inject({
    method: 'POST',
    url: `/api${url}`,
    headers: who.headers,
    ...(payload ? { payload } : {}),
  })
const get = (who: Signed, url: string) =>
  world.app.inject({ method: 'GET', url: `/api${url}`, headers: who.headers })

let photos = 0
/** A photograph, uploaded by somebody. */
async function photo(who: Signed): Promise<string> {
  const bytes = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.from(`${photos++}`)])
  const payload = Buffer.concat([
    Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'),
    bytes,
    Buffer.from('\r\n--x--\r\n'),
  ])
  const headers = { ...who.headers, 'content-type': 'multipart/form-data; boundary=x' }
  const answer = await world.app.inject({ method: 'POST', url: '/api/files', payload, headers })
  return (answer.json() as { hash: string }).hash
}

/** A grown-up with an account, and somebody of the family born on a day. */
async function family(birthDate: string) {
  const { id: parentId } = await givenResident(world, centre, { name: '周大人' })
  const number = givenChineseId(birthDate)
  const { id: otherId } = await givenResident(world, centre, { name: '周小人', number })
  const me = await givenResidentAccount(world, parentId)
  const asked = async (more: object = {}) => ({
    ...{ name: '周小人', number, kind: 'child', proof: 'birthCertificate', until: null },
    ...{ fileHash: await photo(me), ...more },
  })
  return { me, parentId, otherId, number, asked }
}

describe('a mother', () => {
  test('stands for her child when the community centre has seen the birth certificate, until it is of age', async () => {
    const { me, parentId, otherId, asked } = await family('2019-05-01')
    const sent = await post(me, '/me/family/requests', await asked())
    expect(sent.statusCode, sent.body).toBe(200)
    const { id } = sent.json() as { id: string }
    expect((await get(me, '/me')).json()).toHaveLength(1)
    expect((await get(stranger, '/proxy-requests')).json()).toMatchObject({ total: 0 })
    expect((await get(stranger, `/proxy-requests/${id}/proof`)).statusCode).toBe(404)
    expect(
      (await post(stranger, `/proxy-requests/${id}/answer`, { accept: true, note: null })).statusCode,
    ).toBe(404)
    expect((await get(nurse, '/proxy-requests?state=asked')).json()).toMatchObject({
      items: [{ id, kind: 'child', until: '2037-05-01', proxy: { id: parentId }, resident: { id: otherId } }],
    })
    // A work-list leads to one, whatever page of the list it stands on.
    expect((await get(nurse, `/proxy-requests/${id}`)).json()).toMatchObject({ id, state: 'asked' })
    expect((await get(stranger, `/proxy-requests/${id}`)).statusCode).toBe(404)
    const proof = await get(nurse, `/proxy-requests/${id}/proof`)
    expect([proof.headers['content-type'], proof.rawPayload.subarray(0, 2).toString('hex')]).toEqual([
      'image/jpeg',
      'ffd8',
    ])
    expect((await post(nurse, `/proxy-requests/${id}/answer`, { accept: true, note: null })).statusCode).toBe(
      200,
    )
    expect((await post(nurse, `/proxy-requests/${id}/answer`, { accept: true, note: null })).statusCode).toBe(
      409,
    )
    expect((await get(me, '/session')).json()).toMatchObject({
      residents: [{}, { id: otherId, name: '周小人' }],
    })
    expect((await get(me, '/me/family')).json()).toMatchObject({
      standing: [{ residentId: otherId, name: '周小人', mine: true, until: '2037-04-30T16:00:00.000Z' }],
    })
    await world.sql(`update resident.proxy set until = now() - interval '1 second' where resident_id = $1`, [
      otherId,
    ])
    // Who stands for whom is asked again after five seconds.
    await world.setNow(new Date(Date.now() + 6_000))
    expect((await get(me, '/me')).json()).toHaveLength(1)
  })

  test('is told why she may not: of age, no such person, no period, a period too long, asked twice', async () => {
    const { me, number, asked } = await family('1940-05-01')
    const codes = async (more: object) =>
      ((await post(me, '/me/family/requests', await asked(more))).json() as { code: string }).code
    expect(await codes({})).toBe('resident.proxy-not-a-child')
    expect(await codes({ name: '周别人' })).toBe('resident.family-not-found')
    expect(await codes({ kind: 'parent' })).toBe('resident.proxy-needs-a-period')
    expect(await codes({ kind: 'parent', until: '2090-01-01' })).toBe('resident.proxy-period-too-long')
    const until = yearsLater(new Date().toISOString().slice(0, 10), 1)
    const good = { kind: 'parent', proof: 'mandate', until, number }
    expect((await post(me, '/me/family/requests', await asked(good))).statusCode).toBe(200)
    expect(await codes(good)).toBe('resident.asked-already')
  })
})

test('an old father ends that his daughter stands for him, and she reads his record no more', async () => {
  const { me, parentId, otherId, asked } = await family('1944-05-01')
  const father = await givenResidentAccount(world, otherId)
  const until = yearsLater(new Date().toISOString().slice(0, 10), 2)
  const sent = await post(me, '/me/family/requests', await asked({ kind: 'parent', proof: 'mandate', until }))
  const { id } = sent.json() as { id: string }
  await post(nurse, `/proxy-requests/${id}/answer`, { accept: true, note: null })
  expect((await get(me, '/me')).json()).toHaveLength(2)
  expect((await get(father, '/me/family')).json()).toMatchObject({
    standing: [{ proxyId: parentId, name: '周大人', mine: false }],
  })
  const both = { residentId: otherId, proxyId: parentId }
  const other = await givenResidentAccount(world, (await givenResident(world, centre)).id)
  expect((await post(other, '/me/family/end', both)).statusCode).toBe(404)
  expect((await post(father, '/me/family/end', both)).statusCode).toBe(200)
  expect((await get(me, '/me')).json()).toHaveLength(1)
  expect((await post(father, '/me/family/end', both)).statusCode).toBe(404)
})

test('what was asked can be taken back, and a no says why', async () => {
  const { me, asked } = await family('2020-02-29')
  const first = ((await post(me, '/me/family/requests', await asked())).json() as { id: string }).id
  expect((await post(me, `/me/family/requests/${first}/withdraw`)).statusCode).toBe(200)
  expect(
    (await post(nurse, `/proxy-requests/${first}/answer`, { accept: true, note: null })).statusCode,
  ).toBe(409)
  const again = await post(me, '/me/family/requests', await asked())
  expect(again.statusCode, again.body).toBe(200)
  const second = (again.json() as { id: string }).id
  const no = await post(nurse, `/proxy-requests/${second}/answer`, { accept: false, note: null })
  expect(no.statusCode).toBe(400)
  await post(nurse, `/proxy-requests/${second}/answer`, { accept: false, note: '照片看不清' })
  expect((await get(me, '/me/family')).json()).toMatchObject({
    standing: [],
    requests: [{ state: 'declined', note: '照片看不清' }, { state: 'withdrawn' }],
  })
})

test('nobody stands for a child for a day longer than it is one, whatever is asked', () => {
  const days = fc.date({ min: new Date('1930-01-01'), max: new Date('2026-11-25'), noInvalidDate: true })
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 40 }), (born, years) => {
      const [birthDate, today] = [born.toISOString().slice(0, 10), '2026-11-25']
      const until = yearsLater(today, years)
      const given = proxyUntil({ kind: 'child', birthDate, until, today, years: 3 })
      if ('why' in given) return given.why === 'not-a-child' && isAdult(birthDate, today)
      return given.day > today && given.day <= yearsLater(birthDate, 18) && given.day <= until
    }),
  )
})
