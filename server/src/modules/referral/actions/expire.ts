import type { Ctx } from '../../../kernel/ctx.ts'
import * as store from '../store/referral.ts'
import { advance } from './advance.ts'

/** Lets one run out whose validity has passed: it goes to the referral office and stays there. */
export async function expire(ctx: Ctx, id: string): Promise<void> {
  const row = await store.lock(ctx, id)
  const waits = ['submitted', 'infoRequested', 'accepted', 'downReferralSubmitted'].includes(row.status)
  if (!waits || !row.validUntil || row.validUntil > ctx.now) return
  await advance(ctx, row, 'expire')
}
