import type { Finding, QualityRule, Scores, TrendPoint, Trial } from '@tongmai/api/record/quality'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenStaff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { type Region, region } from '../../../test/world.ts'
import { dayOf } from '../../kernel/day.ts'
import { shippedCodes } from './index/shipped.ts'
import { judgeAll } from './jobs.ts'
import { faultOf } from './judge-quality.ts'

let world: Region
let hospital: { id: string }
let doctor: Awaited<ReturnType<typeof givenStaff>>
let head: Awaited<ReturnType<typeof givenStaff>>
let other: Awaited<ReturnType<typeof givenStaff>>
let office: Awaited<ReturnType<typeof givenStaff>>
let resident: string
let his: Awaited<ReturnType<typeof givenClient>>
let doctorId: string

const askAsClient = asking(
  () => world,
  () => his.headers,
)
const fhir = (method: 'POST' | 'PUT', path: string, body: object) => askAsClient(method, path, { body })
const today = () => dayOf(new Date())
const judged = async () => {
  await world.deliver()
  await judgeAll(world.world)
}
const days = () => `from=2020-01-01&to=2030-01-01`

async function ask<T>(
  as: { headers: Readonly<Record<string, string>> },
  method: string,
  url: string,
  body?: object,
) {
  const answer = await world.app.inject({
    method: method as 'GET',
    url: `/api${url}`,
    headers: as.headers,
    ...(body ? { payload: body } : {}),
  })
  return { status: answer.statusCode, body: answer.json() as T }
}
const findings = async (as: typeof doctor, more = '') =>
  (await ask<{ items: Finding[] }>(as, 'GET', `/quality-findings?limit=100${more}`)).body.items

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  doctorId = (await givenPractitioner(world, hospital.id)).id
  doctor = await givenStaff(world, hospital.id, ['gp'], { practitioner: doctorId })
  head = await givenStaff(world, hospital.id, ['quality-control'])
  office = await givenStaff(world, hospital.id, ['alliance-office'])
  other = await givenStaff(world, (await givenInstitution(world)).id, ['quality-control'])
  resident = (await givenResident(world, hospital.id)).id
  his = await givenClient(world, hospital.id)
  await judged()
})
afterAll(() => world.close())

test('what comes in is judged, what is wrong is listed, what is mended goes', async () => {
  const body = anObservation(resident, {
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    performer: [{ reference: `Practitioner/${doctorId}` }],
    effectiveDateTime: new Date().toISOString(),
    valueQuantity: { value: 900, unit: '/min' },
  })
  const made = await fhir('POST', '/Observation', body)
  expect(made.status).toBe(201)
  await judged()
  const mine = (await findings(doctor)).filter(({ resourceId }) => resourceId === made.body.id)
  expect(mine).toHaveLength(1)
  expect(mine[0]).toMatchObject({ rule: 'heart-rate-range', dimension: 'plausibility', mendedAt: null })
  expect(mine[0]?.places).toEqual([{ path: 'valueQuantity.value', missing: false, found: '900 次/分' }])
  expect(mine[0]?.resident?.id).toBe(resident)

  const { id } = made.body
  await fhir('PUT', `/Observation/${id}`, { ...body, id, valueQuantity: { value: 90, unit: '/min' } })
  await judged()
  expect((await findings(doctor)).filter(({ resourceId }) => resourceId === id)).toEqual([])
  const mended = await findings(doctor, '&state=mended')
  expect(mended.find(({ resourceId }) => resourceId === id)?.mendedAt).not.toBeNull()
})

test('a doctor sees their own, the quality staff the institution, another institution nothing', async () => {
  await fhir('POST', '/Condition', {
    resourceType: 'Condition',
    subject: { reference: `Patient/${resident}` },
    code: { text: '头晕' },
  })
  await judged()
  const uncoded = (list: Finding[]) => list.filter(({ rule }) => rule === 'condition-coded').length
  expect(uncoded(await findings(head))).toBe(1)
  expect(uncoded(await findings(doctor))).toBe(0)
  expect(await findings(other)).toEqual([])
  const theirs = await ask<Scores>(other, 'GET', `/quality-scores?by=rule&${days()}`)
  expect(theirs.body.total.checked).toBe(0)
})

