import type { Ctx } from '../ctx.ts'
import type { Stored } from './owner.ts'
import { columns, type Row, rowsOf, storedOf } from './row.ts'
import { grants, lawful, logOpened, visible } from './visible.ts'

/** One resource as it lies in the store: what its owner puts in on read is not in it. */
export interface Part {
  readonly stored: Stored
  /** Where set, only this actor may see it. */
  readonly reader: string | null
}

interface Found extends Row {
  readonly basis: string | null
  readonly reader: string | null
}

const statement = `select ${columns}, g.basis, r.reader
  from unnest($5::text[], $6::text[]) with ordinality w (type, id, n)
  join kernel.resource r on r.type = w.type and r.id = w.id ${grants}
  where not r.deleted and ${lawful} order by w.n`

/** These resources (type and id), in this order, as far as the actor may see them; each is opened. */
export async function listParts(
  ctx: Ctx,
  names: readonly (readonly [type: string, id: string])[],
): Promise<readonly Part[]> {
  const [types, ids] = [names.map(([type]) => type), names.map(([, id]) => id)]
  const rows = await rowsOf<Found>(ctx, 'fhir-parts', statement, [...visible(ctx), types, ids])
  for (const row of rows) logOpened(ctx, row, `${row.type}/${row.id}`)
  return rows.map((row) => ({ stored: storedOf(row), reader: row.reader }))
}
