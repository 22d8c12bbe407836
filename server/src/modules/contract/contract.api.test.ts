import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount } from '../../../test/given-identity.ts'
import { givenRoad } from '../../../test/given-road.ts'
import { storedProblems } from '../../../test/stored-problems.ts'
import { currentContract } from './index.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const current = (residentId: string) => g.world.system((ctx) => currentContract(ctx, residentId))
const basesOf = (residentId: string) =>
  g.world.sql<{ institution_id: string; depth: string }>(
    `select institution_id, depth from kernel.access_grant where resident_id = $1 and basis = 'contract' order by depth`,
    [residentId],
  )

describe('signing', () => {
  test('opens the record to the community and its summary to the hospital, as long as the contract binds', async () => {
    const residentId = await g.resident()
    const id = await g.signed(residentId)
    expect(await basesOf(residentId)).toEqual([
      { institution_id: g.centre, depth: 'full' },
      { institution_id: g.hospital, depth: 'summary' },
    ])
    expect(await current(residentId)).toMatchObject({
      ...{ id, communityId: g.centre, tertiaryId: g.hospital, secondaryId: null },
      ...{ startsOn: '2026-11-23', endsOn: '2027-11-22', packages: ['JC'] },
    })
    const ended = await g.post(g.boss, `/contracts/${id}/rescind`, { reason: 'residentWish' })
    expect(ended.json).toMatchObject({ status: 'rescinded' })
    expect(await basesOf(residentId)).toEqual([])
    expect(await current(residentId)).toBeNull()
  })

  test('signs a whole household in one act, and nobody of it where one cannot sign', async () => {
    const [father, mother, child] = [await g.resident(), await g.resident(), await g.resident()]
    await g.signed(child)
    const members = [father, mother, child].map((residentId) => ({ residentId, packageIds: [g.basic] }))
    const refused = await g.sign(father, { members })
    expect(refused).toMatchObject({ status: 409, json: { code: 'contract.second-contract' } })
    expect(await current(father)).toBeNull()
    const answer = await g.sign(father, { members: members.slice(0, 2) })
    expect(answer.json.contracts).toHaveLength(2)
    const page = await g.get(g.boss, `/contracts/${answer.json.contracts[0].id}`)
    expect(page.json.household).toHaveLength(1)
  })

  test('keeps one contract at a time by the database, whoever signs at the same moment', async () => {
    const residentId = await g.resident()
    const answers = await Promise.all([g.sign(residentId), g.sign(residentId), g.sign(residentId)])
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409])
    const insert = `insert into contract.contract select (jsonb_populate_record(c, jsonb_build_object('id', $2::uuid))).*
      from contract.contract c where resident_id = $1`
    await expect(g.world.sql(insert, [residentId, crypto.randomUUID()])).rejects.toThrow(
      'contract_one_in_force',
    )
  })

  test('refuses a full panel, and lets nobody in beside it', async () => {
    await g.post(g.boss, `/contract-panels/${g.otherGp.id}/limit`, { limit: 2 })
    const people = [await g.resident(), await g.resident(), await g.resident(), await g.resident()]
    const answers = await Promise.all(people.map((one) => g.sign(one, { doctorId: g.otherGp.id })))
    expect(answers.map((one) => one.status).sort()).toEqual([200, 200, 409, 409])
    const full = answers.find((one) => one.status === 409)
    expect(full?.json).toMatchObject({ code: 'contract.panel-full', details: { held: 2, limit: 2 } })
    const { json } = await g.get(g.boss, '/contract-panels')
    expect(json.find((one: { doctorId: string }) => one.doctorId === g.otherGp.id)).toMatchObject({
      held: 2,
      limit: 2,
    })
  })

  test('refuses a hospital without an agreement or of the wrong tier, a doctor of another team, an old text', async () => {
    const residentId = await g.resident()
    const codes = [
      await g.sign(residentId, { tertiaryId: g.third }),
      await g.sign(residentId, { tertiaryId: null, secondaryId: g.hospital }),
      await g.sign(residentId, { doctorId: g.thirdDoctor }),
      await g.sign(residentId, { teamId: g.thirdTeam }),
      await g.sign(residentId, { consentVersion: '2019-1' }),
    ].map((one) => one.json.code)
    expect(codes).toEqual([
      'contract.hospital-without-agreement',
      'contract.hospital-not-secondary',
      'contract.doctor-not-in-team',
      'contract.team-missing',
      'contract.consent-outdated',
    ])
  })
})

