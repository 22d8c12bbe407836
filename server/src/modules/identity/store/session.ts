import type { Role } from '@tongmai/api/identity/role'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { removeEndedApps } from './app.ts'
import { tables } from './tables.ts'

/** Everything that a request's token says, in one statement: session, account, post, or resident account. */
export const findByToken = (ctx: Ctx, tokenHash: string) =>
  tables(ctx)
    .selectFrom('identity.session as s')
    .leftJoin('identity.account as a', 'a.id', 's.accountId')
    .leftJoin('identity.residentAccount as r', 'r.id', 's.residentAccountId')
    .leftJoin('identity.post as p', (join) =>
      join
        .onRef('p.accountId', '=', 's.accountId')
        .onRef('p.institutionId', '=', 's.institutionId')
        .on('p.until', 'is', null),
    )
    .select(['s.id', 's.accountId', 's.residentAccountId', 's.institutionId', 's.seenAt', 's.until'])
    .select(['a.mustChangePassword', 'p.practitionerId', 'r.residentId'])
    .select(sql<string | null>`coalesce(a.state, r.state)`.as('state'))
    .select(sql<Role[] | null>`p.roles`.as('roles'))
    .where('s.tokenHash', '=', tokenHash)
    .where('s.endedAt', 'is', null)
    .executeTakeFirst()

export interface NewSession {
  readonly id: string
  readonly tokenHash: string
  readonly accountId: string | null
  readonly residentAccountId: string | null
  readonly institutionId: string | null
  readonly until: Date
  readonly agent: string
  readonly address: string
}

export async function addSession(ctx: Ctx, session: NewSession): Promise<void> {
  await tables(ctx)
    .insertInto('identity.session')
    .values({ ...session, since: ctx.now, seenAt: ctx.now, endedAt: null })
    .execute()
}

export const findSession = (ctx: Ctx, id: string) =>
  tables(ctx).selectFrom('identity.session').selectAll().where('id', '=', id).executeTakeFirst()

/** The open sessions of an account (of staff or of a resident), the last used first. */
export const listSessions = (ctx: Ctx, accountId: string) =>
  tables(ctx)
    .selectFrom('identity.session')
    .selectAll()
    .where((eb) => eb.or([eb('accountId', '=', accountId), eb('residentAccountId', '=', accountId)]))
    .where('endedAt', 'is', null)
    .where('until', '>', ctx.now)
    .orderBy('seenAt', 'desc')
    .limit(200)
    .execute()

export async function changeSession(
  ctx: Ctx,
  id: string,
  change: { seenAt?: Date; institutionId?: string },
): Promise<void> {
  await tables(ctx).updateTable('identity.session').set(change).where('id', '=', id).execute()
}

/** Which sessions to end: one of an account's, all but one, or all. */
export interface Ending {
  readonly accountId: string
  readonly only?: string
  readonly except?: string | null
}

/** Ends sessions and answers the digests of their tokens, so that they can be forgotten. */
export async function removeSessions(ctx: Ctx, { accountId, only, except }: Ending): Promise<string[]> {
  let query = tables(ctx)
    .updateTable('identity.session')
    .set({ endedAt: ctx.now })
    .where((eb) => eb.or([eb('accountId', '=', accountId), eb('residentAccountId', '=', accountId)]))
    .where('endedAt', 'is', null)
  if (only) query = query.where('id', '=', only)
  if (except) query = query.where('id', '<>', except)
  const rows = await query.returning('tokenHash').execute()
  return rows.map((row) => row.tokenHash)
}

export async function addChallenge(
  ctx: Ctx,
  challenge: { tokenHash: string; accountId: string; until: Date },
): Promise<void> {
  await tables(ctx).insertInto('identity.challenge').values(challenge).execute()
}

export const lockChallenge = (ctx: Ctx, tokenHash: string) =>
  tables(ctx)
    .selectFrom('identity.challenge')
    .selectAll()
    .where('tokenHash', '=', tokenHash)
    .where('until', '>', ctx.now)
    .forUpdate()
    .executeTakeFirst()

export async function changeChallenge(ctx: Ctx, tokenHash: string): Promise<void> {
  await tables(ctx)
    .updateTable('identity.challenge')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('tokenHash', '=', tokenHash)
    .execute()
}

export async function removeChallenge(ctx: Ctx, tokenHash: string): Promise<void> {
  await tables(ctx).deleteFrom('identity.challenge').where('tokenHash', '=', tokenHash).execute()
}

/** Clears away what ended: tokens, challenges, codes and failures after a day, sessions after thirty. */
export async function removeEnded(ctx: Ctx): Promise<void> {
  const ago = (days: number) => new Date(ctx.now.getTime() - days * 86_400_000)
  const db = tables(ctx)
  await db.deleteFrom('identity.token').where('until', '<', ago(1)).execute()
  await db.deleteFrom('identity.challenge').where('until', '<', ago(1)).execute()
  await db.deleteFrom('identity.code').where('until', '<', ago(1)).execute()
  await db.deleteFrom('identity.attempt').where('firstAt', '<', ago(1)).execute()
  await db.deleteFrom('identity.session').where('until', '<', ago(30)).execute()
  await removeEndedApps(ctx)
}
