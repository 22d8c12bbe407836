import { createHash } from 'node:crypto'
import type { Actor } from '../../../kernel/actor.ts'
import { ownInstitution, system } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { isConnectionLoss } from '../../../kernel/database.ts'
import { Refusal, refuse } from '../../../kernel/refusal.ts'
import { seal, unseal } from '../../../kernel/secret.ts'
import type { World } from '../../../kernel/world.ts'
import { practisesAt } from '../../identity/index.ts'
import type { Outcome } from '../actions/admission.ts'
import { perform } from '../actions/perform.ts'
import { type Acknowledgement, answerText, type Heard, type Problem } from '../hl7-answer.ts'
import { headingOf, type Message, messageIn } from '../hl7-message.ts'
import { actingIn } from '../hl7-referral.ts'
import { type Charset, decoded, encoded, Unreadable } from '../hl7-text.ts'
import { Wrong } from '../hl7-value.ts'
import * as store from '../store/message.ts'

/** A message as it came in, and for whom it is taken. */
export interface Arrival {
  readonly actor: Actor
  readonly bytes: Uint8Array
  readonly road: 'mllp' | 'http'
  readonly partnerId?: string | null
  readonly charset?: Charset | null
}

/** The answer as it leaves. */
export interface Answered {
  readonly acknowledgement: Acknowledgement
  readonly bytes: Buffer
  readonly charset: Charset
}

interface Read {
  readonly message: Message | null
  readonly charset: Charset
  readonly unreadable: string | null
}

/** What was said, without the time of sending and the number: the same again is known by it. */
const digestOf = (message: Message | null, bytes: Uint8Array): string => {
  const hash = createHash('sha256')
  if (!message) return hash.update(bytes).digest('base64url')
  const lines = message.segments.slice(1).map(({ fields }) => fields.join('\u0001'))
  return hash.update([headingOf(message).kind, ...lines].join('\r')).digest('base64url')
}

/** Reads bytes as a message; what cannot be read says why. */
export function readMessage(bytes: Uint8Array, agreed: Charset | null): Read {
  let charset: Charset = agreed ?? 'utf-8'
  try {
    const read = decoded(bytes, agreed)
    charset = read.charset
    return { message: messageIn(read.text, charset), charset, unreadable: null }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { message: null, charset, unreadable: error.code }
  }
}

const nothing = { kind: '', application: '', facility: '', controlId: '' }

/** The row of what has just come in. */
function rowOf(ctx: Ctx, { actor, bytes, road, partnerId = null }: Arrival, read: Read): store.MessageRow {
  const heading = read.message ? headingOf(read.message) : nothing
  return {
    ...{
      institutionId: ownInstitution(actor),
      id: ctx.id(),
      direction: 'in',
      road,
      clientId: actor.id,
      partnerId,
    },
    ...heading,
    state: 'waiting',
    rawSealed: seal(Buffer.from(bytes).toString('base64')),
    charset: read.charset,
    digest: digestOf(read.message, bytes),
    ...{ answerSealed: null, problemCode: null, problemPlace: null, problemText: null, residentId: null },
    ...{ made: [], mendsId: null, note: null, tries: 0, at: ctx.now, doneAt: null },
  }
}

/** Why something was not done, as a sender can understand it. Defects keep their secret; the log has them. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Wrong) return { code: error.code, place: error.place, text: error.message }
  if (error instanceof Unreadable) return { code: error.code, place: '', text: error.code }
  if (!(error instanceof Refusal)) return { code: 'kernel.defect', place: '', text: 'internal error' }
  const { fields = [], details = {} } = error.extra
  const named = fields.map(({ path, problem }) => `${path}: ${problem}`).join('; ')
  const known = ['type', 'verb', 'reference'].flatMap((name) =>
    details[name] ? [`${name} ${details[name]}`] : [],
  )
  const text = [error.code, named, ...known].filter(Boolean).join(' – ')
  return { code: error.code, place: '', text: text.slice(0, 500) }
}

const rejected = new Set([
  'interop.message-not-supported',
  'interop.version-not-supported',
  'interop.control-id-used',
  'kernel.not-permitted',
])
/** What is not for us at all is rejected; what could be done once it is mended is an error. */
const refusedAs = (problem: Problem, isRead: boolean): Acknowledgement =>
  !isRead || rejected.has(problem.code) ? 'AR' : 'AE'

function answered(ctx: Ctx, read: Read, heard: Heard): Answered {
  const { message, charset } = read
  const text = answerText(message, heard, { now: ctx.now, id: ctx.id(), charset })
  return { acknowledgement: heard.acknowledgement, bytes: encoded(text, charset), charset }
}

const sealedAnswer = ({ bytes }: Answered): string => seal(bytes.toString('base64'))
export const openedBytes = (sealed: string): Buffer => Buffer.from(unseal(sealed), 'base64')

/** What came of a message that was done. */
const doneColumns = (ctx: Ctx, outcome: Outcome, answer: Answered) => ({
  state: 'done' as const,
  answerSealed: sealedAnswer(answer),
  ...{ problemCode: null, problemPlace: null, problemText: null },
  residentId: outcome.residentId,
  made: [...outcome.made],
  doneAt: ctx.now,
})

