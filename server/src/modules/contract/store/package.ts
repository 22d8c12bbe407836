import type { PackageForm, ServiceItem, ServicePackage, Share } from '@tongmai/api/contract/package'
import type { Page } from '@tongmai/api/kernel'
import type { Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { byYear, personalOf, sumOf } from '../fee.ts'
import type { ContractTables } from '../tables.ts'
import { nobody, tables } from './tables-of.ts'

const named = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('contract.servicePackage as p')
    .leftJoin('network.name as n', 'n.id', 'p.institutionId')
    .selectAll('p')
    .select('n.shortName as institution')

type Row = Selectable<ContractTables['contract.servicePackage']> & { institution: string | null }

const shown = (row: Row): ServicePackage => {
  const fee = row.fee as Share[]
  const items = row.items as ServiceItem[]
  const year = byYear({ fee, items })
  return {
    ...{ id: row.id, code: row.code, version: row.version, name: row.name, level: row.level },
    ...{ group: row.priorityGroup, fee, items, since: row.since, until: row.until },
    ...{ institutionId: row.institutionId, institution: row.institution ?? '' },
    ...{ yearFen: sumOf(year), personalFen: personalOf(year) },
  }
}

export interface Asked {
  readonly institutionId: string
  /** In force on this day; every version where nothing is said. */
  readonly on?: string | undefined
  readonly code?: string | undefined
  readonly offset: number
  readonly limit: number
}

export async function list(ctx: Ctx, asked: Asked): Promise<Page<ServicePackage>> {
  const { on, code } = asked
  const query = named(ctx)
    .where('p.institutionId', '=', asked.institutionId)
    .$if(code !== undefined, (q) => q.where('p.code', '=', code as string))
    .$if(on !== undefined, (q) =>
      q
        .where('p.since', '<=', on as string)
        .where((eb) => eb.or([eb('p.until', 'is', null), eb('p.until', '>=', on as string)])),
    )
    .orderBy('p.code')
    .orderBy('p.version', 'desc')
  const { items, total } = await pageOf(ctx, query, asked)
  return { items: items.map(shown), total }
}

/** These versions, whoever offers them. */
export async function listByIds(ctx: Ctx, ids: readonly string[]): Promise<ServicePackage[]> {
  const rows = await named(ctx)
    .where('p.id', 'in', [...ids, nobody])
    .limit(ids.length + 1)
    .execute()
  return rows.map(shown)
}

/** One version of one's own institution, held. */
export async function lock(ctx: Ctx, id: string): Promise<ServicePackage> {
  const row = await named(ctx)
    .where('p.id', '=', id)
    .where('p.institutionId', '=', ctx.actor.institutionId ?? nobody)
    .forUpdate('p')
    .executeTakeFirst()
  return row ? shown(row) : refuse('missing', 'contract.package-missing')
}

/** The last version of a package, held, so that two cannot publish the next one. */
export const lockLast = (ctx: Ctx, institutionId: string, code: string) =>
  tables(ctx)
    .selectFrom('contract.servicePackage')
    .selectAll()
    .where('institutionId', '=', institutionId)
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

/** A version to be added. */
export interface NewVersion {
  readonly form: PackageForm
  readonly id: string
  readonly institutionId: string
  readonly version: number
}

/** Adds versions as they are; for demonstrations, and for `add`. */
export async function addPackages(ctx: Ctx, versions: readonly NewVersion[]): Promise<void> {
  const values = versions.map(({ form: { group, fee, items, ...rest }, ...of }) => ({
    ...{ ...rest, ...of, priorityGroup: group, fee: JSON.stringify(fee), items: JSON.stringify(items) },
    ...{ publishedAt: ctx.now, publishedBy: ctx.actor.id },
  }))
  await tables(ctx).insertInto('contract.servicePackage').values(values).execute()
}

/** Adds a version; the one before ends the day before. */
export async function add(ctx: Ctx, { form, ...of }: NewVersion): Promise<void> {
  await tables(ctx)
    .updateTable('contract.servicePackage')
    .set({ until: dayAfter(form.since, -1) })
    .where('institutionId', '=', of.institutionId)
    .where('code', '=', form.code)
    .where('since', '<', form.since)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>=', form.since)]))
    .execute()
  await addPackages(ctx, [{ form, ...of }])
}

export const end = (ctx: Ctx, of: { id: string; institutionId: string }, until: string) =>
  tables(ctx)
    .updateTable('contract.servicePackage')
    .set({ until })
    .where('institutionId', '=', of.institutionId)
    .where('id', '=', of.id)
    .execute()
