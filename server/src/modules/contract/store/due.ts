import type { ContractService, MyService, ServiceFilter } from '@tongmai/api/contract/fulfilment'
import { delivery } from '@tongmai/api/contract/fulfilment'
import type { Page } from '@tongmai/api/kernel'
import { type Expression, type Selectable, type SqlBool, sql } from 'kysely'
import * as z from 'zod/mini'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { maySee } from '../../../kernel/grant.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ContractTables } from '../tables.ts'
import { cardOf } from './line.ts'
import { nobody, tables } from './tables-of.ts'

export type ServiceRow = Selectable<ContractTables['contract.service']>

/** What the actor's community owes, what the resident is owed, and what is delivered to whom one may open. */
export const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('contract.service as s')
    .$if(ctx.actor.kind === 'resident', (q) =>
      q.where('s.residentId', 'in', [...ctx.actor.residentIds, nobody]),
    )
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where(
        (eb): Expression<SqlBool> =>
          eb.or([eb('s.communityId', '=', ctx.actor.institutionId ?? nobody), maySee(ctx, 's.residentId')]),
      ),
    )

/** The service of one's own community, held; 404 where there is none. */
export async function lock(ctx: Ctx, id: string): Promise<ServiceRow> {
  const row = await tables(ctx)
    .selectFrom('contract.service')
    .selectAll()
    .where('id', '=', id)
    .where('communityId', '=', ctx.actor.institutionId ?? nobody)
    .forUpdate()
    .executeTakeFirst()
  return row ?? refuse('missing', 'contract.service-missing')
}

/** The next one of an item that is still owed, held. */
export const lockNext = (ctx: Ctx, contractId: string, itemCode: string): Promise<ServiceRow | undefined> =>
  tables(ctx)
    .selectFrom('contract.service')
    .selectAll()
    .where('contractId', '=', contractId)
    .where('itemCode', '=', itemCode)
    .where('status', '=', 'due')
    .orderBy('seq')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

const when = (ctx: Ctx, f: ServiceFilter) => {
  const today = dayOf(ctx.now)
  const open = sql<boolean>`s.status = 'due'`
  if (f.when === 'overdue') return sql<boolean>`${open} and s.due_on < ${today}`
  if (f.when === 'now') return sql<boolean>`${open} and s.due_from <= ${today} and s.due_on >= ${today}`
  return sql<boolean>`${open} and s.due_from > ${today}`
}

const hasFlag = sql<boolean>`exists (select from contract.flag f
  where f.resident_id = s.resident_id and f.service_id = s.id and f.state = 'open')`

const named = (ctx: Ctx, f: ServiceFilter) =>
  visible(ctx)
    .$if(f.status !== undefined, (q) => q.where('s.status', '=', f.status as 'due'))
    .$if(f.when !== undefined, (q) => q.where(when(ctx, f)))
    .$if(f.mine === true, (q) => q.where('s.assigneeId', '=', ctx.actor.practitionerId ?? nobody))
    .$if(f.teamId !== undefined, (q) => q.where('s.teamId', '=', f.teamId as string))
    .$if(f.contractId !== undefined, (q) => q.where('s.contractId', '=', f.contractId as string))
    .$if(f.residentId !== undefined, (q) => q.where('s.residentId', '=', f.residentId as string))
    .$if(f.itemCode !== undefined, (q) => q.where('s.itemCode', '=', f.itemCode as string))
    .$if(f.flagged === true, (q) => q.where(hasFlag))
    .leftJoin('resident.card as card', 'card.id', 's.residentId')
    .leftJoin('workforce.teamName as team', 'team.id', 's.teamId')
    .leftJoin('workforce.name as assignee', 'assignee.id', 's.assigneeId')
    .leftJoin('workforce.name as doer', 'doer.id', 's.doneBy')
    .selectAll('s')
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked'])
    .select(['team.name as teamName', 'assignee.name as assigneeName', 'doer.name as doerName'])
    .select(
      sql<number>`(select count(*)::int from contract.flag f where f.resident_id = s.resident_id
        and f.service_id = s.id and f.state = 'open')`.as('flags'),
    )

