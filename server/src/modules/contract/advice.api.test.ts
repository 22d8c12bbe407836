import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount } from '../../../test/given-identity.ts'
import { dueAt, isOpen, opensAt } from './office-hours.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

test('a question is answered within a day of somebody sitting there; weekends and holidays do not count', () => {
  const hours = { fromHour: 8, toHour: 17 }
  const at = (text: string) => new Date(`${text}+08:00`)
  // 2026-11-27 is a Friday.
  expect(isOpen(at('2026-11-27T08:00'), hours)).toBe(true)
  expect(isOpen(at('2026-11-27T17:00'), hours)).toBe(false)
  expect(opensAt(at('2026-11-27T20:00'), hours)).toEqual(at('2026-11-30T08:00'))
  expect(dueAt(at('2026-11-26T10:00'), hours, 24)).toEqual(at('2026-11-27T10:00'))
  expect(dueAt(at('2026-11-27T20:00'), hours, 24)).toEqual(at('2026-12-01T08:00'))
  expect(dueAt(at('2026-11-27T16:00'), hours, 24)).toEqual(at('2026-11-30T16:00'))
})

test('a resident asks their team, somebody owes the answer, the resident reads it and closes', async () => {
  const one = await g.resident()
  const { headers: me } = await givenResidentAccount(g.world, one)
  const ask = { residentId: one, subject: '头晕', text: '早上起来头晕，血压 150/95，要紧吗？' }
  expect((await g.post(me, '/me/contract-advices', ask)).json.code).toBe('contract.advice-needs-contract')
  await g.signed(one)
  const asked = (await g.post(me, '/me/contract-advices', ask)).json
  expect(asked).toMatchObject({ status: 'asked' })
  expect(asked.due).not.toBeNull()

  const waiting = (await g.get(g.boss, '/contract-advices?status=asked')).json
  expect(waiting).toMatchObject({ total: 1, counts: { asked: 1 } })
  const [work] = (await g.get(g.boss, '/work-list')).json.items.filter(
    (item: { thing: string }) => item.thing === `contract-advice:${asked.id}`,
  )
  expect(work).toMatchObject({ step: 'adviceAsked' })
  expect((await g.get(g.elsewhere, `/contract-advices/${asked.id}`)).status).toBe(404)

  const said = { text: '请今天上午来测一次血压，先不要加药。' }
  expect((await g.post(g.boss, `/contract-advices/${asked.id}/answer`, said)).json).toMatchObject({
    status: 'answered',
    due: null,
  })
  const read = (await g.get(me, `/me/contract-advices/${asked.id}`)).json
  expect(read.messages.map((message: { fromResident: boolean }) => message.fromResident)).toEqual([
    true,
    false,
  ])
  expect(
    (await g.post(me, `/me/contract-advices/${asked.id}/ask`, { text: '下午来可以吗？' })).json.status,
  ).toBe('asked')
  expect((await g.post(me, `/me/contract-advices/${asked.id}/close`)).json.status).toBe('closed')
  expect((await g.post(g.boss, `/contract-advices/${asked.id}/answer`, said)).json.code).toBe(
    'contract.advice-not-now',
  )
  const left = (await g.get(g.boss, '/work-list')).json.items
  expect(left.some((item: { thing: string }) => item.thing === `contract-advice:${asked.id}`)).toBe(false)
})

test('the team writes first, makes a referral of a question, and keeps an answer; others’ residents stay out', async () => {
  const one = await g.resident()
  const contractId = await g.signed(one)
  const { headers: me } = await givenResidentAccount(g.world, one)
  const note = { subject: '复查提醒', text: '您的血脂该复查了。' }
  const begun = (await g.post(g.boss, `/contracts/${contractId}/messages`, note)).json
  expect((await g.get(me, '/me/contract-advices')).json.items[0]).toMatchObject({
    id: begun.id,
    begunBy: 'team',
  })
  expect((await g.post(g.elsewhere, `/contracts/${contractId}/messages`, note)).status).toBe(404)
  await g.post(me, `/me/contract-advices/${begun.id}/ask`, { text: '胸口闷三天了' })
  const made = (await g.post(g.boss, `/contract-advices/${begun.id}/convert`)).json
  expect(made).toMatchObject({ status: 'converted', residentId: one, reason: '复查提醒：胸口闷三天了' })

  const kept = (await g.post(g.boss, '/contract-answer-templates', { title: '复查', text: '请空腹来。' }))
    .json
  expect((await g.get(g.boss, '/contract-answer-templates')).json).toEqual([kept])
  expect((await g.post(g.elsewhere, `/contract-answer-templates/${kept.id}/drop`)).status).toBe(404)

  const stranger = await givenResidentAccount(g.world, await g.resident())
  expect((await g.get(stranger.headers, `/me/contract-advices/${begun.id}`)).status).toBe(404)
  expect((await g.post(stranger.headers, '/me/contract-advices', { ...note, residentId: one })).status).toBe(
    404,
  )
})

test('the hotline keeps who rang and what they were told, also of people nobody knows', async () => {
  const call = { topic: 'symptom', asked: '孩子发热 39 度', answered: '多喝水，来发热门诊', outcome: 'visit' }
  expect((await g.post(g.boss, '/hotline-calls', call)).json.code).toBe('contract.caller-missing')
  expect((await g.post(g.boss, '/hotline-calls', { ...call, caller: '一位母亲' })).status).toBe(200)
  expect((await g.get(g.boss, '/hotline-calls?outcome=visit')).json.total).toBe(1)
  expect((await g.get(g.boss, '/hotline-calls?outcome=emergency')).json.total).toBe(0)
  expect((await g.get(g.elsewhere, '/hotline-calls')).json.total).toBe(0)
})
