import { agreementFlow, agreementMoves, agreementStatus } from '@tongmai/api/network/agreement'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
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
import { agreementAllows, sharesRecords } from './index.ts'

let world: Region
let { get, post } = {} as ReturnType<typeof asking>
const begin = new Date()
beforeAll(async () => {
  world = await region()
  ;({ get, post } = asking(world))
})
afterEach(() => world.setNow(begin))
afterAll(() => world.close())

const today = () => dayOf(world.world.now())
const inDays = (n: number) => dayAfter(today(), n)
const turn = () => world.runJob('network.turn-agreements')
const shares = (a: string, b: string) => world.system((ctx) => sharesRecords(ctx, a, b))
let number = 0

const words = (allianceId: string, parties: readonly string[], more: object = {}) => ({
  allianceId,
  number: `测〔2026〕${number++}号`,
  title: '紧密合作协议',
  text: '第一条 双向转诊。',
  grade: 'tight',
  parties,
  since: today(),
  until: inDays(365),
  ...more,
})
const sign = { signerName: '贺志远', version: 1 }

async function league(members = 1) {
  const lead = await givenOffice(world)
  const others = []
  for (let i = 0; i < members; i++) others.push(await givenOffice(world))
  const alliance = await givenAlliance(world, lead.id, { members: others.map((other) => other.id) })
  return { lead, others, alliance, parties: [lead.id, ...others.map((other) => other.id)] }
}

async function proposed(members = 1, more: object = {}) {
  const all = await league(members)
  const draft = await post(all.lead, '/agreements', words(all.alliance.id, all.parties, more))
  expect(draft.status).toBe(200)
  const url = `/agreements/${draft.body.id}`
  expect((await post(all.lead, `${url}/propose`, { version: 1 })).body.status).toBe('signing')
  return { ...all, url, id: draft.body.id as string }
}

const openCases = async (institutionId: string) =>
  (
    await world.sql('select 1 from kernel."case" where institution_id = $1 and closed_at is null', [
      institutionId,
    ])
  ).length

