import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenResidentAccount, givenStaff } from '../../../test/given-identity.ts'
import { anItem, type RecognitionRegion, recognitionRegion } from '../../../test/given-recognition.ts'
import { storedProblems } from '../../../test/stored-problems.ts'

let g: RecognitionRegion
beforeAll(async () => {
  g = await recognitionRegion()
  expect((await g.assess()).status).toBe(200)
})
afterAll(() => g.world.close())

const usable = async (residentId: string, who = g.centre.gp, item = g.potassium) => {
  const { body } = await g.get(who, `/residents/${residentId}/usable-results?items=${item}`)
  return body[0]
}
const order = (residentId: string, line: object, who = g.centre.gp) =>
  g.post(who, `/residents/${residentId}/test-orders`, {
    lines: [{ itemId: g.potassium, ...line }],
    note: null,
  })
const accept = ({ type, id, hash }: { type: string; id: string; hash: string }) => ({
  outcome: 'recognised',
  result: { type, id, hash },
})
const anew = (reason: string, text: string | null = null) => ({
  outcome: 'reordered',
  reason,
  text,
  told: true,
})

describe('when a doctor orders a test', () => {
  test('a usable result of another member is shown first, with value, place, date and quality', async () => {
    const resident = await g.resident()
    await g.result(resident, 2)
    await g.result(resident, 40)
    await g.result(resident, 1, { status: 'preliminary' })
    const found = await usable(resident)
    expect(found.usable).toHaveLength(1)
    expect(found.usable[0]).toMatchObject({
      ...{ value: '4.1 mmol/L', institutionId: g.hospital.id, ageDays: 2, own: false, mark: 'city' },
      quality: { body: '市临床检验中心', year: 2026 },
    })
    expect(found.unusable.map((one: { why: string }) => one.why)).toEqual(['not-final', 'out-of-window'])
  })

  test('a number without a unit is not used, a finding in words needs none', async () => {
    const resident = await g.resident()
    await g.result(resident, 2, { valueQuantity: { value: 4.1 } })
    const found = await usable(resident)
    expect(found.usable).toEqual([])
    expect(found.unusable).toMatchObject([{ value: '4.1', why: 'no-unit' }])
    const other = await g.resident()
    await g.result(other, 1, { valueQuantity: undefined, valueString: '阴性' })
    expect((await usable(other)).usable).toMatchObject([{ value: '阴性' }])
  })

  test('an item that has no unit needs none in its numbers', async () => {
    const { office } = g.hospital
    const facts = { name: '国际标准化比值', aliases: [], loinc: ['6301-6'], category: 'haematology' }
    const { body: item } = await g.post(
      office,
      '/recognition-items',
      anItem('INR', { ...facts, dimensionless: true }),
    )
    await g.assess({ itemId: item.id })
    const resident = await g.resident()
    const code = { coding: [{ system: 'http://loinc.org', code: '6301-6' }] }
    await g.result(resident, 1, { code, valueQuantity: { value: 1.02 } })
    const found = () => usable(resident, g.centre.gp, item.id)
    expect((await found()).usable).toMatchObject([{ value: '1.02' }])
    const change = { ...facts, localCodes: [], dimensionless: false, version: 1 }
    expect((await g.post(office, `/recognition-items/${item.id}/change`, change)).body).toMatchObject({
      dimensionless: false,
    })
    expect((await found()).unusable).toMatchObject([{ why: 'no-unit' }])
  })

  test('accepting keeps reference and hash, and what it saved', async () => {
    const resident = await g.resident()
    const id = await g.result(resident, 3)
    const [best] = (await usable(resident)).usable
    const { body } = await order(resident, accept(best))
    expect(body.lines[0]).toMatchObject({ outcome: 'recognised', savedFen: 500, savedDays: 1 })
    const { body: list } = await g.get(g.centre.gp, `/recognition-decisions?residentId=${resident}`)
    expect(list.items[0]).toMatchObject({
      resultId: id,
      resultHash: best.hash,
      resultInstitutionId: g.hospital.id,
    })
    expect(list.items[0].resident.id).toBe(resident)
    const account = await givenResidentAccount(g.world, resident)
    const { body: mine } = await g.get(account, '/me/tests')
    expect(mine).toMatchObject([{ itemName: '钾', outcome: 'recognised', savedFen: 500, radiation: false }])
  })

  test('ordering anew needs one of six reasons, and words where it is none of the five', async () => {
    const resident = await g.resident()
    await g.result(resident, 3)
    expect((await order(resident, { outcome: 'ordered' })).code).toBe('recognition.decide-first')
    expect((await order(resident, anew('whim'))).status).toBe(400)
    expect((await order(resident, anew('other'))).code).toBe('recognition.say-why')
    expect((await order(resident, anew('conditionChanged', '胸痛加重'))).status).toBe(200)
    const { body } = await g.get(g.hospital.lab, '/recognition-decisions?reason=conditionChanged')
    expect(body.items[0]).toMatchObject({ text: '胸痛加重', told: true, outcome: 'reordered' })
  })

  test('without a usable result it is an order like any other', async () => {
    const resident = await g.resident()
    expect((await order(resident, anew('emergency'))).code).toBe('recognition.nothing-usable')
    expect((await order(resident, { outcome: 'ordered' })).body.lines[0].savedFen).toBeNull()
  })

  test('a result that has been corrected meanwhile is not accepted unseen', async () => {
    const resident = await g.resident()
    await g.result(resident, 3)
    const [best] = (await usable(resident)).usable
    const answer = await order(resident, accept({ ...best, hash: 'f'.repeat(64) }))
    expect(answer.code).toBe('recognition.result-changed')
  })

  test('nobody without a basis sees any of it, or decides', async () => {
    const resident = await g.resident()
    await g.result(resident, 3)
    const stranger = await givenStaff(g.world, g.hospital.id, ['specialist'])
    const url = `/residents/${resident}/usable-results?items=${g.potassium}`
    expect((await g.get(stranger, url)).status).toBe(404)
    expect((await order(resident, { outcome: 'ordered' }, stranger)).status).toBe(404)
    const opened = await g.world.sql('select 1 from kernel.access where resident_id = $1', [resident])
    expect(opened).toEqual([])
  })
})

