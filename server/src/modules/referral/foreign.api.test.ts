import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { givenClient } from '../../../test/given-identity.ts'
import { type ReferralRegion, referralRegion } from '../../../test/given-referral.ts'

let g: ReferralRegion
let sender: Record<string, string>
let receiver: Record<string, string>
let stranger: Record<string, string>

beforeAll(async () => {
  g = await referralRegion()
  const client = async (at: string, practitioner: string) => ({
    ...(await givenClient(g.world, at)).headers,
    'x-practitioner': practitioner,
  })
  sender = await client(g.centre, g.gpDoctor.id)
  receiver = await client(g.hospital, g.heartDoctor.id)
  stranger = { ...(await givenClient(g.world, g.third)).headers }
})
afterAll(() => g.world.close())

const ask = asking(
  () => g.world,
  () => sender,
)
const value = (url: string, text: string) => ({ url, valueString: text })
const fields = (...extension: unknown[]) => [{ url: 'urn:tongmai:referral-fields', extension }]

/** A referral as another system would write it. */
const request = (more: object = {}) => {
  const { form, residentId } = g.draftBody()
  return {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    category: [{ coding: [{ system: 'http://snomed.info/sct', code: '3457005' }] }],
    priority: 'routine',
    subject: { reference: `Patient/${residentId}` },
    performer: [{ reference: `Organization/${g.hospital}` }],
    reasonCode: [
      {
        coding: [
          {
            system: 'http://hl7.org/fhir/sid/icd-10',
            code: form.diagnosis.code,
            display: form.diagnosis.text,
          },
        ],
        text: form.firstImpression,
      },
    ],
    note: [{ text: form.reason }],
    extension: fields(
      value('toDepartmentId', g.cardiology),
      value('pastHistory', form.pastHistory),
      value('allergies', form.allergies),
      value('treatmentSoFar', form.treatmentSoFar),
      value('indications', form.indications[0] as string),
      {
        url: 'consent',
        extension: [
          { url: 'agreed', valueBoolean: true },
          value('signer', form.consent.signer),
          value('relation', form.consent.relation),
          { url: 'at', valueDateTime: form.consent.at },
        ],
      },
    ),
    ...more,
  }
}
const task = (businessStatus: string, more: object = {}) => ({
  resourceType: 'Task',
  status: 'in-progress',
  intent: 'order',
  businessStatus: { coding: [{ system: 'urn:tongmai:referral-status', code: businessStatus }] },
  ...more,
})
const arranged = () => {
  const { departmentId, practitionerId, at, place, instructions } = g.arrangement()
  return fields({
    url: 'arrangement',
    extension: [
      value('departmentId', departmentId),
      value('practitionerId', practitionerId),
      { url: 'at', valueDateTime: at },
      value('place', place),
      value('instructions', instructions),
    ],
  })
}
const statusOf = async (id: string) => (await g.get('gp', `/referrals/${id}`)).json.status

test('a referral sent as a ServiceRequest stands on the web as if it had been written there', async () => {
  const sent = await ask('POST', '/ServiceRequest', { body: request() })
  expect([sent.status, sent.body.issue]).toEqual([201, undefined])
  const shown = (await g.get('clerk', `/referrals/${sent.body.id}`)).json
  expect(shown).toMatchObject({ status: 'submitted', direction: 'up', form: { allergies: '青霉素' } })
  expect((await ask('GET', `/Task/${sent.body.id}`)).body.status).toBe('requested')
  expect((await ask('GET', `/ServiceRequest/${sent.body.id}`, { as: stranger })).status).toBe(404)
})

test('a department, or what it offers, is a receiver too; one who is not there is named', async () => {
  const { extension, ...plain } = request()
  const [own] = extension
  const without = [{ ...own, extension: own?.extension.slice(1) }]
  for (const reference of [`Organization/${g.cardiology}`, `HealthcareService/${g.cardiology}`]) {
    const body = { ...plain, extension: without, performer: [{ reference }] }
    const sent = await ask('POST', '/ServiceRequest', { body })
    expect([sent.status, sent.body.issue]).toEqual([201, undefined])
    const shown = (await g.get('clerk', `/referrals/${sent.body.id}`)).json
    expect(shown).toMatchObject({ to: { id: g.hospital }, toDepartment: { id: g.cardiology } })
    await ask('PUT', `/ServiceRequest/${sent.body.id}`, {
      body: { ...sent.body, status: 'revoked', extension: fields(value('reason', 'improved')) },
    })
  }
  const performer = [{ reference: 'Organization/00000000-0000-4000-8000-000000000000' }]
  const nowhere = await ask('POST', '/ServiceRequest', { body: request({ performer }) })
  expect([nowhere.status, nowhere.body.issue[0].expression]).toEqual([422, ['ServiceRequest.performer']])
})

