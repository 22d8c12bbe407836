import type { IndicatorDefinition, Population } from '@tongmai/api/contract/indicator'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Facts, Signed } from '../count-indicators.ts'
import { cardOf } from './line.ts'
import { nobody, tables } from './tables-of.ts'

/** As many contracts, services or residents of one community as are counted at once. */
const MOST = 200_000

interface Asked {
  readonly communityId: string
  readonly from: string
  readonly to: string
}

/** The contracts of a community that were in force, or ended, at any time of a period. */
export const listSigned = (ctx: Ctx, { communityId, from, to }: Asked): Promise<Signed[]> =>
  tables(ctx)
    .selectFrom('contract.contract as c')
    .select(['c.id', 'c.residentId', 'c.communityId', 'c.teamId', 'c.doctorId', 'c.secondaryId'])
    .select(['c.tertiaryId', 'c.startsOn', 'c.endsOn', 'c.endedOn'])
    .select(
      sql<boolean>`exists (select from jsonb_to_recordset(c.fee) x (source text, fen bigint)
        where x.source in ('personal', 'commercial') and x.fen > 0)`.as('paid'),
    )
    .select(
      sql<boolean>`exists (select from contract.contract n where n.prev_id = c.id and n.resident_id = c.resident_id
        and n.community_id = c.community_id and n.signed_at is not null
        and (n.ended_on is null or n.ended_on >= n.starts_on))`.as('renewed'),
    )
    .where('c.communityId', '=', communityId)
    .where('c.signedAt', 'is not', null)
    .where('c.startsOn', '<=', to)
    .where(sql<boolean>`coalesce(c.ended_on, c.ends_on) >= ${from}`)
    .orderBy('c.startsOn')
    .orderBy('c.id')
    .limit(MOST)
    .execute()

/** What was due in a period, refused ones left out. */
export const listDue = (ctx: Ctx, { communityId, from, to }: Asked): Promise<Facts['services'][number][]> =>
  tables(ctx)
    .selectFrom('contract.service as s')
    .select(['s.residentId', 's.contractId', 's.dueOn', 's.itemName as item'])
    .select(sql<boolean>`s.status = 'done'`.as('done'))
    .where('s.communityId', '=', communityId)
    .where('s.dueOn', '>=', from)
    .where('s.dueOn', '<=', to)
    .where('s.status', '!=', 'refused')
    .where('s.seq', '>', 0)
    .orderBy('s.dueOn')
    .orderBy('s.id')
    .limit(MOST)
    .execute()

/** The definitions in force on a day. */
export const listDefinitions = (ctx: Ctx, on: string): Promise<IndicatorDefinition[]> =>
  tables(ctx)
    .selectFrom('contract.indicator')
    .selectAll()
    .distinctOn('code')
    .where('since', '<=', on)
    .orderBy('code')
    .orderBy('since', 'desc')
    .execute()

/** How many people live in the area of a community, by the latest figure that was there on a day. */
export async function findPopulation(ctx: Ctx, communityId: string, on: string): Promise<Population | null> {
  const row = await tables(ctx)
    .selectFrom('contract.population')
    .select(['people', 'asOf', 'source', 'recordedAt'])
    .where('institutionId', '=', communityId)
    .where('asOf', '<=', on)
    .orderBy('asOf', 'desc')
    .orderBy('recordedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

export async function addPopulation(
  ctx: Ctx,
  of: { institutionId: string; people: number; asOf: string; source: string },
): Promise<Population> {
  const { institutionId: _, ...said } = of
  await tables(ctx)
    .insertInto('contract.population')
    .values({ ...of, id: ctx.id(), recordedAt: ctx.now, recordedBy: ctx.actor.id })
    .execute()
  return { ...said, recordedAt: ctx.now }
}

/** Names and tiers of institutions. */
export async function placesOf(ctx: Ctx, ids: readonly string[]) {
  const rows = await tables(ctx)
    .selectFrom('network.name')
    .select(['id', 'shortName as name', 'tier'])
    .where('id', 'in', [...ids, nobody])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Masked cards, and the birth dates that say who is old or a child. */
export async function cardsOf(ctx: Ctx, residentIds: readonly string[]) {
  if (residentIds.length === 0) return new Map<string, ReturnType<typeof cardOf>>()
  const rows = await tables(ctx)
    .selectFrom('resident.card')
    .select(['id as residentId', 'nameMasked', 'sex', 'birthDate', 'idMasked'])
    .where('id', '=', sql<string>`any (${[...residentIds]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.residentId, cardOf(row)]))
}
