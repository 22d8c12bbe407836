import type { Page } from '@tongmai/api/kernel'
import { gridForms, type Member, type Membership } from '@tongmai/api/network/alliance'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

const columns = [
  'm.id',
  'm.allianceId',
  'm.institutionId',
  'm.role',
  'm.layer',
  'm.grade',
  'm.since',
  'm.until',
  'm.version',
] as const

/** Who is in which alliance everybody may know. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('network.membership as m')

/** The membership, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<Membership> =>
  (await visible(ctx).select(columns).where('m.id', '=', id).$castTo<Membership>().executeTakeFirst()) ??
  refuse('missing', 'network.membership-missing')

/** Keeps two alliances from taking in one institution at the same time; ends with the transaction. */
export async function lockInstitution(ctx: Ctx, institutionId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`network.membership ${institutionId}`}, 0))`.execute(
    ctx.db,
  )
}

export interface MemberFilter {
  readonly layer?: Member['layer'] | undefined
  readonly grade?: Member['grade'] | undefined
  readonly on?: string | undefined
  readonly all: boolean
}

/** One page of an alliance's members on a day: the lead first, then by layer, grade and name. */
export function list(
  ctx: Ctx,
  allianceId: string,
  query: MemberFilter & { offset: number; limit: number },
): Promise<Page<Member>> {
  const on = query.on ?? dayOf(ctx.now)
  const chosen = visible(ctx)
    .innerJoin('network.institution as i', 'i.id', 'm.institutionId')
    .select([...columns, 'i.name', 'i.shortName', 'i.kind', 'i.tier', 'i.longitude', 'i.latitude'])
    .where('m.allianceId', '=', allianceId)
    .$if(query.layer !== undefined, (q) => q.where('m.layer', '=', query.layer as Member['layer']))
    .$if(query.grade !== undefined, (q) => q.where('m.grade', '=', query.grade as Member['grade']))
    .$if(!query.all, (q) =>
      q.where('m.since', '<=', on).where((eb) => eb.or([eb('m.until', 'is', null), eb('m.until', '>=', on)])),
    )
    .orderBy(sql`m.role <> 'lead'`)
    .orderBy('m.layer')
    .orderBy(sql`array_position(array['coLed', 'tight', 'loose'], m.grade)`)
    .orderBy('i.name')
    .orderBy('m.since')
    .$castTo<Member>()
  return pageOf(ctx, chosen, query)
}

/** Memberships of one institution in one alliance that touch the days from `since` to `until`. */
export const listTouching = (
  ctx: Ctx,
  filter: { allianceId: string; institutionId?: string; since: string; until: string | null },
): Promise<Membership[]> =>
  visible(ctx)
    .select(columns)
    .where('m.allianceId', '=', filter.allianceId)
    .$if(filter.institutionId !== undefined, (q) =>
      q.where('m.institutionId', '=', filter.institutionId as string),
    )
    .where((eb) => eb.or([eb('m.until', 'is', null), eb('m.until', '>=', filter.since)]))
    .$if(filter.until !== null, (q) => q.where('m.since', '<=', filter.until as string))
    .orderBy('m.since')
    .$castTo<Membership>()
    .execute()

/** Another city alliance or county community in which the institution is tight during these days, by name. */
export async function findOtherTight(
  ctx: Ctx,
  filter: { institutionId: string; allianceId: string; since: string; until: string | null },
): Promise<string | undefined> {
  const other = await visible(ctx)
    .innerJoin('network.alliance as a', 'a.id', 'm.allianceId')
    .select('a.name')
    .where('m.institutionId', '=', filter.institutionId)
    .where('m.allianceId', '<>', filter.allianceId)
    .where('m.grade', '=', 'tight')
    .where('a.form', 'in', gridForms)
    .where((eb) => eb.or([eb('m.until', 'is', null), eb('m.until', '>=', filter.since)]))
    .$if(filter.until !== null, (q) => q.where('m.since', '<=', filter.until as string))
    .executeTakeFirst()
  return other?.name
}

/** True where one institution leads, today, an alliance of which the other is a member today. */
export async function leadsOver(ctx: Ctx, leadId: string, memberId: string): Promise<boolean> {
  const today = dayOf(ctx.now)
  const row = await visible(ctx)
    .innerJoin('network.membership as other', 'other.allianceId', 'm.allianceId')
    .select('m.id')
    .where('m.institutionId', '=', leadId)
    .where('m.role', '=', 'lead')
    .where('other.institutionId', '=', memberId)
    .where('m.since', '<=', today)
    .where('other.since', '<=', today)
    .where((eb) => eb.or([eb('m.until', 'is', null), eb('m.until', '>=', today)]))
    .where((eb) => eb.or([eb('other.until', 'is', null), eb('other.until', '>=', today)]))
    .executeTakeFirst()
  return row !== undefined
}

/** Adds a membership; overlaps have been excluded by the caller under the alliance's lock. */
export async function add(ctx: Ctx, membership: Omit<Membership, 'version'>): Promise<Membership> {
  await tables(ctx).insertInto('network.membership').values(membership).execute()
  return { ...membership, version: 1 }
}

/** Changes a membership in place; its version goes up. */
export const change = (
  ctx: Ctx,
  id: string,
  set: Partial<Pick<Membership, 'role' | 'layer' | 'grade' | 'until'>>,
): Promise<Membership> =>
  tables(ctx)
    .updateTable('network.membership as m')
    .set((eb) => ({ ...set, version: eb('m.version', '+', 1) }))
    .where('m.id', '=', id)
    .returning(columns)
    .$castTo<Membership>()
    .executeTakeFirstOrThrow()

/**
 * From `since` on the membership is as `next` says: what was before keeps its own row up to the day before.
 * Answers the row that holds from then on.
 */
export async function changeFrom(
  ctx: Ctx,
  membership: Membership,
  next: Pick<Membership, 'role' | 'layer' | 'grade' | 'since' | 'until'>,
): Promise<Membership> {
  const { since, role, layer, grade, until } = next
  const values = { role, layer, grade, until }
  if (since <= membership.since) return change(ctx, membership.id, values)
  await change(ctx, membership.id, { until: dayAfter(since, -1) })
  const { allianceId, institutionId } = membership
  return add(ctx, { id: ctx.id(), allianceId, institutionId, since, ...values })
}

/** Memberships after `after` in id order, with who leads their alliance today, for projecting anew. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number): Promise<Membership[]> =>
  visible(ctx)
    .select(columns)
    .$if(after !== null, (query) => query.where('m.id', '>', after as string))
    .orderBy('m.id')
    .limit(limit)
    .$castTo<Membership>()
    .execute()
