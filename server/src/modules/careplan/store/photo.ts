import type { ReadingPhoto } from '@tongmai/api/careplan/photo'
import type { Page } from '@tongmai/api/kernel'
import type { Insertable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { CareplanTables } from '../tables.ts'
import { tables } from './tables-of.ts'

const photos = (ctx: Ctx, residentId: string) =>
  tables(ctx).selectFrom('careplan.readingPhoto').where('residentId', '=', residentId)

/** The photographed readings of one resident, the newest first. */
export const listPhotos = (
  ctx: Ctx,
  { residentId, ...asked }: { residentId: string; offset: number; limit: number },
): Promise<Page<ReadingPhoto>> =>
  pageOf(
    ctx,
    photos(ctx, residentId)
      .select(['id', 'kind', 'at', 'value', 'value2'])
      .orderBy('at', 'desc')
      .orderBy('id')
      .$castTo<ReadingPhoto>(),
    asked,
  )

/** The hash of one photograph, or 404. */
export async function findPhoto(ctx: Ctx, of: { residentId: string; id: string }): Promise<string> {
  const row = await photos(ctx, of.residentId).select('fileHash').where('id', '=', of.id).executeTakeFirst()
  return row?.fileHash ?? refuse('missing', 'careplan.photo-missing')
}

/** Keeps a photograph beside its reading. Call as the system. */
export const addPhoto = (ctx: Ctx, row: Insertable<CareplanTables['careplan.readingPhoto']>) =>
  tables(ctx).insertInto('careplan.readingPhoto').values(row).execute()
