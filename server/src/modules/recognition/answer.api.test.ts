import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { hl7 } from '../../../test/given-hl7.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { anItem, type RecognitionRegion, recognitionRegion } from '../../../test/given-recognition.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenChineseId, givenResident } from '../../../test/given-resident.ts'

let g: RecognitionRegion
let sodium: string
let laboratory: Readonly<Record<string, string>>
beforeAll(async () => {
  g = await recognitionRegion()
  const item = anItem('NA', { name: '钠', aliases: [], loinc: ['2951-2'] })
  sodium = (await g.post(g.hospital.office, '/recognition-items', item)).body.id
  laboratory = { ...(await givenClient(g.world, g.centre.id)).headers }
})
afterAll(() => g.world.close())

const fhir = asking(
  () => g.world,
  () => laboratory,
)

interface Ordered {
  readonly resident: string
  readonly number: string
  readonly order: string
  readonly potassium: string
  readonly sodium: string
}

/** Potassium and sodium ordered in one order. */
async function ordered(): Promise<Ordered> {
  const number = givenChineseId()
  const { id: resident } = await givenResident(g.world, g.centre.id, { number })
  const { body } = await g.post(g.centre.gp, `/residents/${resident}/test-orders`, {
    lines: [g.potassium, sodium].map((itemId) => ({ itemId, outcome: 'ordered' })),
    note: null,
  })
  const [potassium, other] = body.lines.map(({ id }: { id: string }) => id)
  return { resident, number, order: body.id, potassium, sodium: other }
}

/** Which tests of a resident still wait. */
const waiting = async ({ resident }: Ordered): Promise<string[]> => {
  const { body } = await fhir('GET', `/ServiceRequest?patient=${resident}&status=active`)
  return (body.entry ?? []).map(
    ({ resource }: { resource: { code: { text: string } } }) => resource.code.text,
  )
}
const result = async (of: Ordered, more: object): Promise<string> => {
  const { status, body } = await fhir('POST', '/Observation', { body: anObservation(of.resident, more) })
  expect(status).toBe(201)
  return body.id
}

test('a test is done when a final result is based on it, and waits again where that result was an error', async () => {
  const of = await ordered()
  const basedOn = [{ reference: `ServiceRequest/${of.potassium}` }]
  await result(of, { basedOn, status: 'preliminary' })
  await result(of, {})
  expect((await waiting(of)).toSorted()).toEqual(['钠', '钾'])
  const id = await result(of, { basedOn })
  expect(await waiting(of)).toEqual(['钠'])
  const { body } = await g.get(g.centre.gp, `/recognition-decisions?residentId=${of.resident}`)
  const shown = body.items.map((one: { itemName: string; answerId: string | null }) => [
    one.itemName,
    one.answerId,
  ])
  expect(Object.fromEntries(shown)).toEqual({ 钾: id, 钠: null })
  const { body: line } = await g.get(g.centre.gp, `/residents/${of.resident}/timeline?kinds=order`)
  expect(line.items.map((one: { status: string }) => one.status).toSorted()).toEqual(['active', 'completed'])
  const wrong = anObservation(of.resident, { basedOn, id, status: 'entered-in-error' })
  expect((await fhir('PUT', `/Observation/${id}`, { body: wrong })).status).toBe(200)
  expect((await waiting(of)).toSorted()).toEqual(['钠', '钾'])
})

test('by the number of the order only the item that the result speaks of is done; of another person nothing', async () => {
  const of = await ordered()
  const identifier = [{ system: 'urn:tongmai:order', value: of.order }]
  const other = await ordered()
  await result(other, { identifier, basedOn: [{ reference: `ServiceRequest/${of.sodium}` }] })
  expect(await waiting(of)).toHaveLength(2)
  await result(of, { identifier })
  expect(await waiting(of)).toEqual(['钠'])
  const logical = { identifier: { system: 'urn:tongmai:test-order', value: of.sodium } }
  const report = {
    ...{ resourceType: 'DiagnosticReport', status: 'final', code: { text: '钠' }, basedOn: [logical] },
    subject: { reference: `Patient/${of.resident}` },
  }
  expect((await fhir('POST', '/DiagnosticReport', { body: report })).status).toBe(201)
  expect(await waiting(of)).toEqual([])
})

test('an ORU whose placer number is that of the order closes the test and makes no second one', async () => {
  const of = await ordered()
  const oru = (placer: string, code: string) =>
    hl7('ORU^R01', `C-${placer.slice(-6)}-${code}`, [
      `PID|1||${of.number}^^^^NI||测试^张`,
      `OBR|1|${placer}|L-${code}|${code}^x^LN|||20261123080000|||||||||||||||20261123090000||LAB|F`,
      `OBX|1|NM|${code}^x^LN||4.2|mmol/L|3.5-5.3|N|||F`,
    ])
  const send = async (message: string) => {
    const answer = await g.world.app.inject({
      ...{ method: 'POST', url: '/api/hl7', payload: message },
      headers: { ...laboratory, 'content-type': 'application/hl7-v2' },
    })
    expect(answer.body).toContain('MSA|AA')
  }
  await send(oru(of.order, '6298-4'))
  expect(await waiting(of)).toEqual(['钠'])
  await send(oru(of.sodium, '2951-2'))
  expect(await waiting(of)).toEqual([])
  const { body } = await fhir(
    'GET',
    `/ServiceRequest?patient=${of.resident}&_revinclude=DiagnosticReport:based-on`,
  )
  const kinds = body.entry.map(
    ({ resource }: { resource: { resourceType: string } }) => resource.resourceType,
  )
  expect(kinds.toSorted()).toEqual([
    'DiagnosticReport',
    'DiagnosticReport',
    'ServiceRequest',
    'ServiceRequest',
  ])
})

test('a rebuild says the same of what has been answered', async () => {
  const of = await ordered()
  await result(of, { basedOn: [{ reference: `ServiceRequest/${of.potassium}` }] })
  const { rebuildOrders } = await import('./actions/show-order.ts')
  await g.world.world.asSystem(null, (ctx) => rebuildOrders(ctx, null, 200))
  expect(await waiting(of)).toEqual(['钠'])
})