test('a referral that is not complete, or not lawful, is refused with the code of the web', async () => {
  const bare = await ask('POST', '/ServiceRequest', { body: request({ extension: undefined }) })
  expect([bare.status, bare.body.issue[0].details.coding[0].code]).toEqual([422, 'referral.no-consent'])
  const inFields = (type: string, name: string) =>
    `${type}.extension.where(url='urn:tongmai:referral-fields').extension.where(url='${name}')`
  expect(bare.body.issue[0].expression).toEqual([inFields('ServiceRequest', 'consent')])
  const vague = await ask('POST', '/ServiceRequest', {
    body: request({ performer: undefined, note: undefined, reasonCode: undefined }),
  })
  const elements = vague.body.issue[0].expression
  expect([vague.status, elements]).toEqual([422, expect.arrayContaining(['ServiceRequest.performer'])])
  for (const one of elements) expect(one).toMatch(/^ServiceRequest\./)
  const draft = await ask('POST', '/ServiceRequest', { body: request({ status: 'draft' }) })
  expect([draft.status, draft.body.issue[0].details.coding[0].code]).toEqual([
    422,
    'referral.sent-active-only',
  ])
  const foreign = await ask('POST', '/ServiceRequest', { body: request(), as: stranger })
  expect(foreign.status).toBeGreaterThanOrEqual(403)
})

test('request and Task come in one transaction, and the Task moves on by its state', async () => {
  const fullUrl = 'urn:uuid:0b0e3ad2-0000-4000-8000-000000000077'
  const entries = [
    {
      resource: task('submitted', { status: 'requested', focus: { reference: fullUrl } }),
      request: { method: 'POST', url: 'Task' },
    },
    { fullUrl, resource: request(), request: { method: 'POST', url: 'ServiceRequest' } },
  ]
  const answer = await ask('POST', '/', {
    body: { resourceType: 'Bundle', type: 'transaction', entry: entries },
  })
  expect([answer.status, answer.body.issue]).toEqual([200, undefined])
  const { id } = answer.body.entry[1].resource
  expect(answer.body.entry[0].resource.id).toBe(id)
  const put = (status: string, more: object = {}, as = receiver) =>
    ask('PUT', `/Task/${id}`, { body: task(status, { id, ...more }), as })
  const code = (told: { status: number; body: { issue: { details: { coding: { code: string }[] } }[] } }) => [
    told.status,
    told.body.issue[0]?.details.coding[0]?.code,
  ]
  const vague = await put('accepted')
  expect(code(vague)).toEqual([422, 'referral.incomplete'])
  expect(vague.body.issue[0].expression[0]).toMatch(/^Task\.extension\.where\(.*url='arrangement'\)$/)
  expect(code(await put('accepted', { extension: arranged() }, sender))).toEqual([
    403,
    'referral.receivers-part',
  ])
  expect(code(await put('closed'))).toEqual([409, 'referral.no-way-there'])
  expect((await put('accepted', { extension: arranged() })).status).toBe(200)
  expect(await statusOf(id)).toBe('accepted')
  expect((await put('inTransfer', {}, sender)).status).toBe(200)
  expect((await put('arrived')).body.businessStatus.coding[0].code).toBe('arrived')
  const patch = [{ op: 'replace', path: '/businessStatus/coding/0/code', value: 'inCare' }]
  const patched = await ask('PATCH', `/Task/${id}`, {
    body: patch,
    headers: { 'content-type': 'application/json-patch+json' },
    as: receiver,
  })
  expect([patched.status, await statusOf(id)]).toEqual([200, 'inCare'])
})

test('the sender calls a referral back, and nobody writes what was sent anew', async () => {
  const { body } = await ask('POST', '/ServiceRequest', { body: request() })
  const changed = { ...body, note: [{ text: '改了' }], priority: 'stat' }
  const same = await ask('PUT', `/ServiceRequest/${body.id}`, { body: changed })
  expect(same.body.priority).toBe('routine')
  const completed = await ask('PUT', `/ServiceRequest/${body.id}`, { body: { ...body, status: 'completed' } })
  expect(completed.status).toBe(409)
  const back = await ask('PUT', `/ServiceRequest/${body.id}`, {
    body: { ...body, status: 'revoked', extension: fields(value('reason', 'improved')) },
    headers: { 'if-match': `W/"${body.meta.versionId}"` },
  })
  expect([back.status, back.body.status, await statusOf(body.id)]).toEqual([200, 'revoked', 'withdrawn'])
})
