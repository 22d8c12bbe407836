import { step } from '@tongmai/api/kernel'
import { type ProxyState, proxyFlow } from '@tongmai/api/resident/proxy'
import { type Insertable, type Selectable, type SqlBool, sql } from 'kysely'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ResidentTables } from '../tables.ts'
import { mentions, type Reviewing } from './reviewing.ts'
import { nobody, tables } from './tables-of.ts'

export type RequestRow = Selectable<ResidentTables['resident.proxyRequest']>

/** Adds a request; undefined where the same is asked already. */
export const add = (ctx: Ctx, row: Insertable<ResidentTables['resident.proxyRequest']>) =>
  tables(ctx)
    .insertInto('resident.proxyRequest')
    .values(row)
    // Word for word as the index says it: a parameter in its place matches no index once the plan is kept.
    .onConflict((c) => c.columns(['residentId', 'proxyId']).where(sql<boolean>`state = 'asked'`).doNothing())
    .returning('id')
    .executeTakeFirst()

/** What a resident asked, and what is asked about them; the latest first. */
export const listOwn = (ctx: Ctx, residentId: string): Promise<RequestRow[]> =>
  tables(ctx)
    .selectFrom('resident.proxyRequest')
    .selectAll()
    .where((eb) => eb.or([eb('proxyId', '=', residentId), eb('residentId', '=', residentId)]))
    .orderBy('at', 'desc')
    .limit(20)
    .execute()

/** What one institution has to decide, and has decided. */
export const list = (ctx: Ctx, asked: Reviewing<ProxyState> & { institutionId: string }) => {
  const { state } = asked
  const all = tables(ctx)
    .selectFrom('resident.proxyRequest as r')
    .selectAll('r')
    .where('r.institutionId', '=', asked.institutionId)
    .$if(state !== undefined, (q) => q.where('r.state', '=', state ?? 'asked'))
    .$if(asked.q !== undefined, (q) =>
      q.where(
        sql<SqlBool>`exists (select 1 from resident.card c where c.id in (r.resident_id, r.proxy_id)
          and ${mentions(asked.q, sql`c.name_masked`)})`,
      ),
    )
    .$if(asked.order === 'openFirst', (q) => q.orderBy((eb) => eb('r.state', '=', 'asked'), 'desc'))
    .orderBy('r.at', asked.order === 'oldest' ? 'asc' : 'desc')
    .orderBy('r.id')
  return pageOf(ctx, all, asked)
}

/** A request of one's own institution; 404 for those of others. */
export const find = async (ctx: Ctx, id: string, institutionId: string): Promise<RequestRow> =>
  (await tables(ctx)
    .selectFrom('resident.proxyRequest')
    .selectAll()
    .where('id', '=', id)
    .where('institutionId', '=', institutionId)
    .executeTakeFirst()) ?? refuse('missing', 'resident.no-such-request')

/** Held, for whoever may see it. */
export const lock = async (ctx: Ctx, id: string): Promise<RequestRow> =>
  (await tables(ctx)
    .selectFrom('resident.proxyRequest')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()) ?? refuse('missing', 'resident.no-such-request')

/** The only writer of a request's state; 409 where the flow does not allow it. */
export async function move(ctx: Ctx, row: RequestRow, by: string, note: string | null): Promise<void> {
  const state = step(proxyFlow, row.state, by)
  if (!state) return refuse('conflict', 'resident.request-answered-already')
  await tables(ctx)
    .updateTable('resident.proxyRequest')
    .set({ state, note, answeredAt: ctx.now, answeredBy: ctx.actor.practitionerId })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .execute()
}

export type StandingRow = Pick<
  Selectable<ResidentTables['resident.proxy']>,
  'residentId' | 'proxyId' | 'since' | 'until'
>

/** Who stands for whom now, of those that one resident is a party of. */
export const listStanding = (ctx: Ctx, residentId: string): Promise<StandingRow[]> =>
  tables(ctx)
    .selectFrom('resident.proxy')
    .select(['residentId', 'proxyId', 'since', 'until'])
    .where((eb) => eb.or([eb('proxyId', '=', residentId), eb('residentId', '=', residentId)]))
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', ctx.now)]))
    .orderBy('since')
    .limit(40)
    .execute()

/** Ends it now; false where nobody stands. As the system: the one stood for may too, and has no record of the other. */
export const end = (ctx: Ctx, of: { residentId: string; proxyId: string }): Promise<boolean> =>
  asSystem(ctx, async (all) => {
    const ended = await tables(all)
      .updateTable('resident.proxy')
      .set({ until: ctx.now })
      .where('residentId', '=', of.residentId)
      .where('proxyId', '=', of.proxyId)
      .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', ctx.now)]))
      .returning('residentId')
      .execute()
    return ended.length > 0
  })

/** Masked cards by id. */
export async function cardsOf(ctx: Ctx, ids: readonly string[]) {
  const rows = await tables(ctx)
    .selectFrom('resident.card')
    .select(['id', 'nameMasked', 'sex', 'birthDate', 'idMasked'])
    .where('id', 'in', [...ids, nobody])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Who of these has a guardian by decision: accepted, and in force on a day. As the system. */
export async function listWards(ctx: Ctx, ids: readonly string[], on: string): Promise<Set<string>> {
  const rows = await tables(ctx)
    .selectFrom('resident.proxyRequest')
    .select('residentId')
    .where('residentId', 'in', [...ids, nobody])
    .where('proof', '=', 'guardianship')
    .where('state', '=', 'accepted')
    .where('until', '>=', on)
    .execute()
  return new Set(rows.map((row) => row.residentId))
}
