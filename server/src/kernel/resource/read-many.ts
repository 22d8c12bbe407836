import type { Ctx } from '../ctx.ts'
import type { Answerable } from './read.ts'
import { present } from './read.ts'
import { columns, type Row, rowsOf, storedOf } from './row.ts'
import { grants, lawful, logOpened, visible } from './visible.ts'

interface Found extends Row {
  readonly basis: string | null
}

const statement = `select ${columns}, g.basis from kernel.resource r ${grants}
  where r.type = $5 and (r.id = any ($6::text[]) or r.own_id = any ($6::text[])) and not r.deleted and ${lawful}`

/** Those of these resources that the actor may see, by the owner's id, each opening logged. */
export async function readMany(
  ctx: Ctx,
  type: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Answerable>> {
  if (ids.length === 0) return new Map()
  const rows = await rowsOf<Found>(ctx, 'fhir-many', statement, [...visible(ctx), type, ids])
  const found = new Map<string, Answerable>()
  for (const row of rows) {
    logOpened(ctx, row, `${row.type}/${row.id}`)
    const stored = storedOf(row)
    const { id, version, updatedAt } = stored
    found.set(stored.ownId, { type, id, version, updatedAt, content: await present(ctx, stored) })
  }
  return found
}
