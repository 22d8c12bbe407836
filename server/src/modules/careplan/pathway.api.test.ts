import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenStaff } from '../../../test/given-identity.ts'
import { storedProblems } from '../../../test/stored-problems.ts'

type Headers = Readonly<Record<string, string>>
let g: ContractRegion
let author: Headers
let reviewer: Headers
let steps: { code: string; title: string; guideline: string | null }[]
beforeAll(async () => {
  g = await contractRegion()
  const staff = async (practitioner?: string) =>
    (await givenStaff(g.world, g.hospital, ['specialist'], practitioner ? { practitioner } : {})).headers
  author = await staff(g.heartDoctor.id)
  reviewer = await staff()
  await g.stayIn()
  const examples = (await g.get(author, '/pathway-examples')).json
  steps = examples.find((one: { programme: string }) => one.programme === 'hypertension').steps
})
afterAll(() => g.world.close())

const must = async (headers: Headers, path: string, body: unknown = {}) => {
  const answer = await g.post(headers, path, body)
  expect(answer.status, `${path} ${JSON.stringify(answer.json)}`).toBe(200)
  return answer.json
}
const draft = (more: object = {}) => ({ programme: 'hypertension', title: '高血压诊疗路径', steps, ...more })
const published = async (): Promise<string> => {
  const { id } = await must(author, '/pathways', draft())
  await must(author, `/pathways/${id}/send-to-review`)
  await must(reviewer, `/pathways/${id}/review`)
  await must(reviewer, `/pathways/${id}/publish`)
  return id
}

test('a pathway is written by one, reviewed by another and published by its owner; only then others see it', async () => {
  const { id, acts } = await must(author, '/pathways', draft())
  expect(acts).toContainEqual({ move: 'sendToReview', open: true })
  expect((await g.get(g.boss, `/pathways/${id}`)).status).toBe(404)
  await must(author, `/pathways/${id}/send-to-review`)
  expect((await g.post(author, `/pathways/${id}/review`, {})).json.code).toBe('careplan.reviewed-by-another')
  expect((await g.post(reviewer, `/pathways/${id}/publish`, {})).json.code).toBe(
    'careplan.cannot-publish-when-in-review',
  )
  await must(reviewer, `/pathways/${id}/review`)
  expect((await must(reviewer, `/pathways/${id}/publish`)).status).toBe('published')
  const seen = (await g.get(g.boss, `/pathways/${id}`)).json
  expect(seen).toMatchObject({ mine: false, off: 3, acts: [{ move: 'derive', open: true }] })
  expect((await g.post(g.boss, `/pathways/${id}/withdraw`, { reason: '不合适' })).json.code).toBe(
    'careplan.pathway-owners-part',
  )
  const [stored] = await g.world.sql<{ content: string }>(
    `select content from kernel.resource where type = 'PlanDefinition' and id = $1`,
    [id],
  )
  const plan = JSON.parse(stored?.content ?? '{}')
  expect(plan).toMatchObject({ status: 'active', version: '1' })
  expect(
    plan.action.find((one: { id: string }) => one.id === 'screen').condition[0].expression.expression,
  ).toBe('false')
  await must(reviewer, `/pathways/${id}/withdraw`, { reason: '依据有变' })
})

test('a community derives its own version and sees what differs; the next version replaces the one before', async () => {
  const base = await published()
  const { id, basedOn, steps: copied, revision } = await must(g.boss, `/pathways/${base}/derive`)
  expect(basedOn).toMatchObject({ id: base, version: 1 })
  const changed = copied
    .slice(1)
    .map((step: object, n: number) => (n === 0 ? { ...step, title: '复测三次' } : step))
  const body = { title: '社区版', steps: changed, revision }
  await must(g.boss, `/pathways/${id}/change`, body)
  expect((await g.post(g.boss, `/pathways/${id}/change`, body)).json.code).toBe('careplan.pathway-stale')
  const { steps: differences } = (await g.get(g.boss, `/pathways/${id}/difference`)).json
  const told = differences.filter((one: { kind: string }) => one.kind !== 'same')
  expect(told.map((one: { code: string; kind: string }) => [one.code, one.kind])).toEqual([
    ['confirm', 'changed'],
    ['screen', 'removed'],
  ])
  const next = await must(author, `/pathways/${base}/derive`)
  expect([next.version, next.line]).toEqual([2, (await g.get(author, `/pathways/${base}`)).json.line])
  expect((await g.post(author, `/pathways/${base}/derive`, {})).json.code).toBe(
    'careplan.pathway-being-written',
  )
  for (const [who, verb] of [
    [author, 'send-to-review'],
    [reviewer, 'review'],
    [reviewer, 'publish'],
  ] as const)
    await must(who, `/pathways/${next.id}/${verb}`)
  expect((await g.get(g.boss, `/pathways/${base}`)).json.status).toBe('replaced')
})

