import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { hl7 } from '../../../test/given-hl7.ts'
import { givenClient, givenStaff, type Staff } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { type Region, region } from '../../../test/world.ts'

let world: Region
let client: { id: string; headers: Readonly<Record<string, string>> }
let narrow: { id: string; headers: Readonly<Record<string, string>> }
let doctor: Staff

beforeAll(async () => {
  world = await region()
  const { id } = await givenInstitution(world)
  client = await givenClient(world, id)
  narrow = await givenClient(world, id, ['system/Patient.cruds', 'system/Encounter.cruds'])
  const { id: practitioner } = await givenPractitioner(world, id)
  doctor = await givenStaff(world, id, ['gp'], { practitioner })
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => ({ ...client.headers }),
)
const post = async (message: string, headers = client.headers) =>
  (
    await world.app.inject({
      ...{ method: 'POST', url: '/api/hl7', payload: message },
      headers: { ...headers, 'content-type': 'application/hl7-v2' },
    })
  ).payload
const codeOf = (answer: string) => /\rMSA\|(A[AER])/.exec(answer)?.[1]
const reasonOf = (answer: string) => /\rERR\|.*\|([\w.-]+)\^\^99TONGMAI/.exec(answer)?.[1]
const pid = (number: string, name: string) => `PID|1||${number}^^^HIS^MR||${name}||19610307|F`
const at = async (type: string, query: string) =>
  (await ask('GET', `/${type}?${query}`)).body.entry?.map((e: { resource: object }) => e.resource) ?? []
const patientOf = async (number: string) => (await at('Patient', `identifier=${number}`))[0].id as string

test('the allergies of an admission are in the record once, change with what is said, and none is made of “无”', async () => {
  const admit = (controlId: string, al1: string[]) =>
    hl7('ADT^A28', controlId, [pid('AL-1', '钱^敏'), ...al1])
  const penicillin = 'AL1|1|DA|QM^青霉素^HIS|SV|皮疹~喉头水肿|20150601'
  expect(
    codeOf(await post(admit('al-1', [penicillin, 'AL1|2|FA|^无花果', 'AL1|3||^无药物过敏史', 'AL1|4']))),
  ).toBe('AA')
  const patient = await patientOf('AL-1')
  const kept = () => at('AllergyIntolerance', `patient=${patient}&_sort=date`)
  const before = await kept()
  expect(before).toHaveLength(2)
  const drug = before.find((one: { category: string[] }) => one.category[0] === 'medication')
  expect(drug).toMatchObject({
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { coding: [{ code: 'QM', display: '青霉素' }], text: '青霉素' },
    criticality: 'high',
    onsetDateTime: '2015-06-01',
    reaction: [{ manifestation: [{ text: '皮疹' }, { text: '喉头水肿' }] }],
  })
  const banner = async () =>
    (
      await world.app.inject({ url: `/api/residents/${patient}/allergies`, headers: doctor.headers })
    ).json() as { label: { text: string } }[]
  expect((await banner()).map(({ label }) => label.text).toSorted()).toEqual(['无花果', '青霉素'])

  // The same again is no new version, and a message without AL1 takes nothing away.
  await post(admit('al-2', [penicillin]))
  await post(admit('al-3', []))
  expect((await kept()).map((one: { meta: { versionId: string } }) => one.meta.versionId)).toEqual(['1', '1'])
  await post(admit('al-4', [penicillin.replace('SV', 'MI')]))
  const [changed] = await at('AllergyIntolerance', `patient=${patient}&category=medication`)
  expect(changed).toMatchObject({ id: drug.id, criticality: 'low', meta: { versionId: '2' } })
  expect(codeOf(await post(admit('al-5', ['AL1|1|DA|^磺胺|||去年'])))).toBe('AE')
})

test('a client that may not write allergies and diagnoses has the admission done, and neither', async () => {
  const lines = [
    pid('AL-2', '孙^平'),
    `PV1|1|I|${'|'.repeat(16)}V-AL2`,
    'DG1|1||I10^高血压^I10',
    'PR1|1|||胃镜',
    'AL1|1|DA|^头孢',
  ]
  expect(codeOf(await post(hl7('ADT^A01', 'al-6', lines), narrow.headers))).toBe('AA')
  const patient = await patientOf('AL-2')
  for (const type of ['AllergyIntolerance', 'Condition', 'Procedure'])
    expect(await at(type, `patient=${patient}`)).toEqual([])
  expect((await at('Encounter', `patient=${patient}`))[0].diagnosis).toBeUndefined()
})

test('the diagnoses of a stay are in the record once, by how sure they are, and one is taken back', async () => {
  const stay = (trigger: string, controlId: string, dg1: string[], visit = 'V-DG1') =>
    post(
      hl7(`ADT^${trigger}`, controlId, [
        'EVN||20261122100000',
        pid('DG-1', '周^宁'),
        `PV1|1|I|${'|'.repeat(16)}${visit}`,
        ...dg1,
      ]),
    )
  const angina = `DG1|1||I20.0^不稳定型心绞痛^I10||20261122103000|A${'|'.repeat(10)}D01^陈^立衡`
  const pressure = 'DG1|2||I10.x00^高血压^I10|||W'
  expect(codeOf(await stay('A01', 'dg-1', [angina, pressure, 'DG1|3']))).toBe('AA')
  const patient = await patientOf('DG-1')
  const of = async (code: string) => (await at('Condition', `patient=${patient}&code=${code}`))[0]
  const encounter = async () => (await at('Encounter', `patient=${patient}`))[0]
  const before = await of('I20.0')
  const { id: encounterId } = await encounter()
  expect(before).toMatchObject({
    category: [{ coding: [{ code: 'encounter-diagnosis' }] }],
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'provisional' }] },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'I20.0' }], text: '不稳定型心绞痛' },
    encounter: { reference: `Encounter/${encounterId}` },
    recordedDate: '2026-11-22T10:30:00+08:00',
    asserter: { display: '陈立衡' },
  })
  const other = await of('I10.x00')
  expect((await encounter()).diagnosis).toEqual([
    { condition: { reference: `Condition/${before.id}` }, rank: 1, use: expect.objectContaining({}) },
    { condition: { reference: `Condition/${other.id}` }, rank: 2 },
  ])
  expect(await at('Encounter', `diagnosis=Condition/${other.id}`)).toHaveLength(1)

  // The same again is no new version; a message without DG1 takes nothing away.
  await stay('A08', 'dg-2', [angina, pressure.replace('|||W', '')])
  await stay('A08', 'dg-3', [])
  expect([(await of('I20.0')).meta.versionId, (await encounter()).diagnosis.length]).toEqual(['1', 2])
  expect((await of('I10.x00')).meta.versionId).toBe('1')
  // Confirmed when they go home, and the other was a mistake.
  await stay('A03', 'dg-4', [angina.replace('|A|', '|F|'), `${pressure}${'|'.repeat(15)}D`])
  expect(await of('I20.0')).toMatchObject({
    ...{ id: before.id, meta: { versionId: '2' }, recordedDate: before.recordedDate },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
  })
  const mistaken = await of('I10.x00')
  expect(mistaken).toMatchObject({ verificationStatus: { coding: [{ code: 'entered-in-error' }] } })
  expect(mistaken.clinicalStatus).toBeUndefined()
  expect((await encounter()).diagnosis).toHaveLength(1)
  // Another stay with the same disease has its own.
  await stay('A01', 'dg-5', [angina], 'V-DG2')
  expect(await at('Condition', `patient=${patient}&code=I20.0`)).toHaveLength(2)
  expect(codeOf(await stay('A08', 'dg-6', ['DG1|1||I10^高血压^I10||昨天']))).toBe('AE')
})

