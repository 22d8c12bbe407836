import type { AddressInfo } from 'node:net'
import { Client } from 'fhir-kit-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RecognitionRegion, recognitionRegion } from '../../../test/given-recognition.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenChineseId, givenResident } from '../../../test/given-resident.ts'

let g: RecognitionRegion
let base: string
beforeAll(async () => {
  g = await recognitionRegion()
  await g.assess()
  await g.world.app.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(g.world.app.server.address() as AddressInfo).port}`
})
afterAll(() => g.world.close())

const context = (patientId: string) => ({
  ...{ userId: 'Practitioner/d-17', patientId, selections: ['ServiceRequest/draft'] },
  draftOrders: {
    resourceType: 'Bundle',
    entry: [
      {
        resource: {
          ...{ resourceType: 'ServiceRequest', id: 'draft', status: 'draft', intent: 'order' },
          ...{ subject: { reference: `Patient/${patientId}` } },
          code: { coding: [{ system: 'http://loinc.org', code: '6298-4' }] },
        },
      },
    ],
  },
})

interface Service {
  readonly id: string
  readonly hook: string
  readonly prefetch: Readonly<Record<string, string>>
}
interface Card {
  readonly uuid: string
  readonly summary: string
  readonly detail: string
}

const discover = async (): Promise<Service[]> =>
  ((await (await fetch(`${base}/cds-services`)).json()) as { services: Service[] }).services

async function call(service: Service, patientId: string, prefetch?: object | null): Promise<Card[]> {
  const answer = await fetch(`${base}/cds-services/${service.id}`, {
    method: 'POST',
    headers: { ...g.centre.client.headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ hook: service.hook, hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea' },
      ...{ context: context(patientId), ...(prefetch === undefined ? {} : { prefetch }) },
    }),
  })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { cards: Card[] }).cards
}

test('a client fills the templates of the discovery from a FHIR server: the same advice as without them', async () => {
  const patient = await g.resident()
  await g.result(patient, 2)
  const { headers } = g.centre.client
  const client = new Client({ baseUrl: `${base}/fhir/R4`, customHeaders: { ...headers } })
  for (const service of await discover()) {
    const prefetch: Record<string, unknown> = {}
    for (const [key, template] of Object.entries(service.prefetch)) {
      const url = template
        .replace('{{context.patientId}}', patient)
        .replace('{{context.userId}}', 'Practitioner/d-17')
      prefetch[key] = await client.request(url).catch(() => null)
    }
    expect(prefetch).toMatchObject({
      patient: { id: patient },
      user: null,
      observations: { type: 'searchset' },
    })
    const [card, ...others] = await call(service, patient, prefetch)
    const [plain] = await call(service, patient)
    expect(others).toEqual([])
    expect(card).toMatchObject({ summary: plain?.summary, detail: plain?.detail })
  }
})

/** What a hospital's own system would send: its own ids, its own doctor, a result that only it has. */
const ownRecord = (number: string, more: object = {}) => ({
  patient: {
    ...{ resourceType: 'Patient', id: 'mrn-4711', name: [{ text: '张测试' }] },
    identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value: number }],
  },
  user: { resourceType: 'Practitioner', id: 'd-17', name: [{ family: '白', given: ['求恩'] }] },
  observations: {
    ...{ resourceType: 'Bundle', type: 'searchset' },
    entry: [{ resource: anObservation('mrn-4711', { id: 'k-1', ...more }) }],
  },
})
const daysAgo = (days: number) => new Date(g.world.world.now().getTime() - days * 86_400_000).toISOString()
const potassium = (value: number) => ({ valueQuantity: { value, unit: 'mmol/L' } })

test('who has another id in the asking system is known by their number, and who orders by their name', async () => {
  const number = givenChineseId()
  const { id } = await givenResident(g.world, g.centre.id, { number })
  await g.result(id, 3)
  const [select, sign] = (await discover()) as [Service, Service]
  expect(await call(sign, 'mrn-4711')).toEqual([])
  const { patient, user } = ownRecord(number)
  const [card] = await call(sign, 'mrn-4711', { patient, user })
  expect(card?.summary).toContain('4.1 mmol/L')
  await fetch(`${base}/cds-services/${sign.id}/feedback`, {
    method: 'POST',
    headers: { ...g.centre.client.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ feedback: [{ card: card?.uuid, outcome: 'accepted' }] }),
  })
  const { body } = await g.get(g.centre.gp, `/recognition-decisions?residentId=${id}`)
  expect(body.items).toMatchObject([{ outcome: 'recognised', practitionerName: '白求恩' }])
  expect(await call(select, 'mrn-4711', ownRecord(givenChineseId()))).toEqual([])
})

test('a result that lies in the asking system only is weighed like its own, shown, and makes no decision', async () => {
  const number = givenChineseId()
  const { id } = await givenResident(g.world, g.centre.id, { number })
  await g.result(id, 5)
  const [, sign] = (await discover()) as [Service, Service]
  const fresh = ownRecord(number, { effectiveDateTime: daysAgo(1), ...potassium(3.3) })
  const [card] = await call(sign, 'mrn-4711', fresh)
  expect(card?.summary).toContain('3.3 mmol/L')
  expect(card?.detail).toContain('4.1 mmol/L')
  await fetch(`${base}/cds-services/${sign.id}/feedback`, {
    method: 'POST',
    headers: { ...g.centre.client.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ feedback: [{ card: card?.uuid, outcome: 'accepted' }] }),
  })
  expect((await g.get(g.centre.gp, `/recognition-decisions?residentId=${id}`)).body.items).toEqual([])
  const old = ownRecord(number, { effectiveDateTime: daysAgo(90), ...potassium(3.3) })
  expect((await call(sign, 'mrn-4711', old))[0]?.summary).toContain('4.1 mmol/L')
  const others = ownRecord(number, {
    ...{ effectiveDateTime: daysAgo(1), ...potassium(3.3) },
    subject: { reference: 'Patient/somebody-else' },
  })
  expect((await call(sign, 'mrn-4711', others))[0]?.detail).not.toContain('3.3')
})

test('what came wrong, or did not come, is read here', async () => {
  const patient = await g.resident()
  await g.result(patient, 2)
  const [, sign] = (await discover()) as [Service, Service]
  const odd: (object | null)[] = [
    null,
    {},
    { patient: null, observations: null },
    { patient: { resourceType: 'OperationOutcome', issue: [] }, observations: { resourceType: 'Bundle' } },
    {
      patient: { resourceType: 'Patient', identifier: [{ system: 'urn:x', value: ' ' }, { value: 'y' }, 7] },
    },
    { observations: { resourceType: 'Bundle', entry: [null, 7, {}, { resource: 'x' }] }, reports: [] },
    { patient: 'Patient/1', user: 3, valueOf: {} },
  ]
  for (const prefetch of odd) {
    const [card] = await call(sign, patient, prefetch)
    expect(card?.summary).toContain('4.1 mmol/L')
  }
})
