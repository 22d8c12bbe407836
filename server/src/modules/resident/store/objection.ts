import type { ObjectionState } from '@tongmai/api/resident/mine'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ResidentTables } from '../tables.ts'
import { mentions, type Reviewing } from './reviewing.ts'
import { nobody, tables } from './tables-of.ts'

export type ObjectionRow = Selectable<ResidentTables['resident.objection']>

const visible = (ctx: Ctx) => tables(ctx).selectFrom('resident.objection as o')

/** Adds an objection; undefined where this opening has one already. */
export const add = (ctx: Ctx, row: Insertable<ResidentTables['resident.objection']>) =>
  tables(ctx)
    .insertInto('resident.objection')
    .values(row)
    .onConflict((c) => c.columns(['residentId', 'accessId']).doNothing())
    .returning('id')
    .executeTakeFirst()

/** Who opened: the practitioner, or the account or system client where no practitioner stands behind it. */
const whoSql = sql<string | null>`coalesce(w.name, a.name, k.name)`

/** What one institution has to answer, and has answered. */
export const list = (ctx: Ctx, asked: Reviewing<ObjectionState> & { institutionId: string }) =>
  pageOf(
    ctx,
    visible(ctx)
      .innerJoin('resident.card as c', 'c.id', 'o.residentId')
      .leftJoin('workforce.name as w', 'w.id', 'o.practitionerId')
      .leftJoin('identity.accountName as a', (join) =>
        join.on((eb) => eb(eb.cast<string>('a.id', 'text'), '=', eb.ref('o.actorId'))),
      )
      .leftJoin('identity.clientName as k', 'k.id', 'o.actorId')
      .selectAll('o')
      .select(['c.nameMasked', 'c.sex', 'c.birthDate', 'c.idMasked', whoSql.as('who')])
      .where('o.institutionId', '=', asked.institutionId)
      .$if(asked.state !== undefined, (q) => q.where('o.state', '=', asked.state as ObjectionState))
      .$if(asked.q !== undefined, (q) =>
        q.where(mentions(asked.q, sql`o.reason, o.answer, ${whoSql}, c.name_masked`)),
      )
      .$if(asked.order === 'openFirst', (q) => q.orderBy(sql`o.state <> 'open'`))
      .orderBy('o.at', asked.order === 'oldest' ? 'asc' : 'desc')
      .orderBy('o.id'),
    asked,
  )

/** An objection against one's own institution, held; 404 for those against others. */
export const lock = async (ctx: Ctx, id: string, institutionId: string): Promise<ObjectionRow> =>
  (await visible(ctx)
    .selectAll()
    .where('o.id', '=', id)
    .where('o.institutionId', '=', institutionId)
    .forUpdate()
    .executeTakeFirst()) ?? refuse('missing', 'resident.missing')

export const change = (ctx: Ctx, row: ObjectionRow, answer: string) =>
  tables(ctx)
    .updateTable('resident.objection')
    .set({ state: 'answered', answer, answeredAt: ctx.now })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .execute()

/** What has been said about these openings. */
export const listAbout = (ctx: Ctx, accessIds: readonly string[]) =>
  visible(ctx)
    .select(['o.accessId', 'o.state', 'o.answer'])
    .where('o.accessId', 'in', [...accessIds, nobody])
    .execute()

/** The names of institutions, practitioners, accounts and system clients, by id. */
export async function namesOf(
  ctx: Ctx,
  ids: {
    institutions: readonly string[]
    practitioners: readonly string[]
    accounts: readonly string[]
    clients?: readonly string[]
  },
): Promise<Map<string, string>> {
  const [institutions, practitioners, accounts, clients] = await Promise.all([
    tables(ctx)
      .selectFrom('network.name')
      .select(['id', 'name'])
      .where('id', 'in', [...ids.institutions, nobody])
      .execute(),
    tables(ctx)
      .selectFrom('workforce.name')
      .select(['id', 'name'])
      .where('id', 'in', [...ids.practitioners, nobody])
      .execute(),
    tables(ctx)
      .selectFrom('identity.accountName')
      .select(['id', 'name'])
      .where('id', 'in', [...ids.accounts, nobody])
      .execute(),
    tables(ctx)
      .selectFrom('identity.clientName')
      .select(['id', 'name'])
      .where('id', 'in', [...(ids.clients ?? []), nobody])
      .execute(),
  ])
  const all = [...institutions, ...practitioners, ...accounts, ...clients]
  return new Map(all.map((row) => [row.id, row.name]))
}
