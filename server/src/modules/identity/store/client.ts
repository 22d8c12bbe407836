import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tables } from './tables.ts'

/** A client as the administrator of its institution sees it. */
export interface ClientLine {
  readonly id: string
  readonly name: string
  readonly scopes: string[]
  readonly state: 'active' | 'disabled'
  readonly usedAt: Date | null
  readonly addedAt: Date
  readonly version: number
  readonly kind: 'confidential' | 'public'
  readonly persons: 'staff' | 'resident'
  readonly redirectUris: string[]
  readonly launchUrl: string | null
  readonly jwks: string | null
  readonly jwksUrl: string | null
  readonly notifyUrls: string[]
  readonly fhirServers: string[]
}

const visible = (ctx: Ctx, institutionId: string) =>
  tables(ctx)
    .selectFrom('identity.client')
    .select(['id', 'name', 'scopes', 'usedAt', 'addedAt', 'version'])
    .select(['redirectUris', 'launchUrl', 'jwks', 'jwksUrl', 'notifyUrls', 'fhirServers'])
    .select(sql<'confidential' | 'public'>`kind`.as('kind'))
    .select(sql<'staff' | 'resident'>`persons`.as('persons'))
    .select(sql<'active' | 'disabled'>`state`.as('state'))
    .where('institutionId', '=', institutionId)

export const listClients = (
  ctx: Ctx,
  institutionId: string,
  paging: { offset: number; limit: number },
): Promise<Page<ClientLine>> => pageOf(ctx, visible(ctx, institutionId).orderBy('name').orderBy('id'), paging)

/** One client of the institution; 404 for any other. */
export async function lockClient(ctx: Ctx, institutionId: string, id: string): Promise<ClientLine> {
  const row = await visible(ctx, institutionId).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ?? refuse('missing', 'identity.no-such-client')
}

/** A client by its id, whoever owns it, for its own sign-in. */
export const findClient = (ctx: Ctx, id: string) =>
  tables(ctx).selectFrom('identity.client').selectAll().where('id', '=', id).executeTakeFirst()

export interface NewClient {
  readonly id: string
  readonly institutionId: string
  readonly name: string
  readonly secretHash: string
  readonly scopes: readonly string[]
  readonly kind?: 'confidential' | 'public'
  readonly persons?: 'staff' | 'resident'
  readonly redirectUris?: readonly string[]
  readonly launchUrl?: string | null
  readonly jwks?: string | null
  readonly jwksUrl?: string | null
  readonly notifyUrls?: readonly string[]
  readonly fhirServers?: readonly string[]
}

/** Adds a client; false where the id is taken. */
export async function addClient(ctx: Ctx, client: NewClient): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('identity.client')
    .values({
      ...{ ...client, scopes: [...client.scopes], redirectUris: [...(client.redirectUris ?? [])] },
      ...{ notifyUrls: [...(client.notifyUrls ?? [])], fhirServers: [...(client.fhirServers ?? [])] },
      ...{ state: 'active', usedAt: null, addedAt: ctx.now },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export async function changeClient(
  ctx: Ctx,
  id: string,
  change: Partial<Omit<NewClient, 'id' | 'institutionId'>> & { state?: 'active' | 'disabled'; usedAt?: Date },
): Promise<void> {
  const { scopes, redirectUris, notifyUrls, fhirServers, ...rest } = change
  const set = {
    ...rest,
    ...(scopes ? { scopes: [...scopes] } : {}),
    ...(redirectUris ? { redirectUris: [...redirectUris] } : {}),
    ...(notifyUrls ? { notifyUrls: [...notifyUrls] } : {}),
    ...(fhirServers ? { fhirServers: [...fhirServers] } : {}),
  }
  await tables(ctx)
    .updateTable('identity.client')
    .set(set)
    .$if(change.usedAt === undefined, (query) => query.set((eb) => ({ version: eb('version', '+', 1) })))
    .where('id', '=', id)
    .execute()
}

export interface NewToken {
  readonly hash: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly until: Date
  /** What a person allowed; clients that act for themselves have none. */
  readonly grantId?: string
}

export async function addToken(ctx: Ctx, token: NewToken): Promise<void> {
  await tables(ctx)
    .insertInto('identity.token')
    .values({ ...token, scopes: [...token.scopes], since: ctx.now })
    .execute()
}

/** Everything that an access token says, in one statement. */
export const findToken = (ctx: Ctx, hash: string) =>
  tables(ctx)
    .selectFrom('identity.token as t')
    .innerJoin('identity.client as c', 'c.id', 't.clientId')
    .select(['c.id', 'c.name', 'c.institutionId', 'c.state', 't.scopes', 't.until'])
    .where('t.hash', '=', hash)
    .executeTakeFirst()

/** The programs of an institution that its staff can open for a resident. */
export const listLaunchable = (ctx: Ctx, institutionId: string) =>
  tables(ctx)
    .selectFrom('identity.client')
    .select(['id', 'name'])
    .where('institutionId', '=', institutionId)
    .where('state', '=', 'active')
    .where('persons', '=', 'staff')
    .where('launchUrl', 'is not', null)
    .orderBy('name')
    .limit(50)
    .execute()

/** Ends one access token of a client; answers whether there was one. */
export async function removeToken(ctx: Ctx, clientId: string, hash: string): Promise<boolean> {
  const gone = await tables(ctx)
    .deleteFrom('identity.token')
    .where('clientId', '=', clientId)
    .where('hash', '=', hash)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** Ends all tokens of a client, and what people allowed it. */
export async function removeTokens(ctx: Ctx, clientId: string): Promise<void> {
  await tables(ctx)
    .updateTable('identity.appGrant')
    .set({ endedAt: ctx.now })
    .where('clientId', '=', clientId)
    .where('endedAt', 'is', null)
    .execute()
  await tables(ctx).deleteFrom('identity.token').where('clientId', '=', clientId).execute()
}
