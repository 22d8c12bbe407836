import { type Consent, type ConsentSigner, type ConsentText, replaced } from '@tongmai/api/resident/consent'
import { consentWords, isWording } from '@tongmai/api/resident/consent-words'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenResidentAccount, givenStaff, type Signed, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenChineseId, givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import { addProxy } from './store/household.ts'

let world: Region
let centre: string
let hospital: string
let nurse: Staff
let specialist: Staff
let text: ConsentText

beforeAll(async () => {
  world = await region()
  centre = (await givenInstitution(world)).id
  hospital = (await givenInstitution(world)).id
  nurse = await givenStaff(world, centre, ['nurse', 'gp'])
  specialist = await givenStaff(world, hospital, ['specialist'])
  const texts = (await get(nurse, '/consent-texts')).json() as ConsentText[]
  text = texts.find((one) => one.purpose === 'treatment') as ConsentText
})
afterAll(() => world.close())

const get = (who: Pick<Signed, 'headers'>, url: string) =>
  world.app.inject({ method: 'GET', url: `/api${url}`, headers: who.headers })
const post = (who: Pick<Signed, 'headers'>, url: string, payload: object) =>
  world.app.inject({ method: 'POST', url: `/api${url}`, headers: who.headers, payload })

let files = 0
async function upload(who: Signed, head = 'ffd8ffe000104a464946'): Promise<string> {
  const payload = Buffer.concat([
    Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'),
    Buffer.from(head, 'hex'),
    Buffer.from(`${files++}\r\n--x--\r\n`),
  ])
  const headers = { ...who.headers, 'content-type': 'multipart/form-data; boundary=x' }
  const answer = await world.app.inject({ method: 'POST', url: '/api/files', payload, headers })
  return (answer.json() as { hash: string }).hash
}

/** What the desk sends of a consent to the hospital. */
const signed = async (signerId: string, more: object = {}) => ({
  ...{ institutionId: hospital, purpose: 'treatment', depth: 'full', categories: [], until: null },
  words: consentWords(text, {
    ...{ signer: '张测试', resident: '本人', institution: '测试医院', scope: '全部病历', period: '长期' },
  }),
  ...{ textVersion: text.version, signerId, signed: 'paper', fileHash: await upload(nurse), ...more },
})
const signersOf = async (id: string) =>
  (await get(nurse, `/residents/${id}/consents/signers`)).json() as ConsentSigner[]

describe('a consent signed at the desk', () => {
  test('opens the record at once, is kept with its sheet, and closes it at once when it is taken back', async () => {
    const { id } = await givenResident(world, centre)
    expect((await get(specialist, `/residents/${id}`)).statusCode).toBe(404)
    const given = await post(nurse, `/residents/${id}/consents`, await signed(id))
    expect(given.statusCode, given.body).toBe(200)
    const consent = given.json() as Consent
    expect(consent).toMatchObject({
      ...{ state: 'active', signed: 'paper', sheet: 'image/jpeg', textVersion: 1 },
      signer: { id, self: true },
    })
    expect((await get(specialist, `/residents/${id}`)).json()).toMatchObject({ basis: 'consent' })
    const sheet = await get(specialist, `/consents/${consent.id}/sheet`)
    expect(sheet.rawPayload.subarray(0, 2).toString('hex')).toBe('ffd8')
    const back = await post(nurse, `/consents/${consent.id}/withdraw`, { reason: '不再看病', signerId: id })
    expect(back.json()).toMatchObject({ version: 2, state: 'withdrawn', signer: { id } })
    expect((await get(specialist, `/residents/${id}`)).statusCode).toBe(404)
    const versions = (await get(nurse, `/consents/${consent.id}`)).json() as Consent[]
    expect(versions.map((one) => one.state)).toEqual(['withdrawn', 'active'])
  })

  test('is in today’s words, by somebody who may sign, with a sheet that can be shown', async () => {
    const { id } = await givenResident(world, centre)
    const url = `/residents/${id}/consents`
    const other = (await givenResident(world, centre)).id
    const refused = async (signerId: string, more: object = {}) => {
      const answer = await post(nurse, url, await signed(signerId, more))
      return [answer.statusCode, (answer.json() as { code: string }).code]
    }
    expect(await refused(id, { words: '我同意该机构查看我的健康档案。' })).toEqual([
      409,
      'resident.consent-other-wording',
    ])
    expect(await refused(id, { textVersion: 2 })).toEqual([409, 'resident.consent-other-wording'])
    expect(await refused(other)).toEqual([422, 'resident.may-not-sign'])
    const zip = await upload(nurse, '504b0304140000000800')
    expect(await refused(id, { fileHash: zip })).toEqual([422, 'resident.sheet-of-another-kind'])
    expect((await post(specialist, url, await signed(id))).statusCode).toBe(403)
  })
})

