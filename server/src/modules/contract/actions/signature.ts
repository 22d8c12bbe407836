import { randomInt } from 'node:crypto'
import type { Signature } from '@tongmai/api/contract/shape'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { attach } from '../../../kernel/file.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { blindIndex } from '../../../kernel/secret.ts'
import { sendCodeTo } from '../../identity/index.ts'
import { phoneOf } from '../../resident/index.ts'
import { tell } from '../events.ts'
import * as codes from '../store/code.ts'
import type { KeptSignature } from '../store/row.ts'
import { type Agreed, findConsent } from '../store/rule.ts'

const MINUTE = 60_000
const CODE_MINUTES = 10
const AGAIN_MINUTES = 1
const CODES_A_DAY = 8
const TRIES = 5

let canSend = (): boolean => false

/** Says whether a code would reach anybody in this installation; once, when the routes are mounted. */
export function setSending(test: () => boolean): void {
  canSend = test
}

const digestOf = (residentId: string, code: string): string =>
  blindIndex('contract.code', `${residentId} ${code}`)

/** Sends the resident's telephone a code by which its owner signs within ten minutes. */
export async function sendSigningCode(ctx: Ctx, residentId: string): Promise<{ phoneMasked: string }> {
  if (!canSend()) refuse('unavailable', 'identity.no-sms-gateway')
  const phone = await phoneOf(ctx, residentId)
  if (!phone) return refuse('unprocessable', 'contract.no-telephone')
  await asSystem(ctx, async (all) => {
    const before = await codes.lock(all, residentId)
    const day = dayOf(ctx.now)
    const today = before?.day === day ? before.sentToday : 0
    const since = before ? ctx.now.getTime() - before.sentAt.getTime() : Number.POSITIVE_INFINITY
    if (since < AGAIN_MINUTES * MINUTE) refuse('too-many', 'contract.code-too-soon')
    if (today >= CODES_A_DAY) refuse('too-many', 'contract.codes-used-up')
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    const until = new Date(ctx.now.getTime() + CODE_MINUTES * MINUTE)
    await codes.add(all, {
      residentId,
      digest: digestOf(residentId, code),
      until,
      day,
      sentToday: today + 1,
    })
    await sendCodeTo(all, { phoneSealed: phone.sealed, code })
  })
  await tell(ctx, 'contract.code-sent', { thing: `resident:${residentId}`, residentId, data: {} })
  return { phoneMasked: phone.masked }
}

/** Refuses unless this is the code last sent to one of them; five wrong ones end it, a right one is spent. */
async function requireCode(ctx: Ctx, residentIds: readonly string[], code: string): Promise<void> {
  await asSystem(ctx, async (all) => {
    const live: string[] = []
    for (const residentId of residentIds) {
      const sent = await codes.lock(all, residentId)
      if (!sent || sent.until < ctx.now || sent.failures >= TRIES) continue
      if (sent.digest === digestOf(residentId, code)) return codes.remove(all, residentId)
      live.push(residentId)
    }
    if (live.length === 0) refuse('forbidden', 'contract.code-over')
    return refuse('forbidden', 'contract.wrong-code', {
      keep: (later) =>
        asSystem(later, async (own) => {
          for (const residentId of live) await codes.change(own, residentId)
        }),
    })
  })
}

/** Takes the signature: a code is spent, a picture is kept; refuses a consent text that is not today's. */
export async function takeSignature(
  ctx: Ctx,
  signed: {
    signature: Signature
    consentVersion: string
    residentIds: readonly string[]
    about?: Agreed
  },
): Promise<{ signature: KeptSignature; consentVersion: string; consentHash: string }> {
  const { signature, consentVersion, residentIds, about = 'contract' } = signed
  const consent = await findConsent(ctx, { about })
  if (consent.version !== consentVersion) {
    refuse('conflict', 'contract.consent-outdated', { details: { version: consent.version } })
  }
  if (signature.kind === 'sms') await requireCode(ctx, residentIds, signature.code ?? '')
  if (signature.hash) await attach(ctx, [signature.hash])
  const { code: _, ...kept } = signature
  return { signature: kept, consentVersion, consentHash: consent.hash }
}
