import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenStaff } from '../../../test/given-identity.ts'
import { projectMany } from '../../kernel/resource/project.ts'
import { setSame } from '../../kernel/same-person.ts'
import { callReasons } from './call-reason.ts'
import { currentContract } from './index.ts'
import { groupsOf } from './priority-group.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

test('somebody is of a group by age from the birthday on, by a condition only while it says something', () => {
  const rules = [
    { priorityGroup: 'elderly', kind: 'minAge', value: '65', withinDays: null, source: '' },
    { priorityGroup: 'pregnant', kind: 'icd10', value: 'Z34', withinDays: 300, source: '' },
  ] as const
  const of = (birthDate: string, on: string) =>
    groupsOf({ birthDate, conditions: [{ code: 'Z34.9', on }] }, rules, '2026-11-25')
  expect(of('1961-11-25', '2025-01-01')).toEqual(['elderly'])
  expect(of('1961-11-26', '2026-10-01')).toEqual(['pregnant'])
})

test('somebody is rung once for each reason: after a ward, a bad value, a promise; not again once reached', () => {
  const at = (day: string) => new Date(`${day}T10:00:00+08:00`)
  const none = { dischargedOn: null, badly: null, lastCall: null }
  const badly = { what: '收缩压过高', at: at('2026-11-20'), critical: false }
  const call = (outcome: 'reached' | 'notReached' | 'callBack', day: string) => ({ outcome, at: at(day) })
  expect(callReasons(none)).toEqual([])
  expect(callReasons({ ...none, dischargedOn: '2026-11-24', badly })).toEqual(['discharged', 'badly'])
  const called = { ...none, dischargedOn: '2026-11-24', badly }
  expect(callReasons({ ...called, lastCall: call('reached', '2026-11-22') })).toEqual(['discharged'])
  expect(callReasons({ ...called, lastCall: call('reached', '2026-11-25') })).toEqual([])
  expect(callReasons({ ...none, lastCall: call('callBack', '2026-11-25') })).toEqual(['callBack'])
  expect(callReasons({ ...called, lastCall: call('notReached', '2026-11-25') })).toEqual([
    ...['discharged', 'badly', 'notReached'],
  ])
})

test('the panel shows key groups from the record, who left a ward, and what came of a call; elsewhere nothing', async () => {
  const ill = await g.resident({ birthDate: '1980-05-05' })
  const well = await g.resident({ birthDate: '1985-05-05' })
  const contractId = await g.signed(ill)
  await g.signed(well)
  const [{ on = '' } = {}] = await g.world.sql<{ on: string }>(
    `select starts_on::text as on from contract.contract where id = $1`,
    [contractId],
  )
  const subject = { reference: `Patient/${ill}` }
  const coding = [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10.x00' }]
  const wardClass = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' }
  const about = { residentId: ill, institutionId: g.hospital }
  const suspicion = {
    ...{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'provisional' },
  }
  await g.world.world.asSystem(g.hospital, (ctx) =>
    projectMany(ctx, [
      {
        resource: { resourceType: 'Condition', id: crypto.randomUUID(), subject, code: { coding } },
        ...about,
      },
      {
        ...{ residentId: well, institutionId: g.hospital },
        resource: {
          ...{ resourceType: 'Condition', id: crypto.randomUUID(), code: { coding } },
          ...{ subject: { reference: `Patient/${well}` }, verificationStatus: { coding: [suspicion] } },
        },
      },
      {
        ...about,
        resource: {
          ...{
            resourceType: 'Encounter',
            id: crypto.randomUUID(),
            status: 'finished',
            class: wardClass,
            subject,
          },
          period: { start: on, end: on },
        },
      },
    ]),
  )
  const panel = async (query = '') => (await g.get(g.boss, `/contract-residents${query}`)).json
  const all = await panel()
  expect(all.counts).toMatchObject({ all: 2, key: 1, discharged: 1, toCall: 1, yesterday: 0, badly: 0 })
  expect(all.items[0]).toMatchObject({
    contractId,
    groups: ['hypertension'],
    dischargedOn: on,
    lastCall: null,
  })
  expect((await panel('?group=hypertension')).total).toBe(1)
  expect((await panel('?view=discharged&group=diabetes')).total).toBe(0)

  const said = { outcome: 'reached', note: '血压平稳' }
  expect((await g.post(g.boss, `/contracts/${contractId}/calls`, said)).json).toMatchObject(said)
  expect((await panel()).items[0].lastCall.outcome).toBe('reached')
  expect((await g.get(g.boss, `/contracts/${contractId}/calls`)).json.total).toBe(1)
  expect((await g.get(g.elsewhere, '/contract-residents')).json.counts.all).toBe(0)
  expect((await g.post(g.elsewhere, `/contracts/${contractId}/calls`, said)).status).toBe(404)
})

test('a priority group without a source exists and is off until the region confirms it, with a document', async () => {
  const rules = (await g.get(g.boss, '/contract-group-rules')).json as { group: string; state: string }[]
  const off = rules.filter((one) => one.state === 'toConfirm').map((one) => one.group)
  expect(off).toEqual(['disabled', 'familyPlanningSpecial', 'poverty', 'poverty'])
  const body = {
    group: 'disabled',
    kind: 'icd10',
    value: 'Z73.6',
    since: '2020-01-01',
    state: 'inForce',
    source: '残联发〔2026〕1 号',
  }
  expect((await g.post(g.boss, '/contract-group-rules', body)).status).toBe(403)
  const { headers } = await givenStaff(g.world, g.centre, ['health-commission'], {})
  const after = (await g.post(headers, '/contract-group-rules', body)).json as typeof rules
  expect(after.find((one) => one.group === 'disabled')).toMatchObject({
    state: 'inForce',
    source: body.source,
  })
  expect((await g.post(headers, '/contract-group-rules', { ...body, value: 'Z99' })).status).toBe(404)
})

test('two linked registrations are one person: one contract at a time, and its rights hold for both', async () => {
  const [one, other] = [await g.resident(), await g.resident()]
  const pairs = [
    { residentId: one, otherId: other, kind: 'seealso' as const },
    { residentId: other, otherId: one, kind: 'seealso' as const },
  ]
  const holds = async () => (await g.world.system((ctx) => currentContract(ctx, other)))?.id
  const id = await g.signed(one)
  expect(await holds()).toBeUndefined()
  await g.world.system((ctx) => setSame(ctx, [one, other], pairs))
  expect(await holds()).toBe(id)
  expect((await g.sign(other)).json.code).toBe('contract.second-contract')
  expect((await g.post(g.boss, `/contracts/${id}/rescind`, { reason: 'residentWish' })).status).toBe(200)
  expect(await holds()).toBeUndefined()
  expect((await g.sign(other)).status).toBe(200)
})
