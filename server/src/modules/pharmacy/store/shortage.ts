import type { Page } from '@tongmai/api/kernel'
import type { ShortageStatus } from '@tongmai/api/pharmacy/shortage'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { PharmacyTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<PharmacyTables>()
export type ShortageRow = Selectable<PharmacyTables['pharmacy.shortage']>

const named = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('pharmacy.shortage as s')
    .innerJoin('pharmacy.medicine as m', 'm.id', 's.medicineId')
    .leftJoin('pharmacy.medicine as a', 'a.id', 's.alternativeId')
    .leftJoin('network.name as n', 'n.id', 's.institutionId')
    .leftJoin('identity.accountName as by', (join) =>
      join.on((eb) => eb(eb.cast<string>('by.id', 'text'), '=', eb.ref('s.reportedBy'))),
    )
    .selectAll('s')
    .select(['m.name', 'm.form', 'm.strength', 'n.shortName as institution', 'by.name as reporter'])
    .select(['a.name as otherName', 'a.form as otherForm', 'a.strength as otherStrength'])
export type NamedShortage = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

/** One page of shortages: those that are open first, the newest first. */
export const list = (
  ctx: Ctx,
  query: { institutionId?: string | undefined; open?: boolean | undefined; offset: number; limit: number },
): Promise<Page<NamedShortage>> =>
  pageOf(
    ctx,
    named(ctx)
      .$if(query.institutionId !== undefined, (q) =>
        q.where('s.institutionId', '=', query.institutionId as string),
      )
      .$if(query.open !== undefined, (q) => q.where('s.endedAt', query.open ? 'is' : 'is not', null))
      .orderBy(sql`s.ended_at is not null`)
      .orderBy('s.reportedAt', 'desc')
      .orderBy('s.id'),
    query,
  )

/** One's own institution's, held until the transaction ends; another's does not exist for a move. */
export const lock = async (ctx: Ctx, id: string): Promise<ShortageRow> =>
  (await tables(ctx)
    .selectFrom('pharmacy.shortage')
    .selectAll()
    .where('id', '=', id)
    .$if(ctx.actor.kind !== 'system', (q) => q.where('institutionId', '=', ctx.actor.institutionId ?? ''))
    .forUpdate()
    .executeTakeFirst()) ?? refuse('missing', 'pharmacy.shortage-missing')

/** As it is shown. */
export const findNamed = (ctx: Ctx, id: string): Promise<NamedShortage> =>
  named(ctx).where('s.id', '=', id).executeTakeFirstOrThrow()

/** Which medicines these shortages are of. */
export const listMedicines = (ctx: Ctx, ids: readonly string[]): Promise<{ id: string; title: string }[]> =>
  named(ctx).clearSelect().select(['s.id', 'm.name as title']).where('s.id', 'in', ids).execute()

/** Reports a shortage; refuses where the institution has one of this medicine that is open. */
export async function add(
  ctx: Ctx,
  row: Omit<ShortageRow, 'version' | 'expectedOn' | 'alternativeId' | 'note' | 'endedAt'>,
): Promise<ShortageRow> {
  const added = await tables(ctx)
    .insertInto('pharmacy.shortage')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['institutionId', 'medicineId']).where('endedAt', 'is', null).doNothing(),
    )
    .returningAll()
    .executeTakeFirst()
  return added ?? refuse('conflict', 'pharmacy.reported-already')
}

/** The one writer of its status, under its lock. */
export const move = (
  ctx: Ctx,
  row: ShortageRow,
  set: Partial<ShortageRow> & { status: ShortageStatus },
): Promise<ShortageRow> =>
  tables(ctx)
    .updateTable('pharmacy.shortage')
    .set({ ...set, version: row.version + 1 })
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** The hours that the rule of today gives a step; 48 where no rule does. */
export async function stepHours(ctx: Ctx, step: string): Promise<number> {
  const today = dayOf(ctx.now)
  const row = await tables(ctx)
    .selectFrom('pharmacy.deadlineRule')
    .select('hours')
    .where((eb) => eb(eb.cast<string>('step', 'text'), '=', step))
    .where('since', '<=', today)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', today)]))
    .orderBy('since', 'desc')
    .executeTakeFirst()
  return row?.hours ?? 48
}