test('a child does not sign alone: a guardian does, or a grown-up of the household for all', async () => {
  const child = { birthDate: '2018-03-01' }
  const alone = await g.resident(child)
  expect((await g.sign(alone)).json.code).toBe('contract.guardian-signs')
  const guardian = { kind: 'paper', signer: '王小明', relation: '5' }
  expect((await g.sign(alone, { signature: guardian })).status).toBe(200)
  const [grown, second] = [await g.resident(), await g.resident(child)]
  const members = [grown, second].map((residentId) => ({ residentId, packageIds: [g.basic] }))
  expect((await g.sign(grown, { members })).status).toBe(200)
})

describe('packages', () => {
  test('stay as they were signed when the next version costs more', async () => {
    const residentId = await g.resident()
    const code = { code: 'GX', name: '高血压包', level: 'primary' }
    const first = await g.publish(g.boss, code)
    const id = await g.signed(residentId, { members: [{ residentId, packageIds: [first] }] })
    const next = { ...code, since: '2026-11-24', fee: [{ source: 'personal', fen: 99_900 }] }
    await g.publish(g.boss, next)
    const { json } = await g.get(g.boss, `/contracts/${id}`)
    expect(json).toMatchObject({ feeFen: 14_000, frozen: [{ code: 'GX', version: 1 }] })
    expect(json.shares).toEqual([
      { source: 'insurance', fen: 6000 },
      { source: 'publicHealth', fen: 5000 },
      { source: 'personal', fen: 3000 },
    ])
    await g.later(24)
    const expired = await g.sign(await g.resident(), {
      members: [{ residentId: await g.resident(), packageIds: [first] }],
    })
    expect(expired.json).toMatchObject({
      code: 'contract.package-not-in-force',
      details: { name: '高血压包' },
    })
  })
})

describe('the term', () => {
  test('comes to its last days, is renewed, and the next contract begins the day after without a gap', async () => {
    const residentId = await g.resident()
    const id = await g.signed(residentId)
    const early = await g.post(g.boss, `/contracts/${id}/renew`, renewal())
    expect(early.json.code).toBe('contract.cannot-renew-when-active')
    await g.world.setNow(new Date('2027-11-01T09:00:00+08:00'))
    await g.world.runJob('contract.turn')
    const cases = await g.world.sql(`select step from kernel."case" where thing = $1 and closed_at is null`, [
      `contract:${id}`,
    ])
    expect(cases).toEqual([{ step: 'renewal' }])
    const renewed = await g.post(g.boss, `/contracts/${id}/renew`, renewal())
    const { endsOn } = (await g.get(g.boss, `/contracts/${id}`)).json
    expect(renewed.json).toMatchObject({ status: 'active' })
    expect(renewed.json.startsOn > endsOn).toBe(true)
    expect((await current(residentId))?.id).toBe(id)
    expect((await g.post(g.boss, `/contracts/${id}/renew`, renewal())).json.code).toBe(
      'contract.renewed-already',
    )
    await g.world.setNow(new Date('2027-12-01T09:00:00+08:00'))
    await g.world.runJob('contract.turn')
    expect((await g.get(g.boss, `/contracts/${id}`)).json.status).toBe('renewed')
    expect((await current(residentId))?.id).toBe(renewed.json.id)
    expect(await basesOf(residentId)).toHaveLength(1)
  })

  test('runs out where nobody renews, and everything that rests on it ends', async () => {
    const residentId = await g.resident()
    const id = await g.signed(residentId)
    await g.world.setNow(new Date('2029-01-01T09:00:00+08:00'))
    await g.world.runJob('contract.turn')
    expect((await g.get(g.boss, `/contracts/${id}`)).json).toMatchObject({
      status: 'expired',
      ending: { reason: 'expired' },
    })
    expect(await basesOf(residentId)).toEqual([])
  })

  test('ends by itself when the resident dies', async () => {
    const residentId = await g.resident()
    const id = await g.signed(residentId)
    const day = g.world.world.now().toISOString().slice(0, 10)
    const died = await g.post(g.boss, `/residents/${residentId}/died`, { on: day })
    expect(died.status).toBe(200)
    await g.world.deliver()
    expect((await g.get(g.boss, `/contracts/${id}`)).json).toMatchObject({
      status: 'terminated',
      ending: { reason: 'died' },
      endedOn: day,
    })
  })
})

