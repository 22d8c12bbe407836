import type { Relation } from '@tongmai/api/resident/person'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { nobody, tables } from './tables-of.ts'

/** The household a resident belongs to now. */
export async function findOf(ctx: Ctx, residentId: string): Promise<string | undefined> {
  const row = await tables(ctx)
    .selectFrom('resident.householdMember')
    .select('householdId')
    .where('residentId', '=', residentId)
    .where('until', 'is', null)
    .executeTakeFirst()
  return row?.householdId
}

/** Who belongs to a household, with the cards that lists may show. */
export const listMembers = (ctx: Ctx, householdId: string) =>
  tables(ctx)
    .selectFrom('resident.householdMember as m')
    .innerJoin('resident.card as c', 'c.id', 'm.residentId')
    .select(['c.id', 'c.nameMasked', 'c.sex', 'c.birthDate', 'c.idMasked', 'm.relation'])
    .where('m.householdId', '=', householdId)
    .where('m.until', 'is', null)
    .orderBy('m.relation')
    .orderBy('m.residentId')
    .limit(50)
    .execute()

/** Founds a household with a householder. */
export async function add(ctx: Ctx, householderId: string): Promise<string> {
  const id = ctx.id()
  await tables(ctx)
    .insertInto('resident.household')
    .values({ residentId: householderId, id, createdAt: ctx.now })
    .execute()
  await addMember(ctx, id, { residentId: householderId, relation: '0' })
  return id
}

/** Adds a member who belongs to no household; false where they do. */
export async function addMember(
  ctx: Ctx,
  householdId: string,
  member: { residentId: string; relation: Relation },
): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('resident.householdMember')
    .values({ ...member, householdId, since: ctx.now, until: null })
    .onConflict((c) => c.column('residentId').where('until', 'is', null).doNothing())
    .returning('residentId')
    .executeTakeFirst()
  return added !== undefined
}

interface NewProxy {
  readonly residentId: string
  readonly proxyId: string
  readonly until?: Date | null
  readonly by?: string | null
}

/** For whom somebody stands now. */
export async function listStoodFor(ctx: Ctx, proxyId: string): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('resident.proxy')
    .select('residentId')
    .where('proxyId', '=', proxyId)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', ctx.now)]))
    .orderBy('residentId')
    .limit(20)
    .execute()
  return rows.map((row) => row.residentId)
}

/** Which of these residents have somebody in the household standing for them. */
export async function listWithProxy(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tables(ctx)
    .selectFrom('resident.proxy')
    .select('residentId')
    .where('residentId', 'in', [...ids, nobody])
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', ctx.now)]))
    .execute()
  return new Set(rows.map((row) => row.residentId))
}

/** From now on one stands for the other, until a moment where one is named; said by the institution at hand. */
export const addProxy = (ctx: Ctx, { until = null, by = ctx.actor.institutionId, ...of }: NewProxy) =>
  tables(ctx)
    .insertInto('resident.proxy')
    .values({ ...of, since: ctx.now, until, institutionId: by })
    .execute()

/** Ends a membership, and who stands for whom between the member and the others. The past stays readable. */
export const removeMember = (ctx: Ctx, memberId: string, others: readonly string[]) =>
  asSystem(ctx, async (all) => {
    await tables(all)
      .updateTable('resident.householdMember')
      .set({ until: ctx.now })
      .where('residentId', '=', memberId)
      .where('until', 'is', null)
      .execute()
    const within = [...others, nobody]
    await tables(all)
      .updateTable('resident.proxy')
      .set({ until: ctx.now })
      .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', ctx.now)]))
      .where((eb) =>
        eb.or([
          eb.and([eb('residentId', '=', memberId), eb('proxyId', 'in', within)]),
          eb.and([eb('proxyId', '=', memberId), eb('residentId', 'in', within)]),
        ]),
      )
      .execute()
  })