describe('for a child under fourteen', () => {
  test('who stands for it signs, at the desk and on the phone, and the signer is written down', async () => {
    const { id } = await givenResident(world, centre, { number: givenChineseId('2019-05-01') })
    const { id: motherId } = await givenResident(world, centre, { name: '周大人' })
    expect(await signersOf(id)).toEqual([])
    const alone = await post(nurse, `/residents/${id}/consents`, await signed(id))
    expect(alone.json()).toMatchObject({ code: 'resident.consent-by-guardian' })
    await world.system((ctx) => addProxy(ctx, { residentId: id, proxyId: motherId, by: centre }))
    expect(await signersOf(id)).toEqual([{ id: motherId, name: '周大人', self: false }])
    const given = await post(nurse, `/residents/${id}/consents`, await signed(motherId))
    expect(given.json()).toMatchObject({ signer: { id: motherId, name: '周大人', self: false } })
    const mother = await givenResidentAccount(world, motherId)
    const consentId = (given.json() as Consent).id
    const back = await post(mother, `/me/consents/${consentId}/withdraw`, { reason: null })
    expect(back.json()).toMatchObject({ state: 'withdrawn', signer: { id: motherId } })
    const { signerId: _, signed: __, fileHash: ___, ...onPhone } = await signed(motherId)
    const again = await post(mother, '/me/consents', { ...onPhone, residentId: id })
    expect(again.json()).toMatchObject({ signed: 'phone', signer: { id: motherId, name: '周大人' } })
    expect((await get(specialist, `/residents/${id}`)).statusCode).toBe(200)
  })
})

describe('what one agreed to last', () => {
  const scope = (more: object = {}) => ({
    ...{ institutionId: hospital, purpose: 'treatment', depth: 'full', categories: [], until: null },
    ...{ words: '本人同意这家医院为诊疗目的查看我的健康档案', ...more },
  })
  const live = async (me: Pick<Signed, 'headers'>) =>
    ((await get(me, '/me/consents')).json() as Consent[]).filter(({ state }) => state === 'active')

  test('holds alone: pressed twice it is one, and one withdrawal closes the record', async () => {
    const { id: residentId } = await givenResident(world, centre)
    const me = await givenResidentAccount(world, residentId)
    const until = new Date(Date.now() + 86_400_000).toISOString()
    const body = { residentId, ...scope({ until }) }
    const answers = await Promise.all([1, 2, 3].map(() => post(me, '/me/consents', body)))
    expect(new Set(answers.map((one) => one.json().id)).size).toBe(1)
    const [only] = await live(me)
    expect((await post(me, `/me/consents/${only?.id}/withdraw`, { reason: null })).statusCode).toBe(200)
    expect((await get(specialist, `/residents/${residentId}`)).statusCode).toBe(404)
  })

  test('replaces what was agreed for the same institution and purpose, also where it is less', async () => {
    const { id: residentId } = await givenResident(world, centre)
    const me = await givenResidentAccount(world, residentId)
    const first = (await post(me, '/me/consents', { residentId, ...scope() })).json() as Consent
    const less = await post(me, '/me/consents', { residentId, ...scope({ depth: 'summary' }) })
    expect(less.statusCode, less.body).toBe(200)
    expect(await live(me)).toMatchObject([{ id: less.json().id, depth: 'summary' }])
    expect((await get(specialist, `/residents/${residentId}`)).json()).toMatchObject({ depth: 'summary' })
    const [ended] = (await get(nurse, `/consents/${first.id}`)).json() as Consent[]
    expect(ended).toMatchObject({ state: 'withdrawn', reason: replaced })
    // For another purpose it is another matter.
    await post(me, '/me/consents', { residentId, ...scope({ purpose: 'insurance' }) })
    expect(await live(me)).toHaveLength(2)
  })
})

test('a wording is known by its own parts, in their order and to the end', () => {
  const wording = { words: '本人{signer}同意{institution}查看。可以撤回。' }
  expect(isWording(wording, '本人张三同意市一院查看。可以撤回。')).toBe(true)
  for (const said of [
    '张三同意市一院查看。可以撤回。',
    '本人张三同意市一院查看。',
    '本人张三同意市一院查看。可以撤回。并卖掉',
  ])
    expect(isWording(wording, said), said).toBe(false)
})
