import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { storedProblems } from '../../../test/stored-problems.ts'
import { endFollowUps, planFollowUps } from './index.ts'

let g: ContractRegion
beforeAll(async () => {
  g = await contractRegion()
})
afterAll(() => g.world.close())

const now = () => g.world.world.now().toISOString()
const today = () => new Date(g.world.world.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
const wellControlled = {
  ...{ symptoms: ['none'], systolic: 128, diastolic: 78, weight: 66.5, smoking: 0 },
  ...{ adherence: 'regular', adverse: false },
}
const badly = { ...wellControlled, systolic: 162, diastolic: 96 }
const body = (answers: object = wellControlled) => ({ at: now(), way: 'clinic', formVersion: 1, answers })

const enrol = async (residentId: string, more: object = {}) =>
  g.post(g.boss, '/enrolments', {
    ...{ residentId, programme: 'hypertension', risk: 'medium', firstOn: today(), goals: [] },
    ...{ plan: '氨氯地平 5 mg 每日一次', plain: '每天早上吃一片降压药', ...more },
  })
const dueOf = async (residentId: string) =>
  (await g.get(g.boss, `/follow-ups?residentId=${residentId}&status=due`)).json.items
const record = async (residentId: string, answers?: object) => {
  const [due] = await dueOf(residentId)
  return g.post(g.boss, `/follow-ups/${due.id}/record`, body(answers))
}

test('an enrolled resident is followed up with the form; the next day, the record and FHIR follow by themselves', async () => {
  const residentId = await g.resident()
  const enrolled = await enrol(residentId, { goals: [{ text: '血压', target: '低于 140/90' }] })
  expect(enrolled.json).toMatchObject({ status: 'active', nextOn: today(), mine: true })
  expect((await enrol(residentId)).json.code).toBe('careplan.enrolled-already')
  const done = await record(residentId)
  expect(done.json).toMatchObject({
    ...{ refer: null, urgent: false, nextOn: '2027-02-21' },
    followUp: { status: 'done', verdict: 'satisfactory', controlled: true, doneBy: '林晓' },
  })
  expect(await dueOf(residentId)).toMatchObject([{ dueOn: '2027-02-21', status: 'due' }])
  const again = await g.post(g.boss, `/follow-ups/${done.json.followUp.id}/record`, body())
  expect(again.json.code).toBe('careplan.cannot-record-when-done')
  const stored = await g.world.sql<{ type: string; content: string }>(
    'select type, content from kernel.resource where resident_id = $1 and type = any ($2) order by type, id',
    [residentId, ['CarePlan', 'Goal', 'Observation', 'QuestionnaireResponse']],
  )
  expect(stored.map((row) => row.type)).toEqual([
    ...['CarePlan', 'Goal', 'Observation', 'Observation', 'QuestionnaireResponse'],
  ])
  const pressure = stored.map((row) => JSON.parse(row.content)).find((one) => one.code?.text === '血压')
  expect(
    pressure.component.map((one: { valueQuantity: { value: number } }) => one.valueQuantity.value),
  ).toEqual([...[128, 78]])
})

test('answers that are missing or cannot be are all named, and nothing is kept', async () => {
  const residentId = await g.resident()
  await enrol(residentId)
  const answer = await record(residentId, {
    systolic: 1280,
    diastolic: 78,
    adherence: 'none',
    adverse: false,
  })
  expect(answer).toMatchObject({ status: 422, json: { code: 'careplan.answers-wrong' } })
  expect(answer.json.fields.map((one: { path: string }) => one.path)).toEqual([
    ...['body.answers.symptoms', 'body.answers.systolic', 'body.answers.whyNot'],
  ])
  expect(await dueOf(residentId)).toHaveLength(1)
})

test('two unsatisfactory follow-ups in a row propose a referral, with the reason ready for its draft', async () => {
  const residentId = await g.resident()
  await enrol(residentId)
  expect((await record(residentId, badly)).json).toMatchObject({ refer: null, nextOn: '2026-12-07' })
  const second = await record(residentId, badly)
  expect(second.json.refer).toContain('连续 2 次随访控制不满意')
  const told = await g.world.sql<{ data: { run: number } }>(
    `select data from kernel.event where name = 'careplan.unsatisfactory-twice' and resident_id = $1`,
    [residentId],
  )
  expect(told.map((one) => one.data.run)).toEqual([2])
  expect(second.json.enrolmentId).toEqual(expect.any(String))
  const proposed = (await g.get(g.boss, `/enrolments/${second.json.enrolmentId}/referral`)).json
  expect(proposed).toMatchObject({ urgency: 'routine', diagnosis: { code: 'I10' }, to: null, residentId })
  expect(proposed.treatmentSoFar).toContain('氨氯地平 5 mg 每日一次')
  expect(proposed.treatmentSoFar).toContain('收缩压：162 mmHg')
  const list = await g.get(g.boss, '/enrolments?toRefer=true')
  expect(list.json.items.map((one: { resident: { id: string } }) => one.resident.id)).toEqual([residentId])
  const counts = (await g.get(g.boss, '/programmes/counts')).json
  const bp = counts.find((one: { code: string }) => one.code === 'hypertension')
  expect(bp).toMatchObject({ toRefer: 1 })
  const controlled = await g.get(g.boss, '/enrolments?programme=hypertension&status=active&controlled=true')
  expect(controlled.json.total).toBe(bp.controlled)
})

test('who is overdue is one case, however many items; it escalates, and closes with the last of them', async () => {
  const residentId = await g.resident()
  const source = `referral:${crypto.randomUUID()}`
  const items = [1, 2].map((days) => ({ dueOn: `2026-11-2${3 + days}`, form: 'general' }))
  const planned = {
    residentId,
    institutionId: g.centre,
    practitionerId: null,
    source,
    reason: '出院随访',
    items,
  }
  await g.world.system((ctx) => planFollowUps(ctx, planned))
  await g.later(24 * 10)
  await g.stayIn()
  await g.world.runJob('careplan.raise-overdue')
  await g.world.runJob('careplan.raise-overdue')
  await g.world.deliver()
  const inbox = (await g.get(g.boss, '/notices?limit=50')).json.items as { code: string; thing: string }[]
  const told = inbox.filter((one) => one.thing === `careplan:${residentId}.${g.centre}`)
  expect(told.map((one) => one.code).sort()).toEqual(['careplan.follow-ups-planned', 'careplan.overdue'])
  const cases = () =>
    g.world.sql<{ closed: boolean; escalated: number }>(
      `select closed_at is not null as closed, escalated from kernel.case where kind = 'careplan' and resident_id = $1`,
      [residentId],
    )
  expect(await cases()).toMatchObject([{ closed: false }])
  await g.world.sweep()
  expect(await cases()).toMatchObject([{ closed: false, escalated: 1 }])
  const answers = { feeling: 'better', adherence: 'regular', adverse: false, needsReview: false }
  expect((await record(residentId, answers)).json.followUp).toMatchObject({ verdict: null, status: 'done' })
  expect(await cases()).toMatchObject([{ closed: false }])
  await g.world.system((ctx) => endFollowUps(ctx, source))
  expect(await cases()).toMatchObject([{ closed: true }])
  expect(await dueOf(residentId)).toEqual([])
})

test('who is not reached three times in a row is found as lost; the end of a programme ends what is due', async () => {
  const residentId = await g.resident()
  const { id } = (await enrol(residentId)).json
  for (let n = 0; n < 3; n++) {
    const [due] = await dueOf(residentId)
    const miss = { note: '电话无人接听', nextOn: today() }
    expect((await g.post(g.boss, `/follow-ups/${due.id}/miss`, miss)).json.status).toBe('missed')
  }
  const lost = (await g.get(g.boss, '/enrolments?dropOut=true&status=active')).json.items
  expect(lost.map((one: { id: string }) => one.id)).toContain(id)
  expect((await g.post(g.elsewhere, `/enrolments/${id}/end`, { reason: 'lost' })).status).toBe(404)
  expect((await g.post(g.boss, `/enrolments/${id}/end`, { reason: 'lost' })).json.status).toBe('ended')
  expect(await dueOf(residentId)).toEqual([])
  expect((await g.post(g.boss, `/enrolments/${id}/end`, { reason: 'lost' })).json.code).toBe(
    'careplan.cannot-end-when-ended',
  )
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(g.world)).toEqual([])
})
