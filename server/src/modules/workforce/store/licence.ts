import type { ActRule } from '@tongmai/api/workforce/practitioner'
import type { Insertable, Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { WorkforceTables } from '../tables.ts'
import { tables } from './tables-of.ts'

export type LicenceRow = Selectable<WorkforceTables['workforce.licence']>

export const list = (ctx: Ctx, practitionerId: string): Promise<LicenceRow[]> =>
  tables(ctx)
    .selectFrom('workforce.licence')
    .selectAll()
    .where('practitionerId', '=', practitionerId)
    .orderBy('kind')
    .orderBy('since', 'desc')
    .limit(100)
    .execute()

export const find = async (ctx: Ctx, id: string): Promise<LicenceRow> =>
  (await tables(ctx).selectFrom('workforce.licence').selectAll().where('id', '=', id).executeTakeFirst()) ??
  refuse('missing', 'workforce.missing')

/** Whose these licences are. */
export const listHolders = (ctx: Ctx, ids: readonly string[]): Promise<{ id: string; title: string }[]> =>
  tables(ctx)
    .selectFrom('workforce.licence as l')
    .innerJoin('workforce.practitioner as p', 'p.id', 'l.practitionerId')
    .select(['l.id', 'p.name as title'])
    .where('l.id', 'in', ids)
    .execute()

/** Adds a licence; refused where this number with this beginning has been recorded, by whomever. */
export async function add(
  ctx: Ctx,
  row: Omit<Insertable<WorkforceTables['workforce.licence']>, 'createdAt'>,
) {
  const added = await tables(ctx)
    .insertInto('workforce.licence')
    .values({ ...row, createdAt: ctx.now })
    .onConflict((conflict) => conflict.columns(['numberBlind', 'since']).doNothing())
    .returningAll()
    .executeTakeFirst()
  return added ?? refuse('conflict', 'workforce.licence-known')
}

export const end = (ctx: Ctx, id: string, until: string) =>
  tables(ctx).updateTable('workforce.licence').set({ until }).where('id', '=', id).execute()

/** Licences that have ended, or end by a day, and have no successor of the same kind; of one institution's staff or of all. */
export const endingBy = (ctx: Ctx, day: string, institutionId: string | null) =>
  tables(ctx)
    .selectFrom('workforce.licence as l')
    .innerJoin('workforce.practitioner as p', 'p.id', 'l.practitionerId')
    .selectAll('l')
    .select(['p.name', 'p.kind as practitionerKind', 'p.institutionId'])
    .where('l.until', '<=', day)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('workforce.licence as next')
            .select('next.id')
            .whereRef('next.practitionerId', '=', 'l.practitionerId')
            .whereRef('next.kind', '=', 'l.kind')
            .where((e) => e.or([e('next.until', 'is', null), e('next.until', '>', e.ref('l.until'))])),
        ),
      ),
    )
    .$if(institutionId !== null, (q) => q.where('p.institutionId', '=', institutionId))
    .orderBy('l.until')
    .orderBy('l.id')

export const listEndingBy = (
  ctx: Ctx,
  asked: { day: string; institutionId: string; offset: number; limit: number },
) => pageOf(ctx, endingBy(ctx, asked.day, asked.institutionId), asked)

/** The rules in force on a day. */
export const listRules = (ctx: Ctx, day: string): Promise<ActRule[]> =>
  tables(ctx)
    .selectFrom('workforce.actRule')
    .selectAll()
    .where('since', '<=', day)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', day)]))
    .orderBy('act')
    .orderBy('kind')
    .limit(500)
    .execute()

/** The number a rule has on a day. */
export async function ruleOf(ctx: Ctx, code: string, day: string): Promise<number> {
  const rule = await tables(ctx)
    .selectFrom('workforce.rule')
    .select('value')
    .where('code', '=', code)
    .where('since', '<=', day)
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return rule.value
}
