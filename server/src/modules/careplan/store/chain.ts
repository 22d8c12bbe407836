import { type ChainCounts, type ChainPerson, type ChainStage, chainStages } from '@tongmai/api/careplan/chain'
import type { ProgrammeCode } from '@tongmai/api/careplan/programme'
import type { Page } from '@tongmai/api/kernel'
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { maySee } from '../../../kernel/grant.ts'
import { pageOf } from '../../../kernel/page.ts'
import { ageOn } from '../judge-follow-up.ts'
import { cardOf } from './card.ts'
import { nobody, tables } from './tables-of.ts'

/** A fact of the chain that has come to be known. */
export interface ChainFact {
  readonly residentId: string
  readonly programme: ProgrammeCode
  readonly institutionId: string | null
  readonly screenedOn?: string | null
  readonly confirmedOn?: string | null
  readonly referredOn?: string | null
  readonly referral?: string | null
  readonly returnedOn?: string | null
  readonly returned?: string | null
}

const NOTE = `insert into careplan.chain as c
    (resident_id, programme, institution_id, screened_on, confirmed_on, referred_on, referral, returned_on, returned)
  select "residentId", programme, "institutionId", "screenedOn", "confirmedOn", "referredOn", referral, "returnedOn", returned
  from jsonb_to_recordset($1::jsonb) x ("residentId" uuid, programme text, "institutionId" uuid, "screenedOn" date,
    "confirmedOn" date, "referredOn" date, referral text, "returnedOn" date, returned text)
  on conflict (resident_id, programme) do update set
    institution_id = coalesce(c.institution_id, excluded.institution_id),
    screened_on = greatest(c.screened_on, excluded.screened_on),
    confirmed_on = least(c.confirmed_on, excluded.confirmed_on),
    referral = case when excluded.referred_on >= coalesce(c.referred_on, '-infinity') then excluded.referral else c.referral end,
    referred_on = greatest(c.referred_on, excluded.referred_on),
    returned = case when excluded.returned_on >= coalesce(c.returned_on, '-infinity') then excluded.returned else c.returned end,
    returned_on = greatest(c.returned_on, excluded.returned_on)`

/** Writes facts down; run as the system. One row for each resident and disease in one call. */
export async function note(ctx: Ctx, facts: readonly ChainFact[]): Promise<void> {
  if (facts.length > 0)
    await ctx.client.query({ name: 'chain-note', text: NOTE, values: [JSON.stringify(facts)] })
}

/** Since when records confirm a disease, or that none does any more; what a referral or a programme confirmed stays. */
export async function confirmFrom(
  ctx: Ctx,
  { residentId, programme, on }: { residentId: string; programme: ProgrammeCode; on: string | null },
): Promise<void> {
  await tables(ctx)
    .updateTable('careplan.chain')
    .set({ confirmedOn: sql`least(${on}::date, referred_on, returned_on)` })
    .where('residentId', '=', residentId)
    .where('programme', '=', programme)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('careplan.enrolment as e')
            .select('e.id')
            .whereRef('e.residentId', '=', 'careplan.chain.residentId')
            .whereRef('e.programme', '=', 'careplan.chain.programme'),
        ),
      ),
    )
    .execute()
}

/** A referral that has ended is under way no more. */
export async function endReferral(ctx: Ctx, residentId: string, referral: string): Promise<void> {
  await tables(ctx)
    .updateTable('careplan.chain')
    .set({ referral: null })
    .where('residentId', '=', residentId)
    .where('referral', '=', referral)
    .execute()
}

/** Whose figures an institution may see: its own, of those it has an agreement with, and of the members of its alliances. */
const partners = (own: string, now: Date) => sql`(select ${own}::uuid union
  select b.partner_id from network.service_between b
  where b.institution_id = ${own}::uuid and b.since <= ${now} and (b.until is null or b.until > ${now}) union
  select a.ally_id from network.ally a
  where a.institution_id = ${own}::uuid and a.since <= ${dayOf(now)}::date and a.until >= ${dayOf(now)}::date)`

export type ChainScope = 'mine' | 'alliance' | 'region'
interface Asked {
  readonly programme: ProgrammeCode
  readonly scope: ChainScope
  readonly reached?: ChainStage | undefined
  readonly standing?: ChainStage | undefined
  readonly institutionId?: string | undefined
}

const holder = sql<string | null>`coalesce(e.institution_id, c.institution_id)`

function stagesOn(ctx: Ctx) {
  const today = dayOf(ctx.now)
  const year = `${today.slice(0, 4)}-01-01`
  const recent = dayAfter(today, -365)
  const reached: Readonly<Record<ChainStage, RawBuilder<SqlBool>>> = {
    screened: sql`(c.screened_on >= ${recent} or e.last_on >= ${recent})`,
    confirmed: sql`(c.confirmed_on is not null or e.id is not null)`,
    enrolled: sql`(e.id is not null)`,
    treated: sql`(e.last_on >= ${year})`,
    controlled: sql`(e.last_on >= ${year} and coalesce(e.last_controlled, false))`,
    referred: sql`(c.referred_on >= ${recent})`,
    rehabilitation: sql`(c.returned_on >= ${recent})`,
  }
  const returning = sql`exists (select from careplan.follow_up f
    where f.resident_id = c.resident_id and f.source = c.returned and f.status = 'due')`
  const standing = sql<ChainStage>`case
    when c.returned is not null and ${returning} then 'rehabilitation'
    when c.referral is not null then 'referred'
    when ${reached.controlled} then 'controlled'
    when ${reached.treated} then 'treated'
    when ${reached.enrolled} then 'enrolled'
    when ${reached.confirmed} then 'confirmed'
    else 'screened' end`
  return { reached, standing }
}

