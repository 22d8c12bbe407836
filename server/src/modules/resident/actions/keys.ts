import type { Ctx } from '../../../kernel/ctx.ts'
import { unseal } from '../../../kernel/secret.ts'
import type { Described } from '../compare-person.ts'
import * as store from '../store/match.ts'
import { describedOf, keysOf } from './written.ts'

/** A candidate with number and telephone unsealed, to be compared. */
export const opened = (row: store.Candidate): Described =>
  describedOf({
    ...row,
    phone: row.phoneSealed === null ? null : unseal(row.phoneSealed),
    number: row.numberSealed === null ? null : unseal(row.numberSealed),
  })

/** Keys of residents written before there were any; for rebuilding. */
export async function keysAgain(ctx: Ctx, residentIds: readonly string[]): Promise<void> {
  const keys: { residentId: string; key: string }[] = []
  for (const residentId of residentIds) {
    const row = await store.findCandidate(ctx, residentId)
    if (row) keys.push(...keysOf(opened(row)).map((key) => ({ residentId, key })))
  }
  await store.setKeys(ctx, residentIds, keys)
}
