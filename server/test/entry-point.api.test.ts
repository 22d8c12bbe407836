import { roles } from '@tongmai/api/identity/role'
import type { Api, Endpoint } from '@tongmai/api/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addGrants, endGrants } from '../src/kernel/grant.ts'
import { modules } from '../src/modules.ts'
import { type Answer, aboutNobody, type Caller, entryPoints, type Sought, writing } from './entry-point.ts'
import { givenClient, givenStaff, type Signed } from './given-identity.ts'
import { givenInstitution } from './given-network.ts'
import { givenReceiver, type Receiver } from './given-receiver.ts'
import { givenRecognised, orderOf } from './given-recognised.ts'
import { anObservation } from './given-record.ts'
import { givenChineseId, givenResident } from './given-resident.ts'
import { aSubscription, givenNotified, turn } from './given-subscription.ts'
import { type Region, region } from './world.ts'

/** Another institution's resident is tried by every way in: without a lawful basis there is nobody, with one there is. */

let world: Region
let home: Signed
let receiver: Receiver
let sought: Sought
let nobody: Sought
let caller: Caller
let elsewhereId: string
/** Everything that was sent since the last question: what an answer may repeat. */
let sent = ''

const MARK = 'MARK-7731'

const speak =
  (signed: Signed, base: string) =>
  async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> => {
    sent += path + JSON.stringify(body ?? null)
    const { statusCode, body: text } = await world.app.inject({
      ...{ method, url: `${base}${path}` },
      headers: {
        ...signed.headers,
        ...(body === undefined
          ? {}
          : { 'content-type': base ? 'application/fhir+json' : 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    return { status: statusCode, text }
  }

const write = async (type: string, body: object): Promise<string> => {
  const { status, text } = await speak(home, '/fhir/R4')('POST', `/${type}`, { resourceType: type, ...body })
  if (status !== 201) throw new Error(text)
  return JSON.parse(text).id
}

const factOf = (patientId: string, laboratoryId: string) => {
  const performer = [{ reference: `Organization/${laboratoryId}` }]
  const effectiveDateTime = new Date(world.world.now().getTime() - 3_600_000).toISOString()
  return anObservation(patientId, { note: [{ text: MARK }], performer, effectiveDateTime })
}

async function exported(client: Signed, path: string): Promise<Answer> {
  sent += path
  const headers = { ...client.headers, prefer: 'respond-async' }
  const begun = await world.app.inject({ url: `/fhir/R4${path}`, headers })
  if (begun.statusCode !== 202) return { status: begun.statusCode, text: begun.body }
  const place = String(begun.headers['content-location']).replace('http://127.0.0.1:8080', '')
  await world.runJob('interop.export', { id: place.split('/').pop() })
  const manifest = await world.app.inject({ url: place, headers: client.headers })
  const files = (manifest.json() as { output: { url: string }[] }).output
  const texts: string[] = []
  for (const { url } of files)
    texts.push(
      (await world.app.inject({ url: url.replace(/^https?:\/\/[^/]+/, ''), headers: client.headers })).body,
    )
  return { status: manifest.statusCode, text: texts.join('') }
}

async function notified(client: Signed, about: Sought, filter: string): Promise<Answer> {
  receiver.received.length = 0
  const body = aSubscription(receiver.url, { filters: [filter], content: 'full-resource' })
  const { id } = JSON.parse((await speak(client, '/fhir/R4')('POST', '/Subscription', body)).text)
  await turn(world)
  // Of whoever does not exist nothing is written down.
  if (about === sought) await write('Observation', factOf(about.patientId, caller.laboratoryId))
  await turn(world)
  const events = await speak(client, '/fhir/R4')('GET', `/Subscription/${id}/$events`)
  const arrived = receiver.received.filter(({ kind }) => kind !== 'handshake').map((one) => one.body)
  await world.app.inject({ method: 'DELETE', url: `/fhir/R4/Subscription/${id}`, headers: client.headers })
  return {
    status: 200,
    text: JSON.stringify(arrived) + JSON.stringify(JSON.parse(events.text).entry.slice(1)),
  }
}

beforeAll(async () => {
  world = await region()
  const hospital = await givenInstitution(world, { divisionCode: '990102' })
  elsewhereId = (await givenInstitution(world, { divisionCode: '990103' })).id
  await givenRecognised(world, hospital.id, elsewhereId)
  home = await givenClient(world, hospital.id)
  receiver = await givenReceiver()
  const laboratoryId = await write('Organization', { active: true, name: '检验所' })
  const person = await givenResident(world, hospital.id, { name: '钱密言', phone: '19900007731' })
  const about = { patientId: person.id, name: person.name, number: person.number, mark: MARK }
  const subject = { reference: `Patient/${person.id}` }
  const content = [{ attachment: { contentType: 'text/plain', title: MARK } }]
  await write('Condition', {
    ...{ subject, note: [{ text: MARK }] },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'I77.1' }] },
  })
  sought = {
    ...about,
    observationId: await write('Observation', factOf(person.id, laboratoryId)),
    documentId: await write('DocumentReference', { status: 'current', subject, content }),
    binaryId: await write('Binary', {
      contentType: 'text/plain',
      securityContext: subject,
      data: Buffer.from(MARK).toString('base64'),
    }),
  }
  const id = () => world.system(async (ctx) => ctx.id())
  nobody = {
    ...{ patientId: await id(), name: '孙无人', number: givenChineseId('1971-05-06'), mark: MARK },
    ...{ observationId: await id(), documentId: await id(), binaryId: await id() },
  }
  const client = await givenNotified(world, elsewhereId, { urls: [receiver.url] })
  const staff = await givenStaff(world, elsewhereId, Object.keys(roles) as never)
  caller = {
    ...{ world, laboratoryId, fhir: speak(client, '/fhir/R4'), web: speak(staff, '') },
    exported: (path) => exported(client, path),
    async file(path) {
      sent += path
      const headers = { ...client.headers, accept: 'application/octet-stream' }
      const { statusCode, body } = await world.app.inject({ url: `/fhir/R4${path}`, headers })
      return { status: statusCode, text: body }
    },
    advised: (hook, patientId) =>
      speak(client, '')('POST', `/cds-services/recognition-${hook}`, orderOf(hook, patientId)),
    notified: (whom, filter) => notified(client, whom, filter),
  }
}, 120_000)
afterAll(async () => {
  await world.close()
  await receiver.close()
})

/** What must not be told of somebody unless it was asked with it. */
const secretsOf = (s: Sought) =>
  [s.name, s.number, MARK, s.patientId, s.observationId, s.documentId, s.binaryId, '19900007731'].filter(
    (one) => !sent.includes(one),
  )

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
/** An answer without what differs from one question to the next. */
const plain = ({ status, text }: Answer) =>
  `${status} ${text
    .replace(uuid, '…')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, '…')
    .replaceAll(encodeURIComponent(sought.name), '…')
    .replaceAll(encodeURIComponent(nobody.name), '…')
    .replaceAll(sought.number, '…')
    .replaceAll(nobody.number, '…')}`

async function asked(run: (s: Sought) => Promise<Answer>, s: Sought): Promise<Answer> {
  sent = ''
  return run(s)
}

const source = 'registration:entry-point'
const withBasis = (): Promise<unknown> =>
  world.system((ctx) =>
    addGrants(ctx, [
      {
        ...{
          residentId: sought.patientId,
          institutionId: elsewhereId,
          basis: 'treatment',
          source,
          depth: 'full',
        },
        ...{ since: ctx.now, until: null, viaInstitutionId: null },
      },
    ]),
  )
const withoutBasis = (): Promise<unknown> => world.system((ctx) => endGrants(ctx, { source }))

describe('over FHIR', () => {
  test.each(entryPoints)(
    '$name: nobody without a basis, as of one who does not exist; with one, the record',
    async (way) => {
      const run = (s: Sought) => way.open(caller, s)
      const ghost = await asked(run, nobody)
      const closed = await asked(run, sought)
      expect(closed.status).toBeLessThan(500)
      expect(secretsOf(sought).filter((one) => closed.text.includes(one))).toEqual([])
      expect(way.shows(closed, sought)).toBe(false)
      expect(plain(closed)).toBe(plain(ghost))
      await withBasis()
      try {
        const open = await asked(run, sought)
        expect(way.shows(open, sought), open.text.slice(0, 500)).toBe(true)
      } finally {
        await withoutBasis()
      }
    },
  )

  test('no interaction or operation of the CapabilityStatement is left out', async () => {
    const { rest } = JSON.parse((await caller.fhir('GET', '/metadata')).text)
    const [server] = rest as {
      interaction: { code: string }[]
      operation: { name: string }[]
      resource: { interaction: { code: string }[]; operation?: { name: string }[] }[]
    }[]
    const all = [server, ...(server?.resource ?? [])].flatMap((one) => [
      ...(one?.interaction ?? []).map(({ code }) => code),
      ...(one?.operation ?? []).map(({ name }) => name),
    ])
    const known = new Set([
      ...entryPoints.flatMap(({ covers }) => covers),
      ...Object.keys(aboutNobody),
      ...writing,
    ])
    expect([...new Set(all)].filter((one) => !known.has(one))).toEqual([])
  })

  test('nothing is written into the record, nor taken out of it', async () => {
    const before = await world.sql('select type, id, version from kernel.resource where resident_id = $1', [
      sought.patientId,
    ])
    const { observationId: id, patientId } = sought
    const fact = { ...factOf(patientId, caller.laboratoryId), id }
    const entry = [{ resource: fact, request: { method: 'PUT', url: `Observation/${id}` } }]
    const patch = [{ op: 'replace', path: '/status', value: 'cancelled' }]
    const client = await givenClient(world, elsewhereId)
    const tries = [
      ['POST', '/Observation', factOf(patientId, caller.laboratoryId)],
      ['PUT', `/Observation/${id}`, fact],
      ['PUT', `/Observation?_id=${id}`, factOf(patientId, caller.laboratoryId)],
      ['PATCH', `/Observation/${id}`, patch],
      ['DELETE', `/Observation/${id}`, undefined],
      ['PUT', `/Patient/${patientId}`, { resourceType: 'Patient', id: patientId, name: [{ text: '改名' }] }],
      ['POST', '', { resourceType: 'Bundle', type: 'transaction', entry }],
    ] as const
    for (const [method, path, body] of tries) {
      const type = method === 'PATCH' ? 'application/json-patch+json' : 'application/fhir+json'
      const { statusCode, body: text } = await world.app.inject({
        ...{ method, url: `/fhir/R4${path || '/'}` },
        headers: { ...client.headers, ...(body ? { 'content-type': type } : {}) },
        ...(body ? { payload: JSON.stringify(body) } : {}),
      })
      expect([400, 403, 404, 409, 412, 422], `${method} ${path} ${text}`).toContain(statusCode)
      expect(text).not.toContain(MARK)
    }
    const after = 'select type, id, version from kernel.resource where resident_id = $1'
    expect(await world.sql(after, [patientId])).toEqual(before)
  })
})

test('$match shows of a stranger no more than what a list may show', async () => {
  const patient = { resourceType: 'Patient', name: [{ text: sought.name }], birthDate: '1962-03-09' }
  const { text } = await caller.fhir('POST', '/Patient/$match', patient)
  for (const secret of [sought.number, '19900007731', MARK, sought.name]) expect(text).not.toContain(secret)
})

describe('over the web’s API, by whoever holds every role at another institution', () => {
  const reading = modules
    .flatMap(({ api = {} }) => Object.values(api as Api))
    .filter((e: Endpoint) => e.method === 'GET' && e.path.startsWith('/residents/:id'))
  const pathOf = (e: Endpoint, s: Sought) =>
    `/api${e.path.replace(':id', s.patientId).replace(':type', 'Observation').replace(':rid', s.observationId)}`

  test.each(reading.map((e) => [e.path, e] as const))('GET %s', async (_path, e) => {
    const run = (s: Sought) => caller.web('GET', pathOf(e, s))
    const closed = await asked(run, sought)
    expect(secretsOf(sought).filter((one) => closed.text.includes(one))).toEqual([])
    expect(plain(closed)).toBe(plain(await asked(run, nobody)))
  })

  test('the record is there once there is a basis', async () => {
    await withBasis()
    const paths = ['', '/record', `/record/Observation/${sought.observationId}`, '/timeline']
    for (const path of paths)
      expect((await caller.web('GET', `/api/residents/${sought.patientId}${path}`)).status, path).toBe(200)
    await withoutBasis()
  })
})
