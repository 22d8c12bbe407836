import type { CapUse, Insured, Stay } from '@tongmai/api/benefit/insured'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import type { BenefitTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<BenefitTables>()

const columns = ['n.id', 'n.area', 'n.scheme', 'n.category', 'n.since', 'n.until', 'n.recordedAt'] as const

/** What a resident was and is insured by, the latest first; the policy shows it to who may open the resident. */
export const listOf = (ctx: Ctx, residentId: string): Promise<Insured[]> =>
  tables(ctx)
    .selectFrom('benefit.insured as n')
    .select(columns)
    .where('n.residentId', '=', residentId)
    .orderBy('n.since', 'desc')
    .limit(100)
    .$castTo<Insured>()
    .execute()

/** What residents were and are insured by, after an id, in id order; for projecting anew. Call as the system. */
export const listAfter = (
  ctx: Ctx,
  after: string | null,
  limit: number,
): Promise<(Insured & { residentId: string })[]> =>
  tables(ctx)
    .selectFrom('benefit.insured as n')
    .select([...columns, 'n.residentId'])
    .$if(after !== null, (q) => q.where('n.id', '>', after ?? ''))
    .orderBy('n.id')
    .limit(limit)
    .$castTo<Insured & { residentId: string }>()
    .execute()

/** Records the insurance from a day on: what began later or on that day gives way, what began before ends. */
export async function add(ctx: Ctx, residentId: string, insured: Omit<Insured, 'until'>): Promise<Insured> {
  await tables(ctx)
    .deleteFrom('benefit.insured')
    .where('residentId', '=', residentId)
    .where('since', '>=', insured.since)
    .execute()
  await tables(ctx)
    .updateTable('benefit.insured')
    .set({ until: dayAfter(insured.since, -1) })
    .where('residentId', '=', residentId)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', insured.since)]))
    .execute()
  const { institutionId, id: recordedBy } = ctx.actor
  const row = { ...insured, until: null }
  await tables(ctx)
    .insertInto('benefit.insured')
    .values({ ...row, residentId, recordedBy, institutionId })
    .execute()
  return row
}

/** Adds the insurance of very many residents at once (demonstrations, imports). */
export async function addMany(
  ctx: Ctx,
  rows: readonly (Omit<Insured, 'until' | 'recordedAt'> & { residentId: string })[],
): Promise<void> {
  const more = { until: null, recordedAt: ctx.now, recordedBy: ctx.actor.id, institutionId: null }
  for (let from = 0; from < rows.length; from += 1000)
    await tables(ctx)
      .insertInto('benefit.insured')
      .values(rows.slice(from, from + 1000).map((row) => ({ ...row, ...more })))
      .execute()
}

/** The stays recorded of a resident, the latest first. */
export const listStays = (ctx: Ctx, residentId: string): Promise<Stay[]> =>
  tables(ctx)
    .selectFrom('benefit.stay as s')
    .innerJoin('network.name as i', 'i.id', 's.institutionId')
    .select([
      's.id',
      's.episode',
      's.institutionId',
      'i.shortName as institutionName',
      's.admittedOn',
      's.dischargedOn',
      's.deductiblePaidFen',
      's.insurancePaidFen',
      's.referralId',
    ])
    .where('s.residentId', '=', residentId)
    .orderBy('s.admittedOn', 'desc')
    .orderBy('s.id', 'desc')
    .limit(100)
    .$castTo<Stay>()
    .execute()

/** Records a stay. */
export async function addStay(
  ctx: Ctx,
  residentId: string,
  stay: Omit<Stay, 'institutionName'>,
): Promise<void> {
  await tables(ctx)
    .insertInto('benefit.stay')
    .values({ ...stay, residentId, recordedAt: ctx.now, recordedBy: ctx.actor.id })
    .execute()
}

/** What was stated of a resident's yearly caps, the latest first. */
export const listCapUses = (ctx: Ctx, residentId: string): Promise<CapUse[]> =>
  tables(ctx)
    .selectFrom('benefit.capUse')
    .select(['id', 'kind', 'asOf', 'usedFen', 'source'])
    .where('residentId', '=', residentId)
    .orderBy('asOf', 'desc')
    .orderBy('recordedAt', 'desc')
    .limit(20)
    .execute()

/** Records a statement of how much of a cap was used. */
export async function addCapUse(ctx: Ctx, residentId: string, use: CapUse): Promise<void> {
  await tables(ctx)
    .insertInto('benefit.capUse')
    .values({ ...use, residentId, recordedAt: ctx.now, recordedBy: ctx.actor.id })
    .execute()
}
