import { arrayText } from '../../array-text.ts'
import type { Ctx } from '../../ctx.ts'
import { keysOf } from '../keys.ts'
import type { Resource } from '../owner.ts'
import type { Answerable } from '../read.ts'
import { Bind, type Condition, sqlOf } from './condition.ts'
import { prepared } from './statement.ts'

/** Those of some resources of one resident that lie in no row of the store and are as a condition of a search wants them. */
export async function among<T extends Answerable>(
  ctx: Ctx,
  { found, residentId, condition }: { found: readonly T[]; residentId: string; condition: Condition },
): Promise<readonly T[]> {
  if (found.length === 0) return found
  const bind = new Bind([])
  const keys = found.map(({ content }) => arrayText(keysOf(JSON.parse(content) as Resource, true).keys))
  const columns = `${bind.add(found.map(({ id }) => id))}::text[], ${bind.add(found.map(({ updatedAt }) => updatedAt))}::timestamptz[],
    ${bind.add(found.map(({ content }) => content))}::text[], ${bind.add(keys)}::text[]`
  const text = `select r.n::int from (select x.n, x.id, x.id as own_id, x.updated_at, x.content, x.keys::text[] collate "C" as keys,
        ${bind.add(residentId)}::uuid as resident_id
      from unnest(${columns}) with ordinality x (id, updated_at, content, keys, n)) r
    where ${sqlOf(condition, bind)}`
  const { rows } = await ctx.client.query<{ n: number }>(prepared({ text, values: bind.values }))
  const fitting = new Set(rows.map(({ n }) => n - 1))
  return found.filter((_, n) => fitting.has(n))
}
