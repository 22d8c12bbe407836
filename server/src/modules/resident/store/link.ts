import type { LinkState } from '@tongmai/api/resident/link'
import { type Insertable, type Selectable, sql } from 'kysely'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import type { ResidentTables } from '../tables.ts'
import { mentions, type Reviewing } from './reviewing.ts'
import { nobody, tables } from './tables-of.ts'

export type LinkRow = Selectable<ResidentTables['resident.link']>

/** The lower id first: a pair stands once. */
export const pairOf = (a: string, b: string): { residentId: string; otherId: string } =>
  a < b ? { residentId: a, otherId: b } : { residentId: b, otherId: a }

/** The links that the actor's institution has to do with: it registered one side, or proposed it. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('resident.link as l')

const lined = (ctx: Ctx) =>
  visible(ctx)
    .innerJoin('resident.card as a', 'a.id', 'l.residentId')
    .innerJoin('resident.card as b', 'b.id', 'l.otherId')
    .selectAll('l')
    .select(['a.nameMasked as aName', 'a.sex as aSex', 'a.birthDate as aBirth', 'a.idMasked as aNumber'])
    .select(['b.nameMasked as bName', 'b.sex as bSex', 'b.birthDate as bBirth', 'b.idMasked as bNumber'])

export type LinedRow = Awaited<ReturnType<ReturnType<typeof lined>['execute']>>[number]

/** One's own institution's, those to decide first. */
export const list = (ctx: Ctx, asked: Reviewing<LinkState> & { institutionId: string }) =>
  pageOf(
    ctx,
    lined(ctx)
      .where('l.institutionId', '=', asked.institutionId)
      .$if(asked.state !== undefined, (q) => q.where('l.state', '=', asked.state as LinkState))
      .$if(asked.q !== undefined, (q) => q.where(mentions(asked.q, sql`a.name_masked, b.name_masked`)))
      .$if(asked.order === 'openFirst', (q) => q.orderBy(sql`l.state <> 'proposed'`))
      .orderBy('l.proposedAt', asked.order === 'oldest' ? 'asc' : 'desc')
      .orderBy('l.id'),
    asked,
  )

/** All links of one resident, whoever found them; the caller has opened the record. */
export const listOf = (ctx: Ctx, residentId: string): Promise<LinedRow[]> =>
  asSystem(ctx, (all) =>
    lined(all)
      .where((eb) => eb.or([eb('l.residentId', '=', residentId), eb('l.otherId', '=', residentId)]))
      .orderBy(sql`l.state <> 'linked'`)
      .orderBy('l.proposedAt', 'desc')
      .limit(50)
      .execute(),
  )

/** A link, whoever found it; the caller decides who sees it. */
export const find = (ctx: Ctx, id: string): Promise<LinkRow | undefined> =>
  asSystem(ctx, (all) => visible(all).selectAll().where('l.id', '=', id).executeTakeFirst())

/** The link of a pair under a lock, where there is one. */
export const lockPair = (
  ctx: Ctx,
  pair: { residentId: string; otherId: string },
): Promise<LinkRow | undefined> =>
  asSystem(ctx, (all) =>
    visible(all)
      .selectAll()
      .where('l.residentId', '=', pair.residentId)
      .where('l.otherId', '=', pair.otherId)
      .forUpdate()
      .executeTakeFirst(),
  )

const lockPersons = (ctx: Ctx, ids: readonly string[]) =>
  asSystem(ctx, (all) =>
    tables(all)
      .selectFrom('resident.resident')
      .select('residentId')
      .where('residentId', 'in', [...ids, nobody])
      .orderBy('residentId')
      .forUpdate()
      .execute(),
  )

export const add = (ctx: Ctx, row: Insertable<ResidentTables['resident.link']>) =>
  asSystem(ctx, (all) => tables(all).insertInto('resident.link').values(row).execute())

export const change = (
  ctx: Ctx,
  row: { residentId: string; id: string },
  set: Partial<Insertable<ResidentTables['resident.link']>>,
) =>
  asSystem(ctx, (all) =>
    tables(all)
      .updateTable('resident.link')
      .set(set)
      .where('residentId', '=', row.residentId)
      .where('id', '=', row.id)
      .execute(),
  )

export const addStep = (
  ctx: Ctx,
  of: { row: { residentId: string; id: string }; state: LinkState; note: string },
) => {
  const { id: byId, practitionerId, institutionId } = ctx.actor
  return asSystem(ctx, (all) =>
    tables(all)
      .insertInto('resident.linkStep')
      .values({
        ...{ residentId: of.row.residentId, id: ctx.id(), linkId: of.row.id, at: ctx.now, state: of.state },
        ...{ byId, practitionerId, institutionId, note: of.note },
      })
      .execute(),
  )
}

