import type { Page } from '@tongmai/api/kernel'
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
  readonly level: 'system' | 'patient' | 'group'
  readonly groupId: string | null
  readonly scopes: readonly string[]
  readonly types: readonly string[]
  /** Searches, any of which is enough for what is of its type. */
  readonly filters: readonly string[]
  /** Only these Patients, by id. */
  readonly patients: readonly string[] | null
  /** `Patient.name`, or `name` of whatever has one; all of them where none is named. */
  readonly elements: readonly string[]
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

/** The exports of an institution's clients, the last asked for first. */
export const listExports = (ctx: Ctx, paging: { offset: number; limit: number }): Promise<Page<ExportLine>> =>
  pageOf(
    ctx,
    tables(ctx)
      .selectFrom('interop.export')
      .select(['id', 'clientId', 'level', 'state', 'types', 'typesDone', 'resources', 'problem'])
      .select(['askedAt', 'endedAt', 'until'])
      .where('institutionId', '=', ctx.actor.institutionId ?? '')
      .orderBy('askedAt', 'desc')
      .orderBy('id'),
    paging,
  )

export interface ExportLine {
  readonly id: string
  readonly clientId: string
  readonly level: 'system' | 'patient' | 'group'
  readonly state: ExportState
  readonly types: string[]
  readonly typesDone: number
  readonly resources: number
  readonly problem: string | null
  readonly askedAt: Date
  readonly endedAt: Date | null
  readonly until: Date
}
