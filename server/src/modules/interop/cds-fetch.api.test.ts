import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RecognitionRegion, recognitionRegion } from '../../../test/given-recognition.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenChineseId, givenResident } from '../../../test/given-resident.ts'

type Answer = (request: IncomingMessage, reply: ServerResponse) => void
let g: RecognitionRegion
let his: Server
let fhirServer: string
/** What the hospital's own FHIR server was asked, and by which token. */
let asked: { url: string; token: string | undefined }[] = []
let answer: Answer
const number = givenChineseId()

const json: Answer = ({ url = '' }, reply) => {
  const [type] = url.slice('/r4/'.length).split(/[/?]/)
  const effectiveDateTime = new Date(g.world.world.now().getTime() - 86_400_000).toISOString()
  const fresh = anObservation('mrn-4711', { id: 'k-1', effectiveDateTime })
  const observation = { ...fresh, valueQuantity: { value: 3.3, unit: 'mmol/L' } }
  const known: Record<string, object> = {
    Patient: {
      ...{ resourceType: 'Patient', id: 'mrn-4711' },
      identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value: number }],
    },
    Observation: { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: observation }] },
    Practitioner: { resourceType: 'Practitioner', id: 'd-17', name: [{ text: '白求恩' }] },
  }
  const body = known[type ?? '']
  reply.writeHead(body ? 200 : 404, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body))
}

beforeAll(async () => {
  g = await recognitionRegion()
  await g.assess()
  his = createServer((request, reply) => {
    asked.push({ url: request.url ?? '', token: request.headers.authorization })
    answer(request, reply)
  })
  await new Promise<void>((up) => his.listen(0, '127.0.0.1', up))
  fhirServer = `http://127.0.0.1:${(his.address() as AddressInfo).port}/r4`
  const { id } = await givenResident(g.world, g.centre.id, { number })
  await g.result(id, 5)
})
afterAll(async () => {
  his.closeAllConnections()
  his.close()
  await g.world.close()
})

const register = (...servers: string[]) =>
  g.world.sql('update identity.client set fhir_servers = $2 where id = $1', [g.centre.client.id, servers])

interface Said {
  readonly status: number
  readonly cards: readonly { readonly summary: string; readonly detail: string }[]
  readonly notRead: Readonly<Record<string, string>> | undefined
}

async function sign(more: object, reply: Answer = json): Promise<Said> {
  asked = []
  answer = reply
  const order = {
    ...{ resourceType: 'ServiceRequest', id: 'draft', status: 'draft', intent: 'order' },
    code: { coding: [{ system: 'http://loinc.org', code: '6298-4' }] },
  }
  const response = await g.world.app.inject({
    ...{ method: 'POST', url: '/cds-services/recognition-order-sign', headers: g.centre.client.headers },
    payload: {
      ...{ hook: 'order-sign', hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea', fhirServer },
      fhirAuthorization: { access_token: 'their-token', token_type: 'Bearer', expires_in: 300 },
      context: {
        ...{ userId: 'Practitioner/d-17', patientId: 'mrn-4711' },
        draftOrders: { resourceType: 'Bundle', entry: [{ resource: order }] },
      },
      ...more,
    },
  })
  const { cards, extension } = response.json()
  return { status: response.statusCode, cards, notRead: extension?.['urn:tongmai:prefetch-not-read'] }
}

const every = (problem: string) => ({
  ...{ patient: problem, user: problem, observations: problem, reports: problem },
})

test('what a hook did not bring is read from its FHIR server, with its token, and counts as if it had been brought', async () => {
  await register(fhirServer)
  const { status, cards, notRead } = await sign({})
  expect(status).toBe(200)
  expect(cards).toMatchObject([{ summary: expect.stringContaining('3.3 mmol/L') }])
  expect(cards[0]?.detail).toContain('4.1 mmol/L')
  expect(notRead).toEqual({ reports: 'interop.fhir-server-answered-404' })
  expect(asked.map(({ url }) => url).sort()).toEqual([
    '/r4/DiagnosticReport?patient=mrn-4711&_sort=-date&_count=50',
    '/r4/Observation?patient=mrn-4711&category=laboratory&_sort=-date&_count=100',
    '/r4/Patient/mrn-4711',
    '/r4/Practitioner/d-17',
  ])
  expect(new Set(asked.map(({ token }) => token))).toEqual(new Set(['Bearer their-token']))
})

test('only what did not come is asked for; null was looked for already, and an order that means nothing asks nobody', async () => {
  await register(fhirServer)
  await sign({ prefetch: { patient: null, user: null, reports: null } })
  expect(asked.map(({ url }) => url)).toEqual([expect.stringContaining('/r4/Observation?')])
  await sign({ context: { patientId: 'mrn-4711', draftOrders: { entry: [] } } })
  expect(asked).toEqual([])
  await sign({ fhirServer: null })
  expect(asked).toEqual([])
})

test('a server that the client’s IT department has not registered is not called, and the answer says so', async () => {
  for (const servers of [[], [`${fhirServer}/other`], ['https://his.example/r4']]) {
    await register(...servers)
    const { cards, notRead } = await sign({})
    expect({ cards, notRead }).toEqual({
      cards: [],
      notRead: every('interop.fhir-server-not-registered'),
    })
    expect(asked).toEqual([])
  }
  await register(fhirServer)
  for (const odd of [`${fhirServer}?to=`, `${fhirServer}/../admin`, 'http://x@127.0.0.1/r4', 'file:///etc'])
    expect((await sign({ fhirServer: odd })).notRead).toEqual(every('interop.fhir-server-not-registered'))
  expect(asked).toEqual([])
})

test('a server that sends elsewhere, says too much, says nonsense or nothing keeps no advice back', async () => {
  await register(fhirServer)
  const { patient } = {
    patient: {
      resourceType: 'Patient',
      identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value: number }],
    },
  }
  const odd: readonly (readonly [string, Answer])[] = [
    [
      'interop.fhir-server-answered-302',
      (_, reply) => reply.writeHead(302, { location: '/r4/Patient/1' }).end(),
    ],
    ['interop.fhir-answer-too-large', (_, reply) => reply.end(`"${'x'.repeat(3_000_000)}"`)],
    ['interop.fhir-answer-unreadable', (_, reply) => reply.end('<html>')],
    ['interop.fhir-answer-unreadable', (_, reply) => reply.end(Buffer.from([0x22, 0xff, 0x22]))],
    ['interop.fhir-server-away', ({ socket }) => socket.destroy()],
    ['interop.fhir-server-late', () => undefined],
  ]
  for (const [problem, reply] of odd) {
    const { cards, notRead } = await sign({ prefetch: { patient } }, reply)
    expect(notRead).toEqual({ user: problem, observations: problem, reports: problem })
    expect(cards[0]?.summary).toContain('4.1 mmol/L')
  }
})

test('a token that is no bearer token is refused', async () => {
  const fhirAuthorization = { access_token: 'a\r\nb', token_type: 'Bearer' }
  expect((await sign({ fhirAuthorization })).status).toBe(400)
  expect((await sign({ fhirAuthorization: { access_token: 'a', token_type: 'MAC' } })).status).toBe(400)
})
