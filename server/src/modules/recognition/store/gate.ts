import type { Page } from '@tongmai/api/kernel'
import type { MarkScope } from '@tongmai/api/recognition/catalogue'
import type { Gate, GateState } from '@tongmai/api/recognition/gate'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { RecognitionTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<RecognitionTables>()

export type GateRow = Omit<Gate, 'mayWithdraw'> & { readonly byInstitutionId: string }

const stateOn = (today: string) => sql<GateState>`case when g.withdrawn_at is not null then 'withdrawn'
  when g.until < ${today} then 'over' when g.passed then 'passed' else 'failed' end`

/** Who passed what is everybody's. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('recognition.gate as g')
    .innerJoin('recognition.item as i', 'i.id', 'g.itemId')
    .leftJoin('network.name as n', 'n.id', 'g.institutionId')
    .leftJoin('identity.accountName as a', (join) => join.on(sql`a.id::text`, '=', sql.ref('g.by_id')))
    .select([
      'g.id',
      'g.institutionId',
      sql<string>`coalesce(n.name, '')`.as('institutionName'),
      'g.itemId',
      'i.code as itemCode',
      'i.name as itemName',
      'g.scope',
      'g.body',
      'g.year',
      'g.passed',
      'g.since',
      'g.until',
      stateOn(dayOf(ctx.now)).as('state'),
      'g.at',
      sql<string>`coalesce(a.name, '')`.as('by'),
      'g.withdrawnAt',
      'g.withdrawnReason',
      'g.byInstitutionId',
    ])

/** The assessment, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<GateRow> =>
  (await visible(ctx).where('g.id', '=', id).$castTo<GateRow>().executeTakeFirst()) ??
  refuse('missing', 'recognition.gate-missing')

export interface GateFilter {
  readonly institutionId?: string | undefined
  readonly itemId?: string | undefined
  readonly state?: GateState | undefined
}

/** One page of assessments, those that end first in front. */
export function list(
  ctx: Ctx,
  query: GateFilter & { offset: number; limit: number },
): Promise<Page<GateRow>> {
  return pageOf(
    ctx,
    visible(ctx)
      .$if(query.institutionId !== undefined, (q) =>
        q.where('g.institutionId', '=', query.institutionId as string),
      )
      .$if(query.itemId !== undefined, (q) => q.where('g.itemId', '=', query.itemId as string))
      .$if(query.state !== undefined, (q) => q.where(stateOn(dayOf(ctx.now)), '=', query.state as GateState))
      .orderBy('g.until')
      .orderBy('i.name')
      .orderBy('g.id')
      .$castTo<GateRow>(),
    query,
  )
}

export interface NewGate {
  readonly id: string
  readonly institutionId: string
  readonly itemId: string
  readonly scope: MarkScope
  readonly body: string
  readonly year: number
  readonly passed: boolean
  readonly since: string
  readonly until: string
  readonly byInstitutionId: string
}

/** Enters an assessment; false where the same one is there already. */
export async function add(ctx: Ctx, gate: NewGate): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('recognition.gate')
    .values({ ...gate, at: ctx.now, byId: ctx.actor.id })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** Withdraws it, from now on, with the reason. */
export async function withdraw(ctx: Ctx, gate: GateRow, reason: string): Promise<GateRow> {
  await tables(ctx)
    .updateTable('recognition.gate')
    .set({ withdrawnAt: ctx.now, withdrawnReason: reason })
    .where('institutionId', '=', gate.institutionId)
    .where('id', '=', gate.id)
    .execute()
  return find(ctx, gate.id)
}

export type AssessmentRow = Pick<
  Gate,
  'id' | 'institutionId' | 'itemId' | 'scope' | 'body' | 'year' | 'passed' | 'since' | 'until'
>

/** All assessments in force at any time of these items at these institutions. */
export async function listFor(
  ctx: Ctx,
  itemIds: readonly string[],
  institutionIds: readonly string[],
): Promise<AssessmentRow[]> {
  if (itemIds.length === 0 || institutionIds.length === 0) return []
  return tables(ctx)
    .selectFrom('recognition.gate')
    .select(['id', 'institutionId', 'itemId', 'scope', 'body', 'year', 'passed', 'since', 'until'])
    .where('itemId', 'in', [...itemIds])
    .where('institutionId', 'in', [...institutionIds])
    .where('withdrawnAt', 'is', null)
    .execute()
}

/** Names and division codes of institutions. */
export async function listPlaces(ctx: Ctx, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { name: string; divisionCode: string | null }>()
  const rows = await tables(ctx)
    .selectFrom('network.name as n')
    .innerJoin('network.place as p', 'p.id', 'n.id')
    .select(['n.id', 'n.name', 'p.divisionCode'])
    .where('n.id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}
