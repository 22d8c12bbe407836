import type { Ctx } from '../ctx.ts'
import { refuse } from '../refusal.ts'
import { ownersOf, type Resource, type Stored } from './owner.ts'
import { columns, type Row, rowsOf, storedOf } from './row.ts'
import { grants, lawful, logOpened, visible } from './visible.ts'

interface Found extends Row {
  readonly basis: string | null
  readonly beside: string | null
}

/** A resource as it leaves: the JSON to send and what its headers need. */
export interface Answerable {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly updatedAt: Date
  readonly content: string
}

const besideOf = (type: string): string => ownersOf(type).find((owner) => owner.beside)?.beside ?? 'null'

const statement = (type: string, table: string, where: string) =>
  `select ${columns}, g.basis, (${besideOf(type)})::text as beside from kernel.${table} r ${grants}
  where r.type = $5 and ${where} and ${lawful}`

/** The owner that presents this resource, where one does. */
function presenterOf(type: string, content: string) {
  const presenting = ownersOf(type).filter((owner) => owner.present)
  if (presenting.length === 0) return undefined
  const resource = JSON.parse(content) as Resource
  return presenting.find((owner) => owner.owns(resource))
}

/** What the store holds, with what its owner puts in on read. */
export async function present(ctx: Ctx, stored: Stored, beside: string | null): Promise<string> {
  const presenter = stored.deleted ? undefined : presenterOf(stored.type, stored.content)
  if (!presenter?.present) return stored.content
  return JSON.stringify(await presenter.present(ctx, stored, beside))
}

async function answer(ctx: Ctx, row: Found): Promise<Answerable> {
  if (row.deleted) refuse('missing', 'record.gone', { details: { gone: true, version: row.version } })
  logOpened(ctx, row, `${row.type}/${row.id}`)
  return {
    type: row.type,
    id: row.id,
    version: row.version,
    updatedAt: row.updated_at,
    content: ownersOf(row.type).length === 0 ? row.content : await present(ctx, storedOf(row), row.beside),
  }
}

const missing = (): never => refuse('missing', 'record.no-such-resource')

async function findRow(ctx: Ctx, type: string, id: string): Promise<Found | undefined> {
  const values = [...visible(ctx), type, id]
  const [row] = await rowsOf<Found>(ctx, `fhir-${type}`, statement(type, 'resource', 'r.id = $6'), values)
  if (row || ownersOf(type).length === 0) return row
  const own = statement(type, 'resource', 'r.own_id = $6')
  return (await rowsOf<Found>(ctx, `fhir-own-${type}`, own, values))[0]
}

/** The resource as it is now, ready to send; 404 where the actor has no lawful basis, 410 where it was removed. */
export async function readResource(ctx: Ctx, type: string, id: string): Promise<Answerable> {
  const row = await findRow(ctx, type, id)
  return row ? answer(ctx, row) : missing()
}

/** One version of it, by the same law. */
export async function readVersion(ctx: Ctx, type: string, id: string, version: number): Promise<Answerable> {
  const now = await findRow(ctx, type, id)
  if (!now) return missing()
  if (now.version === version) return answer(ctx, now)
  const [row] = await rowsOf<Found>(
    ctx,
    `fhir-version-${type}`,
    statement(type, 'resource_history', 'r.id = $6 and r.version = $7'),
    [...visible(ctx), type, now.id, version],
  )
  return row ? answer(ctx, row) : missing()
}

const mostVersions = 100

/** All versions of one resource, the newest first, the last hundred at most. A removal is a version of its own. */
export async function listVersions(ctx: Ctx, type: string, id: string): Promise<readonly Stored[]> {
  const now = await findRow(ctx, type, id)
  if (!now) return missing()
  logOpened(ctx, now, `${type}/${now.id}/_history`)
  const rows = await rowsOf<Found>(
    ctx,
    `fhir-history-${type}`,
    `${statement(type, 'resource_history', 'r.id = $6')} order by r.version desc limit ${mostVersions}`,
    [...visible(ctx), type, now.id],
  )
  return Promise.all(
    [now, ...rows].map(async (row) => {
      const stored = storedOf(row)
      return { ...stored, content: await present(ctx, stored, row.beside) }
    }),
  )
}

/** The row of the store as it is, for whoever is going to change it; undefined where the actor does not see it. */
export async function findStored(ctx: Ctx, type: string, id: string): Promise<Stored | undefined> {
  const row = await findRow(ctx, type, id)
  return row && storedOf(row)
}

/** The same under a lock until the transaction ends. */
export async function lockStored(ctx: Ctx, type: string, id: string): Promise<Stored | undefined> {
  const found = await findRow(ctx, type, id)
  if (!found) return undefined
  const [row] = await rowsOf<Row>(
    ctx,
    'fhir-lock',
    `select ${columns} from kernel.resource r where r.resident_id = $1 and r.type = $2 and r.id = $3 for update`,
    [found.resident_id, type, found.id],
  )
  return row && storedOf(row)
}