const chosen = (ctx: Ctx, asked: Asked) => {
  const own = ctx.actor.institutionId ?? nobody
  const { reached, standing } = stagesOn(ctx)
  return tables(ctx)
    .selectFrom('careplan.chain as c')
    .leftJoin('careplan.enrolment as e', (join) =>
      join
        .onRef('e.residentId', '=', 'c.residentId')
        .onRef('e.programme', '=', 'c.programme')
        .on('e.status', '=', 'active'),
    )
    .where('c.programme', '=', asked.programme)
    .$if(asked.scope === 'mine', (q) => q.where(sql<SqlBool>`${holder} = ${own}::uuid`))
    .$if(asked.scope === 'alliance', (q) => q.where(sql<SqlBool>`${holder} in ${partners(own, ctx.now)}`))
    .$if(asked.institutionId !== undefined, (q) =>
      q.where(sql<SqlBool>`${holder} = ${asked.institutionId}::uuid`),
    )
    .$if(asked.reached !== undefined, (q) => q.where(reached[asked.reached as ChainStage]))
    .$if(asked.standing !== undefined, (q) => q.where(sql<SqlBool>`${standing} = ${asked.standing}`))
}

/** How many have come how far, and where they stand; figures only, so as the system, for the actor's own scope. */
export async function count(ctx: Ctx, asked: Asked): Promise<Omit<ChainCounts, 'codes' | 'programme'>> {
  const { reached, standing } = stagesOn(ctx)
  const rows = await chosen(ctx, asked)
    .leftJoin('network.name as n', (join) => join.on(sql<SqlBool>`n.id = ${holder}`))
    .select([
      holder.as('id'),
      'n.shortName as name',
      standing.as('standing'),
      sql<number>`count(*)::int`.as('people'),
    ])
    .select(
      chainStages.map((stage) =>
        sql<number>`(count(*) filter (where ${reached[stage]}))::int`.as(`${stage}Reached`),
      ),
    )
    .groupBy(sql`1, 2, 3`)
    .execute()
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0)
  const stages = chainStages.map((stage) => ({
    stage,
    reached: sum((row) => (row as unknown as Record<string, number>)[`${stage}Reached`] ?? 0),
    standing: sum((row) => (row.standing === stage ? row.people : 0)),
  }))
  const institutions = [...Map.groupBy(rows, (row) => row.id)].map(([id, own]) => ({
    ...{ id, name: own[0]?.name ?? '', people: own.reduce((all, row) => all + row.people, 0) },
    standing: Object.fromEntries(own.map((row) => [row.standing, row.people])),
  }))
  return { stages, institutions: institutions.sort((a, b) => b.people - a.people) }
}

const listed = (ctx: Ctx, asked: Asked) =>
  chosen(ctx, asked)
    .leftJoin('network.name as n', (join) => join.on(sql<SqlBool>`n.id = ${holder}`))
    .leftJoin('resident.card as card', 'card.id', 'c.residentId')
    .selectAll('c')
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked', 'n.shortName as holderName'])
    .select(['e.enrolledOn', 'e.lastOn', 'e.lastControlled', stagesOn(ctx).standing.as('standing')])
    .orderBy(
      sql`coalesce(e.last_on, c.returned_on, c.referred_on, c.screened_on, c.confirmed_on) desc nulls last`,
    )
    .orderBy('c.residentId')
type Listed = Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number]

const BAND = 10
/** Ten years of age that somebody is in. */
function bandOf(birthDate: string | null, today: string): string | null {
  const age = ageOn(birthDate, today)
  if (age === null) return null
  const from = Math.floor(age / BAND) * BAND
  return `${from}–${from + BAND - 1}`
}

/** A line; without what would lead back to anybody where the region is looked over. */
function lineOf(ctx: Ctx, row: Listed, hidden: boolean): ChainPerson {
  const on = (day: string | null) => (hidden ? (day?.slice(0, 7) ?? null) : day)
  return {
    resident: hidden ? null : cardOf(row),
    ...{ ageBand: bandOf(row.birthDate, dayOf(ctx.now)), sex: row.sex, institution: row.holderName },
    ...{ stage: row.standing, screenedOn: on(row.screenedOn), confirmedOn: on(row.confirmedOn) },
    ...{ enrolledOn: on(row.enrolledOn), treatedOn: on(row.lastOn), controlled: row.lastControlled },
    ...{ referredOn: on(row.referredOn), returnedOn: on(row.returnedOn) },
  }
}

type Paged = Asked & { readonly offset: number; readonly limit: number }

/** Whom the actor may see. */
export async function list(ctx: Ctx, asked: Paged): Promise<Page<ChainPerson>> {
  const query = listed(ctx, asked).where(
    (eb): Expression<SqlBool> =>
      eb.or([
        eb(
          sql<string | null>`coalesce(e.institution_id, c.institution_id)`,
          '=',
          ctx.actor.institutionId ?? nobody,
        ),
        maySee(ctx, 'c.residentId'),
      ]),
  )
  const { items, total } = await pageOf(ctx, query, asked)
  return { items: items.map((row) => lineOf(ctx, row, false)), total }
}

/** Everybody, de-identified; run as the system. */
export async function listHidden(ctx: Ctx, asked: Paged): Promise<Page<ChainPerson>> {
  const { items, total } = await pageOf(ctx, listed(ctx, asked), asked)
  return { items: items.map((row) => lineOf(ctx, row, true)), total }
}

/** How many there are in all; run as the system. */
export async function countAll(ctx: Ctx, asked: Asked): Promise<number> {
  const row = await chosen(ctx, asked).select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow()
  return row.n
}
