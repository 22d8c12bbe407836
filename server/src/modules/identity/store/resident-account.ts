import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables.ts'

/** The account behind the blind index of a phone number, with its password hash. */
export const findByPhone = (ctx: Ctx, phoneIndex: string) =>
  tables(ctx)
    .selectFrom('identity.residentAccount')
    .selectAll()
    .where('phoneIndex', '=', phoneIndex)
    .executeTakeFirst()

export const findResidentAccount = (ctx: Ctx, id: string) =>
  tables(ctx).selectFrom('identity.residentAccount').selectAll().where('id', '=', id).executeTakeFirst()

export interface NewResidentAccount {
  readonly id: string
  readonly residentId: string
  readonly name: string
  /** Sealed. */
  readonly phone: string
  readonly phoneIndex: string
  readonly passwordHash: string
}

/** Adds an account; false where the resident or the phone has one already. */
export async function addResidentAccount(ctx: Ctx, account: NewResidentAccount): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('identity.residentAccount')
    .values({ ...account, state: 'active', signedInAt: null, addedAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export async function changeResidentAccount(
  ctx: Ctx,
  id: string,
  change: { passwordHash?: string; signedInAt?: Date },
): Promise<void> {
  await tables(ctx).updateTable('identity.residentAccount').set(change).where('id', '=', id).execute()
}

export interface CodeFor {
  readonly phoneIndex: string
  readonly purpose: 'register' | 'reset'
}

export const lockCode = (ctx: Ctx, { phoneIndex, purpose }: CodeFor) =>
  tables(ctx)
    .selectFrom('identity.code')
    .selectAll()
    .where('phoneIndex', '=', phoneIndex)
    .where('purpose', '=', purpose)
    .forUpdate()
    .executeTakeFirst()

export interface NewCode extends CodeFor {
  readonly digest: string
  readonly until: Date
  readonly day: string
  readonly sentToday: number
}

/** Puts a new code in place of the last one for this phone and purpose. */
export async function addCode(ctx: Ctx, code: NewCode): Promise<void> {
  const { digest, until, day, sentToday } = code
  const fresh = { digest, until, day, sentToday, sentAt: ctx.now, failures: 0 }
  await tables(ctx)
    .insertInto('identity.code')
    .values({ ...code, sentAt: ctx.now })
    .onConflict((conflict) => conflict.columns(['phoneIndex', 'purpose']).doUpdateSet(fresh))
    .execute()
}

/** Counts one wrong answer. */
export async function changeCode(ctx: Ctx, { phoneIndex, purpose }: CodeFor): Promise<void> {
  await tables(ctx)
    .updateTable('identity.code')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('phoneIndex', '=', phoneIndex)
    .where('purpose', '=', purpose)
    .execute()
}

/** A code works once: what is left of it counts how many were sent today. */
export async function removeCode(ctx: Ctx, { phoneIndex, purpose }: CodeFor): Promise<void> {
  await tables(ctx)
    .updateTable('identity.code')
    .set({ until: ctx.now })
    .where('phoneIndex', '=', phoneIndex)
    .where('purpose', '=', purpose)
    .execute()
}
