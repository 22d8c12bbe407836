import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { hl7, hl7File, hl7Files, inGb18030, mllp } from '../../../test/given-hl7.ts'
import { givenClient, givenStaff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenChineseId } from '../../../test/given-resident.ts'
import { type Region, region } from '../../../test/world.ts'
import type { MllpListener } from './gateway/mllp-listener.ts'
import { listenHl7 } from './index.ts'

let world: Region
let hospital: { id: string }
let client: { id: string; headers: Readonly<Record<string, string>> }
let it: Readonly<Record<string, string>>
let stranger: Readonly<Record<string, string>>
let listener: MllpListener

beforeAll(async () => {
  world = await region()
  await world.setNow(new Date('2026-11-23T09:00:00+08:00'))
  hospital = await givenInstitution(world)
  client = await givenClient(world, hospital.id)
  it = (await givenStaff(world, hospital.id, ['it'])).headers
  stranger = (await givenStaff(world, (await givenInstitution(world)).id, ['it'])).headers
  await world.sql(`update identity.session set until = '2036-01-01', seen_at = '2035-01-01'`)
  for (const facility of ['HIS-A', 'HIS-GB']) await api('POST', '/message-partners', { ...partner(facility) })
  listener = await listenHl7(world.world, {
    ...{ host: '127.0.0.1', port: 0, bytesMax: 100_000, connectionsMax: 4 },
  })
})
afterAll(async () => {
  await listener.close()
  await world.close()
})

const partner = (facility: string) => ({
  ...{ name: facility, facility, application: '', clientId: client.id, charset: null },
})
const api = async (method: 'GET' | 'POST', path: string, body?: object, headers = it) => {
  const payload = body === undefined ? {} : { payload: body }
  const answer = await world.app.inject({ method, url: `/api${path}`, headers: { ...headers }, ...payload })
  return { status: answer.statusCode, json: answer.json() }
}
const ask = asking(
  () => world,
  () => ({ ...client.headers }),
)
const post = async (message: string | Buffer, headers = client.headers) => {
  const answer = await world.app.inject({
    ...{ method: 'POST', url: '/api/hl7', payload: message },
    headers: { ...headers, 'content-type': 'application/hl7-v2' },
  })
  return { status: answer.statusCode, text: answer.rawPayload.toString() }
}
const codeOf = (answer: string) => /\rMSA\|(A[AER])/.exec(answer)?.[1]
const reasonOf = (answer: string) => /\rERR\|.*\|([\w.-]+)\^\^99TONGMAI/.exec(answer)?.[1]

const pid = (number: string, name = '王^小明', more = '19800101|M') =>
  `PID|1||${number}^^^HIS^MR||${name}||${more}`
const pv1 = (visit: string, kind = 'I') =>
  `PV1|1|${kind}|心内科^12^3||||||||||||||||${visit}|||||||||||||||||||||||||20261122100000`
const at = async (type: string, query: string) =>
  (await ask('GET', `/${type}?${query}`)).body.entry?.map((e: { resource: object }) => e.resource) ?? []

test('an admission over MLLP registers the patient and opens a stay; the discharge ends it', async () => {
  const line = await mllp(listener.port)
  const sent = hl7('ADT^A01^ADT_A01', 'm-1', [
    'EVN||20261122100000',
    pid('R001'),
    pv1('V001'),
    'DG1|1||I20.0^不稳定型心绞痛^I10',
  ])
  const answer = String(await line.send(sent))
  expect(answer).toMatch(/^MSH\|\^~\\&\|TONGMAI\|ALLIANCE\|HIS\|HIS-A\|.*\|ACK\^A01\^ACK\|/)
  expect([codeOf(answer), reasonOf(answer)]).toEqual(['AA', undefined])
  const [patient] = await at('Patient', `identifier=R001`)
  expect(patient.name[0]).toMatchObject({ text: '王小明', family: '王' })
  const stay = async () => (await at('Encounter', `patient=${patient.id}`))[0]
  expect(await stay()).toMatchObject({
    status: 'in-progress',
    class: { code: 'IMP' },
    period: { start: '2026-11-22T10:00:00+08:00' },
  })
  const out = await line.send(hl7('ADT^A03', 'm-2', ['EVN||20261123070000', pid('R001'), pv1('V001')]))
  expect(codeOf(String(out))).toBe('AA')
  expect(await stay()).toMatchObject({ status: 'finished', period: { end: '2026-11-23T07:00:00+08:00' } })
  expect((await at('Encounter', `patient=${patient.id}`)).length).toBe(1)
  line.end()
})

