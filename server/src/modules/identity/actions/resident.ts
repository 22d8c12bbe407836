import { randomInt } from 'node:crypto'
import type { identityApi } from '@tongmai/api/identity'
import { system } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { enqueue } from '../../../kernel/job.ts'
import { type Actions, prepared } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { blindIndex, seal } from '../../../kernel/secret.ts'
import { tell } from '../announce.ts'
import { canSendCodes } from '../gateway.ts'
import { hashPassword, isPassword } from '../password.ts'
import { residentClaimed } from '../question.ts'
import { answerUntil, CODES_A_DAY, nextCodeAt, TRIES_MAX } from '../sign-in-limit.ts'
import {
  addCode,
  addResidentAccount,
  type CodeFor,
  changeCode,
  changeResidentAccount,
  findByPhone,
  lockCode,
  removeCode,
} from '../store/resident-account.ts'
import { visit } from '../visit.ts'
import { countFailure, phoneIndexOf, refuseLocked, residentName } from './attempt.ts'
import { endSessions, openSession } from './open-session.ts'
import { requireStrong } from './own-password.ts'

const digestOf = ({ phoneIndex, purpose }: CodeFor, code: string): string =>
  blindIndex('sms-code', `${phoneIndex} ${purpose} ${code}`)

const countTry = (what: CodeFor) => (ctx: Ctx) => asSystem(ctx, (all) => changeCode(all, what))

/** Refuses unless this is the code last sent; five wrong ones end it. Call as the system. */
async function requireCode(ctx: Ctx, what: CodeFor, code: string): Promise<void> {
  const sent = await lockCode(ctx, what)
  if (!sent || sent.until <= ctx.now || sent.failures >= TRIES_MAX)
    return refuse('forbidden', 'identity.code-over')
  if (sent.digest !== digestOf(what, code))
    refuse('forbidden', 'identity.wrong-code', { keep: countTry(what) })
}

/** How many codes this phone was sent today, this one included; refuses where that is too many or too soon. */
async function countCode(ctx: Ctx, what: CodeFor): Promise<number> {
  const before = await lockCode(ctx, what)
  if (!before) return 1
  if (nextCodeAt(before.sentAt) > ctx.now) refuse('too-many', 'identity.code-too-soon')
  if (before.day !== dayOf(ctx.now)) return 1
  if (before.sentToday >= CODES_A_DAY) refuse('too-many', 'identity.codes-used-up')
  return before.sentToday + 1
}

const proven = (accountId: string, phoneIndex: string) => ({
  kind: 'resident' as const,
  accountId,
  institutionId: null,
  mustChangePassword: false,
  name: residentName(phoneIndex),
})

type Resident = 'residentSignIn' | 'sendCode' | 'residentRegister' | 'residentReset'

export const residentActions: Pick<Actions<typeof identityApi>, Resident> = {
  residentSignIn: prepared(
    async ({ body }) => {
      const phoneIndex = phoneIndexOf(body.phone)
      const found = await visit().world.read(system(null), (ctx) => findByPhone(ctx, phoneIndex))
      const right = await isPassword(found?.passwordHash, body.password)
      return right ? found?.passwordHash : undefined
    },
    (ctx, { body }, rightHash) =>
      asSystem(ctx, async (all) => {
        const phoneIndex = phoneIndexOf(body.phone)
        const name = residentName(phoneIndex)
        await refuseLocked(all, name)
        const found = await findByPhone(all, phoneIndex)
        if (!found || found.passwordHash !== rightHash) {
          const keep = countFailure({ kind: 'resident', name, accountId: found?.id ?? null })
          return refuse('unauthenticated', 'identity.wrong-sign-in', { keep })
        }
        if (found.state !== 'active') refuse('forbidden', 'identity.account-disabled')
        await changeResidentAccount(all, found.id, { signedInAt: ctx.now })
        return openSession(all, proven(found.id, phoneIndex), body.carry)
      }),
  ),

  sendCode: (ctx, { body }) =>
    asSystem(ctx, async (all) => {
      if (!canSendCodes(visit().world)) refuse('unavailable', 'identity.no-sms-gateway')
      const what = { phoneIndex: phoneIndexOf(body.phone), purpose: body.purpose }
      const sentToday = await countCode(all, what)
      const code = String(randomInt(1_000_000)).padStart(6, '0')
      const until = answerUntil(ctx.now)
      await addCode(all, { ...what, digest: digestOf(what, code), until, day: dayOf(ctx.now), sentToday })
      // Where there is no account nothing is sent, and the answer is the same.
      const sends = body.purpose === 'register' || (await findByPhone(all, what.phoneIndex))
      const payload = { phone: seal(body.phone), code: seal(code), purpose: body.purpose }
      if (sends) await enqueue(all, 'identity.send-code', payload)
      return { until }
    }),

  residentRegister: prepared(
    ({ body }) => hashPassword(body.newPassword),
    (ctx, { body }, passwordHash) =>
      asSystem(ctx, async (all) => {
        requireStrong(body.newPassword, body.phone)
        const { name, documentNumber, phone } = body
        const what = { phoneIndex: phoneIndexOf(phone), purpose: 'register' as const }
        await requireCode(all, what, body.code)
        const resident = await residentClaimed.ask(all, { name, documentNumber, phone })
        // A wrong claim uses up a try of the code, so that nobody goes through other people's numbers.
        if (!resident) return refuse('missing', 'identity.no-such-resident', { keep: countTry(what) })
        const id = ctx.id()
        const account = { id, residentId: resident.residentId, name, phone: seal(phone), passwordHash }
        const added = await addResidentAccount(all, { ...account, phoneIndex: what.phoneIndex })
        if (!added) refuse('conflict', 'identity.registered-already', { keep: countTry(what) })
        await removeCode(all, what)
        await tell(all, 'identity.account-added', {
          thing: `account:${id}`,
          residentId: resident.residentId,
          data: { accountId: id, roles: [] },
        })
        return openSession(all, proven(id, what.phoneIndex), body.carry)
      }),
  ),

  residentReset: prepared(
    ({ body }) => hashPassword(body.newPassword),
    (ctx, { body }, passwordHash) =>
      asSystem(ctx, async (all) => {
        requireStrong(body.newPassword, body.phone)
        const what = { phoneIndex: phoneIndexOf(body.phone), purpose: 'reset' as const }
        await requireCode(all, what, body.code)
        const found = await findByPhone(all, what.phoneIndex)
        if (found?.state !== 'active') return refuse('forbidden', 'identity.code-over')
        await changeResidentAccount(all, found.id, { passwordHash })
        await removeCode(all, what)
        await endSessions(all, { accountId: found.id })
        await tell(all, 'identity.account-changed', {
          thing: `account:${found.id}`,
          data: { accountId: found.id, change: 'password-reset' },
        })
        return openSession(all, proven(found.id, what.phoneIndex), body.carry)
      }),
  ),
}