test('an operation is in the record once a day, coded by ICD under whatever name, and one is taken back', async () => {
  const stay = (controlId: string, lines: string[]) =>
    post(hl7('ADT^A08', controlId, [pid('PR-1', '冯^远'), `PV1|1|I|${'|'.repeat(16)}V-PR1`, ...lines]))
  const stent = `PR1|1||36.0601^冠状动脉药物洗脱支架置入术^ICD-9-CM-3||20261120140000||||||D01^陈^立衡`
  const scope = `PR1|2|||胃镜检查|20261118090000${'|'.repeat(14)}`
  const dg1 = 'DG1|1||I21.100^急性下壁心肌梗死^ICD-10|||F'
  expect(codeOf(await stay('pr-1', [dg1, stent, `${scope}E-7`, 'PR1|3']))).toBe('AA')
  const patient = await patientOf('PR-1')
  const done = () => at('Procedure', `patient=${patient}&_sort=-date`)
  const [encounter] = await at('Encounter', `patient=${patient}`)
  const [first, second, ...more] = await done()
  expect(first).toMatchObject({
    ...{ status: 'completed', performedDateTime: '2026-11-20T14:00:00+08:00' },
    code: { coding: [{ system: 'urn:tongmai:code-system:icd9cm3', code: '36.0601' }] },
    encounter: { reference: `Encounter/${encounter.id}` },
    performer: [{ actor: { display: '陈立衡' } }],
  })
  expect([second.code, second.performer, more]).toEqual([{ text: '胃镜检查' }, undefined, []])
  expect(
    await at('Condition', `patient=${patient}&code=http://hl7.org/fhir/sid/icd-10|I21.100`),
  ).toHaveLength(1)
  // The same again is nothing new; another day is another operation; what was a mistake is said to be one.
  await stay('pr-2', [stent, stent.replace('20261120', '20261122'), `${scope}E-7|D`, `${scope}E-8|D`])
  const now = (await done()).map((one: { id: string; status: string; meta: { versionId: string } }) => [
    ...[one.id === first.id || one.id === second.id, one.status, one.meta.versionId],
  ])
  expect(now).toEqual([
    [false, 'completed', '1'],
    [true, 'completed', '1'],
    [true, 'entered-in-error', '2'],
  ])
  expect(codeOf(await stay('pr-3', ['PR1|1|||胃镜|昨天']))).toBe('AE')
})

