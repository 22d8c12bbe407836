import type { Ctx } from '../ctx.ts'
import { type Row, rowsOf } from './row.ts'
import { logPage } from './search.ts'
import { grants, lawful, visible } from './visible.ts'

/** Removals of one type that are asked for, after an id. */
export interface RemovedQuery {
  readonly type: string
  readonly since: Date
  readonly until: Date
  readonly after: string
  readonly limit: number
}

type Removed = Pick<Row, 'resident_id' | 'id'> & { readonly basis: string | null }

const statement = `select r.resident_id, r.id, g.basis from kernel.resource r ${grants}
  where r.type = $5 and r.deleted and r.updated_at >= $6 and r.updated_at <= $7 and r.id > $8 and ${lawful}
  order by r.id limit $9`

/** What was removed meanwhile of what the actor may see: ids, and whom it concerned. */
export async function listRemoved(ctx: Ctx, query: RemovedQuery): Promise<readonly Removed[]> {
  const { type, since, until, after, limit } = query
  const values = [...visible(ctx), type, since, until, after, limit]
  const rows = await rowsOf<Removed>(ctx, 'fhir-removed', statement, values)
  logPage(ctx, rows, `${type}?`)
  return rows
}