test('the score is the weighted share of what passed', async () => {
  const { body } = await ask<Scores>(head, 'GET', `/quality-scores?by=rule&type=Condition&${days()}`)
  // One Condition with neither code (weight 5) nor recorder (weight 3); no ICD-10 code, so the table is not asked.
  expect(body.total).toMatchObject({ checked: 2, failed: 2, scoreBp: 0, open: 2 })
  expect(body.rows.map(({ key }) => key).toSorted()).toEqual(['condition-coded', 'condition-recorder'])
  await fhir('POST', '/Condition', {
    resourceType: 'Condition',
    subject: { reference: `Patient/${resident}` },
    recorder: { reference: `Practitioner/${doctorId}` },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10.x00' }] },
  })
  await judged()
  const after = await ask<Scores>(head, 'GET', `/quality-scores?by=rule&type=Condition&${days()}`)
  // 8 of 21 weights failed (5 + 3; then 5 + 3 + 5 passed).
  expect(after.body.total).toMatchObject({ checked: 5, failed: 2, scoreBp: 6190 })
})

test('scores go over time by group, and each step opens what was found in it', async () => {
  const by = async (group: string, step = 'day', as = head) =>
    (await ask<TrendPoint[]>(as, 'GET', `/quality-trend?by=${group}&step=${step}&${days()}`)).body
  const [type] = (await by('type')).filter(({ key }) => key === 'Condition')
  expect(type).toMatchObject({ at: today(), checked: 5, failed: 2, scoreBp: 6190 })
  expect(await by('institution')).toMatchObject([{ key: hospital.id, at: today() }])
  expect((await by('institution', 'month'))[0]?.at).toBe(`${today().slice(0, 7)}-01`)
  expect((await by('practitioner')).map(({ key }) => key)).toContain(doctorId)
  expect(await by('institution', 'day', other)).toEqual([])
  const then = (from: string) => findings(head, `&state=all&from=${from}&to=${from}`)
  expect((await then(today())).length).toBeGreaterThan((await findings(head)).length)
  expect(await then('2026-01-01')).toEqual([])
  const [one] = (await findings(head)) as { type: string; resourceId: string }[]
  const of = await findings(head, `&type=${one?.type}&resourceId=${one?.resourceId}`)
  expect(new Set(of.map(({ resourceId }: { resourceId: string }) => resourceId))).toEqual(
    new Set([one?.resourceId]),
  )
})

test('judged twice is judged once', async () => {
  const before = await ask<Scores>(head, 'GET', `/quality-scores?by=type&${days()}`)
  await judged()
  expect((await ask<Scores>(head, 'GET', `/quality-scores?by=type&${days()}`)).body).toEqual(before.body)
})

test('a rule is tried before it is kept, and an unusable one is refused by its part', async () => {
  const { body: rules } = await ask<QualityRule[]>(office, 'GET', '/quality-rules')
  const { code, until: _, ...terms } = rules.find((one) => one.code === 'condition-recorder') as QualityRule
  const next = { ...terms, since: today(), weight: 7 }
  expect((await ask<Trial>(office, 'POST', '/quality-rules/try', next)).body).toEqual({
    ...{ looked: 2, checked: 2, failed: 1 },
  })
  expect((await ask(head, 'PUT', `/quality-rules/${code}`, next)).status).toBe(403)
  expect((await ask(office, 'PUT', `/quality-rules/${code}`, next)).status).toBe(200)
  const broken = await ask<{ code: string; fields: { path: string }[] }>(
    office,
    'PUT',
    `/quality-rules/${code}`,
    {
      ...next,
      expression: 'recorder.exists(',
    },
  )
  expect(broken.status).toBe(400)
  expect(broken.body).toMatchObject({ code: 'record.bad-rule-expression' })
  const slip = { ...next, expression: 'Condition.recordr.exists()' }
  expect((await ask(office, 'PUT', `/quality-rules/${code}`, slip)).body).toMatchObject({
    ...{ code: 'record.misspelled-element', details: { element: 'Condition.recordr', near: 'recorder' } },
  })
  // What ships is held to the same.
  for (const shipped of rules) expect(faultOf(shipped, shippedCodes), shipped.code).toBeUndefined()
  expect((await ask(office, 'PUT', `/quality-rules/${code}`, { ...next, since: '2024-01-01' })).status).toBe(
    400,
  )
  expect(
    (await ask(office, 'PUT', `/quality-rules/${code}`, { ...next, type: 'Observation', expression: 'true' }))
      .status,
  ).toBe(409)
  const now = await ask<QualityRule[]>(office, 'GET', '/quality-rules?type=Condition')
  expect(now.body.find((one) => one.code === code)?.weight).toBe(7)
})
