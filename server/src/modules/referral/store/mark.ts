import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './referral.ts'
import { type ReferralRow, readRow } from './row.ts'

/** Who works on a referral, by the names that the parties know. */
export async function findHolder(ctx: Ctx, row: ReferralRow): Promise<{ name: string; institution: string }> {
  const { rows } = await sql<{ name: string | null; institution: string | null }>`
    select (select a.name from identity.account_name a where a.id::text = ${row.holderId}) as name,
      (select n.short_name from network.name n where n.id = ${row.holderInstitutionId}::uuid) as institution
  `.execute(ctx.db)
  return { name: rows[0]?.name ?? '', institution: rows[0]?.institution ?? '' }
}

/** Writes down that the actor works on it until then, or that nobody does any more. */
export async function changeHolder(ctx: Ctx, row: ReferralRow, until: Date | null): Promise<ReferralRow> {
  const changed = await tables(ctx)
    .updateTable('referral.referral')
    .set({
      holderId: until && ctx.actor.id,
      holderInstitutionId: until && ctx.actor.institutionId,
      heldUntil: until,
    })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return readRow(changed)
}

/** The referring side has read the outcome. */
export async function changeRead(ctx: Ctx, row: ReferralRow): Promise<ReferralRow> {
  const changed = await tables(ctx)
    .updateTable('referral.referral')
    .set({ outcomeReadAt: ctx.now })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return readRow(changed)
}

/** Says whether a place is still looked for, and until when the next act is due. */
export async function changeSlot(
  ctx: Ctx,
  row: ReferralRow,
  set: { noSlotSince: Date | null; due: Date | null },
): Promise<ReferralRow> {
  const changed = await tables(ctx)
    .updateTable('referral.referral')
    .set({ ...set, version: row.version + 1 })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return readRow(changed)
}

/** When a step that begins now must be done, by the rule of today. */
export async function findDue(ctx: Ctx, step: string, urgency: string): Promise<Date> {
  const { rows } = await sql<{
    due: Date
  }>`select referral.due_at(${step}, ${urgency}, ${ctx.now}::timestamptz) as due`.execute(ctx.db)
  return rows[0]?.due ?? ctx.now
}
