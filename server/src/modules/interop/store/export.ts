import type { ExportLevel, ExportLine, ExportOrder } from '@tongmai/api/interop/export'
import { type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import type { InteropTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<InteropTables>()

export type ExportState = InteropTables['interop.export']['state']

/** One file of an export: all of one type. */
export interface ExportFile {
  readonly type: string
  readonly name: string
  readonly count: number
  /** Where it holds no resources that were asked for: what could not be had, or what was removed since. */
  readonly kind?: 'error' | 'deleted'
}

export interface NewExport {
  readonly id: string
  readonly institutionId: string
  readonly clientId: string
  readonly level: ExportLevel
  readonly groupId: string | null
  readonly scopes: readonly string[]
  readonly types: readonly string[]
  /** Searches, any of which is enough for what is of its type. */
  readonly filters: readonly string[]
  /** Only these Patients, by id. */
  readonly patients: readonly string[] | null
  /** `Patient.name`, or `name` of whatever has one; all of them where none is named. */
  readonly elements: readonly string[]
  readonly provenance: InteropTables['interop.export']['provenance']
  readonly since: Date | null
  readonly request: string
  readonly until: Date
}

export async function addExport(ctx: Ctx, asked: NewExport): Promise<void> {
  const { scopes, types, filters, patients, elements, ...rest } = asked
  await tables(ctx)
    .insertInto('interop.export')
    .values({
      ...{
        ...rest,
        scopes: [...scopes],
        types: [...types],
        filters: [...filters],
        patients: patients && [...patients],
        elements: [...elements],
        state: 'waiting',
        problem: null,
      },
      ...{ askedAt: ctx.now, asOf: ctx.now, endedAt: null },
    })
    .execute()
}

export const findExport = (ctx: Ctx, id: string) =>
  tables(ctx).selectFrom('interop.export').selectAll().where('id', '=', id).executeTakeFirst()

/** How many exports of a client have not ended yet. */
export async function countOpenExports(ctx: Ctx, clientId: string): Promise<number> {
  const { open } = await tables(ctx)
    .selectFrom('interop.export')
    .where('clientId', '=', clientId)
    .where('state', 'in', ['waiting', 'running'])
    .where('until', '>', ctx.now)
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .executeTakeFirstOrThrow()
  return Number(open)
}

export interface ExportChange {
  readonly state?: ExportState
  readonly typesDone?: number
  readonly resources?: number
  readonly files?: string
  readonly problem?: string | null
  readonly endedAt?: Date
}

/** Changes an export that has not ended; false where it has, because somebody cancelled it. */
export async function changeExport(ctx: Ctx, id: string, change: ExportChange): Promise<boolean> {
  const changed = await tables(ctx)
    .updateTable('interop.export')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** Takes away what a client no longer wants, or whose time is over. */
export async function removeExport(ctx: Ctx, id: string): Promise<void> {
  await tables(ctx)
    .updateTable('interop.export')
    .set({ state: 'cancelled', endedAt: ctx.now })
    .where('id', '=', id)
    .execute()
}

/** The same by a person, who says why; false where it is over already. */
export async function cancelExport(ctx: Ctx, id: string, note: string): Promise<boolean> {
  const changed = await tables(ctx)
    .updateTable('interop.export')
    .set({ state: 'cancelled', problem: note, endedAt: ctx.now })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running', 'done'])
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** Exports whose files have lain long enough. */
export const listOver = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('interop.export')
    .select('id')
    .where('until', '<=', ctx.now)
    .where('state', '<>', 'cancelled')
    .orderBy('until')
    .limit(200)
    .execute()

export interface ExportsAsked {
  readonly q?: string | undefined
  readonly level?: ExportLevel | undefined
  readonly state?: ExportState | undefined
  readonly order: ExportOrder
  readonly offset: number
  readonly limit: number
}

const mentions = (words: string) =>
  sql<SqlBool>`strpos(lower(concat_ws(chr(10), c.name, e.client_id, array_to_string(e.types, chr(10)))), lower(${words})) > 0`

/** The exports of an institution's clients as they are asked for, by default the last asked for first. */
export const listExports = (ctx: Ctx, { q, level, state, order, ...paging }: ExportsAsked) =>
  pageOf(
    ctx,
    tables(ctx)
      .selectFrom('interop.export as e')
      .leftJoin('identity.clientName as c', 'c.id', 'e.clientId')
      .select([
        'e.id',
        'e.clientId',
        'e.level',
        'e.state',
        'e.types',
        'e.typesDone',
        'e.resources',
        'e.problem',
      ])
      .select(['e.askedAt', 'e.endedAt', 'e.until', sql<string>`coalesce(c.name, '')`.as('clientName')])
      .where('e.institutionId', '=', ctx.actor.institutionId ?? '')
      .$if(q !== undefined, (query) => query.where(mentions(q ?? '')))
      .$if(level !== undefined, (query) => query.where('e.level', '=', level as ExportLevel))
      .$if(state !== undefined, (query) => query.where('e.state', '=', state as ExportState))
      .$if(order === 'most', (query) => query.orderBy('e.resources', 'desc'))
      .orderBy('e.askedAt', order === 'oldest' ? 'asc' : 'desc')
      .orderBy('e.id')
      .$castTo<ExportLine>(),
    paging,
  )
