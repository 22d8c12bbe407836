import type { Agreement } from '@tongmai/api/network/agreement'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { tell } from '../events.ts'
import * as store from '../store/agreement.ts'
import * as cooperations from '../store/cooperation.ts'

const about = (agreement: Agreement) => ({
  thing: `agreement:${agreement.id}`,
  audience: agreement.parties,
  data: { agreementId: agreement.id, allianceId: agreement.allianceId, institutionIds: agreement.parties },
})

/** Puts a signed agreement into force where its first day has come; what it renews ends in the same moment. */
export async function enterWhenDue(ctx: Ctx, signed: Agreement): Promise<Agreement> {
  if (signed.status !== 'signed' || signed.since > dayOf(ctx.now)) return signed
  if (signed.renews) await succeed(ctx, signed.renews)
  const inForce = await store.move(ctx, signed, 'enter', { inForceAt: ctx.now })
  await cooperations.add(ctx, inForce, inForce.parties)
  await store.addStep(ctx, inForce.id, { move: 'enter' })
  const { data, ...rest } = about(inForce)
  await tell(ctx, 'network.agreement-in-force', { ...rest, data: { ...data, grade: inForce.grade } })
  return inForce
}

async function succeed(ctx: Ctx, renewedId: string): Promise<void> {
  const old = await store.lock(ctx, renewedId)
  if (old.status !== 'inForce') return
  const renewed = await store.move(ctx, old, 'succeed', { endedAt: ctx.now })
  await store.addStep(ctx, old.id, { move: 'succeed' })
  await stop(ctx, renewed, 'renewed', null)
}

/** Ends an agreement whose last day is over. */
export async function endWhenDue(ctx: Ctx, agreement: Agreement): Promise<void> {
  if (agreement.status !== 'inForce' || agreement.until >= dayOf(ctx.now)) return
  const ended = await store.move(ctx, agreement, 'end', { endedAt: ctx.now })
  await store.addStep(ctx, ended.id, { move: 'end' })
  await stop(ctx, ended, 'ended', null)
}

/** Switches off at once what the agreement switched on, for one party or all, and says so. */
export async function stop(
  ctx: Ctx,
  agreement: Agreement,
  how: 'left' | 'exited' | 'ended' | 'renewed',
  leftId: string | null,
): Promise<void> {
  await cooperations.change(ctx, agreement.id, leftId)
  const { data, ...rest } = about(agreement)
  await tell(ctx, 'network.agreement-ended', { ...rest, data: { ...data, how, leftId } })
}

/** Turns one agreement whose day has come; what another has turned meanwhile is left alone. */
export async function turn(ctx: Ctx, id: string): Promise<void> {
  const agreement = await store.lock(ctx, id)
  if (agreement.status === 'signed') await enterWhenDue(ctx, agreement)
  else await endWhenDue(ctx, agreement)
}
