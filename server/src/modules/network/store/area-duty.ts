import type { Page } from '@tongmai/api/kernel'
import type { AreaDuty, AreaDutyLine } from '@tongmai/api/network/governance'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

const columns = [
  'd.id',
  'd.allianceId',
  'd.institutionId',
  'd.departmentId',
  'd.practitionerId',
  'd.personName',
  'd.personPhone',
  'd.communityId',
  'd.divisionCode',
  'd.task',
  'd.since',
  'd.until',
  'd.evidence',
  'd.version',
] as const

/** Who answers for which community is published: people must be able to find them. */
const visible = (ctx: Ctx) => tables(ctx).selectFrom('network.areaDuty as d')

/** The responsibility, held until the transaction ends where it is one's own; or 404. */
export const lock = async (ctx: Ctx, id: string): Promise<AreaDuty> =>
  (await visible(ctx)
    .select(columns)
    .where('d.id', '=', id)
    .forUpdate()
    .$castTo<AreaDuty>()
    .executeTakeFirst()) ??
  (await visible(ctx).select(columns).where('d.id', '=', id).$castTo<AreaDuty>().executeTakeFirst()) ??
  refuse('missing', 'network.area-duty-missing')

/** Adds a responsibility. */
export async function add(ctx: Ctx, duty: Omit<AreaDuty, 'version'>): Promise<AreaDuty> {
  await tables(ctx).insertInto('network.areaDuty').values(duty).execute()
  return { ...duty, version: 1 }
}

/** Notes evidence, or the last day; the version goes up. */
export const change = (
  ctx: Ctx,
  id: string,
  set: Partial<Pick<AreaDuty, 'until' | 'evidence'>>,
): Promise<AreaDuty> =>
  tables(ctx)
    .updateTable('network.areaDuty as d')
    .set((eb) => ({ ...set, version: eb('d.version', '+', 1) }))
    .where('d.id', '=', id)
    .returning(columns)
    .$castTo<AreaDuty>()
    .executeTakeFirstOrThrow()

export interface AreaFilter {
  readonly allianceId?: string | undefined
  readonly institutionId?: string | undefined
  readonly departmentId?: string | undefined
  readonly communityId?: string | undefined
  readonly divisionCode?: string | undefined
  readonly on?: string | undefined
  readonly all: boolean
}

/** One page of responsibilities on a day with the names of all concerned, by community. */
export function list(
  ctx: Ctx,
  query: AreaFilter & { offset: number; limit: number },
): Promise<Page<Omit<AreaDutyLine, 'mayChange'>>> {
  const on = query.on ?? dayOf(ctx.now)
  let chosen = visible(ctx)
    .innerJoin('network.institution as i', 'i.id', 'd.institutionId')
    .innerJoin('network.department as p', 'p.id', 'd.departmentId')
    .leftJoin('network.institution as c', 'c.id', 'd.communityId')
    .leftJoin('network.division as v', 'v.code', 'd.divisionCode')
    .select([...columns, 'i.shortName as institutionName', 'p.name as departmentName'])
    .select(['c.shortName as communityName', 'v.name as divisionName'])
  for (const key of ['allianceId', 'institutionId', 'departmentId', 'communityId', 'divisionCode'] as const) {
    const value = query[key]
    if (value !== undefined) chosen = chosen.where(`d.${key}`, '=', value)
  }
  if (!query.all) {
    chosen = chosen
      .where('d.since', '<=', on)
      .where((eb) => eb.or([eb('d.until', 'is', null), eb('d.until', '>=', on)]))
  }
  const ordered = chosen
    .orderBy('c.name')
    .orderBy('v.code')
    .orderBy('p.name')
    .orderBy('d.id')
    .$castTo<Omit<AreaDutyLine, 'mayChange'>>()
  return pageOf(ctx, ordered, query)
}
