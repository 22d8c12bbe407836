import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenHistory } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import type { Resource } from '../../kernel/resource/owner.ts'
import { problemsOf } from '../../kernel/resource/validate.ts'

let world: Region
let hospital: { id: string }
let mine: Record<string, string>
let theirs: Record<string, string>

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  mine = { ...(await givenClient(world, hospital.id)).headers }
  theirs = { ...(await givenClient(world, (await givenInstitution(world)).id)).headers }
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => mine,
)

interface Section {
  code: { coding: { code: string }[] }
  entry: { reference: string }[]
  text: { div: string }
}
const sectionsOf = (bundle: { entry: { resource: { section: Section[] } }[] }) =>
  new Map(bundle.entry[0]?.resource.section.map((one) => [one.code.coding[0]?.code, one]))

test('a whole history becomes a document that is right by R4, complete in itself and readable in Chinese', async () => {
  const { residentId } = await givenHistory(world, hospital.id)
  const { status, body } = await ask('GET', `/Patient/${residentId}/$summary`)
  expect([status, body.type, body.entry[0].resource.resourceType]).toEqual([200, 'document', 'Composition'])
  expect(problemsOf(body)).toEqual([])
  const there = new Set(body.entry.map(({ fullUrl }: { fullUrl: string }) => fullUrl))
  expect(there.size).toBe(body.entry.length)
  const sections = sectionsOf(body)
  for (const [code, { entry, text }] of sections) {
    expect([code, text.div.includes('<table') || text.div.includes('不等于没有')]).toEqual([code, true])
    for (const { reference } of entry) expect(there).toContain(`http://127.0.0.1:8080/fhir/R4/${reference}`)
  }
  expect([...sections.keys()]).toEqual(
    expect.arrayContaining(['11450-4', '48765-2', '10160-0', '11369-6', '30954-2', '8716-3']),
  )
  expect(body.entry[0].resource.subject.reference).toBe(`Patient/${residentId}`)
  expect(body.entry[1].resource.id).toBe(residentId)
})

test('of whom nothing is known the summary says so, and does not say that there is nothing', async () => {
  const { id } = await givenResident(world, hospital.id)
  const { body } = await ask('POST', `/Patient/${id}/$summary`, {
    body: { resourceType: 'Parameters' } as unknown as Resource,
  })
  expect(problemsOf(body)).toEqual([])
  expect([...sectionsOf(body).keys()]).toEqual(['11450-4', '48765-2', '10160-0'])
  const codes = body.entry.flatMap(
    ({ resource }: { resource: Record<string, { coding?: { code: string }[] }> }) =>
      [resource.code, resource.medicationCodeableConcept].flatMap((one) => one?.coding?.[0]?.code ?? []),
  )
  expect(codes).toEqual(['no-problem-info', 'no-allergy-info', 'no-medication-info'])
})

test('a summary holds what the caller may see, by scope and by basis, and is one opening of the record', async () => {
  const { id } = await givenResident(world, hospital.id)
  const patient = { reference: `Patient/${id}` }
  const code = { text: '青霉素' }
  const allergy = { resourceType: 'AllergyIntolerance', patient, code }
  const clinicalStatus = {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
  }
  await ask('POST', '/AllergyIntolerance', { body: { ...allergy, clinicalStatus } })
  const whole = sectionsOf((await ask('GET', `/Patient/${id}/$summary`)).body)
  expect(whole.get('48765-2')?.text.div).toContain('青霉素')
  const narrow = {
    ...(await givenClient(world, hospital.id, ['system/Patient.rs', 'system/Condition.rs'])).headers,
  }
  const part = (await ask('GET', `/Patient/${id}/$summary`, { as: narrow })).body
  expect(JSON.stringify(part)).not.toContain('青霉素')
  expect((await ask('GET', `/Patient/${id}/$summary`, { as: theirs })).status).toBe(404)
  const lines = await world.sql('select thing from kernel.access where resident_id = $1', [id])
  expect(lines.map(({ thing }) => thing)).toEqual(['summary', 'summary'])
})

test('what is only suspected stands in the summary as what it is', async () => {
  const { id } = await givenResident(world, hospital.id)
  const coded = (system: string, code: string) => ({
    coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
  })
  const problem = { resourceType: 'Condition', subject: { reference: `Patient/${id}` } }
  const state = { clinicalStatus: coded('condition-clinical', 'active') }
  for (const [text, sure] of [
    ['不稳定型心绞痛', 'provisional'],
    ['高血压', 'confirmed'],
  ] as const) {
    const body = {
      ...problem,
      ...state,
      verificationStatus: coded('condition-ver-status', sure),
      code: { text },
    }
    expect((await ask('POST', '/Condition', { body })).status).toBe(201)
  }
  const told = sectionsOf((await ask('GET', `/Patient/${id}/$summary`)).body).get('11450-4')?.text.div
  expect(told).toMatch(/不稳定型心绞痛<\/td><td>初步</)
  expect(told).toMatch(/高血压<\/td><td></)
})

test('a patient may be named by an identifier', async () => {
  const identifier = [{ system: 'urn:oid:1.2.3.4', value: 'MRN-8' }]
  const body = {
    resourceType: 'Patient',
    identifier,
    name: [{ text: '周明' }],
    gender: 'male',
    birthDate: '1961-02-03',
  }
  const { id } = (await ask('POST', '/Patient', { body })).body
  const found = await ask('GET', '/Patient/$summary?identifier=urn:oid:1.2.3.4%7CMRN-8')
  expect([found.status, found.body.entry[1].resource.id]).toEqual([200, id])
  expect((await ask('GET', '/Patient/$summary?identifier=urn:oid:1.2.3.4%7CMRN-9')).status).toBe(404)
  expect((await ask('GET', '/Patient/$summary')).status).toBe(400)
})
