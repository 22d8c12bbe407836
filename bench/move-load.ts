import { Agent } from 'node:http'
import { inParallel, send, tokenOf } from './fhir-load.ts'
import { patientOf } from './people.ts'
import type { Figure } from './wrk.ts'

const MOVES = Number(process.env.MOVES ?? 1_200)
const DRAFTERS = 8

interface Wanted {
  readonly count?: number
  /** How many at once. */
  readonly drafters?: number
}

type Headers = Record<string, string>

interface Made {
  readonly headers: Headers
  readonly drafts: readonly string[]
}

export async function signIn(url: string, username: string): Promise<Headers> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'Tongmai-2026', carry: 'token' }),
  })
  const { token } = (await answer.json()) as { token: string }
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
}

const draftOf = (residentId: string, to: { institutionId: string; departmentId: string }) => ({
  residentId,
  direction: 'up',
  toInstitutionId: to.institutionId,
  toDepartmentId: to.departmentId,
  form: {
    firstImpression: '冠心病 不稳定型心绞痛?',
    reason: '活动后胸痛两周,加重一天。',
    diagnosis: { code: 'I20.0', text: '不稳定型心绞痛' },
    consent: { agreed: true, signer: '本人', relation: '0', at: new Date().toISOString() },
  },
})

/** As many drafts as moves are measured, each of a resident of its own, ready to be sent. */
export async function makeDrafts(url: string, from: number, wanted: Wanted = {}): Promise<Made> {
  const { count = MOVES, drafters = DRAFTERS } = wanted
  const agent = new Agent({ keepAlive: true, maxSockets: drafters })
  const headers = await signIn(url, 'gp01')
  const client = {
    authorization: `Bearer ${await tokenOf(url, 'demo-chc01', 'demo-chc01-secret')}`,
    'content-type': 'application/fhir+json',
  }
  const ask = async <T>(method: string, path: string, options: { headers: Headers; body?: object }) => {
    const body = options.body ? { body: JSON.stringify(options.body) } : {}
    const answer = await send(agent, url + path, { method, headers: options.headers, ...body })
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`)
    return JSON.parse(answer.text) as T
  }
  type List = { items: { id: string; code?: string; name: string }[] }
  const institutions = await ask<List>('GET', '/api/institutions?q=LEAD&limit=5', { headers })
  const institutionId = institutions.items.find((i) => i.code === 'LEAD')?.id ?? ''
  const departments = await ask<List>('GET', `/api/departments?institutionId=${institutionId}&limit=100`, {
    headers,
  })
  const departmentId = departments.items.find((d) => d.name === '心血管内科')?.id ?? ''
  const drafts: string[] = []
  await inParallel(count, drafters, async (n) => {
    const patient = patientOf(from + n, `M${from + n}`)
    const { id } = await ask<{ id: string }>('POST', '/fhir/R4/Patient', { headers: client, body: patient })
    const draft = await ask<{ id: string }>('POST', '/api/referrals', {
      headers,
      body: draftOf(id, { institutionId, departmentId }),
    })
    drafts.push(draft.id)
  })
  agent.destroy()
  return { headers, drafts }
}

/** Sends prepared referrals over so many connections; each can be sent only once, so the number is fixed. */
export async function measureMoves({
  url,
  connections,
}: {
  url: string
  connections: number
}): Promise<Figure> {
  const { headers, drafts } = await makeDrafts(url, 50_000_000 + connections * 100_000)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let failed = 0
  const seconds = await inParallel(drafts.length, connections, async (n) => {
    const answer = await send(agent, `${url}/api/referrals/${drafts[n]}/submit`, {
      method: 'POST',
      headers,
      body: '{}',
    })
    times.push(answer.ms)
    if (answer.status !== 200) failed += 1
  })
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: drafts.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), failed }
}