test('the same message twice is done once and answered as before; its number with other words is refused', async () => {
  const message = hl7('ADT^A04', 'twice-1', [pid('R002', '李^雷'), pv1('V002', 'O')])
  const first = await post(message)
  const again = await post(message)
  expect([codeOf(first.text), again.text]).toEqual(['AA', first.text])
  const other = await post(hl7('ADT^A04', 'twice-1', [pid('R003', '韩^梅'), pv1('V003', 'O')]))
  expect([codeOf(other.text), reasonOf(other.text)]).toEqual(['AR', 'interop.control-id-used'])
  const kept = await world.sql(`select state from interop.message where control_id = 'twice-1' order by at`)
  expect(kept.map(({ state }) => state)).toEqual(['done', 'failed'])
  const both = await Promise.all([1, 2, 3].map(() => post(hl7('ADT^A28', 'twice-2', [pid('R004', '赵^四')]))))
  expect(new Set(both.map(({ text }) => text)).size).toBe(1)
})

test('a message of another HL7 than version 2 is rejected, and the field is named', async () => {
  const { text } = await post(hl7('ADT^A28', 'version-3', [pid('R005')]).replace('|2.5.1|', '|3.0|'))
  expect([codeOf(text), reasonOf(text)]).toEqual(['AR', 'interop.version-not-supported'])
  expect(text).toContain('ERR||MSH^1^12|203')
})

test('Chinese names come through in GB18030, declared or not, with a BOM, escapes and other delimiters', async () => {
  const line = await mllp(listener.port)
  const declared = hl7('ADT^A28', 'gb-1', [pid('G1', '镕^基')], {
    charset: 'GB 18030-2000',
    facility: 'HIS-GB',
  })
  const answer = await line.send(inGb18030(declared))
  expect(codeOf(String(answer))).toBe('AA')
  await line.send(inGb18030(hl7('ADT^A28', 'gb-2', [pid('G2', '欧阳^修')], { charset: '' })))
  await line.send(
    Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from(hl7('ADT^A28', 'gb-3', [pid('G3', '司马^光')])),
    ]),
  )
  const odd =
    'MSH$%*!@$HIS$HIS-A$T$A$20261123080000$$ADT%A28$gb-4$P$2.5.1\nPID$1$$G4%%%HIS%MR$$M!24!M%X!X41!$$19700101$F\n'
  await line.send(odd)
  const names = await Promise.all(
    ['G1', 'G2', 'G3', 'G4'].map(async (id) => (await at('Patient', `identifier=${id}`))[0]?.name[0].text),
  )
  expect(names).toEqual(['镕基', '欧阳修', '司马光', 'XA M!24!M'])
  // A refusal comes in the encoding of the question.
  const refused = await line.send(inGb18030(hl7('ADT^A01', 'gb-5', ['PID|1'], { charset: 'GB18030' })))
  expect(new TextDecoder('gb18030', { fatal: true }).decode(refused as Buffer)).toContain('|PID^1^3|')
  line.end()
})

test('results become observations and a report; sent again under the same numbers they are corrected', async () => {
  const obr = 'OBR|1|P9|F9|24323-8^生化全套^LN|||20261122080000|||||||||||||||20261122100000|||F'
  const oru = (controlId: string, value: string, status: string) =>
    hl7('ORU^R01', controlId, [
      pid('R001'),
      obr,
      `OBX|1|NM|6298-4^血钾^LN||${value}|mmol/L^^UCUM|3.5-5.3|H|||${status}|||20261122090000`,
      'NTE|1||轻度溶血',
    ])
  expect(codeOf((await post(oru('oru-1', '5.9', 'P'))).text)).toBe('AA')
  expect(codeOf((await post(oru('oru-2', '5.6', 'C'))).text)).toBe('AA')
  const [patient] = await at('Patient', 'identifier=R001')
  const found = await at('Observation', `patient=${patient.id}`)
  expect(found.length).toBe(1)
  expect(found[0]).toMatchObject({
    status: 'corrected',
    meta: { versionId: '2' },
    valueQuantity: { value: 5.6, code: 'mmol/L' },
    note: [{ text: '轻度溶血' }],
  })
  const [report] = await at('DiagnosticReport', `patient=${patient.id}`)
  expect(report).toMatchObject({ status: 'final', result: [{ reference: `Observation/${found[0].id}` }] })
  expect((await at('ServiceRequest', `patient=${patient.id}`))[0]).toMatchObject({ intent: 'order' })
  const bad = await post(oru('oru-3', '五点九', 'F'))
  expect([codeOf(bad.text), reasonOf(bad.text)]).toEqual(['AE', 'interop.bad-value'])
})

