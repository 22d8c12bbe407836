import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenResidentAccount, type Signed } from '../../../test/given-identity.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const today = (more = 0) =>
  new Date(g.world.world.now().getTime() + 8 * 3_600_000 + more * 86_400_000).toISOString().slice(0, 10)
const good = { symptoms: ['none'], systolic: 128, diastolic: 78, adherence: 'regular', adverse: false }
const send = (who: Signed, id: string, answers: object, headers: object = {}) =>
  g.post({ ...who.headers, ...headers }, `/me/follow-ups/${id}/answer`, { formVersion: 1, answers })
const dueOf = async (who: Signed) => (await g.get(who.headers, '/me/follow-ups?status=due')).json.items
const caseSteps = async (residentId: string) =>
  (
    await g.world.sql<{ step: string }>(
      `select step from kernel."case" where resident_id = $1 and kind = 'careplan.alert' and closed_at is null`,
      [residentId],
    )
  ).map((one) => one.step)

async function enrolled(firstOn = today()) {
  const residentId = await g.resident()
  const me = await givenResidentAccount(g.world, residentId)
  await g.post(g.boss, '/enrolments', {
    ...{ residentId, programme: 'hypertension', risk: 'medium', firstOn, goals: [] },
    ...{ plan: '氨氯地平 5 mg 每日一次', plain: '每天早上吃一片降压药' },
  })
  const [due] = await dueOf(me)
  return { residentId, me, id: due.id as string }
}

test('a resident answers the questions beforehand, once; the visit stays due until the doctor has confirmed it', async () => {
  const { residentId, me, id } = await enrolled()
  expect(await dueOf(me)).toMatchObject([{ id, mayAnswer: true, answeredAt: null }])
  const asked = (await g.get(me.headers, `/me/follow-ups/${id}/form`)).json.form.questionnaire.item
  const pressure = asked.find((q: { linkId: string }) => q.linkId === 'systolic')
  expect(pressure.text).toBe('高压（大的数）')
  // Not everybody has a sphygmomanometer: the doctor will measure.
  const required = asked.filter((q: { required?: boolean }) => q.required)
  expect(required.map((q: { linkId: string }) => q.linkId)).not.toContain('systolic')
  const wrong = await send(me, id, { ...good, adherence: 'none', systolic: 1280 })
  expect(wrong.json.fields.map((one: { path: string }) => one.path)).toEqual([
    ...['body.answers.systolic', 'body.answers.whyNot'],
  ])
  const key = { 'idempotency-key': crypto.randomUUID() }
  const sent = await send(me, id, good, key)
  expect(sent.json).toMatchObject({ urgent: false })
  expect((await send(me, id, good, key)).json).toEqual(sent.json)
  expect((await send(me, id, good)).json.code).toBe('careplan.already-answered')
  expect(await dueOf(me)).toMatchObject([{ id, status: 'due', mayAnswer: false }])

  const list = await g.get(g.boss, '/follow-ups?answered=true')
  const [line] = list.json.items.filter((one: { id: string }) => one.id === id)
  expect(line).toMatchObject({
    ...{ status: 'due', verdict: null, answers: null, doneAt: null },
    selfAnswer: { byProxy: false, urgent: false, answers: good },
  })
  expect((await g.get(g.boss, '/follow-ups/counts')).json).toMatchObject({ answered: 1, done: 0 })
  const enrolment = await g.get(g.boss, `/enrolments?residentId=${residentId}&programme=hypertension`)
  expect(enrolment.json.items[0]).toMatchObject({ lastOn: null })
  const body = { at: g.world.world.now().toISOString(), way: 'phone', formVersion: 1, answers: good }
  const done = await g.post(g.boss, `/follow-ups/${id}/record`, body)
  expect(done.json.followUp).toMatchObject({ status: 'done', way: 'phone', selfAnswer: { byProxy: false } })
  const read = await g.get(g.boss, `/follow-ups?answered=true&residentId=${residentId}`)
  expect(read.json.items).toEqual([])
})

test('over FHIR the answers come from the patient, and what the doctor recorded from the doctor', async () => {
  const { residentId, me, id } = await enrolled()
  await send(me, id, good)
  const read = async () =>
    (
      await g.world.sql<{ content: string }>(
        `select content from kernel.resource where resident_id = $1 and type = 'QuestionnaireResponse' order by id`,
        [residentId],
      )
    ).map((row) => JSON.parse(row.content))
  const [own] = await read()
  expect(own).toMatchObject({ source: { reference: `Patient/${residentId}` }, status: 'completed' })
  expect(own.author).toBeUndefined()
  const body = { at: g.world.world.now().toISOString(), way: 'clinic', formVersion: 1, answers: good }
  await g.post(g.boss, `/follow-ups/${id}/record`, body)
  const all = await read()
  expect(all).toHaveLength(2)
  expect(all.find((one) => one.author)).toMatchObject({ author: { reference: expect.any(String) } })
})

test('an answer that cannot wait is on the doctor’s list at once and escalates until the follow-up is done', async () => {
  const { residentId, me, id } = await enrolled()
  const sent = await send(me, id, { ...good, symptoms: ['chestPain'] })
  expect(sent.json).toMatchObject({ urgent: true })
  expect(await caseSteps(residentId)).toEqual(['urgent-answer'])
  // Not reached: what was answered stands before the next attempt, and so does the case.
  const missed = await g.post(g.boss, `/follow-ups/${id}/miss`, { note: '电话没人接', nextOn: today() })
  expect(missed.json.status).toBe('missed')
  expect(await caseSteps(residentId)).toEqual(['urgent-answer'])
  const list = await g.get(g.boss, `/follow-ups?answered=true&residentId=${residentId}`)
  expect(list.json.items).toMatchObject([
    { status: 'due', selfAnswer: { urgent: true, findings: [{ text: '症状', value: '持续胸背剧痛' }] } },
  ])
  const body = { at: g.world.world.now().toISOString(), way: 'phone', formVersion: 1, answers: good }
  await g.post(g.boss, `/follow-ups/${list.json.items[0].id}/record`, body)
  expect(await caseSteps(residentId)).toEqual([])
})

test('nobody answers for a stranger, too early, or a form that only the doctor asks', async () => {
  const { me, id } = await enrolled(today(40))
  expect(await dueOf(me)).toMatchObject([{ id, mayAnswer: false }])
  expect((await send(me, id, good)).json.code).toBe('careplan.too-early-to-answer')
  const near = await enrolled()
  expect((await send(me, near.id, good)).status).toBe(404)
  expect((await g.get(me.headers, `/me/follow-ups/${near.id}/form`)).status).toBe(404)
  await g.world.sql(
    `insert into careplan.self_rule values ('hypertension', '2026-01-01', false, 14, '{}', '{}', 60, '测试')`,
  )
  expect((await g.get(near.me.headers, `/me/follow-ups/${near.id}/form`)).json.code).toBe(
    'careplan.asked-by-doctor-only',
  )
  expect((await send(near.me, near.id, good)).json.code).toBe('careplan.asked-by-doctor-only')
})
