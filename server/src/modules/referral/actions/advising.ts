import { type OpenMove, step } from '@tongmai/api/kernel'
import { type AdviceMove, type AdviceStatus, type adviceApi, adviceFlow } from '@tongmai/api/referral/advice'
import { type Actor, ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import { closeCase, handOver, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { agreementAllows, findInstitution, requireDepartment } from '../../network/index.ts'
import { endGrant, grant, requireResident } from '../../resident/index.ts'
import { requireLicensed } from '../../workforce/index.ts'
import { tellAdvice } from '../events.ts'
import * as store from '../store/advice.ts'
import * as referrals from '../store/referral.ts'
import { brief } from './advance.ts'
import { requireDoctorAt } from './check.ts'
import { beginFromAdvice } from './write.ts'

type AdviceRow = store.AdviceRow
const thingOf = (id: string): string => `advice:${id}`
/** In these states the community has the patient back. */
const backHome: readonly string[] = ['takenOver', 'firstFollowUpDone', 'closed']

/** Whose part a move is, and why it is not this actor's; undefined where it is. */
function notTheirs(actor: Actor, row: AdviceRow, move: AdviceMove): string | undefined {
  const side = move === 'answer' ? row.toInstitutionId : row.fromInstitutionId
  if (actor.institutionId !== side) {
    return move === 'answer' ? 'referral.receivers-part' : 'referral.senders-part'
  }
  const any =
    move === 'answer' ? ['referral.treat'] : ['referral.write', 'referral.takeOver', 'referral.followUp']
  return any.some((permission) => actor.permissions.has(permission)) ? undefined : 'kernel.not-permitted'
}

async function take(ctx: Ctx, id: string, move: AdviceMove): Promise<AdviceRow> {
  const row = await store.lockAdvice(ctx, id)
  const why = notTheirs(ctx.actor, row, move)
  allow(why === undefined, why ?? '')
  if (!step(adviceFlow, row.status, move)) refuse('conflict', 'referral.advice-not-now')
  return row
}

/** Who owes the next word: the asked side, then the one who asked. */
const ownerOf = (row: AdviceRow) =>
  row.status === 'asked'
    ? {
        ...{ institutionId: row.toInstitutionId, duty: 'referral.treat', step: 'adviceAsked' },
        practitionerId: row.toPractitionerId,
      }
    : {
        ...{ institutionId: row.fromInstitutionId, duty: 'referral.write', step: 'adviceAnswered' },
        practitionerId: row.fromPractitionerId,
      }

async function settle(ctx: Ctx, row: AdviceRow, name: keyof typeof eventOf): Promise<void> {
  if (row.due) await handOver(ctx, thingOf(row.id), { ...ownerOf(row), due: row.due })
  else {
    await closeCase(ctx, thingOf(row.id))
    await endGrant(ctx, { source: thingOf(row.id), residentId: row.residentId })
  }
  await announce(ctx, row, name)
}

const eventOf = {
  ask: 'referral.advice-asked',
  answer: 'referral.advice-answered',
  askAgain: 'referral.advice-asked',
  close: 'referral.advice-closed',
  withdraw: 'referral.advice-closed',
  refer: 'referral.advice-closed',
} as const

const announce = (ctx: Ctx, row: AdviceRow, name: keyof typeof eventOf): Promise<void> =>
  tellAdvice(ctx, eventOf[name], {
    thing: thingOf(row.id),
    residentId: row.residentId,
    audience: [row.fromInstitutionId, row.toInstitutionId],
    data: {
      ...{ id: row.id, kind: row.kind, to: row.status },
      ...{ fromInstitutionId: row.fromInstitutionId, fromPractitionerId: row.fromPractitionerId },
      ...{ toInstitutionId: row.toInstitutionId, toPractitionerId: row.toPractitionerId },
    },
  })

type NewAdvice = Parameters<typeof store.addAdvice>[1]

/** Asks: the asked side owns the question and may read the record while it is open. */
export async function ask(
  ctx: Ctx,
  asked: Omit<NewAdvice, 'id' | 'fromInstitutionId' | 'fromPractitionerId'>,
) {
  const fromInstitutionId = ownInstitution(ctx.actor)
  const asker = { fromInstitutionId, fromPractitionerId: ctx.actor.practitionerId }
  const row = await store.addAdvice(ctx, { ...asked, ...asker, id: ctx.id() })
  const { residentId, toInstitutionId, due } = row
  if (!due) throw new Error('no deadline rule for a question')
  await openCase(ctx, { ...ownerOf(row), kind: 'referral.advice', thing: thingOf(row.id), residentId, due })
  await grant(ctx, {
    ...{ residentId, institutionId: toInstitutionId, basis: 'consult', depth: 'full' },
    ...{ source: thingOf(row.id), viaInstitutionId: fromInstitutionId },
  })
  await announce(ctx, row, 'ask')
  return adviceBrief(row)
}

const adviceBrief = ({ id, status, due }: AdviceRow) => ({ id, status, due })
/** Moves a question on, and with it its owner, its deadline and the access that it gave. */
export const moveOn = async (ctx: Ctx, row: AdviceRow, name: AdviceMove, set = {}) => {
  const next = await store.moveAdvice(ctx, row, name, set)
  await settle(ctx, next, name)
  return adviceBrief(next)
}

const openMoves = (actor: Actor, row: AdviceRow): OpenMove[] =>
  (Object.keys(adviceFlow[row.status as AdviceStatus]) as AdviceMove[])
    .filter((name) => name !== 'refer' || row.kind === 'advice')
    .map((name) => {
      const why = notTheirs(actor, row, name)
      return why === undefined ? { move: name, open: true } : { move: name, open: false, why }
    })

/** Advice instead of a referral, and the question to the treating physician: a thread with an owner and a deadline. */
export const advising: Actions<typeof adviceApi> = {
  async askAdvice(ctx, { body }) {
    const { text: question, ...to } = body
    await requireResident(ctx, to.residentId)
    const own = ownInstitution(ctx.actor)
    await requireLicensed(ctx, ctx.actor.practitionerId, 'refer', own)
    if (to.toInstitutionId === own) refuse('unprocessable', 'referral.to-itself')
    const { external } = await findInstitution(ctx, to.toInstitutionId)
    if (external) refuse('conflict', 'referral.receiver-outside-network')
    if (!(await agreementAllows(ctx, own, to.toInstitutionId, 'referral'))) {
      refuse('conflict', 'referral.no-agreement')
    }
    if (to.toDepartmentId) await requireDepartment(ctx, to.toInstitutionId, to.toDepartmentId)
    await requireDoctorAt(ctx, to.toPractitionerId, to.toInstitutionId)
    return ask(ctx, { ...to, kind: 'advice', referralId: null, question })
  },

  async askTreating(ctx, { params, body }) {
    const down = await referrals.find(ctx, params.id)
    allow(ctx.actor.institutionId === down.toInstitutionId, 'referral.receivers-part')
    const mayAsk = ['referral.takeOver', 'referral.followUp'].some((one) => ctx.actor.permissions.has(one))
    allow(mayAsk, 'kernel.not-permitted')
    if (down.direction !== 'down' || down.external || !backHome.includes(down.status)) {
      refuse('conflict', 'referral.not-in-rehabilitation')
    }
    return ask(ctx, {
      ...{ residentId: down.residentId, kind: 'rehabilitation', referralId: down.id, question: body.text },
      ...{ toInstitutionId: down.fromInstitutionId, toDepartmentId: down.fromDepartmentId },
      toPractitionerId: down.fromPractitionerId,
    })
  },

  listAdvice: (ctx, { query }) => store.listAdvice(ctx, query),

  async readAdvice(ctx, { params }) {
    const { row, line } = await store.findAdvice(ctx, params.id)
    ctx.opened({ residentId: row.residentId, basis: 'consult', thing: thingOf(row.id) })
    const messages = await store.listSaid(ctx, row.id)
    return { ...line, messages, moves: openMoves(ctx.actor, row) }
  },

  async answerAdvice(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'answer')
    const { practitionerId } = ctx.actor
    await requireLicensed(ctx, practitionerId, 'treat', row.toInstitutionId)
    await store.addSaid(ctx, row, body.text)
    // Whoever answers is asked again.
    return moveOn(ctx, row, 'answer', { toPractitionerId: practitionerId })
  },

  async askAdviceAgain(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'askAgain')
    await store.addSaid(ctx, row, body.text)
    return moveOn(ctx, row, 'askAgain')
  },

  closeAdvice: async (ctx, { params }) => moveOn(ctx, await take(ctx, params.id, 'close'), 'close'),

  withdrawAdvice: async (ctx, { params }) => moveOn(ctx, await take(ctx, params.id, 'withdraw'), 'withdraw'),

  async referAdvice(ctx, { params }) {
    const row = await take(ctx, params.id, 'refer')
    if (row.kind !== 'advice') refuse('conflict', 'referral.advice-not-now')
    const said = await store.listSaid(ctx, row.id)
    const referral = await beginFromAdvice(ctx, row, said.map((one) => `${one.by}：${one.text}`).join('\n'))
    await asSystem(ctx, (all) => store.copyThread(all, row, referral.id))
    await moveOn(ctx, row, 'refer', { referralId: referral.id })
    return brief(referral)
  },
}