test('a merge makes two numbers one person, and can be taken back', async () => {
  const number = givenChineseId()
  const wukong = (more = '') => pid('M2', '孙^行者', `19500202|M${more}`)
  await post(hl7('ADT^A28', 'merge-1', [pid('M1', '孙^悟空')]))
  await post(hl7('ADT^A28', 'merge-2', [wukong(`|||||||||||${number}`)]))
  const merged = await post(hl7('ADT^A40', 'merge-3', [wukong(), 'MRG|M1^^^HIS^MR']))
  expect(codeOf(merged.text)).toBe('AA')
  const [old] = await at('Patient', 'identifier=M1')
  const [kept] = await at('Patient', 'identifier=M2')
  expect(old.link).toEqual([{ other: { reference: `Patient/${kept.id}` }, type: 'replaced-by' }])
  const back = await post(hl7('ADT^A37', 'merge-4', [wukong(), pid('M1', '孙^悟空')]))
  expect(codeOf(back.text)).toBe('AA')
  expect((await at('Patient', 'identifier=M1'))[0].link).toBeUndefined()
  const byNumber = await post(hl7('ADT^A40', 'merge-6', ['PID|1||M2^^^HIS^MR', 'MRG|M1^^^HIS^MR']))
  expect(codeOf(byNumber.text)).toBe('AA')
  expect((await at('Patient', 'identifier=M1'))[0].link).toHaveLength(1)
  const unknown = await post(hl7('ADT^A40', 'merge-5', [wukong(), 'MRG|NOBODY^^^HIS^MR']))
  expect([codeOf(unknown.text), reasonOf(unknown.text)]).toEqual(['AE', 'interop.unknown-patient'])
})

test('messages that other systems wrote are taken, or refused with a named reason', async () => {
  const told: string[] = []
  for (const name of hl7Files) {
    // Several of them bear the same number.
    const said = hl7File(name).toString('latin1').split('|')
    said[9] = name
    const bytes = Buffer.from(said.join('|'), 'latin1')
    const { status, text } = await post(bytes)
    expect(status).toBe(200)
    told.push(`${name} ${codeOf(text)} ${reasonOf(text) ?? ''}`.trim())
  }
  // The person whom A40 merges is nobody here; a file of ORU-R01-01 holds nothing.
  expect(told.filter((one) => !one.endsWith(' AA'))).toEqual([
    'ADT-A40-01.hl7 AE interop.unknown-patient',
    'ORU-R01-01.hl7 AE interop.bad-value',
  ])
})

test('garbage, giants, too many connections and unknown senders harm nobody', async () => {
  const noise = await mllp(listener.port)
  noise.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
  expect(codeOf(String(await noise.send('not a message')))).toBe('AR')
  expect(codeOf(String(await noise.send(Buffer.from([0xff, 0xfe, 0x00, 0x80]))))).toBe('AR')
  const two = `${hl7('ADT^A28', 'two-1', [pid('W1')])}\r${hl7('ADT^A28', 'two-2', [pid('W2')])}`
  for (const many of [two, `FHS|^~\\&|HIS\rBHS|^~\\&|HIS\r${hl7('ADT^A28', 'two-3', [pid('W3')])}`]) {
    const answer = String(await noise.send(many))
    expect([codeOf(answer), reasonOf(answer)]).toEqual(['AR', 'interop.several-messages'])
  }
  const unknown = String(await noise.send(hl7('ADT^A28', 'u-1', [pid('U1')], { facility: 'NOBODY' })))
  expect([codeOf(unknown), reasonOf(unknown)]).toEqual(['AR', 'interop.unknown-sender'])
  noise.write(Buffer.concat([Buffer.from([0x0b]), Buffer.alloc(150_000, 0x41)]))
  await noise.closed()
  const lines = await Promise.all([1, 2, 3, 4].map(() => mllp(listener.port)))
  const fifth = await mllp(listener.port)
  await fifth.closed()
  for (const line of lines)
    expect(codeOf(String(await line.send(hl7('ADT^A28', 'many', [pid('Q1')]))))).toBe('AA')
  for (const line of lines) line.end()
  expect((await post('MSH|^~\\&|a', stranger)).status).toBe(403)
  expect((await post('MSH|^~\\&|a', {})).status).toBe(401)
  expect(codeOf((await post('nonsense')).text)).toBe('AR')
})

