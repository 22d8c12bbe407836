import { type BedIndication, bedIndication } from '@tongmai/api/contract/bed'
import type { BedIndicationRule } from '@tongmai/api/contract/bed-rule'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables-of.ts'

/** Every indication as it holds at a community on a day; one that nobody has confirmed is off. */
export async function listIndications(
  ctx: Ctx,
  institutionId: string,
  on: string,
): Promise<BedIndicationRule[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.homeBedIndication')
    .select(['indication', 'since', 'state', 'criteria', 'source'])
    .distinctOn('indication')
    .where('institutionId', '=', institutionId)
    .where('since', '<=', on)
    .orderBy('indication')
    .orderBy('since', 'desc')
    .execute()
  const known = new Map<string, BedIndicationRule>(rows.map((row) => [row.indication, row]))
  return bedIndication.options.map(
    (indication) =>
      known.get(indication) ?? {
        ...{ indication, since: null, state: 'toConfirm', criteria: '', source: null },
      },
  )
}

/** How one indication holds at a community on a day. */
export async function findIndication(
  ctx: Ctx,
  of: { institutionId: string; indication: BedIndication; on: string },
): Promise<BedIndicationRule | undefined> {
  const all = await listIndications(ctx, of.institutionId, of.on)
  return all.find((one) => one.indication === of.indication)
}

/** Says from a day on whether an indication is accepted, and by which document. */
export async function setIndication(
  ctx: Ctx,
  said: BedIndicationRule & { institutionId: string; since: string; source: string },
): Promise<void> {
  const by = { confirmedBy: ctx.actor.id, confirmedAt: ctx.now }
  const { state, criteria, source } = said
  await tables(ctx)
    .insertInto('contract.homeBedIndication')
    .values({ ...said, ...by })
    .onConflict((c) =>
      c.columns(['institutionId', 'indication', 'since']).doUpdateSet({ state, criteria, source, ...by }),
    )
    .execute()
}
