import { uuidv7 } from '../src/kernel/id.ts'

type Headers = Readonly<Record<string, string>>

/** Two servers on one database, either of which may be away; who signs in where, and what is fought over. */
export interface Ground {
  readonly urls: string[]
  readonly people: Readonly<Record<'gp' | 'clerk' | 'specialist' | 'his', Headers>>
  readonly toInstitutionId: string
  readonly toDepartmentId: string
  readonly places: readonly string[]
  stop: boolean
}

/** One acknowledged step: the status that the answer said. */
export interface Done {
  readonly referralId: string
  readonly move: string
  readonly status: string
}

interface Answer {
  readonly status: number
  readonly json: { readonly id?: string; readonly code?: string; readonly status?: string }
}

interface Asked {
  readonly as: Headers
  readonly body: object
}

/** Tries at the other server next, until somebody answers; the same intent all the while. */
async function ask(ground: Ground, path: string, { as, body }: Asked) {
  const key = uuidv7()
  for (let n = Math.floor(Math.random() * 2); !ground.stop; n++) {
    const url = ground.urls[n % ground.urls.length] as string
    const answer = await once(url + path, key, { as, body }).catch(() => undefined)
    if (answer && answer.status < 500) return answer
    await new Promise((go) => setTimeout(go, 100))
  }
  throw new Error('stopped')
}

async function once(url: string, key: string, { as, body }: Asked): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...as, 'idempotency-key': key },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  })
  return { status: answer.status, json: (await answer.json()) as Answer['json'] }
}

const outcome = {
  result: 'improved',
  diagnosis: { code: 'I20.0', text: '不稳定型心绞痛' },
  summary: '置入支架一枚，术后平稳。',
}

/** Somebody to be registered once, however often it is asked: `system|value` says who. */
export interface NewPatient {
  readonly number: string
  readonly body: object
}

/** A patient up to the hospital and through it: as many steps as wanted, each noted once it is acknowledged. */
export async function walk(
  ground: Ground,
  { patient, steps, note }: { patient: NewPatient; steps: number; note: (done: Done) => void },
): Promise<void> {
  const { gp, clerk, specialist, his } = ground.people
  const known = { 'if-none-exist': `identifier=${patient.number}` }
  const registered = await ask(ground, '/fhir/R4/Patient', { as: { ...his, ...known }, body: patient.body })
  if (registered.status >= 300) throw new Error(`no patient: ${registered.status}`)
  const body = draftOf(ground, registered.json.id ?? '')
  const begun = await ask(ground, '/api/referrals', { as: gp, body })
  const referralId = begun.json.id ?? ''
  const must = (move: string, answer: Answer) => {
    if (answer.status !== 200) throw new Error(`${move}: ${answer.status} ${JSON.stringify(answer.json)}`)
    note({ referralId, move, status: answer.json.status ?? '' })
  }
  must('write', begun)
  const move = async (name: string, as: Headers, body: object = {}) => {
    const verb = name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
    must(name, await ask(ground, `/api/referrals/${referralId}/${verb}`, { as, body }))
  }
  const all: (() => Promise<void>)[] = [
    () => move('submit', gp),
    async () => must('accept', await book(ground, referralId)),
    () => move('depart', gp),
    () => move('arrive', clerk),
    () => move('startCare', specialist),
    () => move('treat', specialist, { outcome }),
    () => move('close', specialist, { reason: 'noFurtherCare' }),
  ]
  for (const step of all.slice(0, steps)) await step()
}

/** Reaches for a place that others reach for too, twice; then it is arranged without one. */
async function book(ground: Ground, referralId: string): Promise<Answer> {
  const path = `/api/referrals/${referralId}/accept`
  const at = new Date(Date.now() + 24 * 3_600_000)
  const arrange = (placeId: string | null) =>
    ask(ground, path, {
      as: ground.people.clerk,
      body: { arrangement: { departmentId: ground.toDepartmentId, at, placeId } },
    })
  for (let tries = 0; tries < 2; tries++) {
    const place = ground.places[Math.floor(Math.random() * ground.places.length)] ?? null
    const answer = await arrange(place)
    if (answer.json.code !== 'capacity.no-place') return answer
  }
  return arrange(null)
}

const draftOf = (ground: Ground, residentId: string) => ({
  residentId,
  direction: 'up',
  toInstitutionId: ground.toInstitutionId,
  toDepartmentId: ground.toDepartmentId,
  form: {
    reason: '活动后胸痛两周，加重一天。',
    diagnosis: { code: 'I20.0', text: '不稳定型心绞痛' },
    consent: { agreed: true, signer: '本人', relation: '0', at: new Date().toISOString() },
  },
})
