import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient, givenStaff, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { type Region, region } from '../../../test/world.ts'
import { storeBytes } from '../../kernel/file.ts'

const folder = join(import.meta.dirname, '../../../test/material/cda')
const paper = (name: string) => readFileSync(join(folder, name), 'utf8')

let world: Region
let hospital: { id: string }
let doctor: Staff
let stranger: Staff
let client: Readonly<Record<string, string>>
let resident: { id: string; number: string; name: string }

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  const other = await givenInstitution(world)
  const { id: practitioner } = await givenPractitioner(world, hospital.id)
  doctor = await givenStaff(world, hospital.id, ['gp'], { practitioner })
  stranger = await givenStaff(world, other.id, ['gp'])
  client = (await givenClient(world, hospital.id)).headers
  resident = await givenResident(world, hospital.id, { name: '周立新', birthDate: '1962-03-09', sex: 'male' })
})
afterAll(() => world.close())

const fhir = asking(
  () => world,
  () => client,
)

/** The outpatient record in the style of WS/T 500, about this person. */
const outpatient = (more: Partial<Record<'name' | 'identity' | 'sex' | 'birth', string>> = {}) => {
  const said = { name: resident.name, identity: resident.number, sex: '1', birth: '19620309', ...more }
  return Object.entries(said).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, value),
    paper('outpatient-record.xml'),
  )
}

const add = async (bytes: Uint8Array | string, more: object = {}, residentId = resident.id) => {
  const hash = await storeBytes(world.dataDir, Buffer.from(bytes))
  const answer = await world.app.inject({
    method: 'POST',
    url: `/api/residents/${residentId}/record/documents`,
    headers: doctor.headers,
    payload: { hash, fileName: '病历.xml', ...more },
  })
  return { status: answer.statusCode, body: answer.json() }
}
const read = (id: string, rest = '', as = doctor, residentId = resident.id) =>
  world.app.inject({ url: `/api/residents/${residentId}/record/documents/${id}${rest}`, headers: as.headers })

test('a document in the style of WS/T 500 is kept byte for byte, in whatever encoding, and can be read', async () => {
  const text = outpatient().replace('UTF-8', 'GB18030').replace('MZ-2024-000317', 'MZ-2024-000318')
  const bytes = iconv.encode(text, 'gb18030')
  const { status, body } = await add(bytes)
  expect(status).toBe(200)
  const held = (await read(body.id)).json()
  expect(held).toMatchObject({
    title: '门(急)诊病历',
    header: {
      standard: 'WS/T 500',
      at: '2024-05-06T01:30:00.000Z',
      authors: ['李春华'],
      custodian: '东河区第二医院',
      patient: { name: '周立新', sex: 'male', birthDate: '1962-03-09' },
    },
  })
  expect(held.sections).toEqual([
    {
      ...{ title: '主诉', depth: 0 },
      blocks: [
        { kind: 'list', items: ['主诉：反复胸闷三天，活动后加重 <夜间平卧可缓解>'], head: [], rows: [] },
      ],
    },
    {
      ...{ title: '体格检查', depth: 0 },
      blocks: [
        { kind: 'paragraph', items: ['神清，双肺呼吸音清。详见附图'], head: [], rows: [] },
        {
          ...{ kind: 'table', items: [], head: ['项目', '结果'] },
          rows: [
            ['收缩压', '148 mmHg'],
            ['舒张压', '92 mmHg'],
          ],
        },
      ],
    },
    { title: '诊断', depth: 0, blocks: [{ kind: 'list', items: ['诊断代码：心绞痛'], head: [], rows: [] }] },
  ])
  const original = await read(body.id, '/original')
  expect(Buffer.compare(original.rawPayload, bytes)).toBe(0)
  const reference = (await fhir('GET', `/DocumentReference/${body.id}`)).body
  expect(reference).toMatchObject({
    masterIdentifier: { system: 'urn:oid:2.16.156.10011.1.1', value: 'MZ-2024-000318' },
    author: [{ display: '李春华' }],
    content: [{ attachment: { size: bytes.length } }],
  })
  const binary = (await fhir('GET', `/${reference.content[0].attachment.url}`)).body
  expect(Buffer.compare(Buffer.from(binary.data, 'base64'), bytes)).toBe(0)
  expect(await add(bytes)).toMatchObject({ status: 409, body: { code: 'record.document-known' } })
})

