import type { Selectable } from 'kysely'
import { writeAllOpened } from './access-log.ts'
import { asSystem } from './as-system.ts'
import type { Ctx } from './ctx.ts'
import { inside } from './ctx-inside.ts'
import { pageOf } from './page.ts'
import type { KernelTables } from './tables.ts'

/** What is opened within `work` of one resident is one opening: of this thing. */
export async function openedAsOne<T>(ctx: Ctx, thing: string, work: () => Promise<T>): Promise<T> {
  const { accesses } = inside(ctx)
  const before = accesses.length
  const result = await work()
  const first = new Map(
    accesses
      .splice(before)
      .toReversed()
      .map((one) => [one.residentId, one]),
  )
  accesses.push(...[...first.values()].map((one) => ({ ...one, thing })))
  return result
}

/** One line of the access log. */
export type Opening = Selectable<KernelTables['kernel.access']>

const mine = (ctx: Ctx) =>
  ctx.db
    .selectFrom('kernel.access')
    .selectAll()
    .where('residentId', 'in', [...ctx.actor.residentIds])

/** What others opened: neither the actor's own looking nor that of a resident at their own. */
const byOthers = (ctx: Ctx) => mine(ctx).where('basis', '<>', 'self').where('actorId', '<>', ctx.actor.id)

/** Runs `work` as the system on a log that holds all that was opened until now. */
const upToNow = <T>(ctx: Ctx, work: (all: Ctx) => Promise<T>): Promise<T> =>
  asSystem(ctx, async (all) => {
    await writeAllOpened(all.client)
    return work(all)
  })

/** Who else opened the records of the residents the actor is or stands for, newest first. */
export async function listOpenings(ctx: Ctx, paging: { offset: number; limit: number }) {
  await asSystem(ctx, (all) => writeAllOpened(all.client))
  return pageOf(ctx, byOthers(ctx).orderBy('id', 'desc'), paging)
}

/** Who of one institution opened a resident's record, newest first; for whoever answers for the institution. */
export const listOpeningsAt = (
  ctx: Ctx,
  of: { residentId: string; institutionId: string; offset: number; limit: number },
) =>
  upToNow(ctx, (all) =>
    pageOf(
      all,
      all.db
        .selectFrom('kernel.access')
        .selectAll()
        .where('residentId', '=', of.residentId)
        .where('institutionId', '=', of.institutionId)
        .orderBy('id', 'desc'),
      of,
    ),
  )

/** One such opening, or undefined. */
export const findOpening = (ctx: Ctx, id: string): Promise<Opening | undefined> =>
  mine(ctx).where('id', '=', id).executeTakeFirst()

/** What one institution opened of a record on a basis within a time. */
interface Use {
  readonly residentId: string
  readonly institutionId: string
  readonly basis: string
  readonly from: Date
  readonly to: Date
}

const onBasis = (all: Ctx, of: Use) =>
  all.db
    .selectFrom('kernel.access')
    .where('residentId', '=', of.residentId)
    .where('institutionId', '=', of.institutionId)
    .where('basis', '=', of.basis)
    .where('at', '>=', of.from)
    .where('at', '<=', of.to)

/** How often a basis was used; for whoever judges that. */
export const countOpenings = (ctx: Ctx, of: Use): Promise<number> =>
  upToNow(ctx, async (all) => {
    const row = await onBasis(all, of)
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .executeTakeFirst()
    return Number(row?.n ?? 0)
  })

/** For what a basis was used, newest first. */
export const listOpeningsOn = (ctx: Ctx, of: Use & { offset: number; limit: number }) =>
  upToNow(ctx, (all) => pageOf(all, onBasis(all, of).selectAll().orderBy('id', 'desc'), of))
