import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { storedProblems } from '../../../test/stored-problems.ts'
import { createResource } from '../../kernel/resource/write.ts'
import { controlOf } from '../contract/index.ts'
import { planFollowUps, replaceDischarge } from './index.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const dueOf = async (residentId: string) =>
  (await g.get(g.boss, `/follow-ups?residentId=${residentId}&status=due`)).json.items
const stay = (residentId: string, end: string, more: object = {}) =>
  g.world.world.asSystem(g.hospital, (ctx) =>
    createResource(ctx, {
      ...{ resourceType: 'Encounter', status: 'finished', subject: { reference: `Patient/${residentId}` } },
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      period: { start: '2026-10-02', end },
      ...more,
    }),
  )

test('who has left a ward is on the family doctor’s list once; old stays, visits and people without a contract are not', async () => {
  const residentId = await g.resident()
  await stay(residentId, '2026-11-22')
  expect(await dueOf(residentId)).toEqual([])
  await g.signed(residentId)
  await stay(residentId, '2026-10-12')
  await stay(residentId, '2026-11-22', { class: { system: 'urn:x', code: 'AMB' } })
  expect(await dueOf(residentId)).toEqual([])
  await stay(residentId, '2026-11-22T10:00:00+08:00')
  await stay(residentId, '2026-11-22')
  const due = await dueOf(residentId)
  expect(due).toMatchObject([{ dueOn: '2026-11-29', reason: '出院随访', form: 'general', mine: true }])
  await g.world.system((ctx) => replaceDischarge(ctx, residentId))
  expect(await dueOf(residentId)).toEqual([])
})

test('the settlement of contracts hears how well the disease was controlled, and nothing where nothing was measured', async () => {
  const [well, badly, lost] = [await g.resident(), await g.resident(), await g.resident()]
  const residentIds = [well, badly, lost]
  const ask = (year: number) =>
    g.world.system((ctx) => controlOf.ask(ctx, { residentIds, from: `${year}-01-01`, to: `${year}-12-31` }))
  const today = new Date(g.world.world.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  for (const residentId of residentIds)
    await g.post(g.boss, '/enrolments', {
      ...{ residentId, programme: 'hypertension', risk: 'medium', firstOn: today, goals: [] },
      ...{ plan: '限盐', plain: '少放盐' },
    })
  expect(await ask(2026)).toBeNull()
  for (const [residentId, systolic] of [
    [well, 128],
    [badly, 164],
  ] as const) {
    const [due] = await dueOf(residentId)
    const answers = { symptoms: ['none'], systolic, diastolic: 78, adherence: 'regular', adverse: false }
    const at = g.world.world.now().toISOString()
    await g.post(g.boss, `/follow-ups/${due.id}/record`, { at, way: 'clinic', formVersion: 1, answers })
  }
  const said = new Map((await ask(2026))?.map((one) => [one.residentId, one.controlled]))
  expect(residentIds.map((id) => said.get(id))).toEqual([true, false, false])
  expect(await ask(2025)).toBeNull()
})

test('access that comes with follow-ups has a living source as long as one is due', async () => {
  const residentId = await g.resident({ at: g.third })
  const source = `referral:${crypto.randomUUID()}`
  const items = [{ dueOn: '2026-12-01', form: 'general' }]
  const planned = {
    residentId,
    institutionId: g.centre,
    practitionerId: null,
    source,
    reason: '下转后随访',
    items,
  }
  await g.world.system((ctx) => planFollowUps(ctx, planned))
  const [due] = await dueOf(residentId)
  expect(due.resident.nameMasked).not.toBe('*')
  expect((await g.post(g.boss, `/follow-ups/${due.id}/refuse`, { note: '自己会去医院' })).status).toBe(200)
  const left = await g.world.sql(`select 1 from kernel.access_grant where source = $1`, [
    `followUp:${source}`,
  ])
  expect(left).toEqual([])
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(g.world)).toEqual([])
})
