import type { Ctx } from '../../../kernel/ctx.ts'
import type { Attempts } from '../sign-in-limit.ts'
import { tables } from './tables.ts'

const credential = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('identity.account as a')
    .innerJoin('identity.credential as c', 'c.accountId', 'a.id')
    .select(['a.id', 'a.username', 'a.name', 'a.state', 'a.mustChangePassword', 'a.actingInstitutionId'])
    .select('c.passwordHash')

/** Account and password hash behind a user name, where there is one. */
export const findCredential = (ctx: Ctx, username: string) =>
  credential(ctx).where('a.username', '=', username).executeTakeFirst()

/** The same by the account's id. */
export const findCredentialOf = (ctx: Ctx, accountId: string) =>
  credential(ctx).where('a.id', '=', accountId).executeTakeFirst()

/** Sets the password hash of an account, whether it had one or not. */
export async function changeCredential(ctx: Ctx, accountId: string, passwordHash: string): Promise<void> {
  await tables(ctx)
    .insertInto('identity.credential')
    .values({ accountId, passwordHash, changedAt: ctx.now })
    .onConflict((conflict) => conflict.column('accountId').doUpdateSet({ passwordHash, changedAt: ctx.now }))
    .execute()
}

export const findSecondFactor = (ctx: Ctx, accountId: string) =>
  tables(ctx)
    .selectFrom('identity.secondFactor')
    .selectAll()
    .where('accountId', '=', accountId)
    .executeTakeFirst()

/** As `findSecondFactor`; nobody else uses a code of it until this transaction ends. */
export const lockSecondFactor = (ctx: Ctx, accountId: string) =>
  tables(ctx)
    .selectFrom('identity.secondFactor')
    .selectAll()
    .where('accountId', '=', accountId)
    .forUpdate()
    .executeTakeFirst()

/** Which of these accounts have a confirmed second factor. */
export async function listWithSecondFactor(ctx: Ctx, accountIds: readonly string[]): Promise<Set<string>> {
  if (accountIds.length === 0) return new Set()
  const rows = await tables(ctx)
    .selectFrom('identity.secondFactor')
    .select('accountId')
    .where('accountId', 'in', accountIds)
    .where('confirmedAt', 'is not', null)
    .execute()
  return new Set(rows.map((row) => row.accountId))
}

/** Puts a new, unconfirmed second factor in place of one that was never confirmed. */
export async function addSecondFactor(ctx: Ctx, accountId: string, secret: string): Promise<void> {
  await tables(ctx)
    .insertInto('identity.secondFactor')
    .values({ accountId, secret, confirmedAt: null })
    .onConflict((conflict) =>
      conflict.column('accountId').doUpdateSet({ secret, confirmedAt: null, lastStep: 0 }),
    )
    .execute()
}

export interface SecondFactorChange {
  readonly confirmedAt?: Date
  readonly lastStep?: number
  readonly recovery?: string[]
}

export async function changeSecondFactor(
  ctx: Ctx,
  accountId: string,
  change: SecondFactorChange,
): Promise<void> {
  await tables(ctx)
    .updateTable('identity.secondFactor')
    .set(change)
    .where('accountId', '=', accountId)
    .execute()
}

export async function removeSecondFactor(ctx: Ctx, accountId: string): Promise<void> {
  await tables(ctx).deleteFrom('identity.secondFactor').where('accountId', '=', accountId).execute()
}

export const findAttempts = (ctx: Ctx, name: string) =>
  tables(ctx).selectFrom('identity.attempt').selectAll().where('name', '=', name).executeTakeFirst()

/** The failures under these names, for showing who is locked. */
export async function listAttempts(ctx: Ctx, names: readonly string[]): Promise<Map<string, Attempts>> {
  if (names.length === 0) return new Map()
  const rows = await tables(ctx)
    .selectFrom('identity.attempt')
    .selectAll()
    .where('name', 'in', names)
    .execute()
  return new Map(rows.map((row) => [row.name, row]))
}

/** The failures under a name; two that fail at once count one after the other. */
export async function lockAttempts(ctx: Ctx, name: string): Promise<Attempts> {
  return tables(ctx)
    .insertInto('identity.attempt')
    .values({ name, failures: 0, firstAt: ctx.now, lockedUntil: null })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ name }))
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function changeAttempts(ctx: Ctx, name: string, attempts: Attempts): Promise<void> {
  const { failures, firstAt, lockedUntil } = attempts
  await tables(ctx)
    .updateTable('identity.attempt')
    .set({ failures, firstAt, lockedUntil })
    .where('name', '=', name)
    .execute()
}

export async function removeAttempts(ctx: Ctx, name: string): Promise<void> {
  await tables(ctx).deleteFrom('identity.attempt').where('name', '=', name).execute()
}
