import type { Role } from '@tongmai/api/identity/role'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables.ts'

/** What a person allowed an app. */
export interface NewGrant {
  readonly id: string
  readonly clientId: string
  readonly accountId: string | null
  readonly residentAccountId: string | null
  readonly institutionId: string | null
  readonly scopes: readonly string[]
  readonly residentId: string | null
  readonly patientId: string | null
  readonly nonce: string | null
  readonly until: Date
}

export async function addGrant(ctx: Ctx, grant: NewGrant): Promise<void> {
  await tables(ctx)
    .insertInto('identity.appGrant')
    .values({ ...grant, scopes: [...grant.scopes], since: ctx.now, endedAt: null })
    .execute()
}

/** The grant with whoever gave it and their post as it is today, in one statement. */
const granted = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('identity.appGrant as g')
    .innerJoin('identity.client as c', 'c.id', 'g.clientId')
    .leftJoin('identity.account as a', 'a.id', 'g.accountId')
    .leftJoin('identity.residentAccount as r', 'r.id', 'g.residentAccountId')
    .leftJoin('identity.post as p', (join) =>
      join
        .onRef('p.accountId', '=', 'g.accountId')
        .onRef('p.institutionId', '=', 'g.institutionId')
        .on('p.until', 'is', null),
    )
    .select(['g.id', 'g.clientId', 'g.accountId', 'g.residentAccountId', 'g.institutionId', 'g.scopes'])
    .select(['g.residentId', 'g.patientId', 'g.nonce', 'g.since', 'g.until', 'g.endedAt'])
    .select(['p.practitionerId', 'r.residentId as ownResidentId'])
    .select(sql<string>`coalesce(a.name, r.name)`.as('name'))
    .select(sql<Role[] | null>`p.roles`.as('roles'))
    .select(
      sql<boolean>`c.state = 'active' and coalesce(a.state, r.state) = 'active' and g.ended_at is null`.as(
        'isAlive',
      ),
    )

export type Granted = NonNullable<Awaited<ReturnType<typeof findGrant>>>

export const findGrant = (ctx: Ctx, id: string) => granted(ctx).where('g.id', '=', id).executeTakeFirst()

/** Everything that the access token of an app says. */
export const findAppToken = (ctx: Ctx, hash: string) =>
  granted(ctx)
    .innerJoin('identity.token as t', 't.grantId', 'g.id')
    .select(['t.until as tokenUntil', 't.since as tokenSince', 't.scopes as tokenScopes'])
    .where('t.hash', '=', hash)
    .executeTakeFirst()

/** What a person has allowed apps and not taken back, the last first. */
export const listGrants = (ctx: Ctx, accountId: string) =>
  tables(ctx)
    .selectFrom('identity.appGrant as g')
    .innerJoin('identity.client as c', 'c.id', 'g.clientId')
    .select(['g.id', 'c.name', 'g.scopes', 'g.since', 'g.until'])
    .where((eb) => eb.or([eb('g.accountId', '=', accountId), eb('g.residentAccountId', '=', accountId)]))
    .where('g.endedAt', 'is', null)
    .where('g.until', '>', ctx.now)
    .orderBy('g.since', 'desc')
    .limit(100)
    .execute()

/** Ends a grant and everything that was given under it. */
export async function removeGrant(ctx: Ctx, id: string): Promise<void> {
  const db = tables(ctx)
  await db
    .updateTable('identity.appGrant')
    .set({ endedAt: ctx.now })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .execute()
  await db.deleteFrom('identity.token').where('grantId', '=', id).execute()
}

export async function changeGrant(ctx: Ctx, id: string, change: { until: Date }): Promise<void> {
  await tables(ctx).updateTable('identity.appGrant').set(change).where('id', '=', id).execute()
}

export interface NewLaunch {
  readonly hash: string
  readonly clientId: string
  readonly accountId: string
  readonly residentId: string
  readonly patientId: string
  readonly until: Date
}

export async function addLaunch(ctx: Ctx, launch: NewLaunch): Promise<void> {
  await tables(ctx).insertInto('identity.appLaunch').values(launch).execute()
}

export const findLaunch = (ctx: Ctx, hash: string) =>
  tables(ctx)
    .selectFrom('identity.appLaunch')
    .selectAll()
    .where('hash', '=', hash)
    .where('until', '>', ctx.now)
    .executeTakeFirst()

export interface NewCode {
  readonly hash: string
  readonly grantId: string
  readonly redirectUri: string
  readonly challenge: string
  readonly until: Date
}

export async function addCode(ctx: Ctx, code: NewCode): Promise<void> {
  await tables(ctx)
    .insertInto('identity.appCode')
    .values({ ...code, usedAt: null })
    .execute()
}

export const lockCode = (ctx: Ctx, hash: string) =>
  tables(ctx)
    .selectFrom('identity.appCode')
    .selectAll()
    .where('hash', '=', hash)
    .forUpdate()
    .executeTakeFirst()

export async function changeCode(ctx: Ctx, hash: string): Promise<void> {
  await tables(ctx)
    .updateTable('identity.appCode')
    .set({ usedAt: ctx.now })
    .where('hash', '=', hash)
    .execute()
}

export async function addRefresh(
  ctx: Ctx,
  refresh: { hash: string; grantId: string; until: Date },
): Promise<void> {
  await tables(ctx)
    .insertInto('identity.appRefresh')
    .values({ ...refresh, usedAt: null })
    .execute()
}

export const lockRefresh = (ctx: Ctx, hash: string) =>
  tables(ctx)
    .selectFrom('identity.appRefresh')
    .selectAll()
    .where('hash', '=', hash)
    .forUpdate()
    .executeTakeFirst()

export async function changeRefresh(ctx: Ctx, hash: string): Promise<void> {
  await tables(ctx)
    .updateTable('identity.appRefresh')
    .set({ usedAt: ctx.now })
    .where('hash', '=', hash)
    .execute()
}

/** Clears away what apps left behind. */
export async function removeEndedApps(ctx: Ctx): Promise<void> {
  const yesterday = new Date(ctx.now.getTime() - 86_400_000)
  const db = tables(ctx)
  await db.deleteFrom('identity.appLaunch').where('until', '<', ctx.now).execute()
  await db.deleteFrom('identity.appCode').where('until', '<', yesterday).execute()
  await db.deleteFrom('identity.appRefresh').where('until', '<', yesterday).execute()
  await db.deleteFrom('identity.assertion').where('until', '<', ctx.now).execute()
  await db.deleteFrom('identity.appGrant').where('until', '<', yesterday).execute()
}
