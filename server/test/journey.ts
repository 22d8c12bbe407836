import { uuidv7 } from '../src/kernel/id.ts'
import { downDraftOf, draftOf, followUp, onwardOf, outcome } from './journey-form.ts'

type Headers = Readonly<Record<string, string>>

/** Two servers on one database, either of which may be away; who signs in where, and what is fought over. */
export interface Ground {
  readonly urls: string[]
  readonly people: Readonly<Record<'gp' | 'clerk' | 'specialist' | 'onward' | 'his', Headers>>
  readonly toInstitutionId: string
  readonly toDepartmentId: string
  /** Who takes over what comes down, and where else the office sends whom it cannot take. */
  readonly community: { readonly institutionId: string; readonly doctorId: string }
  readonly elsewhere: { readonly institutionId: string; readonly departmentId: string }
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

/** Somebody to be registered once, however often it is asked: `system|value` says who. */
export interface NewPatient {
  readonly number: string
  readonly body: object
}

/** Up and through the hospital; up, through it and back to the family doctor; or passed on to another hospital. */
export type Way = 'up' | 'back' | 'onward'

/** How one patient goes: which way, how many steps of it, each noted once it is acknowledged. */
export interface Walk {
  readonly patient: NewPatient
  /** Left out: up. */
  readonly way?: Way
  readonly steps: number
  readonly note: (done: Done) => void
}

/** Walks a patient as far as wanted. */
export async function walk(ground: Ground, { patient, way = 'up', steps, note }: Walk): Promise<void> {
  const { gp, specialist, his } = ground.people
  const known = { 'if-none-exist': `identifier=${patient.number}` }
  const registered = await ask(ground, '/fhir/R4/Patient', { as: { ...his, ...known }, body: patient.body })
  if (registered.status >= 300) throw new Error(`no patient: ${registered.status}`)
  const residentId = registered.json.id ?? ''
  const begin = async (as: Headers, body: object) => {
    const begun = await ask(ground, '/api/referrals', { as, body })
    const trip = tripOf(ground, begun.json.id ?? '', note)
    trip.must('write', begun)
    return trip
  }
  const up = await begin(gp, draftOf(ground, residentId))
  const all = way === 'onward' ? onwardSteps(ground, up) : upSteps(ground, up)
  if (way === 'back') {
    let down = up
    all.splice(
      -1,
      1,
      () => up.move('planDown', specialist),
      async () => {
        down = await begin(specialist, downDraftOf(ground, residentId, up.referralId))
      },
      () => down.move('submit', specialist),
      () => down.move('takeOver', gp),
      () => down.move('followUp', gp, { followUp: followUp() }),
      () => down.move('close', gp),
    )
  }
  for (const step of all.slice(0, steps)) await step()
}

/** One referral under way: what is done to it is done until somebody acknowledges it. */
function tripOf(ground: Ground, referralId: string, note: Walk['note']) {
  const must = (move: string, answer: Answer) => {
    if (answer.status !== 200) throw new Error(`${move}: ${answer.status} ${JSON.stringify(answer.json)}`)
    note({ referralId, move, status: answer.json.status ?? '' })
  }
  const move = async (name: string, as: Headers, body: object = {}) => {
    const verb = name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
    must(name, await ask(ground, `/api/referrals/${referralId}/${verb}`, { as, body }))
  }
  return { referralId, must, move }
}
type Trip = ReturnType<typeof tripOf>

const upSteps = (ground: Ground, { referralId, must, move }: Trip): (() => Promise<void>)[] => {
  const { gp, clerk, specialist } = ground.people
  return [
    () => move('submit', gp),
    async () => must('accept', await book(ground, referralId)),
    () => move('depart', gp),
    () => move('arrive', clerk),
    () => move('startCare', specialist),
    () => move('treat', specialist, { outcome }),
    () => move('close', specialist, { reason: 'noFurtherCare' }),
  ]
}

/** The office has no place and passes it on; the other hospital takes the patient. */
const onwardSteps = (ground: Ground, { move }: Trip): (() => Promise<void>)[] => {
  const { gp, clerk, onward } = ground.people
  const at = new Date(Date.now() + 24 * 3_600_000)
  const arrangement = { departmentId: ground.elsewhere.departmentId, at, placeId: null }
  return [
    () => move('submit', gp),
    () => move('redirect', clerk, onwardOf(ground)),
    () => move('accept', onward, { arrangement }),
    () => move('depart', gp),
    () => move('arrive', onward),
  ]
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