test('quality that was withdrawn no longer carries the mark, and only the parties withdraw', async () => {
  const resident = await g.resident()
  const item = (
    await g.post(g.hospital.office, '/recognition-items', anItem('NA', { name: '钠', loinc: ['2951-2'] }))
  ).body.id
  await g.result(resident, 1, { code: { coding: [{ system: 'http://loinc.org', code: '2951-2' }] } })
  const look = async () =>
    (await g.get(g.centre.gp, `/residents/${resident}/usable-results?items=${item}`)).body[0]
  expect((await look()).unusable[0].why).toBe('no-quality')
  const { body: gate } = await g.assess({ itemId: item })
  expect((await g.assess({ itemId: item })).code).toBe('recognition.assessed-already')
  expect((await look()).usable).toHaveLength(1)
  const other = await givenStaff(g.world, g.centre.id, ['quality-control'])
  const withdraw = (who: typeof other) =>
    g.post(who, `/recognition-gates/${gate.id}/withdraw`, { reason: '复核不合格' })
  expect((await withdraw(other)).code).toBe('recognition.only-own-or-led')
  expect((await withdraw(g.hospital.lab as typeof other)).body.state).toBe('withdrawn')
  expect((await look()).unusable[0].why).toBe('no-quality')
})

test('the catalogue is found by pinyin, keeps its versions, and a new window begins on its day', async () => {
  const { office } = g.hospital
  const added = await g.post(
    office,
    '/recognition-items',
    anItem('HBA1C', { name: '糖化血红蛋白', aliases: [], loinc: ['4548-4'] }),
  )
  expect((await g.post(office, '/recognition-items', anItem('K2'))).code).toBe('recognition.code-of-another')
  for (const q of ['糖化', 'thxh', 'tanghua'])
    expect((await g.get(office, `/recognition-items?q=${encodeURIComponent(q)}`)).body.items[0].code).toBe(
      'HBA1C',
    )
  const { window } = anItem('X')
  const later = { ...window, since: g.day(30), validDays: 60 }
  const { body: windows } = await g.post(office, `/recognition-items/${added.body.id}/windows`, later)
  expect(windows.map((one: { until: string | null }) => one.until)).toEqual([null, g.day(29)])
  const past = await g.post(office, `/recognition-items/${added.body.id}/windows`, {
    ...later,
    since: g.day(10),
  })
  expect(past.code).toBe('recognition.window-not-later')
  const on = async (day: string) =>
    (await g.get(office, `/recognition-items?q=thxh&on=${day}`)).body.items[0].window.validDays
  expect([await on(g.day(0)), await on(g.day(31))]).toEqual([7, 60])
})

