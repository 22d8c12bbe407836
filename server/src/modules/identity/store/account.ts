import type { Role } from '@tongmai/api/identity/role'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { AccountLine } from '../policy.ts'
import { tables } from './tables.ts'

const END = '\u{10FFFF}'

/** Accounts with a live post at this institution, as its administrator sees them. */
const visible = (ctx: Ctx, institutionId: string) =>
  tables(ctx)
    .selectFrom('identity.account as a')
    .innerJoin('identity.post as p', 'p.accountId', 'a.id')
    .where('p.institutionId', '=', institutionId)
    .where('p.until', 'is', null)
    .select([
      'a.id',
      'a.username',
      'a.name',
      'a.homeInstitutionId',
      'a.mustChangePassword',
      'a.signedInAt',
      'a.addedAt',
      'a.version',
      'p.practitionerId',
      'p.id as postId',
    ])
    .select(sql<'active' | 'disabled'>`a.state`.as('state'))
    .select(sql<Role[]>`p.roles`.as('roles'))

export interface AccountFilter {
  readonly offset: number
  readonly limit: number
  readonly search?: string | undefined
  readonly role?: Role | undefined
  readonly state?: 'active' | 'disabled' | undefined
}

/** One page of the accounts at an institution, by name. */
export function listAccounts(
  ctx: Ctx,
  institutionId: string,
  filter: AccountFilter,
): Promise<Page<AccountLine>> {
  let query = visible(ctx, institutionId)
  const { search, role, state } = filter
  if (state) query = query.where('a.state', '=', state)
  if (role) query = query.where(sql<boolean>`${role} = any (p.roles)`)
  if (search) {
    const from = search.toLowerCase()
    query = query.where((eb) =>
      eb.or([
        eb.and([eb('a.name', '>=', search), eb('a.name', '<', search + END)]),
        eb.and([eb('a.username', '>=', from), eb('a.username', '<', from + END)]),
      ]),
    )
  }
  return pageOf(ctx, query.orderBy('a.name').orderBy('a.id'), filter)
}

/** One account with a live post at the institution; 404 for any other. */
export async function findAccount(ctx: Ctx, institutionId: string, id: string): Promise<AccountLine> {
  const row = await visible(ctx, institutionId).where('a.id', '=', id).executeTakeFirst()
  return row ?? refuse('missing', 'identity.no-such-account')
}

/** As `findAccount`, and nobody else changes the account until this transaction ends. */
export async function lockAccount(ctx: Ctx, institutionId: string, id: string): Promise<AccountLine> {
  const row = await visible(ctx, institutionId).where('a.id', '=', id).forUpdate('p').executeTakeFirst()
  return row ?? refuse('missing', 'identity.no-such-account')
}

export const findByUsername = (ctx: Ctx, username: string) =>
  tables(ctx).selectFrom('identity.account').selectAll().where('username', '=', username).executeTakeFirst()

export interface NewAccount {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly homeInstitutionId: string
  readonly mustChangePassword: boolean
}

/** Adds an account; false where the user name is taken. */
export async function addAccount(ctx: Ctx, account: NewAccount): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('identity.account')
    .values({ ...account, state: 'active', actingInstitutionId: null, signedInAt: null, addedAt: ctx.now })
    .onConflict((conflict) => conflict.column('username').doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export interface AccountChange {
  readonly state?: 'active' | 'disabled'
  readonly mustChangePassword?: boolean
  readonly actingInstitutionId?: string
  readonly signedInAt?: Date
}

/** Changes an account; every change but a sign-in makes it a new version. */
export async function changeAccount(ctx: Ctx, id: string, change: AccountChange): Promise<void> {
  await tables(ctx)
    .updateTable('identity.account')
    .set(change)
    .$if(change.signedInAt === undefined, (query) => query.set((eb) => ({ version: eb('version', '+', 1) })))
    .where('id', '=', id)
    .execute()
}

export interface Post {
  readonly institutionId: string
  readonly accountId: string
  readonly roles: readonly Role[]
  readonly practitionerId: string | null
}

/** Adds a post; false where the account has one there already. */
export async function addPost(ctx: Ctx, post: Post): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('identity.post')
    .values({ ...post, roles: [...post.roles], id: ctx.id(), since: ctx.now, until: null })
    .onConflict((conflict) =>
      conflict.columns(['institutionId', 'accountId']).where('until', 'is', null).doNothing(),
    )
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

/** Ends the live post of an account at an institution. */
export async function removePost(
  ctx: Ctx,
  post: { institutionId: string; accountId: string },
): Promise<void> {
  await tables(ctx)
    .updateTable('identity.post')
    .set({ until: ctx.now })
    .where('institutionId', '=', post.institutionId)
    .where('accountId', '=', post.accountId)
    .where('until', 'is', null)
    .execute()
}

/** The live posts of an account with the names of the institutions, the home institution first. */
export const listPosts = (ctx: Ctx, accountId: string) =>
  tables(ctx)
    .selectFrom('identity.post as p')
    .innerJoin('identity.account as a', 'a.id', 'p.accountId')
    .innerJoin('network.name as n', 'n.id', 'p.institutionId')
    .where('p.accountId', '=', accountId)
    .where('p.until', 'is', null)
    .select(['n.id', 'n.name', 'n.shortName', 'n.kind', 'n.tier', 'p.practitionerId'])
    .select(sql<Role[]>`p.roles`.as('roles'))
    .orderBy(sql`p.institution_id <> a.home_institution_id`)
    .orderBy('p.since')
    .orderBy('p.institutionId')
    .limit(100)
    .execute()

/** What kind of institution this is. */
export async function findKind(ctx: Ctx, institutionId: string): Promise<string | undefined> {
  const row = await tables(ctx)
    .selectFrom('network.name')
    .select('kind')
    .where('id', '=', institutionId)
    .executeTakeFirst()
  return row?.kind
}

export const findInstitutionName = (ctx: Ctx, id: string) =>
  tables(ctx).selectFrom('network.name').selectAll().where('id', '=', id).executeTakeFirst()

/** Live posts of active accounts at an institution that include one of these roles. */
export const listHolders = (ctx: Ctx, institutionId: string, roles: readonly string[]) =>
  tables(ctx)
    .selectFrom('identity.post as p')
    .innerJoin('identity.account as a', 'a.id', 'p.accountId')
    .where('p.institutionId', '=', institutionId)
    .where('p.until', 'is', null)
    .where('a.state', '=', 'active')
    .where(sql<boolean>`p.roles && ${sql.val([...roles])}::text[]`)
    .select(['a.id', 'p.practitionerId'])
    .orderBy('a.id')
    .limit(1000)
    .execute()

/** Active accounts with a live post that names this practitioner. */
export const listOfPractitioner = (ctx: Ctx, practitionerId: string) =>
  tables(ctx)
    .selectFrom('identity.post as p')
    .innerJoin('identity.account as a', 'a.id', 'p.accountId')
    .where('p.practitionerId', '=', practitionerId)
    .where('p.until', 'is', null)
    .where('a.state', '=', 'active')
    .select(['a.id', 'p.institutionId'])
    .orderBy('a.id')
    .limit(100)
    .execute()
