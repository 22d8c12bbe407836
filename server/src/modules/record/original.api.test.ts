import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenResidentAccount, givenStaff, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { type Region, region } from '../../../test/world.ts'
import { linkResidents, unlinkResidents } from '../resident/index.ts'
import { sha1 } from './index/document.ts'

let world: Region
let doctor: Staff
let stranger: Staff
let client: Readonly<Record<string, string>>
let resident: { id: string }

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world)
  const { id: practitioner } = await givenPractitioner(world, hospital.id)
  doctor = await givenStaff(world, hospital.id, ['gp'], { practitioner })
  stranger = await givenStaff(world, (await givenInstitution(world)).id, ['gp'])
  client = (await givenClient(world, hospital.id)).headers
  resident = await givenResident(world, hospital.id)
})
afterAll(() => world.close())

const fhir = asking(
  () => world,
  () => client,
)
const read = (id: string, rest: string, as = doctor) =>
  world.app.inject({
    url: `/api/residents/${resident.id}/record/documents/${id}${rest}`,
    headers: as.headers,
  })
const coded = ({ body }: { body: { issue: { details: { coding: { code: string }[] } }[] } }) =>
  body.issue[0]?.details.coding[0]?.code

const pdf = Buffer.from('%PDF-1.4 one page')
const png = Buffer.from('89504e470d0a1a0a', 'hex')
const held = (bytes: Buffer, more: object) => ({ data: bytes.toString('base64'), hash: sha1(bytes), ...more })
const reportWith = (presentedForm: object[]) => ({
  resourceType: 'DiagnosticReport',
  status: 'final',
  code: { text: '胸部CT' },
  subject: { reference: `Patient/${resident.id}` },
  effectiveDateTime: '2026-01-05T09:00:00+08:00',
  conclusion: '右肺上叶小结节',
  presentedForm,
})

test('the files of a report are listed, read one by one and handed out byte for byte', async () => {
  const sent = await fhir('POST', '/DiagnosticReport', {
    body: reportWith([
      { contentType: 'text/html', url: 'https://elsewhere.example/1' },
      held(pdf, { contentType: 'application/pdf', title: '报告单' }),
      held(png, { contentType: 'image/png' }),
    ]),
  })
  expect(sent.status).toBe(201)
  const { id } = sent.body
  expect((await read(id, '?of=DiagnosticReport')).json()).toMatchObject({
    ...{ title: '胸部CT', at: '2026-01-05T01:00:00.000Z', media: 'application/pdf', fileName: '报告单.pdf' },
    files: [
      { nth: 1, name: '报告单', media: 'application/pdf' },
      { nth: 2, name: '', media: 'image/png' },
    ],
  })
  expect((await read(id, '?of=DiagnosticReport&nth=2')).json()).toMatchObject({
    ...{ media: 'image/png', fileName: '胸部CT.png', size: png.length },
  })
  const original = await read(id, '/original?of=DiagnosticReport&nth=1')
  expect(original.rawPayload.equals(pdf)).toBe(true)
  for (const rest of ['?of=DiagnosticReport&nth=0', '?of=DiagnosticReport&nth=7'])
    expect([(await read(id, rest)).statusCode, (await read(id, rest)).json().code]).toEqual([
      404,
      'record.document-elsewhere',
    ])
  expect((await read(id, '')).statusCode).toBe(404)
  expect((await read(id, '?of=Patient')).statusCode).toBe(400)
  expect((await read(id, '?of=DiagnosticReport', stranger)).statusCode).toBe(404)
  const fact = await world.app.inject({
    url: `/api/residents/${resident.id}/record/DiagnosticReport/${id}`,
    headers: doctor.headers,
  })
  expect(fact.json()).toMatchObject({ fact: { hasFile: true } })
})

test('a picture is an entry of the record that opens', async () => {
  const sent = await fhir('POST', '/Media', {
    body: {
      ...{ resourceType: 'Media', status: 'completed', createdDateTime: '2026-02-01T10:00:00+08:00' },
      subject: { reference: `Patient/${resident.id}` },
      content: held(png, { contentType: 'image/png', title: '足部溃疡' }),
    },
  })
  expect(sent.status).toBe(201)
  const timeline = await world.app.inject({
    url: `/api/residents/${resident.id}/timeline?kinds=document`,
    headers: doctor.headers,
  })
  expect(timeline.json().items).toMatchObject([
    { type: 'Media', label: { text: '足部溃疡' }, at: '2026-02-01T02:00:00.000Z' },
  ])
  const found = async (q: string) => {
    const query = new URLSearchParams({ q, limit: '1' })
    const url = `/api/residents/${resident.id}/timeline?${query}`
    const { items, total } = (await world.app.inject({ url, headers: doctor.headers })).json()
    return [total, items[0]?.label.text]
  }
  for (const typed of ['足部', '溃疡', 'zubu', 'ZBKY', 'ky'])
    expect(await found(typed)).toEqual([1, '足部溃疡'])
  expect(await found('胸部CT')).toEqual([1, '胸部CT'])
  expect(await found('结节')).toEqual([1, '胸部CT'])
  expect((await found('没有这个词'))[0]).toBe(0)
  const original = await read(sent.body.id, '/original?of=Media')
  expect(original.rawPayload.equals(png)).toBe(true)
})

