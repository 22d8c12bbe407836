import { asSystem } from '../as-system.ts'
import type { Ctx } from '../ctx.ts'
import type { Stored } from './owner.ts'
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

const byId = (column: string) => `select ${columns} from unnest($1::text[], $2::text[]) x (type, id)
  join kernel.resource r on r.type = x.type and r.${column} = x.id where not r.deleted`
// Each by its own index: asked for either in one condition, none serves both.
const current = `${byId('id')} union all ${byId('own_id')} and r.own_id <> r.id`

const newest = `select ${columns} from kernel.resource r where r.type = $1 and not r.deleted
  order by r.updated_at desc limit $2`

const presented = (all: Ctx, rows: readonly Row[]): Promise<readonly Stored[]> =>
  Promise.all(
    rows.map(async (row) => {
      const stored = storedOf(row)
      return { ...stored, content: await present(all, stored) }
    }),
  )

/** The resources of a type that were written last, wherever; for the system's own work, which is no opening. */
export const listNewest = (ctx: Ctx, type: string, limit: number): Promise<readonly Stored[]> =>
  asSystem(ctx, async (all) => presented(all, await rowsOf<Row>(all, 'fhir-newest', newest, [type, limit])))

const ofResident = `select ${columns} from kernel.resource r where r.resident_id = $1 and r.type = $2 and not r.deleted`

/** All of a type that the store holds of a resident, as it is stored; for the system's own work, which is no opening. */
export const listOfResident = (ctx: Ctx, residentId: string, type: string): Promise<readonly Stored[]> =>
  asSystem(ctx, async (all) =>
    (await rowsOf<Row>(all, 'fhir-of-resident', ofResident, [residentId, type])).map(storedOf),
  )

/** These resources as they are now, as their owners present them; for the system's own work, which is no opening. */
export const listCurrent = (
  ctx: Ctx,
  wanted: readonly { readonly type: string; readonly id: string }[],
): Promise<readonly Stored[]> =>
  asSystem(ctx, async (all) => {
    const values = [wanted.map(({ type }) => type), wanted.map(({ id }) => id)]
    return presented(all, await rowsOf<Row>(all, 'fhir-current', current, values))
  })
