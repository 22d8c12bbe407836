import { afterAll, beforeAll, expect, test } from 'vitest'
import { code, finding } from '../../../test/find-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let hospital: { id: string }
let patient: { id: string }
let mine: Record<string, string>

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  patient = await givenResident(world, hospital.id)
  mine = { ...(await givenClient(world, hospital.id)).headers }
})
afterAll(() => world.close())

const { ask, ids, observe } = finding(
  () => world,
  () => mine,
  () => patient,
)
const aDocument = (id: string) => ({
  ...{ resourceType: 'DocumentReference', status: 'current', subject: { reference: `Patient/${id}` } },
  content: [{ attachment: { contentType: 'text/plain', data: 'YQ==' } }],
})
const STATUS = 'http://hl7.org/fhir/observation-status'

test('a code is of the system that R4 binds it to, although nobody writes it', async () => {
  const [final, amended] = [
    await observe(code('bound')),
    await observe({ ...code('bound'), status: 'amended' }),
  ]
  const found = async (query: string) => (await ids(`/Observation?code=urn:test|bound&${query}`)).sort()
  const both = [final, amended].sort()
  expect(await found('status=final')).toEqual([final])
  expect(await found(`status=${STATUS}|final`)).toEqual([final])
  expect(await found(`status=${STATUS}|final,${STATUS}|amended`)).toEqual(both)
  expect(await found(`status=${STATUS}|`)).toEqual(both)
  expect(await found('status=http://hl7.org/fhir/task-status|final')).toEqual([])
  expect(await found('status=http://hl7.org/fhir/task-status|')).toEqual([])
  // It has a system, which is only not written.
  expect(await found('status=|final')).toEqual([])
  expect(await found(`status:not=${STATUS}|final`)).toEqual([amended])
  expect(await found('status:not=urn:other|final')).toEqual(both)
})

test('so it is in a chain, for a Patient’s gender, and in what a scope leaves', async () => {
  const GENDER = 'http://hl7.org/fhir/administrative-gender'
  const own = await observe(code('chained'))
  expect(await ids(`/Patient?_id=${patient.id}&gender=${GENDER}|male`)).toEqual([patient.id])
  expect(await ids(`/Patient?_id=${patient.id}&gender=urn:other|male`)).toEqual([])
  expect(await ids(`/Observation?code=chained&subject:Patient.gender=${GENDER}|male`)).toEqual([own])
  expect(await ids('/Observation?code=chained&subject:Patient.gender=urn:other|male')).toEqual([])
  const scoped = async (status: string) =>
    (await givenClient(world, hospital.id, [`system/Observation.rs?status=${status}`])).headers
  expect(await ids('/Observation?code=chained', await scoped(`${STATUS}|final`))).toEqual([own])
  expect(await ids('/Observation?code=chained', await scoped('urn:other|final'))).toEqual([])
})

test('and in a composite, whose codes lie in the entries of a list', async () => {
  const RELATION = 'http://hl7.org/fhir/document-relationship-type'
  const add = async (more: object) =>
    (await ask('POST', '/DocumentReference', { body: { ...aDocument(patient.id), ...more } })).body.id
  const old = await add({})
  const target = { reference: `DocumentReference/${old}` }
  const newer = await add({ relatesTo: [{ code: 'replaces', target }] })
  const found = (code: string) =>
    ids(`/DocumentReference?relationship=${encodeURIComponent(`${code}$DocumentReference/${old}`)}`)
  expect(await found('replaces')).toEqual([newer])
  expect(await found(`${RELATION}|replaces`)).toEqual([newer])
  expect(await found(`${RELATION}|appends`)).toEqual([])
  expect(await found('urn:other|replaces')).toEqual([])
  expect(await found('|replaces')).toEqual([])
})
