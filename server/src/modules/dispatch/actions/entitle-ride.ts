import type { Mission } from '@tongmai/api/dispatch/mission'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { ageOn, entitlements } from '../../benefit/index.ts'
import { currentContract } from '../../contract/index.ts'
import { cards } from '../../resident/index.ts'
import { greenChannelOf } from '../question.ts'
import * as store from '../store/mission.ts'

interface Ride {
  readonly residentId: string
  readonly thing: string | null
  readonly critical?: boolean
}

/** Whether this ride is free, as the rules of today decide, with the reason and the rule. */
export async function entitleRide(
  ctx: Ctx,
  { residentId, thing, critical }: Ride,
): Promise<Mission['entitlement']> {
  const on = dayOf(ctx.now)
  const channel = thing ? await greenChannelOf.ask(ctx, thing) : null
  const { birthDate } = (await cards(ctx, [residentId])).get(residentId) ?? {}
  const granted = await entitlements(ctx, {
    age: ageOn(birthDate ?? null, on),
    critical: critical === true || channel?.critical === true,
    contracted: (await currentContract(ctx, residentId)) !== null,
    referred: thing?.startsWith('referral:') ?? false,
    kind: channel?.kind ?? null,
    on,
  })
  const ride = granted.find(({ code }) => code === 'freeTransport')
  if (!ride) return null
  return { free: ride.granted, reason: ride.reason, ruleId: ride.ruleId || null }
}

/** Something has become known of the thing a ride is for: whether it is free is decided anew. */
export async function entitleAgain(ctx: Ctx, thing: string): Promise<void> {
  const open = await store.findOpenOf(ctx, thing)
  if (!open) return
  const row = await store.lock(ctx, open.id)
  await store.change(ctx, row, { entitlement: await entitleRide(ctx, row) })
}
