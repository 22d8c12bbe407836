import type { Ctx } from '../../../kernel/ctx.ts'
import { seal, unseal } from '../../../kernel/secret.ts'
import type { OwnNumber } from '../hl7-outgoing.ts'
import type { InteropTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<InteropTables>()

interface Which {
  readonly institutionId: string
  readonly referralId: string
}

/** Keeps the number by which an institution's system knows a referral; the last one said is right. */
export async function put(ctx: Ctx, { institutionId, referralId }: Which, own: OwnNumber): Promise<void> {
  const facts = { numberSealed: seal(own.number), givenBy: own.by }
  await tables(ctx)
    .insertInto('interop.knownReferral')
    .values({ institutionId, referralId, ...facts })
    .onConflict((conflict) => conflict.columns(['institutionId', 'referralId']).doUpdateSet(facts))
    .execute()
}

export async function find(ctx: Ctx, { institutionId, referralId }: Which): Promise<OwnNumber | undefined> {
  const row = await tables(ctx)
    .selectFrom('interop.knownReferral')
    .select(['numberSealed', 'givenBy'])
    .where('institutionId', '=', institutionId)
    .where('referralId', '=', referralId)
    .executeTakeFirst()
  return row && { number: unseal(row.numberSealed), by: row.givenBy }
}