describe('an agreement', () => {
  test('is in force only when all parties have signed, and then switches on what its grade gives', async () => {
    const { lead, others, url, parties } = await proposed(2)
    const [a, b] = others as [typeof lead, typeof lead]
    expect(await openCases(a.id)).toBe(1)
    expect((await post(lead, `${url}/sign`, sign)).body.status).toBe('signing')
    expect((await post(lead, `${url}/sign`, sign)).code).toBe('network.signed-already')
    expect((await post(a, `${url}/sign`, { ...sign, version: 2 })).code).toBe('network.stale')
    expect((await post(a, `${url}/sign`, sign)).body.status).toBe('signing')
    expect(await shares(lead.id, a.id)).toBe(false)
    const last = await post(b, `${url}/sign`, sign)
    expect(last.body.status).toBe('inForce')
    expect(last.body.services).toContain('recordSharing')
    expect(await Promise.all([shares(lead.id, a.id), shares(a.id, b.id), shares(b.id, lead.id)])).toEqual([
      true,
      true,
      true,
    ])
    expect(await openCases(a.id)).toBe(0)
    const [event] = await world.sql(
      `select data from kernel.event where name = 'network.agreement-in-force' and thing = $1`,
      [`agreement:${last.body.id}`],
    )
    expect(event?.data).toMatchObject({ institutionIds: parties })
    expect(last.body.history.map((h: { move: string }) => h.move)).toEqual([
      'enter',
      'sign',
      'sign',
      'sign',
      'propose',
      'draft',
    ])
  })

  test('signed before its first day waits for it, and ends by itself after its last day', async () => {
    const { lead, others, url } = await proposed(1, { since: inDays(2), until: inDays(4) })
    const [other] = others as [typeof lead]
    await post(lead, `${url}/sign`, sign)
    expect((await post(other, `${url}/sign`, sign)).body.status).toBe('signed')
    await turn()
    expect((await get(lead, url)).body.status).toBe('signed')
    await passDays(world, 2, lead)
    await turn()
    expect((await get(lead, url)).body.status).toBe('inForce')
    expect(await shares(lead.id, other.id)).toBe(true)
    await passDays(world, 2, lead)
    await turn()
    expect((await get(lead, url)).body.status).toBe('inForce')
    await passDays(world, 1, lead)
    expect(await shares(lead.id, other.id), 'the day counts, not the job').toBe(false)
    await turn()
    expect((await get(lead, url)).body.status).toBe('ended')
  })

  test('that a party exits stops at once what it switched on', async () => {
    const [lead, other] = [await givenOffice(world), await givenOffice(world)]
    const { id } = await givenAgreement(world, [lead.id, other.id])
    expect(await shares(other.id, lead.id)).toBe(true)
    const exited = await post(other, `/agreements/${id}/exit`, { note: '机构调整' })
    expect([exited.body.status, exited.body.services]).toEqual(['exited', []])
    expect(await shares(other.id, lead.id)).toBe(false)
    const [event] = await world.sql(
      `select data from kernel.event where name = 'network.agreement-ended' and thing = $1`,
      [`agreement:${id}`],
    )
    expect(event?.data).toMatchObject({ how: 'exited', leftId: null, institutionIds: [lead.id, other.id] })
  })

  test('of three, one leaves alone and the other two stay bound', async () => {
    const [lead, a, b] = [await givenOffice(world), await givenOffice(world), await givenOffice(world)]
    const { id } = await givenAgreement(world, [lead.id, a.id, b.id])
    expect((await post(a, `/agreements/${id}/exit`, { note: 'x' })).code).toBe('network.leave-instead')
    expect((await post(a, `/agreements/${id}/leave`, { note: '退出' })).body.status).toBe('inForce')
    expect([await shares(a.id, lead.id), await shares(b.id, lead.id)]).toEqual([false, true])
    expect((await post(a, `/agreements/${id}/exit`, { note: 'x' })).code).toBe('network.only-a-party-signs')
    expect((await post(b, `/agreements/${id}/leave`, { note: 'x' })).code).toBe(
      'network.leaving-would-end-it',
    )
  })

  test('returned with a reason becomes a draft again, and the signatures given are void', async () => {
    const { lead, others, url } = await proposed()
    const [other] = others as [typeof lead]
    await post(lead, `${url}/sign`, sign)
    const returned = await post(other, `${url}/return`, { note: '第三条需修改' })
    expect([returned.body.status, returned.body.version]).toEqual(['draft', 2])
    expect(returned.body.signatories.every((s: { signedAt: unknown }) => s.signedAt === null)).toBe(true)
    expect(await openCases(other.id)).toBe(0)
  })

  test('is renewed without a gap: the new one takes over in the moment it is in force', async () => {
    const [lead, other] = [await givenOffice(world), await givenOffice(world)]
    const { id } = await givenAgreement(world, [lead.id, other.id], { until: inDays(30) })
    const next = { number: '续〔2026〕1号', since: inDays(31), until: inDays(400) }
    expect((await post(lead, `/agreements/${id}/renew`, { ...next, since: inDays(40) })).code).toBe(
      'network.renewal-leaves-a-gap',
    )
    const renewal = await post(lead, `/agreements/${id}/renew`, next)
    expect([renewal.body.status, renewal.body.renews]).toEqual(['draft', id])
    expect((await post(lead, `/agreements/${id}/renew`, { ...next, number: '续2' })).code).toBe(
      'network.renewal-already-drafted',
    )
    const url = `/agreements/${renewal.body.id}`
    await post(lead, `${url}/propose`, { version: 1 })
    await post(lead, `${url}/sign`, sign)
    await post(other, `${url}/sign`, sign)
    await passDays(world, 31, lead)
    await turn()
    expect((await get(lead, url)).body.status).toBe('inForce')
    expect((await get(lead, `/agreements/${id}`)).body.status).toBe('renewed')
    expect(await shares(lead.id, other.id)).toBe(true)
  })

  test('is seen by its parties, its lead and the health authority; for others it does not exist', async () => {
    const { url, lead, others } = await proposed()
    const [other] = others as [typeof lead]
    const stranger = await givenOffice(world)
    const authority = await givenInstitution(world, { kind: 'healthAuthority', tier: null })
    const overseer = await givenStaff(world, authority.id, ['health-commission'])
    const statuses = await Promise.all(
      [lead, other, overseer, stranger].map(async (who) => (await get(who, url)).status),
    )
    expect(statuses).toEqual([200, 200, 200, 404])
    expect((await post(stranger, `${url}/sign`, sign)).code).toBe('network.agreement-missing')
    expect((await get(stranger, '/agreements')).body.items).toEqual([])
    const moves = (await get(other, url)).body.moves as { move: string; open: boolean; why?: string }[]
    expect(moves).toContainEqual({ move: 'sign', open: true })
    expect(moves).toContainEqual({ move: 'withdraw', open: false, why: 'network.only-the-lead-manages' })
  })

  test('with 2099, an end before its start, or a party that is no member is refused by its own code', async () => {
    const { lead, alliance, parties } = await league()
    const stranger = await givenInstitution(world)
    const codeOf = async (more: object) =>
      (await post(lead, '/agreements', words(alliance.id, parties, more))).code
    expect(await codeOf({ since: '2099-01-01', until: '2099-12-31' })).toBe('network.starts-too-far-ahead')
    expect(await codeOf({ until: '2099-12-31' })).toBe('network.ends-too-far-ahead')
    expect(await codeOf({ until: inDays(-1) })).toBe('network.ends-before-it-starts')
    expect(await codeOf({ since: inDays(-9), until: inDays(-1) })).toBe('network.over-before-signed')
    expect(await codeOf({ parties: [lead.id, lead.id] })).toBe('network.party-twice')
    expect(await codeOf({ parties: [lead.id, stranger.id] })).toBe('network.party-not-member')
    expect((await get(lead, '/agreements')).body.total).toBe(0)
  })

  test('every move that its state does not open is 409 and changes nothing', async () => {
    const [lead, other] = [await givenOffice(world), await givenOffice(world)]
    const { id } = await givenAgreement(world, [lead.id, other.id])
    const bodies: Record<string, object> = {
      change: { ...words(id, [lead.id, other.id]), version: 1 },
      propose: { version: 1 },
      sign,
      renew: { number: '续9', since: inDays(1), until: inDays(9) },
    }
    for (const status of agreementStatus.options) {
      await world.sql('update network.agreement set status = $2 where id = $1', [id, status])
      for (const move of agreementMoves.filter((each) => !(each in agreementFlow[status]))) {
        const answer = await post(lead, `/agreements/${id}/${move}`, bodies[move] ?? { note: 'x' })
        expect([answer.status, answer.code], `${move} when ${status}`).toEqual([
          409,
          `network.cannot-${move}-when-${status}`,
        ])
      }
      expect((await get(lead, `/agreements/${id}`)).body.status).toBe(status)
    }
  })

  test('two parties that sign in the same moment both count', async () => {
    const { lead, others, url } = await proposed(3)
    const all = await Promise.all([lead, ...others].map((who) => post(who, `${url}/sign`, sign)))
    expect(all.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
    expect((await get(lead, url)).body.status).toBe('inForce')
  })
})

describe('what a grade switches on', () => {
  test('is data of the alliance, by day: from tomorrow no record sharing, today still', async () => {
    const [lead, other] = [await givenOffice(world), await givenOffice(world)]
    const { id, allianceId } = await givenAgreement(world, [lead.id, other.id])
    const set = { grade: 'tight', services: ['referral'], since: inDays(1), version: 1 }
    expect((await post(other, `/alliances/${allianceId}/services`, set)).code).toBe(
      'network.only-the-lead-manages',
    )
    expect((await post(lead, `/alliances/${allianceId}/services`, { ...set, since: inDays(-1) })).code).toBe(
      'network.past-stays',
    )
    expect((await post(lead, `/alliances/${allianceId}/services`, set)).status).toBe(200)
    expect(await shares(lead.id, other.id)).toBe(true)
    await passDays(world, 1, lead)
    expect(await shares(lead.id, other.id)).toBe(false)
    expect((await get(lead, `/agreements/${id}`)).body.services).toEqual(['referral'])
  })

  test('a loose agreement gives referral and consultation, but no record sharing; within one house all is open', async () => {
    const [a, b] = [await givenInstitution(world), await givenInstitution(world)]
    await givenAgreement(world, [a.id, b.id], { grade: 'loose' })
    const allows = (x: string, y: string, service: 'referral' | 'formulary') =>
      world.system((ctx) => agreementAllows(ctx, x, y, service))
    expect(await allows(a.id, b.id, 'referral')).toBe(true)
    expect(await allows(a.id, b.id, 'formulary')).toBe(false)
    expect(await shares(a.id, b.id)).toBe(false)
    expect(await shares(a.id, a.id)).toBe(true)
  })
})
