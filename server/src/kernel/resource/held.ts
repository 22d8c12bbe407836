import type { Ctx } from '../ctx.ts'
import { nobodysId } from './concern.ts'
import { type Row, rowsOf } from './row.ts'
import { grants, lawful, visible } from './visible.ts'

/** One resource of one of many residents, found by how it is coded. */
export interface Held {
  readonly residentId: string
  readonly institutionId: string | null
  readonly happenedAt: Date | null
  /** What it was found by: `code=I10<US>http://…`. */
  readonly keys: readonly string[]
  readonly content: string
}

const statement = `select r.resident_id, r.institution_id, r.happened_at, r.keys, r.content from unnest($5::uuid[]) w (id)
  join kernel.resource r on r.resident_id = w.id and r.type = $6 and not r.deleted ${grants}
  where r.resident_id <> '${nobodysId}' and ${lawful}
    and ($8::timestamptz is null or r.happened_at >= $8) and ($9::timestamptz is null or r.happened_at < $9)
    and exists (select from unnest(r.keys) k, unnest($7::text[]) p where starts_with(k, p))`

/**
 * Of many residents the resources of one type with a key that begins as asked (`code=I10`), of any time or of a span, as far
 * as the actor may see them. The caller logs whose it shows.
 */
export async function listHeld(
  ctx: Ctx,
  of: { residentIds: readonly string[]; type: string; keys: readonly string[]; since?: Date; before?: Date },
): Promise<Held[]> {
  if (of.residentIds.length === 0 || of.keys.length === 0) return []
  const rows = await rowsOf<Row & { happened_at: Date | null; keys: string[] }>(ctx, 'fhir-held', statement, [
    ...visible(ctx),
    of.residentIds,
    of.type,
    of.keys,
    of.since ?? null,
    of.before ?? null,
  ])
  return rows.map(({ resident_id, institution_id, happened_at, keys, content }) => ({
    ...{ residentId: resident_id, institutionId: institution_id, happenedAt: happened_at, keys, content },
  }))
}
