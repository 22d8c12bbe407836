import type { Ctx } from '../ctx.ts'
import type { Stored } from './owner.ts'
import { present } from './read.ts'
import { columns, type Row, rowsOf, storedOf } from './row.ts'
import { logPage } from './search.ts'
import { grants, lawful, visible } from './visible.ts'

/** Which changes are asked for. */
export interface Asked {
  readonly types: readonly string[]
  /** Of one resource of the one type only. */
  readonly id?: string | undefined
  readonly since?: Date | undefined
  /** Only what was current at some moment from here to there. */
  readonly during?: { readonly from: Date; readonly to: Date } | undefined
  readonly limit: number
  readonly after?: readonly string[] | undefined
}

interface Found extends Row {
  readonly basis: string | null
}

/** How many parts say where a page ended. */
export const afterLength = 4

/** The version after it came later than $12. */
const wasCurrent = `($12::timestamptz is null or not exists (
    select from (select type, id, version, updated_at from kernel.resource
      union all select type, id, version, updated_at from kernel.resource_history) n
    where n.type = r.type and n.id = r.id and n.version = r.version + 1 and n.updated_at <= $12))`

const half = (table: string, which: string) => `(select ${columns}, g.basis from kernel.${table} r ${grants}
    where r.type = t.type ${which} and r.updated_at >= coalesce($6::timestamptz, '-infinity')
      and r.updated_at <= $7 and ($8::text is null
        or (r.updated_at, r.type, r.id, r.version) < ($7::timestamptz, $8, $9::text, $10::int)) and ${wasCurrent} and ${lawful}
    order by r.updated_at desc, r.id desc, r.version desc limit $11)`

const statement = (which = '') => `select x.* from unnest($5::text[]) t (type)
  cross join lateral (${half('resource', which)} union all ${half('resource_history', which)}) x
  order by x.updated_at desc, x.type desc, x.id desc, x.version desc limit $11`
const ofAll = statement()
const ofOne = statement('and r.id = $13')

/** Every version of resources of these types that the actor may see, the newest first; a removal is a version too. */
export async function listChanges(
  ctx: Ctx,
  asked: Asked,
): Promise<{ versions: readonly Stored[]; next: readonly string[] | undefined }> {
  const { types, id, since, during, limit, after } = asked
  // No later than now: changes that come in while somebody pages do not move the pages.
  const [time = (during?.to ?? ctx.now).toISOString(), ...place] = after ?? []
  const [type = null, lastId = null, version = null] = place
  const isOne = id !== undefined
  const rows = await rowsOf<Found>(ctx, isOne ? 'fhir-changes-of' : 'fhir-changes', isOne ? ofOne : ofAll, [
    ...visible(ctx),
    types,
    ...[since ?? null, time, type, lastId, version, limit + 1, during?.from ?? null],
    ...(isOne ? [id] : []),
  ])
  const shown = rows.slice(0, limit)
  logPage(ctx, shown, types.length > 1 ? '_history' : `${types[0]}${isOne ? `/${id}` : ''}/_history`)
  const last = shown.at(-1)
  return {
    versions: await Promise.all(
      shown.map(async (row) => {
        const stored = storedOf(row)
        return { ...stored, content: await present(ctx, stored) }
      }),
    ),
    next:
      rows.length > limit && last
        ? [last.updated_at.toISOString(), last.type, last.id, String(last.version)]
        : undefined,
  }
}
