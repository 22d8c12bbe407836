import type { Agreement } from '@tongmai/api/network/agreement'
import type { Service } from '@tongmai/api/network/alliance'
import type { Ctx } from '../../../kernel/ctx.ts'
import { endOf } from '../day.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

/** Switches on, from its entry into force to its last day, what its grade gives between each two of its parties. */
export async function add(ctx: Ctx, agreement: Agreement, parties: readonly string[]): Promise<void> {
  const { id: agreementId, allianceId, grade } = agreement
  const span = {
    agreementId,
    allianceId,
    grade,
    since: agreement.inForceAt ?? ctx.now,
    until: endOf(agreement.until),
  }
  const pairs = parties.flatMap((institutionId) =>
    parties
      .filter((partnerId) => partnerId !== institutionId)
      .map((partnerId) => ({ institutionId, partnerId, ...span })),
  )
  // PostgreSQL takes 65 535 parameters: 200 parties make 39 800 pairs of seven.
  for (let i = 0; i < pairs.length; i += 5000) {
    await tables(ctx)
      .insertInto('network.cooperation')
      .values(pairs.slice(i, i + 5000))
      .execute()
  }
}

/** Switches off at once what an agreement switched on: for one party that leaves, or for all. */
export async function change(
  ctx: Ctx,
  agreementId: string,
  leaver: string | null,
  at: Date = ctx.now,
): Promise<void> {
  await tables(ctx)
    .updateTable('network.cooperation')
    .set({ until: at })
    .where('agreementId', '=', agreementId)
    .where('until', '>', at)
    .$if(leaver !== null, (query) =>
      query.where((eb) =>
        eb.or([eb('institutionId', '=', leaver as string), eb('partnerId', '=', leaver as string)]),
      ),
    )
    .execute()
}

/** True where some agreement in force now switches the service on between the two. */
export async function isOpen(ctx: Ctx, a: string, b: string, service: Service): Promise<boolean> {
  const open = await tables(ctx)
    .selectFrom('network.serviceBetween')
    .select('agreementId')
    .where('institutionId', '=', a)
    .where('partnerId', '=', b)
    .where('service', '=', service)
    .where('since', '<=', ctx.now)
    .where('until', '>', ctx.now)
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}

/** What an agreement switches on now. */
export async function listServices(ctx: Ctx, agreementId: string): Promise<Service[]> {
  const rows = await tables(ctx)
    .selectFrom('network.serviceBetween')
    .select('service')
    .distinct()
    .where('agreementId', '=', agreementId)
    .where('since', '<=', ctx.now)
    .where('until', '>', ctx.now)
    .orderBy('service')
    .execute()
  return rows.map((row) => row.service as Service)
}
