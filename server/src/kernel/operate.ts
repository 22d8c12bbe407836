import { kernelApi } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import { asSystem } from './as-system.ts'
import { caseEvents } from './case.ts'
import { type Actions, type Module, serve } from './module.ts'
import { refuse } from './refusal.ts'

const actions: Actions<typeof kernelApi> = {
  listParked: (ctx, { query }) =>
    asSystem(ctx, async (all) => {
      const rows = await all.db
        .selectFrom('kernel.parked as p')
        .innerJoin('kernel.sealed as s', 's.number', 'p.number')
        .innerJoin('kernel.event as e', 'e.id', 's.ref')
        .select(['p.reaction', 'p.number', 'p.thing', 'e.name', 'p.tries', 'p.problem', 'e.at'])
        .select(sql<'waiting' | 'parked'>`p.state`.as('state'))
        .select(sql<number>`count(*) over ()::int`.as('total'))
        .where('p.state', '<>', 'done')
        .orderBy('p.number')
        .orderBy('p.reaction')
        .offset(query.offset)
        .limit(query.limit)
        .execute()
      return { items: rows, total: rows[0]?.total ?? 0 }
    }),

  retryParked: (ctx, { body }) =>
    asSystem(ctx, async (all) => {
      const row = await all.db
        .updateTable('kernel.parked')
        .set({ state: 'waiting', tries: 0, nextTryAt: ctx.now })
        .where('reaction', '=', body.reaction)
        .where('number', '=', body.number)
        .where('state', '<>', 'done')
        .returning(['reaction', 'number'])
        .executeTakeFirst()
      return row ?? refuse('missing', 'kernel.missing')
    }),
}

/** The kernel's own endpoints, mounted like any module's. */
export const operate: Module = { name: 'kernel', ...serve(kernelApi, actions), events: caseEvents }
