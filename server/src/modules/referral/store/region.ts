import { isEnded } from '@tongmai/api/referral/flow'
import type { Insertable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { clockOf } from '../deadline.ts'
import type { ReferralTables } from '../tables.ts'
import { dueBy, specialtyOf, tables } from './referral.ts'
import { type ReferralRow, readRow, writeRow } from './row.ts'

/** A referral with all it has become, but for its deadline, which the rules give. */
export type WholeReferral = Omit<ReferralRow, 'due'>
export type WholeStep = Insertable<ReferralTables['referral.step']>

/** Adds referrals as they stand, with their stories; for demonstrations. Their deadlines come from the rules. */
export async function addMany(
  ctx: Ctx,
  tales: readonly { readonly row: WholeReferral; readonly steps: readonly WholeStep[] }[],
): Promise<ReferralRow[]> {
  const rests = new Set(
    tales.filter(({ row }) => row.submittedAt && !isEnded(row.status)).map(({ row }) => row.parentId),
  )
  const values = tales.map(({ row }) => ({
    ...writeRow(row),
    specialty: specialtyOf(row),
    due: dueBy(rests.has(row.id) ? null : clockOf(row, row.since), row.urgency),
  }))
  const added = await tables(ctx)
    .insertInto('referral.referral')
    .values(values as never)
    .returningAll()
    .execute()
  await tables(ctx)
    .insertInto('referral.step')
    .values(tales.flatMap(({ steps }) => steps))
    .execute()
  return added.map(readRow)
}

/** Notes many contacts at once, as `putContact` does for one. */
export async function addContacts(
  ctx: Ctx,
  seen: readonly { residentId: string; encounterId: string; institutionId: string; at: Date }[],
): Promise<void> {
  await tables(ctx)
    .insertInto('referral.contact')
    .values(
      seen.map(({ residentId, encounterId, institutionId, at }) => ({
        ...{ residentId, encounterId, institutionId, at },
      })),
    )
    .execute()
}
