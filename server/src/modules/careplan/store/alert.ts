import type { Alert, AlertResponse } from '@tongmai/api/careplan/reading'
import type { Page } from '@tongmai/api/kernel'
import { type Expression, type Selectable, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { maySee } from '../../../kernel/grant.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { AlertRule } from '../find-alerts.ts'
import type { CareplanTables } from '../tables.ts'
import { cardOf } from './card.ts'
import { nobody, tables } from './tables-of.ts'

export type AlertRow = Selectable<CareplanTables['careplan.alert']>

export interface NewAlert {
  readonly residentId: string
  readonly institutionId: string
  readonly practitionerId: string | null
  readonly deviceId: string | null
  readonly rule: AlertRule
  readonly at: Date
  readonly value: number | null
  readonly value2: number | null
}

/** Raises it; while the same has not been answered it is the same alert, once more. Answers the id where it is new. */
export async function raise(ctx: Ctx, { rule, at, ...alert }: NewAlert): Promise<string | undefined> {
  const row = await tables(ctx)
    .insertInto('careplan.alert')
    .values({
      ...{ ...alert, id: ctx.id(), rule: rule.code, name: rule.name, source: rule.source },
      ...{ kind: rule.kind as AlertRow['kind'], level: rule.level },
      ...{ raisedAt: ctx.now, firstAt: at, lastAt: at },
    })
    .onConflict((c) =>
      c.columns(['residentId', 'rule']).where(sql<boolean>`status = 'open'`).doUpdateSet({
        times: sql<number>`alert.times + 1`,
        lastAt: sql<Date>`greatest(alert.last_at, excluded.last_at)`,
        value: sql<number>`excluded.value`,
        value2: sql<number>`excluded.value2`,
      }),
    )
    .returning(['id', 'times'])
    .executeTakeFirstOrThrow()
  return row.times === 1 ? row.id : undefined
}

const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('careplan.alert as a')
    .where(
      (eb): Expression<SqlBool> =>
        eb.or([eb('a.institutionId', '=', ctx.actor.institutionId ?? nobody), maySee(ctx, 'a.residentId')]),
    )

const named = (ctx: Ctx) =>
  visible(ctx)
    .leftJoin('resident.card as card', 'card.id', 'a.residentId')
    .leftJoin('workforce.name as owner', 'owner.id', 'a.practitionerId')
    .leftJoin('workforce.name as doer', 'doer.id', 'a.answeredBy')
    .selectAll('a')
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked'])
    .select(['owner.name as ownerName', 'doer.name as doerName'])

type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const lineOf = (ctx: Ctx, row: Named): Alert => ({
  ...{
    id: row.id,
    resident: cardOf(row),
    rule: row.rule,
    name: row.name,
    source: row.source,
    kind: row.kind,
  },
  ...{ level: row.level, mine: row.institutionId === ctx.actor.institutionId, practitioner: row.ownerName },
  ...{ raisedAt: row.raisedAt, lastAt: row.lastAt, value: row.value, value2: row.value2, times: row.times },
  ...{ status: row.status, response: row.response, note: row.note },
  ...{ answeredBy: row.doerName, answeredAt: row.answeredAt },
})

interface Asked {
  readonly status: AlertRow['status']
  readonly residentId?: string | undefined
  readonly mine?: boolean | undefined
  readonly offset: number
  readonly limit: number
}

/** One page of alerts: the critical first, then the newest. */
export async function list(ctx: Ctx, asked: Asked): Promise<Page<Alert>> {
  const query = named(ctx)
    .where('a.status', '=', asked.status)
    .$if(asked.residentId !== undefined, (q) => q.where('a.residentId', '=', asked.residentId as string))
    .$if(asked.residentId === undefined, (q) =>
      q.where('a.institutionId', '=', ctx.actor.institutionId ?? nobody),
    )
    .$if(asked.mine === true, (q) => q.where('a.practitionerId', '=', ctx.actor.practitionerId ?? nobody))
    .orderBy(sql`(a.level = 'critical') desc`)
    .orderBy('a.raisedAt', 'desc')
    .orderBy('a.id')
  const { items, total } = await pageOf(ctx, query, asked)
  return { items: items.map((row) => lineOf(ctx, row)), total }
}

export async function find(ctx: Ctx, id: string): Promise<Alert> {
  const row = await named(ctx).where('a.id', '=', id).executeTakeFirst()
  return row ? lineOf(ctx, row) : refuse('missing', 'careplan.alert-missing')
}

/** An alert of one's own institution, held. */
export async function lock(ctx: Ctx, id: string): Promise<AlertRow> {
  const row = await tables(ctx)
    .selectFrom('careplan.alert')
    .selectAll()
    .where('id', '=', id)
    .where('institutionId', '=', ctx.actor.institutionId ?? nobody)
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'careplan.alert-missing')
}

/** Writes down what was done about it. */
export async function answer(
  ctx: Ctx,
  row: Pick<AlertRow, 'residentId' | 'id'>,
  said: { response: AlertResponse; note: string; answeredBy: string | null },
): Promise<void> {
  await tables(ctx)
    .updateTable('careplan.alert')
    .set({ ...said, status: 'answered', answeredAt: ctx.now })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .execute()
}

/** The open alerts of one resident. Call as the system. */
export const listOpen = (ctx: Ctx, residentId: string): Promise<AlertRow[]> =>
  tables(ctx)
    .selectFrom('careplan.alert')
    .selectAll()
    .where('residentId', '=', residentId)
    .where('status', '=', 'open')
    .limit(50)
    .execute()