test('a diagnosis without a stay is a problem of the person; one that is deleted and unknown makes nothing', async () => {
  const lines = [pid('DG-2', '郑^平'), 'DG1|1|||慢性支气管炎', `DG1|2||J44^慢阻肺^I10${'|'.repeat(18)}D`]
  expect(codeOf(await post(hl7('ADT^A31', 'dg-7', lines)))).toBe('AA')
  const [only, ...more] = await at('Condition', `patient=${await patientOf('DG-2')}`)
  expect(only).toMatchObject({
    category: [{ coding: [{ code: 'problem-list-item' }] }],
    code: { text: '慢性支气管炎' },
  })
  expect([only.encounter, only.verificationStatus, more]).toEqual([undefined, undefined, []])
})

test('a report of an examination has its department, its conclusion, and findings that are no laboratory’s', async () => {
  const ct = 'OBR|1||F-CT|CT-CH^胸部CT平扫^HIS|||20261122080000|||||||||||||||20261122090000||CT|F'
  const lines = [
    pid('CT-1', '吴^江'),
    ct,
    'OBX|1|FT|CT-CH&GDT^影像所见^HIS||双肺纹理增多。\\.br\\右肺上叶见结节。||||||F',
    'OBX|2|FT|CT-CH&IMP^影像诊断^HIS||右肺上叶小结节，建议复查。||||||F',
  ]
  expect(codeOf(await post(hl7('ORU^R01', 'ct-1', lines)))).toBe('AA')
  const patient = await patientOf('CT-1')
  const [report] = await at('DiagnosticReport', `patient=${patient}&category=CT`)
  expect(report).toMatchObject({
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'CT' }] }],
    conclusion: '右肺上叶小结节，建议复查。',
  })
  expect(await at('Observation', `patient=${patient}&category=imaging`)).toHaveLength(2)
  expect(await at('Observation', `patient=${patient}&category=laboratory`)).toEqual([])
  const departments = { MR: 'NMR', 超声科: undefined, HM: 'HM' }
  for (const [said, code] of Object.entries(departments)) {
    const obr = ct.replace('F-CT', `F-${said}`).replace(/CT\|F$/, `${said}|F`)
    expect(codeOf(await post(hl7('ORU^R01', `ct-${said}`, [pid('CT-2', '吴^海'), obr])))).toBe('AA')
    const [{ category }] = await at('DiagnosticReport', `identifier=F-${said}`)
    expect([category[0].coding?.[0].code, category[0].text]).toEqual([code, code ? undefined : said])
  }
})

