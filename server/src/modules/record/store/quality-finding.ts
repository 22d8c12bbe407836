import type { Page } from '@tongmai/api/kernel'
import type { Finding } from '@tongmai/api/record/quality'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, startOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { latest, type Narrow, narrowed, type Sight, sightConditions } from './quality.ts'
import { nobody, tables } from './tables-of.ts'

export type FindingRow = Omit<Finding, 'resident'> & { readonly residentId: string | null }

type State = 'open' | 'mended' | 'all'
/** Found from one day to another, both inclusive; of one resource only. */
interface Found {
  readonly resourceId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const inState = (state: State): RawBuilder<SqlBool>[] =>
  state === 'all' ? [] : [sql<SqlBool>`c.mended_at is ${state === 'open' ? sql`null` : sql`not null`}`]

const found = ({ from, to, resourceId }: Found): RawBuilder<SqlBool>[] => [
  ...(resourceId ? [sql<SqlBool>`c.resource_id = ${resourceId}`] : []),
  ...(from ? [sql<SqlBool>`c.found_at >= ${startOf(from)}`] : []),
  ...(to ? [sql<SqlBool>`c.found_at < ${startOf(dayAfter(to, 1))}`] : []),
]

const findings = (ctx: Ctx, sight: Sight, narrow: Narrow & Found, state: State) =>
  tables(ctx)
    .selectFrom('record.qualityFinding as c')
    .innerJoin(latest.as('r'), 'r.code', 'c.rule')
    .leftJoin('workforce.name as p', 'p.id', 'c.practitionerId')
    .leftJoin('network.departmentName as d', 'd.id', 'c.departmentId')
    .where(
      sql.join<SqlBool>(
        [
          sql<SqlBool>`true`,
          ...inState(state),
          ...found(narrow),
          ...sightConditions(ctx, sight),
          ...narrowed(narrow),
        ],
        sql` and `,
      ),
    )

/** One page of what is to be mended, or of what was, the newest first. */
export const listFindings = (
  ctx: Ctx,
  sight: Sight,
  { state, offset, limit, ...narrow }: Narrow & Found & { state: State; offset: number; limit: number },
): Promise<Page<FindingRow>> =>
  pageOf(
    ctx,
    findings(ctx, sight, narrow, state)
      .select([
        'c.type',
        'c.resourceId',
        'c.rule',
        'r.title',
        'r.dimension',
        'c.detail',
        'c.places',
        'c.residentId',
        'c.foundAt',
        'c.mendedAt',
        sql<string | null>`nullif(c.practitioner_id, ${nobody}::uuid)`.as('practitionerId'),
        'p.name as practitionerName',
        'd.name as departmentName',
      ])
      .orderBy('c.foundAt', 'desc')
      .orderBy('c.type')
      .orderBy('c.resourceId')
      .orderBy('c.rule')
      .$castTo<FindingRow>(),
    { offset, limit },
  )

/** How many are to be mended now. */
export async function countOpen(ctx: Ctx, sight: Sight, narrow: Narrow): Promise<number> {
  const { n } = await findings(ctx, sight, narrow, 'open')
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow()
  return n
}
