import type { Selectable } from 'kysely'
import type { Ctx } from './ctx.ts'
import { pageOf } from './page.ts'
import type { KernelTables } from './tables.ts'

/** One line of the access log. */
export type Opening = Selectable<KernelTables['kernel.access']>

const mine = (ctx: Ctx) =>
  ctx.db
    .selectFrom('kernel.access')
    .selectAll()
    .where('residentId', 'in', [...ctx.actor.residentIds])

/** What others opened: neither the actor's own looking nor that of a resident at their own. */
const byOthers = (ctx: Ctx) => mine(ctx).where('basis', '<>', 'self').where('actorId', '<>', ctx.actor.id)

/** Who else opened the records of the residents the actor is or stands for, newest first. */
export const listOpenings = (ctx: Ctx, paging: { offset: number; limit: number }) =>
  pageOf(ctx, byOthers(ctx).orderBy('id', 'desc'), paging)

/** One such opening, or undefined. */
export const findOpening = (ctx: Ctx, id: string): Promise<Opening | undefined> =>
  mine(ctx).where('id', '=', id).executeTakeFirst()