test('assessments come in by CSV: checked first, refused by line, twice changes nothing', async () => {
  const line = (code: string) => `${code},HBA1C,市,市质控中心,2026,合格,2026-01-01,2027-12-31`
  const send = (csv: string, dryRun: boolean) =>
    g.post(g.hospital.lab, '/recognition-gates/import', { csv, dryRun })
  const bad = await send(`${line('NOBODY')}\n${line(g.hospital.code)}`, false)
  expect(bad.body).toMatchObject({ taken: false, problems: [{ line: 1, problem: 'institution-unknown' }] })
  expect((await send(line(g.hospital.code), true)).body).toMatchObject({ taken: false, added: 1 })
  expect((await send(line(g.hospital.code), false)).body).toMatchObject({ taken: true, added: 1 })
  expect((await send(line(g.hospital.code), false)).body).toMatchObject({ added: 0, unchanged: 1 })
})

test('the ledger counts by the definitions, and its figures open their cases', async () => {
  const days = `from=${g.day(-1)}&to=${g.day(1)}`
  const { body } = await g.get(g.centre.gp, `/recognition-ledger?by=institution&${days}`)
  expect(body.total).toMatchObject({ orders: 3, prompts: 2, recognised: 1, reordered: 1, recognisedBp: 5000 })
  expect(body.total).toMatchObject({ repeatedBp: 5000, savedFen: 500, savedDays: 1 })
  const { body: reasons } = await g.get(g.hospital.office, `/recognition-ledger?by=reason&${days}`)
  expect(reasons.rows).toMatchObject([{ key: 'conditionChanged', reordered: 1 }])
  const commission = await givenStaff(g.world, g.hospital.id, ['health-commission'])
  const { body: cases } = await g.get(commission, `/recognition-decisions?outcome=ordered&${days}`)
  expect(cases.items).toMatchObject([{ resident: null, resultValue: null }])
})

test('decisions are searched by item, doctor, institution and words, and sorted by time', async () => {
  const list = async (query: object, who = g.centre.gp) => {
    const text = new URLSearchParams(query as Record<string, string>)
    return (await g.get(who, `/recognition-decisions?${text}`)).body.items as { id: string; text: string }[]
  }
  const all = await list({})
  expect(all.length).toBeGreaterThan(2)
  expect((await list({ order: 'oldest' })).map(({ id }) => id)).toEqual(all.map(({ id }) => id).toReversed())
  expect(await list({ q: '胸痛' })).toMatchObject([{ text: '胸痛加重' }])
  for (const q of ['钾', 'xuejia', 'xj', 'k']) expect(await list({ q })).toHaveLength(all.length)
  expect(await list({ q: '糖化' })).toEqual([])
  expect(await list({ q: '%' })).toEqual([])
  const [{ institutionName, practitionerName }] = all as never as [Record<string, string>]
  for (const q of [institutionName, practitionerName])
    expect(await list({ q: q as string })).toHaveLength(all.length)
})

test('what is ordered is found as a ServiceRequest by FHIR, what is accepted is not', async () => {
  const resident = await g.resident()
  const id = await g.result(resident, 3)
  const [best] = (await usable(resident)).usable
  await order(resident, accept(best))
  await order(resident, anew('changesFast'))
  const client = await givenClient(g.world, g.centre.id, ['system/*.cruds'])
  const ask = asking(
    () => g.world,
    () => client.headers,
  )
  const found = await ask('GET', `/ServiceRequest?patient=${resident}&status=active&_sort=-authored`)
  expect(found.body.entry).toHaveLength(1)
  const request = found.body.entry[0].resource
  expect(request).toMatchObject({
    ...{ intent: 'order', code: { text: '钾' }, subject: { reference: `Patient/${resident}` } },
    reasonCode: [{ coding: [{ code: 'changesFast' }] }],
    supportingInfo: [{ reference: expect.stringContaining(id) }],
  })
  const change = { ...request, status: 'revoked' }
  expect((await ask('PUT', `/ServiceRequest/${request.id}`, { body: change })).status).toBe(422)
})

test('what it put into the store is as R4 has it', async () => {
  expect(await storedProblems(g.world)).toEqual([])
})