const failedColumns = (problem: Problem, answer: Answered) => ({
  state: 'failed' as const,
  answerSealed: sealedAnswer(answer),
  ...{ problemCode: problem.code, problemPlace: problem.place, problemText: problem.text },
})

/** The answer already given to the same message; the same number with other words is refused. */
function givenBefore(before: readonly store.MessageRow[], digest: string): store.MessageRow | undefined {
  const same = before.find((row) => row.digest === digest && (row.state === 'done' || row.state === 'mended'))
  const done = before.find((row) => row.state === 'done' && row.answerSealed !== null)
  if (same && done) return done
  if (done) throw new Wrong('interop.control-id-used', 'MSH-10', 'was used for another message')
  return undefined
}

/**
 * Takes one message: reads it, does what it says and keeps it, all in one transaction, and answers. Only then may the
 * answer leave: whoever is killed before has neither done nor answered it, and the sender sends again. What was done
 * once is answered as before; what is refused is kept with its reason, in a transaction of its own.
 */
export async function receive(world: World, arrival: Arrival): Promise<Answered> {
  const { actor, bytes } = arrival
  const read = readMessage(bytes, arrival.charset ?? null)
  try {
    const acting = await actingAs(world, actor, read.message)
    return await world.write(acting, async (ctx) => {
      const { message } = read
      if (!message) throw new Unreadable(read.unreadable ?? 'interop.no-header')
      const row = rowOf(ctx, arrival, read)
      requireNumber(row)
      const before = await store.lockSent(ctx, row)
      const given = givenBefore(before, row.digest)
      if (given?.answerSealed)
        return { acknowledgement: 'AA', bytes: openedBytes(given.answerSealed), charset: given.charset }
      const outcome = await perform(ctx, message)
      const answer = answered(ctx, read, { acknowledgement: 'AA', problem: null, more: outcome.more })
      await store.add(ctx, { ...row, ...doneColumns(ctx, outcome, answer), tries: 1 })
      for (const old of before.filter(({ state }) => state === 'failed' || state === 'waiting'))
        await store.change(ctx, old, { state: 'mended', doneAt: ctx.now })
      return answer
    })
  } catch (error) {
    if (isConnectionLoss(error)) throw error
    return world.write(actor, (ctx) => keepRefused(ctx, world, { arrival, read, error }))
  }
}

/** A referral is somebody's act: as the doctor whom the message names, one who practises at the client's institution. */
async function actingAs(world: World, actor: Actor, message: Message | null): Promise<Actor> {
  const practitionerId = message ? actingIn(message) : undefined
  if (!practitionerId || actor.practitionerId !== null) return actor
  const about = { practitionerId, institutionId: ownInstitution(actor) }
  const isHere = await world.read(system(null), (ctx) => practisesAt.ask(ctx, about))
  return isHere ? { ...actor, practitionerId } : refuse('forbidden', 'identity.practitioner-not-here')
}

const requireNumber = (row: { controlId: string }): void => {
  if (row.controlId === '') throw new Wrong('interop.field-missing', 'MSH-10')
}

async function keepRefused(
  ctx: Ctx,
  world: World,
  { arrival, read, error }: { arrival: Arrival; read: Read; error: unknown },
): Promise<Answered> {
  const problem = problemOf(error)
  if (problem.code === 'kernel.defect')
    world.log.error({ requestId: ctx.requestId, err: error }, 'message failed')
  const answer = answered(ctx, read, { acknowledgement: refusedAs(problem, read.message !== null), problem })
  const row = rowOf(ctx, arrival, read)
  const before = row.controlId === '' ? [] : await store.lockSent(ctx, row)
  const same = before.find(({ state, digest }) => state === 'failed' && digest === row.digest)
  if (same) await store.change(ctx, same, { ...failedColumns(problem, answer), tries: same.tries + 1 })
  else await store.add(ctx, { ...row, ...failedColumns(problem, answer), tries: 1 })
  return answer
}

/** Does a message that is kept already: mended by a person, or to be done again. */
export async function processKept(world: World, actor: Actor, id: string): Promise<void> {
  const institutionId = ownInstitution(actor)
  const row = await world.read(actor, (ctx) => store.find(ctx, institutionId, id))
  if (row.direction !== 'in' || row.state !== 'waiting') return
  const read = readMessage(openedBytes(row.rawSealed), row.charset)
  try {
    const acting = await actingAs(world, actor, read.message)
    await world.write(acting, async (ctx) => {
      if (!read.message) throw new Unreadable(read.unreadable ?? 'interop.no-header')
      requireNumber(row)
      const now = await store.lock(ctx, institutionId, id)
      if (now.state !== 'waiting') return
      const outcome = await perform(ctx, read.message)
      const answer = answered(ctx, read, { acknowledgement: 'AA', problem: null, more: outcome.more })
      await store.change(ctx, row, { ...doneColumns(ctx, outcome, answer), tries: row.tries + 1 })
      await store.endMended(ctx, row)
    })
  } catch (error) {
    if (isConnectionLoss(error)) throw error
    const problem = problemOf(error)
    await world.write(actor, async (ctx) => {
      const answer = answered(ctx, read, {
        acknowledgement: refusedAs(problem, read.message !== null),
        problem,
      })
      await store.change(ctx, row, { ...failedColumns(problem, answer), tries: row.tries + 1 })
    })
  }
}
