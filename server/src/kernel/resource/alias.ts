import type { Ctx } from '../ctx.ts'
import { rowsOf } from './row.ts'

/** A name under which a source knows a resource of the store. */
export interface Alias {
  readonly key: string
  readonly type: string
  readonly id: string
}

/** What these names stand for at an institution, as `Type/id`. */
export async function findAliases(
  ctx: Ctx,
  institutionId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf<Alias>(
    ctx,
    'fhir-alias-find',
    'select key, type, id from kernel.resource_alias where institution_id = $1 and key = any ($2::text[])',
    [institutionId, keys],
  )
  return new Map(rows.map(({ key, type, id }) => [key, `${type}/${id}`]))
}

/** Remembers names; one that is taken stays with what it stood for. */
export async function keepAliases(ctx: Ctx, institutionId: string, aliases: readonly Alias[]): Promise<void> {
  if (aliases.length === 0) return
  await rowsOf(
    ctx,
    'fhir-alias-keep',
    `insert into kernel.resource_alias (institution_id, key, type, id)
      select $1, k, t, i from unnest($2::text[], $3::text[], $4::text[]) as x (k, t, i) on conflict do nothing`,
    [
      institutionId,
      aliases.map(({ key }) => key),
      aliases.map(({ type }) => type),
      aliases.map(({ id }) => id),
    ],
  )
}
