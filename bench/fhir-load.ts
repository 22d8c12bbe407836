import { Agent, request } from 'node:http'
import { patientOf } from './people.ts'

/** Different people: alike ones would be taken for one person and linked. */
export const patientBodies = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, n) => JSON.stringify(patientOf(from + n, numberOf(from + n))))

/** The business number of the n-th patient. */
export const numberOf = (n: number): string => `B${n}`

const observation = {
  resourceType: 'Observation',
  status: 'final',
  category: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }],
    },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '8480-6', display: 'Systolic blood pressure' }] },
  subject: { reference: 'Patient/@ID@' },
  effectiveDateTime: '2026-01-02T08:00:00+08:00',
  valueQuantity: { value: 132, unit: 'mm[Hg]', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
}
/** A body in which @ID@ becomes a random known patient and @N@ a running number. */
export const observationBody = JSON.stringify(observation)

/** One encounter and five observations that point to it. */
export const bundleBody = JSON.stringify({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: 'urn:uuid:0b6fb1a0-0000-4000-8000-000000000001',
      resource: {
        resourceType: 'Encounter',
        status: 'finished',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
        subject: { reference: 'Patient/@ID@' },
        period: { start: '2026-01-02T08:00:00+08:00', end: '2026-01-02T08:20:00+08:00' },
      },
      request: { method: 'POST', url: 'Encounter' },
    },
    ...Array.from({ length: 5 }, () => ({
      resource: { ...observation, encounter: { reference: 'urn:uuid:0b6fb1a0-0000-4000-8000-000000000001' } },
      request: { method: 'POST', url: 'Observation' },
    })),
  ],
})

/** An access token of a system client. */
export async function tokenOf(url: string, id: string, secret: string): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
  const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: form })
  if (!answer.ok) throw new Error(`no token for ${id}: ${answer.status}`)
  return ((await answer.json()) as { access_token: string }).access_token
}

export interface Sent {
  readonly status: number
  readonly text: string
  readonly ms: number
}

/** One request over a kept connection. */
export function send(
  agent: Agent,
  url: string,
  options: { method: string; headers: Record<string, string>; body?: string },
): Promise<Sent> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const out = request(url, { agent, method: options.method, headers: options.headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          text: Buffer.concat(parts).toString(),
          ms: performance.now() - began,
        }),
      )
      answer.on('error', reject)
    })
    out.on('error', reject)
    out.end(options.body)
  })
}

/** Works through `count` pieces with so many at a time; answers the seconds it took. */
export async function inParallel(
  count: number,
  width: number,
  work: (n: number) => Promise<void>,
): Promise<number> {
  const began = performance.now()
  let next = 0
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker))
  return (performance.now() - began) / 1000
}

type Post = (body: string) => Promise<readonly string[]>

/** Posts Bundles on the root; answers where each of their entries went. */
function bundler(to: { url: string; headers: Record<string, string> }, agent: Agent): Post {
  return async (body) => {
    const answer = await send(agent, `${to.url}/fhir/R4`, { method: 'POST', headers: to.headers, body })
    const { entry = [] } = JSON.parse(answer.text) as {
      entry?: { response: { status: string; location?: string } }[]
    }
    const failed = entry.find(({ response }) => !response.status.startsWith('2'))
    if (answer.status !== 200 || failed) throw new Error(`${answer.status} ${answer.text.slice(0, 500)}`)
    return entry.map(({ response }) => response.location?.split('/').at(-3) ?? '')
  }
}

const bundle = (type: 'batch' | 'transaction', entries: readonly string[]): string =>
  `{"resourceType":"Bundle","type":"${type}","entry":[${entries.join(',')}]}`
const posted = (url: string, body: string, fullUrl?: string): string =>
  `{${fullUrl ? `"fullUrl":"${fullUrl}",` : ''}"resource":${body},"request":{"method":"POST","url":"${url}"}}`

const inOne = 100

/** Creates patients by batch Bundles of a hundred over 16 connections; answers their ids. */
export async function loadPatients(to: { url: string; headers: Record<string, string>; count: number }) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const post = bundler(to, agent)
  const ids: string[][] = []
  const took: number[] = []
  const seconds = await inParallel(Math.ceil(to.count / inOne), 16, async (n) => {
    const began = performance.now()
    const bodies = patientBodies(n * inOne, Math.min(inOne, to.count - n * inOne))
    ids[n] = [
      ...(await post(
        bundle(
          'batch',
          bodies.map((b) => posted('Patient', b)),
        ),
      )),
    ]
    took.push((performance.now() - began) / inOne)
  })
  agent.destroy()
  const ms = took.toSorted((a, b) => a - b)
  const at = (part: number) => ms[Math.floor(ms.length * part)] ?? 0
  const figure = {
    connections: 16,
    perSecond: to.count / seconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    failed: 0,
  }
  return { ids: ids.flat(), figure }
}

const order = (patient: string, n: number): string =>
  `{"resourceType":"ServiceRequest","status":"${n % 3 === 0 ? 'completed' : 'active'}","intent":"order","subject":{"reference":"${patient}"},"code":{"text":"bench"},"authoredOn":"2026-01-02T08:00:00+08:00"}`

/** Orders for the patients, one after the other, by transactions of a hundred. */
export async function loadRequests(to: {
  url: string
  headers: Record<string, string>
  ids: readonly string[]
  count: number
}): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const post = bundler(to, agent)
  await inParallel(Math.ceil(to.count / inOne), 8, async (part) => {
    const entries = Array.from({ length: inOne }, (_, i) => {
      const n = part * inOne + i
      return posted('ServiceRequest', order(`Patient/${to.ids[n % to.ids.length]}`, n))
    })
    await post(bundle('transaction', entries))
  })
  agent.destroy()
}

const who = 'urn:uuid:0b6fb1a0-0000-4000-8000-000000000001'
const what = 'urn:uuid:0b6fb1a0-0000-4000-8000-000000000002'

/** A transaction of a new patient, an order for them and the task of doing it. */
export const requestBody = (patient: string): string =>
  bundle('transaction', [
    posted('Patient', patient, who),
    posted('ServiceRequest', order(who, 1), what),
    posted(
      'Task',
      `{"resourceType":"Task","status":"requested","intent":"order","code":{"text":"bench"},"focus":{"reference":"${what}"},"for":{"reference":"${who}"}}`,
    ),
  ])