test('a report whose file is not what its hash says, or is a document about somebody else, is refused', async () => {
  const wrong = { contentType: 'application/pdf', data: pdf.toString('base64'), hash: sha1(png) }
  const differs = await fhir('POST', '/DiagnosticReport', { body: reportWith([wrong]) })
  expect([differs.status, coded(differs)]).toEqual([422, 'record.document-hash-differs'])
  const paper = readFileSync(join(import.meta.dirname, '../../../test/material/cda/continuity-of-care.xml'))
  const strange = await fhir('POST', '/DiagnosticReport', {
    body: reportWith([held(paper, { contentType: 'application/xml' })]),
  })
  expect([strange.status, coded(strange)]).toEqual([422, 'record.document-of-another-person'])
})

test('whom it is about reads the report and takes its file along; nobody else does by that road', async () => {
  const sent = await fhir('POST', '/DiagnosticReport', {
    body: reportWith([held(pdf, { contentType: 'application/pdf', title: '报告单' })]),
  })
  const me = await givenResidentAccount(world, resident.id)
  const another = await givenResidentAccount(world, (await givenResident(world, doctor.institutionId)).id)
  const mine = (rest: string, headers = me.headers, whose = resident.id) =>
    world.app.inject({
      ...{ url: `/api/me/record/${whose}/documents/${sent.body.id}${rest}?of=DiagnosticReport`, headers },
    })
  expect((await mine('')).json()).toMatchObject({ title: '胸部CT', fileName: '报告单.pdf' })
  expect((await mine('/original')).rawPayload.equals(pdf)).toBe(true)
  const listed = await world.app.inject({ url: `/api/me/record/${resident.id}`, headers: me.headers })
  const line = (listed.json().reports as { id: string; hasFile: boolean }[]).find(
    ({ id }) => id === sent.body.id,
  )
  expect(line).toMatchObject({ hasFile: true })
  expect((await mine('', another.headers)).statusCode).toBe(404)
  expect((await mine('/original', another.headers)).statusCode).toBe(404)
  expect((await mine('', doctor.headers)).statusCode).toBe(403)
})

test('a report shows what was found in the order in which it names it, each with its range, and nothing of anybody else', async () => {
  const another = await givenResident(world, doctor.institutionId)
  const measured = async (text: string, value: number, of: string) =>
    (
      await fhir('POST', '/Observation', {
        body: {
          ...{ resourceType: 'Observation', status: 'final', code: { text } },
          subject: { reference: `Patient/${of}` },
          effectiveDateTime: '2026-01-05T09:00:00+08:00',
          valueQuantity: { value, unit: 'mmol/L' },
          referenceRange: [{ text: '3.5–5.3' }],
        },
      })
    ).body.id as string
  const ids = [
    await measured('血钾', 4.1, resident.id),
    await measured('血钙', 2.3, resident.id),
    await measured('血钠', 140, another.id),
  ]
  const result = [ids[1], ids[0], ids[2], 'nowhere'].map((id) => ({ reference: `Observation/${id}` }))
  const sent = await fhir('POST', '/DiagnosticReport', {
    body: { ...reportWith([]), presentedForm: undefined, result },
  })
  expect(sent.status).toBe(201)
  const url = `/api/residents/${resident.id}/record/DiagnosticReport/${sent.body.id}`
  const opened = (await world.app.inject({ url, headers: doctor.headers })).json()
  expect(
    opened.results.map(({ fact, reference }: { fact: { label: { text: string } }; reference: string }) => [
      fact.label.text,
      reference,
    ]),
  ).toEqual([
    ['血钙', '3.5–5.3'],
    ['血钾', '3.5–5.3'],
  ])
})

test('what lies under another registration of the same person opens in the record that lists it, as long as they are one', async () => {
  const other = await givenResident(world, doctor.institutionId)
  const sent = await fhir('POST', '/DiagnosticReport', {
    body: {
      ...reportWith([held(pdf, { contentType: 'application/pdf' })]),
      subject: { reference: `Patient/${other.id}` },
    },
  })
  const urls = [
    `/api/residents/${resident.id}/record/DiagnosticReport/${sent.body.id}`,
    `/api/residents/${resident.id}/record/documents/${sent.body.id}?of=DiagnosticReport`,
  ]
  const statuses = () =>
    Promise.all(
      urls.map(async (url) => (await world.app.inject({ url, headers: doctor.headers })).statusCode),
    )
  expect(await statuses()).toEqual([404, 404])
  const pair = { residentId: resident.id, otherId: other.id, reason: '同一人' }
  await world.world.asSystem(doctor.institutionId, (ctx) =>
    linkResidents(ctx, { ...pair, survivorId: resident.id }),
  )
  expect(await statuses()).toEqual([200, 200])
  await world.world.asSystem(doctor.institutionId, (ctx) => unlinkResidents(ctx, pair))
  expect(await statuses()).toEqual([404, 404])
})