test('steps that cannot be are all named', async () => {
  const [one] = steps
  const wrong = [
    one,
    one,
    { ...one, code: 'x', guideline: 'heard-somewhere' },
    { ...one, code: 'y', form: 'nothing' },
  ]
  const answer = await g.post(author, '/pathways', draft({ steps: wrong }))
  expect(answer.json.fields).toEqual([
    { path: 'body.steps.1.code', problem: 'careplan.step-twice' },
    { path: 'body.steps.2.guideline', problem: 'careplan.guideline-missing' },
    { path: 'body.steps.3.form', problem: 'careplan.form-missing' },
  ])
})

test('on a pathway the next step is proposed with its reason, and what was done, or why not, is recorded', async () => {
  const pathwayId = await published()
  const residentId = await g.resident()
  const path = `/residents/${residentId}/pathways`
  const { offered } = (await g.get(g.boss, path)).json
  expect(offered.map((one: { id: string }) => one.id)).toContain(pathwayId)
  const started = (await must(g.boss, path, { pathwayId })).followed[0]
  expect(started.next).toBe('enrol')
  expect((await g.post(g.boss, path, { pathwayId })).json.code).toBe('careplan.on-pathway-already')
  const today = new Date(g.world.world.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const enrolment = { residentId, programme: 'hypertension', risk: 'medium', firstOn: today, goals: [] }
  await must(g.boss, '/enrolments', { ...enrolment, plan: '限盐', plain: '少放盐' })
  const now = () => g.world.world.now().toISOString()
  const next = async () => (await g.get(g.boss, path)).json.followed[0]
  expect((await next()).next).toBe('follow-up')
  const [due] = (await g.get(g.boss, `/follow-ups?residentId=${residentId}&status=due`)).json.items
  const answers = { symptoms: ['none'], systolic: 186, diastolic: 96, adherence: 'regular', adverse: false }
  await must(g.boss, `/follow-ups/${due.id}/record`, { at: now(), way: 'clinic', formVersion: 1, answers })
  const urgent = await next()
  expect(urgent.next).toBe('refer-urgent')
  const steps = `/followed-pathways/${started.id}/steps`
  const skip = { reason: 'refused', note: '家属不同意转院，已签字' }
  await must(g.boss, `${steps}/refer-urgent/skip`, skip)
  const after = await next()
  expect(after.next).toBe('after-referral')
  expect(after.records[0]).toMatchObject({ step: 'refer-urgent', outcome: 'skipped', by: '林晓', ...skip })
  expect((await g.post(g.boss, `${steps}/screen/do`, { at: now(), note: '测了' })).json.code).toBe(
    'careplan.step-off',
  )
  expect((await g.post(g.boss, `${steps}/after-referral/do`, { at: now() })).json.code).toBe(
    'careplan.answers-wrong',
  )
  const said = {
    feeling: 'better',
    adherence: 'regular',
    adverse: false,
    needsReview: true,
    systolic: 146,
    diastolic: 88,
  }
  await must(g.boss, `${steps}/after-referral/do`, { at: now(), formVersion: 1, answers: said })
  const stored = await g.world.sql<{ content: string }>(
    `select content from kernel.resource where type = 'CarePlan' and id = $1`,
    [started.id],
  )
  expect(
    JSON.parse(stored[0]?.content ?? '{}').activity.map(
      (one: { detail: { status: string } }) => one.detail.status,
    ),
  ).toEqual([
    'on-hold',
    'on-hold',
    'cancelled',
    'not-started',
    'not-started',
    'not-started',
    'not-started',
    'completed',
    'not-started',
    'not-started',
    'on-hold',
  ])
  expect((await g.post(g.elsewhere, `/followed-pathways/${started.id}/end`, { reason: '迁出' })).status).toBe(
    404,
  )
  expect(
    (await must(g.boss, `/followed-pathways/${started.id}/end`, { reason: '转到别处' })).followed[0].next,
  ).toBeNull()
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(g.world)).toEqual([])
})
