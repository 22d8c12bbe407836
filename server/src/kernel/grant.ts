import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { asSystem } from './as-system.ts'
import type { Ctx } from './ctx.ts'
import { nobodysId } from './resource/concern.ts'
import type { KernelTables } from './tables.ts'

/** One line of who may open whose record. Only module resident reads and writes them. */
export type Grant = Selectable<KernelTables['kernel.accessGrant']>
export type NewGrant = Omit<Grant, 'suspended' | 'fromResidentId' | 'sensitive'> & {
  readonly sensitive?: number
}

const COLUMNS = `resident_id, institution_id, basis, source, depth, since, until, via_institution_id, sensitive`

const added = (whom: string, from: string, more: string) => `insert into kernel.access_grant as g
    (${COLUMNS}, from_resident_id)
  select ${whom}, x.institution_id, x.basis, x.source, x.depth, x.since, x.until, x.via_institution_id, x.sensitive, ${from}
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::uuid[],
    $9::smallint[]) as x (${COLUMNS}) ${more}
  on conflict (resident_id, institution_id, basis, source, from_resident_id) do update set
    depth = excluded.depth, via_institution_id = excluded.via_institution_id, suspended = false,
    sensitive = excluded.sensitive,
    until = case when g.until is null or excluded.until is null then null else greatest(g.until, excluded.until) end`

/** Of people who are nobody else yet. */
const FIRST = `insert into kernel.access_grant (${COLUMNS}, from_resident_id)
  select x.*, '${nobodysId}' from unnest((select $1::uuid[]), (select $2::uuid[]), (select $3::text[]), (select $4::text[]),
    (select $5::text[]), (select $6::timestamptz[]), (select $7::timestamptz[]), (select $8::uuid[]), (select $9::smallint[])) x`

/** The first grants for residents made this moment, at the actor's own institution. */
export async function addFirstGrants(ctx: Ctx, grants: readonly NewGrant[]): Promise<void> {
  if (grants.length === 0) return
  await ctx.client.query({ name: 'grant-first', text: FIRST, values: columnsOf(grants) })
}

/** In the order of COLUMNS. */
function columnsOf(grants: readonly NewGrant[]): unknown[] {
  const pick = <K extends keyof NewGrant>(key: K) => grants.map((g) => g[key])
  return [
    ...[pick('residentId'), pick('institutionId'), pick('basis'), pick('source'), pick('depth')],
    ...[pick('since'), pick('until'), pick('viaInstitutionId'), grants.map((g) => g.sensitive ?? 0)],
  ]
}

const linked = 'join kernel.same_person s on s.resident_id = x.resident_id'
/** For the residents themselves, and for those who are one person with them. */
const ADD = `with others as (${added('s.other_id', 'x.resident_id', linked)})
  ${added('x.resident_id', `'${nobodysId}'`, '')}`

/** Adds grants; one that is there already from the same source is made longer, never shorter. */
export async function addGrants(ctx: Ctx, grants: readonly NewGrant[]): Promise<void> {
  const values = columnsOf(grants)
  const mine = grants.every((g) => g.institutionId === ctx.actor.institutionId)
  const add = (by: Ctx) => by.client.query({ name: 'grant-add', text: ADD, values })
  await (mine ? add(ctx) : asSystem(ctx, add))
}

/** Removes the grants of one source; grants of other sources stay. Answers whose and at which institution. */
export function endGrants(ctx: Ctx, of: { source: string; residentId?: string; institutionId?: string }) {
  const { residentId } = of
  return asSystem(ctx, (all) =>
    all.db
      .deleteFrom('kernel.accessGrant')
      .where('source', '=', of.source)
      .$if(residentId !== undefined, (q) =>
        q.where((eb) =>
          eb.or([
            eb('residentId', '=', residentId as string),
            eb('fromResidentId', '=', residentId as string),
          ]),
        ),
      )
      .$if(of.institutionId !== undefined, (q) => q.where('institutionId', '=', of.institutionId as string))
      .returning(['residentId', 'institutionId'])
      .execute(),
  )
}

const LIVE = `select resident_id as "residentId", basis, depth, sensitive from kernel.access_grant
  where resident_id = any ($1::uuid[]) and institution_id = $2 and not suspended and (until is null or until > $3)`

/** The grants by which the actor's institution may open one of these residents now. */
export async function liveGrants(
  ctx: Ctx,
  residentIds: readonly string[],
): Promise<Pick<Grant, 'residentId' | 'basis' | 'depth' | 'sensitive'>[]> {
  const values = [residentIds, ctx.actor.institutionId ?? nobodysId, ctx.now]
  return (await ctx.client.query<Grant>({ name: 'grants-live', text: LIVE, values })).rows
}

/** For a store's `where`: only residents whom the actor's institution may open now. */
export const maySee = (ctx: Ctx, residentId: string) =>
  sql<boolean>`exists (select from kernel.access_grant g where g.resident_id = ${sql.ref(residentId)}
    and g.institution_id = ${ctx.actor.institutionId} and not g.suspended
    and (g.until is null or g.until > ${ctx.now}))`

/** All grants given for one resident, whoever holds them; for the resident themselves. */
export const grantsOf = (ctx: Ctx, residentId: string): Promise<Grant[]> =>
  ctx.db
    .selectFrom('kernel.accessGrant')
    .selectAll()
    .where('residentId', '=', residentId)
    .where('fromResidentId', '=', nobodysId)
    .orderBy('since', 'desc')
    .limit(200)
    .execute()

/** Which pairs of these institutions hold grants one by virtue of the other. */
export const pairsVia = (ctx: Ctx, institutionIds: readonly string[]) =>
  asSystem(ctx, (all) =>
    all.db
      .selectFrom('kernel.accessGrant')
      .select(['institutionId', 'viaInstitutionId'])
      .distinct()
      .where('institutionId', 'in', [...institutionIds])
      .where('viaInstitutionId', 'in', [...institutionIds])
      .execute(),
  )

/** Suspends, or lifts the suspension of, what one institution holds by virtue of another. */
export const suspendVia = (
  ctx: Ctx,
  pair: { institutionId: string; viaInstitutionId: string; suspended: boolean },
) =>
  asSystem(ctx, (all) =>
    all.db
      .updateTable('kernel.accessGrant')
      .set({ suspended: pair.suspended })
      .where('institutionId', '=', pair.institutionId)
      .where('viaInstitutionId', '=', pair.viaInstitutionId)
      .where('suspended', '!=', pair.suspended)
      .returning('residentId')
      .execute(),
  )

/** Every grant in key order, after the given one; for access:verify. */
export const walkGrants = (ctx: Ctx, after: Grant | undefined, limit: number): Promise<Grant[]> =>
  ctx.db
    .selectFrom('kernel.accessGrant')
    .selectAll()
    .$if(after !== undefined, (q) =>
      q.where(
        sql<boolean>`(resident_id, institution_id, basis, source, from_resident_id) > (${after?.residentId}, ${after?.institutionId}, ${after?.basis}, ${after?.source}, ${after?.fromResidentId})`,
      ),
    )
    .orderBy('residentId')
    .orderBy('institutionId')
    .orderBy('basis')
    .orderBy('source')
    .orderBy('fromResidentId')
    .limit(limit)
    .execute()
