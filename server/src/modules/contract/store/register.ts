import type { PriorityGroup } from '@tongmai/api/contract/package'
import type { Register, Registered } from '@tongmai/api/contract/register'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { cardOf } from './line.ts'
import { nobody, tables } from './tables-of.ts'

/** Who is on a register, from when to when. */
export interface Entry {
  readonly residentId: string
  readonly since: string
  readonly until: string | null
  readonly source: string
}

/** The registers of one institution as they hold on a day. */
const holding = (ctx: Ctx, institutionId: string, on: string) =>
  tables(ctx)
    .selectFrom('contract.registerEntry as e')
    .where('e.institutionId', '=', institutionId)
    .where('e.since', '<=', on)
    .where((eb) => eb.or([eb('e.until', 'is', null), eb('e.until', '>=', on)]))

const ownOf = (ctx: Ctx): string => ctx.actor.institutionId ?? nobody

export async function listRegisters(ctx: Ctx): Promise<Register[]> {
  const rows = await holding(ctx, ownOf(ctx), dayOf(ctx.now))
    .select(['e.priorityGroup as group', sql<string[]>`array_agg(distinct e.source)`.as('sources')])
    .select(({ fn }) => [fn.countAll<number>().as('people'), fn.max('e.changedAt').as('changedAt')])
    .groupBy('e.priorityGroup')
    .orderBy('e.priorityGroup')
    .execute()
  return rows.map((row) => ({ ...row, people: Number(row.people) }))
}

/** Who is on one register, as far as my institution may still see them. */
export async function listRegistered(
  ctx: Ctx,
  { group, ...paging }: { group: PriorityGroup; offset: number; limit: number },
): Promise<Page<Registered>> {
  const query = holding(ctx, ownOf(ctx), dayOf(ctx.now))
    .innerJoin('resident.card as card', 'card.id', 'e.residentId')
    .select(['e.residentId', 'e.since', 'e.until', 'e.source'])
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked'])
    .where('e.priorityGroup', '=', group)
    .orderBy('e.since', 'desc')
    .orderBy('e.residentId')
  const { items, total } = await pageOf(ctx, query, paging)
  return {
    items: items.map(({ since, until, source, ...row }) => ({ resident: cardOf(row), since, until, source })),
    total,
  }
}

/** The groups on whose register of an institution these residents are on a day. */
export async function registeredGroups(
  ctx: Ctx,
  of: { institutionId: string; residentIds: readonly string[]; on: string },
): Promise<Map<string, PriorityGroup[]>> {
  const rows = await holding(ctx, of.institutionId, of.on)
    .select(['e.residentId', 'e.priorityGroup'])
    .where(sql<boolean>`e.resident_id = any (${[...of.residentIds]}::uuid[])`)
    .orderBy('e.priorityGroup')
    .execute()
  const found = new Map<string, PriorityGroup[]>()
  for (const { residentId, priorityGroup } of rows)
    found.set(residentId, [...(found.get(residentId) ?? []), priorityGroup])
  return found
}

/** Everybody who is or was on my institution's register of a group, held. */
export async function lockRegister(ctx: Ctx, group: PriorityGroup): Promise<Map<string, Entry>> {
  const rows = await tables(ctx)
    .selectFrom('contract.registerEntry')
    .select(['residentId', 'since', 'until', 'source'])
    .where('institutionId', '=', ownOf(ctx))
    .where('priorityGroup', '=', group)
    .orderBy('residentId')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.residentId, row]))
}

/** Puts people on a register, or says anew from when to when they are. */
export async function putEntries(ctx: Ctx, group: PriorityGroup, entries: readonly Entry[]): Promise<void> {
  await ctx.client.query({
    name: 'contract-register-put',
    text: `insert into contract.register_entry (institution_id, priority_group, resident_id, since, until, source, changed_at)
      select $1, $2, r, s, u, d, $7 from unnest($3::uuid[], $4::date[], $5::date[], $6::text[]) x (r, s, u, d)
      on conflict (institution_id, priority_group, resident_id) do update
        set since = excluded.since, until = excluded.until, source = excluded.source, changed_at = excluded.changed_at`,
    values: [
      ...[ownOf(ctx), group, entries.map((one) => one.residentId), entries.map((one) => one.since)],
      ...[entries.map((one) => one.until), entries.map((one) => one.source), ctx.now],
    ],
  })
}

/** Takes people off a register from a day on; who came on it that day has never been on it. */
export async function endEntries(
  ctx: Ctx,
  group: PriorityGroup,
  { residentIds, from }: { residentIds: readonly string[]; from: string },
): Promise<void> {
  const values = [ownOf(ctx), group, residentIds, from]
  await ctx.client.query({
    name: 'contract-register-never',
    text: `delete from contract.register_entry where institution_id = $1 and priority_group = $2 and resident_id = any ($3) and since >= $4`,
    values,
  })
  await ctx.client.query({
    name: 'contract-register-end',
    text: `update contract.register_entry set until = $4::date - 1, changed_at = $5
      where institution_id = $1 and priority_group = $2 and resident_id = any ($3)`,
    values: [...values, ctx.now],
  })
}