test('a C-CDA of a client is shown with its lists and sections, and another clinic’s picture is not fetched', async () => {
  const grace = await givenResident(world, hospital.id, {
    ...{ name: 'Grace Miller', birthDate: '1970-05-21', sex: 'female', documents: [] },
    number: undefined as never,
  })
  const data = Buffer.from(paper('continuity-of-care.xml')).toString('base64')
  const made = await fhir('POST', '/DocumentReference', {
    body: {
      ...{ resourceType: 'DocumentReference', status: 'current' },
      subject: { reference: `Patient/${grace.id}` },
      content: [{ attachment: { contentType: 'text/xml', data } }],
    },
  })
  expect(made.status).toBe(201)
  const held = (await read(made.body.id, '', doctor, grace.id)).json()
  expect(held.header).toMatchObject({
    standard: 'C-CDA',
    authors: ['Henry Seven'],
    custodian: 'Good Health Clinic',
  })
  expect(held.sections).toEqual([
    {
      ...{ title: 'Allergies', depth: 0 },
      blocks: [{ kind: 'list', items: ['Penicillin: hives', 'Peanut'], head: [], rows: [] }],
    },
    {
      ...{ title: 'Remarks', depth: 1 },
      blocks: [{ kind: 'paragraph', items: ['Patient reports no new reactions.'], head: [], rows: [] }],
    },
  ])
})

test.each([
  ['another name', { name: '周立心' }, 'recordTarget.name'],
  ['another birth date', { birth: '19620308' }, 'recordTarget.birthDate'],
  ['another sex', { sex: '2' }, 'recordTarget.sex'],
  ['another identity number', { identity: '110101199003070011' }, 'recordTarget.identity'],
])(
  'a clinical document with %s is refused, by page and by FHIR, and leaves nothing',
  async (_what, more, path) => {
    const count = () =>
      world.sql(
        `select count(*)::int as n from kernel.resource where type in ('Binary', 'DocumentReference')`,
      )
    const before = await count()
    const text = outpatient(more)
    const refused = await add(text)
    expect([refused.status, refused.body.code]).toEqual([422, 'record.document-of-another-person'])
    expect(refused.body.fields[0].path).toBe(path)
    const data = Buffer.from(text).toString('base64')
    const sent = await fhir('POST', '/DocumentReference', {
      body: {
        ...{ resourceType: 'DocumentReference', status: 'current' },
        subject: { reference: `Patient/${resident.id}` },
        content: [{ attachment: { contentType: 'application/xml', data } }],
      },
    })
    expect([sent.status, sent.body.issue[0].expression]).toEqual([422, [path]])
    expect(await count()).toEqual(before)
  },
)

test('a clinical document is about its patient under whatever media type, and one that cannot be read is about nobody', async () => {
  const send = async (text: string, contentType: string) => {
    const attachment = { contentType, data: Buffer.from(text).toString('base64') }
    const subject = { reference: `Patient/${resident.id}` }
    const { status, body } = await fhir('POST', '/DocumentReference', {
      body: { resourceType: 'DocumentReference', status: 'current', subject, content: [{ attachment }] },
    })
    return [status, body.issue?.[0].details.coding[0].code]
  }
  const strange = outpatient({ name: '周立心' })
  for (const media of ['text/plain', 'application/octet-stream', 'application/pdf'])
    expect(await send(strange, media)).toEqual([422, 'record.document-of-another-person'])
  const doctype = strange.replace(/^(<\?xml[^>]*>)?/, '$1<!DOCTYPE x [<!ENTITY e "周立新">]>')
  for (const unreadable of [doctype, outpatient().slice(0, -20)]) {
    expect(await send(unreadable, 'application/xml')).toEqual([422, 'record.document-unreadable'])
    expect((await add(unreadable)).body.code).toBe('record.document-unreadable')
  }
  expect(await send('%PDF-1.7 …', 'application/pdf')).toEqual([201, undefined])
  const binary = (words: string) => ({
    ...{
      resourceType: 'Binary',
      contentType: 'application/xml',
      data: Buffer.from(words).toString('base64'),
    },
    securityContext: { reference: `Patient/${resident.id}` },
  })
  const { body } = await fhir('POST', '/Binary', { body: binary(outpatient()) })
  const over = await fhir('PUT', `/Binary/${body.id}`, { body: { ...binary(strange), id: body.id } })
  expect([over.status, over.body.issue[0].details.coding[0].code]).toEqual([
    422,
    'record.document-of-another-person',
  ])
})