const pdf = Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF')
const obr = 'OBR|1||F-ED|ECG^十二导联心电图^HIS|||20261122080000|||||||||||||||20261122090000|||F'
const oru = (controlId: string, lines: string[]) =>
  hl7('ORU^R01', controlId, [pid('ED-1', '李^静'), ...lines])

test('a file among results is the original of the report, can be read by staff, and is no measurement', async () => {
  const file = `OBX|2|ED|PDF^心电图报告^HIS||HIS^Application^PDF^Base64^${pdf.toString('base64')}||||||F`
  const link = 'OBX|3|RP|IMG^波形图^HIS||https://pacs.example/1^PACS^image^JPEG||||||F'
  const rate = 'OBX|1|NM|8867-4^心率^LN||72|/min^^UCUM|||||F'
  expect(codeOf(await post(oru('ed-1', [obr, rate, file, link])))).toBe('AA')
  const patient = await patientOf('ED-1')
  const [heartRate, ...more] = await at('Observation', `patient=${patient}`)
  expect([heartRate.category[0].coding[0].code, more]).toEqual(['vital-signs', []])
  const [report] = await at('DiagnosticReport', `patient=${patient}`)
  expect(report.presentedForm).toEqual([
    {
      ...{ contentType: 'application/pdf', data: pdf.toString('base64') },
      ...{ size: pdf.length, title: '心电图报告' },
    },
    { contentType: 'image/jpeg', url: 'https://pacs.example/1', title: '波形图' },
  ])
  const url = `/api/residents/${patient}/record/documents/${report.id}`
  const read = (rest: string) => world.app.inject({ url: `${url}${rest}`, headers: doctor.headers })
  expect((await read('?of=DiagnosticReport')).json()).toMatchObject({
    ...{ title: '十二导联心电图', media: 'application/pdf', size: pdf.length },
    files: [{ nth: 0, name: '心电图报告', media: 'application/pdf' }],
  })
  expect((await read('/original?of=DiagnosticReport')).rawPayload.equals(pdf)).toBe(true)
  // Corrected without the file: the report has none any more.
  expect(codeOf(await post(oru('ed-2', [obr.replace(/F$/, 'C'), rate])))).toBe('AA')
  expect((await at('DiagnosticReport', `patient=${patient}`))[0].presentedForm).toBeUndefined()
})

test.each([
  ['ed-3', [obr, 'OBX|1|ED|PDF||HIS^AP^PDF^Base64^%%%||||||F'], 'interop.bad-value'],
  ['ed-4', [obr, 'OBX|1|ED|PDF||HIS^AP^PDF^Zip^AAAA||||||F'], 'interop.bad-value'],
  ['ed-5', [obr, 'OBX|1|RP|PDF||not here^HIS||||||F'], 'interop.bad-value'],
  ['ed-6', [`OBX|1|ED|PDF||HIS^AP^PDF^Base64^${pdf.toString('base64')}||||||F`], 'interop.segment-missing'],
])('a file that is none, or belongs to no report, is refused by its place: %s', async (id, lines, reason) => {
  const answer = await post(oru(id, lines))
  expect([codeOf(answer), reasonOf(answer)]).toEqual(['AE', reason])
})
