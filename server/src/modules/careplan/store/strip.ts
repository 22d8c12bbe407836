import type { Strip, StripPiece } from '@tongmai/api/careplan/strip'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tables } from './tables-of.ts'

const strips = (ctx: Ctx, residentId: string) =>
  tables(ctx)
    .selectFrom('careplan.strip')
    .select(['deviceId', 'seq', 'at', 'hertz'])
    .select(sql<number>`cardinality(samples)::float8 / hertz`.as('seconds'))
    .where('residentId', '=', residentId)

/** The ECG strips of one resident without their samples, the newest first. */
export const listStrips = (
  ctx: Ctx,
  { residentId, ...asked }: { residentId: string; offset: number; limit: number },
): Promise<Page<Strip>> =>
  pageOf(ctx, strips(ctx, residentId).orderBy('at', 'desc').orderBy('deviceId').orderBy('seq'), asked)

/** So many seconds of one strip from a second on. */
export async function findStrip(
  ctx: Ctx,
  of: { residentId: string; deviceId: string; seq: number; from: number; seconds: number },
): Promise<StripPiece> {
  const first = sql`(floor(${of.from}::float8 * hertz)::int + 1)`
  const last = sql`floor((${of.from}::float8 + ${of.seconds}::float8) * hertz)::int`
  const row = await strips(ctx, of.residentId)
    .select(sql<number[]>`samples[${first}:${last}]`.as('samples'))
    .where('deviceId', '=', of.deviceId)
    .where('seq', '=', of.seq)
    .executeTakeFirst()
  return row ? { ...row, from: of.from } : refuse('missing', 'careplan.strip-missing')
}
