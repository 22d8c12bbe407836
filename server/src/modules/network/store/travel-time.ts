import type { Ctx } from '../../../kernel/ctx.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

/** Institutions and the minutes to each, without those that no road leads to. */
export const known = (
  places: readonly { id: string }[],
  minutes: readonly (number | null)[],
): [id: string, minutes: number][] =>
  places.flatMap(({ id }, i) => {
    const taken = minutes[i]
    return typeof taken === 'number' ? [[id, taken] as [string, number]] : []
  })

/** Keeps what was measured from one institution, instead of what was measured before. */
export async function add(ctx: Ctx, fromId: string, to: readonly [string, number][]): Promise<void> {
  const row = {
    toIds: to.map(([id]) => id),
    seconds: to.map(([, minutes]) => Math.round(minutes * 60)),
    measuredAt: ctx.now,
  }
  await tables(ctx)
    .insertInto('network.travelTime')
    .values({ fromId, ...row })
    .onConflict((conflict) => conflict.column('fromId').doUpdateSet(row))
    .execute()
}

/** All that was measured, by institution. */
export async function list(ctx: Ctx): Promise<Map<string, Map<string, number>>> {
  const rows = await tables(ctx)
    .selectFrom('network.travelTime')
    .select(['fromId', 'toIds', 'seconds'])
    .limit(20_000)
    .execute()
  return new Map(
    rows.map(({ fromId, toIds, seconds }) => [
      fromId,
      new Map(toIds.map((id, i) => [id, (seconds[i] ?? 0) / 60])),
    ]),
  )
}