export const listSteps = (ctx: Ctx, linkIds: readonly string[]) =>
  asSystem(ctx, (all) =>
    tables(all)
      .selectFrom('resident.linkStep')
      .selectAll()
      .where('linkId', 'in', [...linkIds, nobody])
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(500)
      .execute(),
  )

/** All links in force that hang together with these residents, directly or over others. */
export async function listComponent(ctx: Ctx, residentIds: readonly string[]): Promise<LinkRow[]> {
  return asSystem(ctx, async (all) => {
    const found = new Map<string, LinkRow>()
    const seen = new Set<string>()
    for (let next = [...residentIds]; next.length > 0; ) {
      for (const id of next) seen.add(id)
      const rows = await visible(all)
        .selectAll()
        .where('l.state', '=', 'linked')
        .where((eb) => eb.or([eb('l.residentId', 'in', next), eb('l.otherId', 'in', next)]))
        .limit(500)
        .execute()
      for (const row of rows) found.set(row.id, row)
      next = [...new Set(rows.flatMap((row) => [row.residentId, row.otherId]))].filter((id) => !seen.has(id))
    }
    return [...found.values()]
  })
}

/** Of these residents the pairs that somebody said to be two, or took apart, and nobody linked since. */
export const listApart = (ctx: Ctx, residentIds: readonly string[]) =>
  asSystem(ctx, (all) =>
    visible(all)
      .select(['l.residentId', 'l.otherId'])
      .where('l.residentId', 'in', [...residentIds, nobody])
      .where('l.otherId', 'in', [...residentIds, nobody])
      .where('l.state', '<>', 'linked')
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('resident.linkStep as s')
            .select('s.id')
            .whereRef('s.linkId', '=', 'l.id')
            .whereRef('s.residentId', '=', 'l.residentId')
            .where('s.state', 'in', ['separate', 'undone']),
        ),
      )
      .execute(),
  )

const findLastStep = (
  ctx: Ctx,
  row: { residentId: string; id: string },
  states: readonly LinkState[],
): Promise<{ byId: string; note: string } | undefined> =>
  asSystem(ctx, (all) =>
    tables(all)
      .selectFrom('resident.linkStep')
      .select(['byId', 'note'])
      .where('residentId', '=', row.residentId)
      .where('linkId', '=', row.id)
      .where('state', 'in', states)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirst(),
  )

/** Whether it was a person, and no system, who last said of a pair that they are two. */
export async function isTakenApartByHand(
  ctx: Ctx,
  row: { residentId: string; id: string },
): Promise<boolean> {
  const last = await findLastStep(ctx, row, ['separate', 'undone'])
  return last !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(last.byId)
}

/** Whether it was the matcher who last said of a pair that they are one. */
export const isLinkedByMatcher = async (
  ctx: Ctx,
  row: { residentId: string; id: string },
): Promise<boolean> => (await findLastStep(ctx, row, ['linked']))?.note === 'matcher:link'

/** Holds these persons and all who are one with them, the lowest first, so that what follows a link follows alone. */
export async function lockWhole(ctx: Ctx, residentIds: readonly string[]): Promise<void> {
  const held = new Set<string>()
  for (let whole = new Set(residentIds); [...whole].some((id) => !held.has(id)); ) {
    for (const row of await listComponent(ctx, [...whole])) whole.add(row.residentId).add(row.otherId)
    await lockPersons(ctx, [...whole])
    for (const id of whole) held.add(id)
    // Whoever held one of them until now may have linked it to others.
    whole = new Set(residentIds)
    for (const row of await listComponent(ctx, residentIds)) whole.add(row.residentId).add(row.otherId)
  }
}

/** Both sides of a comparison, whoever may open them; the caller logs it. */
export const listSides = (ctx: Ctx, ids: readonly string[]) =>
  asSystem(ctx, (all) =>
    tables(all)
      .selectFrom('resident.person as p')
      .innerJoin('resident.resident as r', 'r.residentId', 'p.residentId')
      .leftJoin('network.name as n', 'n.id', 'p.institutionId')
      .select(['p.residentId', 'p.name', 'p.phoneMasked', 'p.addressMasked', 'n.name as institution'])
      .select(['r.sex', 'r.birthDate', 'r.idMasked', 'r.createdAt'])
      .where('p.residentId', 'in', [...ids, nobody])
      .orderBy('p.residentId')
      .execute(),
  )
