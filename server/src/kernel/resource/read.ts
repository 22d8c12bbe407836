import type { Ctx } from '../ctx.ts'
import { inside } from '../ctx-inside.ts'
import { type Asking, gathered } from '../gather.ts'
import { refuse } from '../refusal.ts'
import { isInScope } from './narrow.ts'
import { ownersOf, type Resource, type Stored } from './owner.ts'
import { columns, type Row, rowsOf, storedOf } from './row.ts'
import { grants, isOpening, lawful, logOpened, opensEach, visible } from './visible.ts'

interface Found extends Row {
  readonly basis: string | null
  /** In the access log already. */
  readonly isLogged?: boolean
}

/** A resource as it leaves: the JSON to send and what its headers need. */
export interface Answerable {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly updatedAt: Date
  readonly content: string
}

const statement = (table: string, where: string) =>
  `select ${columns}, g.basis from kernel.${table} r ${grants} where r.type = $5 and ${where} and ${lawful}`

/** What the store holds, with what its owner puts in on read. */
export async function present(ctx: Ctx, stored: Stored): Promise<string> {
  if (stored.deleted) return stored.content
  const presenter = ownersOf(stored.type).find((owner) => owner.present)
  return presenter?.present ? presenter.present(ctx, stored) : stored.content
}

async function answer(ctx: Ctx, row: Found): Promise<Answerable> {
  if (row.deleted) refuse('missing', 'record.gone', { details: { gone: true, version: row.version } })
  if (ctx.actor.narrowing && !isInScope(ctx.actor, 'r', JSON.parse(row.content) as Resource)) return missing()
  if (!row.isLogged) logOpened(ctx, row, `${row.type}/${row.id}`)
  return {
    type: row.type,
    id: row.id,
    version: row.version,
    updatedAt: row.updated_at,
    content: await present(ctx, storedOf(row)),
  }
}

const missing = (): never => refuse('missing', 'record.no-such-resource')

async function findRow(
  ctx: Ctx,
  { type, id, opens }: { type: string; id: string; opens?: Asking['opens'] },
): Promise<Found | undefined> {
  const by = async (column: string) => {
    const text = `${statement('resource', `r.${column} = $6`)} limit 1`
    const asking = {
      name: `fhir-read-by-${column}`,
      text,
      values: [...visible(ctx), type, id],
      common: 4,
      opens,
    }
    const { rows, isLogged } = await gathered<Found>(ctx, asking)
    return rows[0] && { ...rows[0], isLogged }
  }
  return (await by('id')) ?? (ownersOf(type).length > 0 ? by('own_id') : undefined)
}

/** The resource as it is now, ready to send; 404 where the actor has no lawful basis, 410 where it was removed. */
export async function readResource(ctx: Ctx, type: string, id: string): Promise<Answerable> {
  // Whether a scope that names less than all of the type covers it is seen by its content.
  const opens = isOpening(ctx) && !ctx.actor.narrowing ? opensEach : undefined
  const row = await findRow(ctx, { type, id, opens })
  return row ? answer(ctx, row) : missing()
}

/** One version of it, by the same law. */
export async function readVersion(ctx: Ctx, type: string, id: string, version: number): Promise<Answerable> {
  const now = await findRow(ctx, { type, id })
  if (!now) return missing()
  if (now.version === version) return answer(ctx, now)
  const [row] = await rowsOf<Found>(
    ctx,
    'fhir-version',
    statement('resource_history', 'r.id = $6 and r.version = $7'),
    [...visible(ctx), type, now.id, version],
  )
  return row ? answer(ctx, row) : missing()
}

const mostVersions = 100

/** All versions of one resource, the newest first, the last hundred at most. A removal is a version of its own. */
export async function listVersions(ctx: Ctx, type: string, id: string): Promise<readonly Stored[]> {
  const now = await findRow(ctx, { type, id })
  if (!now) return missing()
  logOpened(ctx, now, `${type}/${now.id}/_history`)
  const rows = await rowsOf<Found>(
    ctx,
    'fhir-history',
    `${statement('resource_history', 'r.id = $6')} order by r.version desc limit ${mostVersions}`,
    [...visible(ctx), type, now.id],
  )
  return Promise.all(
    [now, ...rows].map(async (row) => {
      const stored = storedOf(row)
      return { ...stored, content: await present(ctx, stored) }
    }),
  )
}

/**
 * What a write of this action has stored, as it is answered: what the action itself has made is no opening and need
 * not be read again; what was there before is read by the same law as ever.
 */
export async function answerWritten(ctx: Ctx, stored: Stored): Promise<Answerable> {
  if (!ownersOf(stored.type).some((owner) => owner.present)) return stored
  if (inside(ctx).added.includes(`${stored.type}/${stored.ownId}`))
    return { ...stored, content: await present(ctx, stored) }
  return readResource(ctx, stored.type, stored.id)
}

/** The row of the store as it is, for whoever is going to change it; undefined where the actor does not see it. */
export async function findStored(ctx: Ctx, type: string, id: string): Promise<Stored | undefined> {
  const row = await findRow(ctx, { type, id })
  return row && storedOf(row)
}

/** The same under a lock until the transaction ends. */
export async function lockStored(ctx: Ctx, type: string, id: string): Promise<Stored | undefined> {
  const by = async (column: string) => {
    const text = `${statement('resource', `r.${column} = $6`)} limit 1 for update of r`
    return (await rowsOf<Found>(ctx, `fhir-hold-by-${column}`, text, [...visible(ctx), type, id]))[0]
  }
  const row = (await by('id')) ?? (ownersOf(type).length > 0 ? await by('own_id') : undefined)
  return row && storedOf(row)
}