test('a file that a document names is written over by its institution only, and by nothing about somebody else', async () => {
  const binary = (words: string) => ({
    ...{ resourceType: 'Binary', contentType: 'application/xml' },
    data: Buffer.from(words).toString('base64'),
  })
  const attachment = (id: string) => ({ attachment: { contentType: 'application/xml', url: `Binary/${id}` } })
  const { body } = await fhir('POST', '/Binary', { body: binary(outpatient()) })
  const subject = { reference: `Patient/${resident.id}` }
  const document = {
    resourceType: 'DocumentReference',
    status: 'current',
    subject,
    content: [attachment(body.id)],
  }
  expect((await fhir('POST', '/DocumentReference', { body: document })).status).toBe(201)
  const over = async (words: string, as = client) => {
    const { status, body: said } = await fhir('PUT', `/Binary/${body.id}`, {
      body: { ...binary(words), id: body.id },
      as,
    })
    return [status, said.issue?.[0].details.coding[0].code]
  }
  const theirs = (await givenClient(world, stranger.institutionId)).headers
  expect(await over(outpatient(), theirs)).toEqual([404, 'record.no-such-resource'])
  expect(await over(outpatient({ name: '周立心' }))).toEqual([422, 'record.document-of-another-person'])
  expect(await over(outpatient().slice(0, -20))).toEqual([422, 'record.document-unreadable'])
  expect(await over(outpatient().replace('反复', '时有'))).toEqual([200, undefined])
  const free = await fhir('POST', '/Binary', { body: binary(outpatient({ name: '周立心' })) })
  expect(free.status).toBe(201)
})

test('a file that is not what its hash says is refused', async () => {
  const attachment = { contentType: 'text/plain', data: 'QUJD', hash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }
  const subject = { reference: `Patient/${resident.id}` }
  const sent = await fhir('POST', '/DocumentReference', {
    body: { resourceType: 'DocumentReference', status: 'current', subject, content: [{ attachment }] },
  })
  expect([sent.status, sent.body.issue[0].details.coding[0].code]).toEqual([
    422,
    'record.document-hash-differs',
  ])
})

test('a document and its file are the resident’s: whoever may not open the record reads neither', async () => {
  const { body } = await add('出院时一般情况好。', { fileName: '出院小结.txt', title: '出院小结' })
  expect((await read(body.id)).json()).toMatchObject({
    title: '出院小结',
    text: '出院时一般情况好。',
    sections: [],
  })
  const another = await givenResident(world, hospital.id)
  expect((await read(body.id, '', doctor, another.id)).statusCode).toBe(404)
  for (const rest of ['', '/original']) expect((await read(body.id, rest, stranger)).statusCode).toBe(404)
  const theirs = (await givenClient(world, stranger.institutionId)).headers
  const reference = (await fhir('GET', `/DocumentReference/${body.id}`)).body
  const { url } = reference.content[0].attachment
  expect((await fhir('GET', `/${url}`)).status).toBe(200)
  for (const path of [`/${url}`, `/DocumentReference/${body.id}`])
    expect((await fhir('GET', path, { as: theirs })).status).toBe(404)
})