type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const lineOf = (row: Named): ContractService => ({
  ...{ id: row.id, contractId: row.contractId, resident: cardOf(row), team: row.teamName ?? '' },
  ...{ itemCode: row.itemCode, item: row.itemName, seq: row.seq, performer: row.performer },
  ...{ evidence: row.evidence, status: row.status, dueFrom: row.dueFrom, dueOn: row.dueOn },
  assignee: row.assigneeId ? { id: row.assigneeId, name: row.assigneeName ?? '' } : null,
  ...{ doneAt: row.doneAt, doneBy: row.doerName, note: row.note, flags: row.flags },
  proof: row.proof ? z.decode(delivery, row.proof as z.input<typeof delivery>) : null,
})

/** One page of services: what is owed by its day, what was delivered newest first. */
export async function list(
  ctx: Ctx,
  asked: ServiceFilter & { offset: number; limit: number },
): Promise<Page<ContractService>> {
  const query = named(ctx, asked)
  const sorted =
    asked.status === 'done'
      ? query.orderBy('s.doneAt', 'desc').orderBy('s.id')
      : query.orderBy('s.dueOn').orderBy('s.id')
  const { items, total } = await pageOf(ctx, sorted, asked)
  return { items: items.map(lineOf), total }
}

export async function find(ctx: Ctx, id: string): Promise<ContractService> {
  const row = await named(ctx, {}).where('s.id', '=', id).executeTakeFirst()
  return row ? lineOf(row) : refuse('missing', 'contract.service-missing')
}

/** A resident's services: what comes next first, then what was. */
export async function listOwn(
  ctx: Ctx,
  asked: { status?: 'due' | 'done' | 'refused' | 'lapsed' | undefined; offset: number; limit: number },
): Promise<Page<MyService>> {
  const query = visible(ctx)
    .leftJoin('workforce.name as doer', 'doer.id', 's.doneBy')
    .select(['s.id', 's.residentId', 's.itemName as item', 's.status', 's.dueFrom', 's.dueOn', 's.doneAt'])
    .select('doer.name as doneBy')
    .$if(asked.status !== undefined, (q) => q.where('s.status', '=', asked.status as 'due'))
    .orderBy(sql`s.done_at desc nulls first`)
    .orderBy('s.dueOn')
    .orderBy('s.id')
  return pageOf(ctx, query, asked)
}

/** Writes down what became of a service. */
export async function change(
  ctx: Ctx,
  row: Pick<ServiceRow, 'residentId' | 'contractId' | 'id'>,
  set: Partial<Omit<ServiceRow, 'proof'>> & { proof?: string },
): Promise<void> {
  await tables(ctx)
    .updateTable('contract.service')
    .set(set)
    .where('residentId', '=', row.residentId)
    .where('contractId', '=', row.contractId)
    .where('id', '=', row.id)
    .execute()
}

/** Gives open services of one's own community to somebody; answers how many. */
export async function assign(ctx: Ctx, ids: readonly string[], assigneeId: string): Promise<number> {
  const { numUpdatedRows } = await tables(ctx)
    .updateTable('contract.service')
    .set({ assigneeId })
    .where('id', 'in', [...ids, nobody])
    .where('communityId', '=', ctx.actor.institutionId ?? nobody)
    .where('status', '=', 'due')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** What is still owed when a contract ends lapses; answers how many had come due by then. */
export async function lapse(ctx: Ctx, of: { residentId: string; id: string }, on: string): Promise<number> {
  const lapsed = await tables(ctx)
    .updateTable('contract.service')
    .set({ status: 'lapsed' })
    .where('residentId', '=', of.residentId)
    .where('contractId', '=', of.id)
    .where('status', '=', 'due')
    .returning('dueFrom')
    .execute()
  return lapsed.filter((row) => row.dueFrom <= on).length
}

/** What one person delivered on a day, with its evidence. */
export async function listDoneOn(ctx: Ctx, practitionerId: string, day: string) {
  const rows = await tables(ctx)
    .selectFrom('contract.service')
    .select(['id', 'residentId', 'proof'])
    .where('doneBy', '=', practitionerId)
    .where('status', '=', 'done')
    .where('doneAt', '>=', startOf(day))
    .where('doneAt', '<', startOf(dayAfter(day, 1)))
    .where('proof', 'is not', null)
    .limit(500)
    .execute()
  return rows.map((row) => ({ ...row, proof: z.decode(delivery, row.proof as z.input<typeof delivery>) }))
}
