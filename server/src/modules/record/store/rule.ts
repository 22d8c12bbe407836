import type { Ctx } from '../../../kernel/ctx.ts'
import { tables } from './tables-of.ts'

/** The value of a rule as it stands on a day, `YYYY-MM-DD`. */
export async function findRule(ctx: Ctx, code: string, on: string): Promise<number> {
  const row = await tables(ctx)
    .selectFrom('record.rule')
    .select('value')
    .where('code', '=', code)
    .where('since', '<=', on)
    .orderBy('since', 'desc')
    .executeTakeFirst()
  if (!row) throw new Error(`no rule ${code} on ${on}`)
  return row.value
}

/** What a practitioner is called. */
export async function practitionerName(ctx: Ctx, id: string): Promise<string | null> {
  const row = await tables(ctx)
    .selectFrom('workforce.name')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.name ?? null
}

/** The names of these institutions, members and external ones. */
export async function listNames(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tables(ctx)
    .selectFrom('network.name')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