test('what a client’s scopes do not cover is refused, and nothing of the message stays', async () => {
  const small = await givenClient(world, hospital.id, ['system/Patient.cruds'])
  const answer = await post(hl7('ADT^A01', 'scope-1', [pid('S1', '钱^一'), pv1('VS1')]), small.headers)
  expect([codeOf(answer.text), reasonOf(answer.text)]).toEqual(['AR', 'kernel.not-permitted'])
  expect(await at('Patient', 'identifier=S1')).toEqual([])
})

test('a message in error is found, mended as a copy, done, and the original stays as it came', async () => {
  const wrong = hl7('ADT^A01', 'mend-1', ['EVN||20261123', pid('E1', '周^一'), 'PV1|1|I'])
  expect(reasonOf((await post(wrong)).text)).toBe('interop.field-missing')
  const [line] = (await api('GET', '/messages?state=failed&controlId=mend')).json.items
  expect(line).toMatchObject({ kind: 'ADT^A01', problem: { place: 'PV1-19' }, tries: 1 })
  expect((await api('GET', `/messages/${line.id}`, undefined, stranger)).status).toBe(404)
  const { json: whole } = await api('GET', `/messages/${line.id}`)
  const text = whole.text.replace('PV1|1|I', pv1('VE1'))
  const mended = await api('POST', `/messages/${line.id}/mend`, { text, note: '补住院号' })
  expect(mended.json).toMatchObject({ state: 'waiting', mendsId: line.id })
  await world.runJob('interop.process-message', { institutionId: hospital.id, id: mended.json.id })
  const after = (await api('GET', `/messages/${line.id}`)).json
  expect([after.state, after.text, after.copies[0].state]).toEqual(['mended', wrong, 'done'])
  // The sender, who never got an AA, sends the wrong one again: it is done already.
  expect(codeOf((await post(wrong)).text)).toBe('AA')
  const replay = await api('POST', `/messages/${mended.json.id}/replay`, {})
  expect(replay.json.state).toBe('waiting')
  await world.runJob('interop.process-message', { institutionId: hospital.id, id: mended.json.id })
  expect(
    (await api('GET', '/messages?controlId=mend')).json.items.map((m: { state: string }) => m.state).sort(),
  ).toEqual(['done', 'mended'])
  const [patient] = await at('Patient', 'identifier=E1')
  expect((await at('Encounter', `patient=${patient.id}`)).length).toBe(1)
  const counts = (await api('GET', '/message-counts')).json
  expect(counts.failed).toBeGreaterThan(0)
})

test('once a mended copy is done nothing of that message stands in error, however many copies failed before', async () => {
  const process = (id: string) => world.runJob('interop.process-message', { institutionId: hospital.id, id })
  const mend = async (id: string, visit: string): Promise<string> => {
    const { text } = (await api('GET', `/messages/${id}`)).json
    const more = { text: text.replace(/PV1\|.*/, visit), note: '补就诊' }
    const { json } = await api('POST', `/messages/${id}/mend`, more)
    await process(json.id)
    return json.id
  }
  const states = async (number: string) =>
    (await api('GET', `/messages?controlId=${number}`)).json.items.map((m: { state: string }) => m.state)
  for (const number of ['copies-a', 'copies-b']) {
    await post(hl7('ADT^A01', number, ['EVN||20261123', pid('E7', '吴^二'), 'PV1|1|I']))
    const [line] = (await api('GET', `/messages?controlId=${number}`)).json.items
    const first = await mend(line.id, 'PV1|2|I')
    expect(await states(number)).toEqual(['failed', 'failed'])
    // The second try starts from the copy, or again from the original.
    await mend(number === 'copies-a' ? first : line.id, pv1(`V-${number}`))
    expect((await states(number)).sort()).toEqual(['done', 'mended', 'mended'])
  }
})

test('what came in lies sealed: no number of a patient stands in the table', async () => {
  const rows = await world.sql(
    `select count(*)::int as n from interop.message m where m::text like '%小明%' or m::text like '%王^%'`,
  )
  expect(rows).toEqual([{ n: 0 }])
})