describe('residents', () => {
  test('apply on the phone; the team accepts, and what bound them elsewhere ends in the same moment', async () => {
    const residentId = await g.resident()
    const before = await g.signed(residentId)
    const me = await givenResidentAccount(g.world, residentId)
    const theirs = await g.publish(g.elsewhere, { since: '2029-02-01' })
    await g.world.setNow(new Date('2029-02-01T09:00:00+08:00'))
    const body = {
      ...g.signBody(residentId, { tertiaryId: null, teamId: g.thirdTeam, doctorId: g.thirdDoctor }),
      members: [{ residentId, packageIds: [theirs], changesTeam: true }],
    }
    await g.stayIn()
    const choices = await g.get(me.headers, `/me/contract-choices?communityId=${g.third}`)
    expect(choices.json.doctors).toHaveLength(1)
    expect((await g.get(me.headers, '/me/contract-choices')).status).toBe(400)
    const applied = await g.post(me.headers, '/me/contracts', body)
    expect(applied.json.contracts).toMatchObject([{ status: 'pendingReview' }])
    const { id } = applied.json.contracts[0]
    expect((await current(residentId))?.id).toBe(before)
    expect((await g.get(g.boss, `/contracts/${id}`)).status).toBe(404)
    const accepted = await g.post(g.elsewhere, `/contracts/${id}/accept`)
    expect(accepted.json.status).toBe('active')
    expect((await current(residentId))?.communityId).toBe(g.third)
    expect((await g.get(me.headers, '/me/contracts')).json.items).toMatchObject([
      { status: 'active' },
      { status: 'teamChanged' },
    ])
    const left = await g.post(me.headers, `/me/contracts/${id}/rescind`, { reason: 'residentWish' })
    expect(left.json.status).toBe('rescinded')
  })

  test('choose from the communities around them, nearest first by road, each with the room that is left', async () => {
    const residentId = await g.resident()
    const me = await givenResidentAccount(g.world, residentId)
    const lay = (id: string, longitude: number, latitude: number) =>
      g.world.sql('update network.institution set longitude = $2, latitude = $3 where id = $1', [
        ...[id, longitude, latitude],
      ])
    await lay(g.centre, 124, 30)
    await lay(g.third, 124.2, 30)
    await lay(g.hospital, 124.2, 30.01)
    await givenRoad(g.world, [124, 30], [124.2, 30], 18)
    const read = async (query = '') => (await g.get(me.headers, `/me/contract-communities${query}`)).json
    const mine = await read()
    expect(mine.from).toMatchObject({ longitude: 124, latitude: 30 })
    expect(mine.communities.map((one: { id: string }) => one.id)).toEqual([g.centre, g.third])
    expect(mine.communities[1]).toMatchObject({ minutes: 18, doctors: 1, longitude: 124.2 })
    expect(mine.roads).toEqual([[124, 30, 124.2, 30]])
    const there = await read('?longitude=124.2&latitude=30')
    expect(there.communities[0]).toMatchObject({ id: g.third, minutes: 0 })
    expect((await read(`?q=${encodeURIComponent('没有这样的名字')}`)).communities).toEqual([])
    const near = (await g.get(me.headers, `/me/contract-choices?communityId=${g.centre}`)).json
    expect(near.hospitals).toMatchObject([{ id: g.hospital, latitude: 30.01 }])
    expect(near.hospitals[0].minutes).toBeGreaterThan(18)
    await g.post(g.boss, `/contract-panels/${g.gpDoctor.id}/limit`, { limit: 0 })
    const [full] = (await read()).communities
    expect(full.free).toBeLessThan(mine.communities[0].free)
    await g.post(g.boss, `/contract-panels/${g.gpDoctor.id}/limit`, { limit: null })
  })

  test('get their contract on paper, and see it over FHIR as contract, care team, coverage and episode', async () => {
    const residentId = await g.resident()
    const basic = await g.publish(g.boss, { code: 'JC2', since: '2029-02-01' })
    const id = await g.signed(residentId, { members: [{ residentId, packageIds: [basic] }] })
    const me = await givenResidentAccount(g.world, residentId)
    await g.stayIn()
    const paper = await g.get(me.headers, `/me/contracts/${id}/document.pdf`)
    expect(paper.bytes.subarray(0, 5).toString()).toBe('%PDF-')
    const rows = await g.world.sql<{ type: string }>(
      'select type from kernel.resource where id = $1 order by type',
      [id],
    )
    expect(rows.map((row) => row.type)).toEqual(['CareTeam', 'Contract', 'Coverage', 'EpisodeOfCare'])
  })
})

const renewal = () => ({
  packageIds: [g.basic],
  consentVersion: '2026-1',
  signature: { kind: 'paper', signer: '王小明' },
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(g.world)).toEqual([])
})
