import type { Bulk, BulkLine, BulkStatus, bulkForm, LineProblem } from '@tongmai/api/contract/bulk'
import type { Page } from '@tongmai/api/kernel'
import type { Relation } from '@tongmai/api/resident/person'
import type { Selectable } from 'kysely'
import type * as z from 'zod/mini'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ContractTables } from '../tables.ts'
import { nobody, tables } from './tables-of.ts'

export type BulkForm = z.output<typeof bulkForm>
export type BulkRow = Omit<Selectable<ContractTables['contract.bulk']>, 'form'> & { form: BulkForm }
const UNDER_WAY: readonly BulkStatus[] = ['checking', 'signing']

const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('contract.bulk')
    .selectAll()
    .$if(ctx.actor.kind !== 'system', (q) => q.where('institutionId', '=', ctx.actor.institutionId ?? nobody))

const shown = (row: Selectable<ContractTables['contract.bulk']>): Bulk => ({
  ...{ id: row.id, fileName: row.fileName, status: row.status, total: row.total, good: row.good },
  ...{ bad: row.bad, done: row.done, createdAt: row.createdAt, changedAt: row.changedAt },
})

export async function find(ctx: Ctx, id: string): Promise<BulkRow> {
  const row = await visible(ctx).where('id', '=', id).executeTakeFirst()
  return row ? (row as unknown as BulkRow) : refuse('missing', 'contract.bulk-missing')
}

/** As `find`, and holds the row: one worker at a time goes on with it. */
export async function lock(ctx: Ctx, id: string): Promise<BulkRow> {
  const row = await visible(ctx).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? (row as unknown as BulkRow) : refuse('missing', 'contract.bulk-missing')
}

export const shownOf = (row: BulkRow): Bulk => shown(row)

export async function list(ctx: Ctx, paging: { offset: number; limit: number }): Promise<Page<Bulk>> {
  const { items, total } = await pageOf(ctx, visible(ctx).orderBy('createdAt', 'desc').orderBy('id'), paging)
  return { items: items.map(shown), total }
}

export async function add(
  ctx: Ctx,
  of: { id: string; institutionId: string; form: BulkForm; consentHash: string },
): Promise<void> {
  const { form, ...rest } = of
  await tables(ctx)
    .insertInto('contract.bulk')
    .values({
      ...{ ...rest, form: JSON.stringify(form), fileHash: form.hash, fileName: form.fileName },
      ...{ status: 'checking', createdBy: ctx.actor.id, createdAt: ctx.now, changedAt: ctx.now },
    })
    .execute()
}

export async function change(ctx: Ctx, row: BulkRow, set: Partial<Omit<BulkRow, 'form'>>): Promise<BulkRow> {
  const changed = await tables(ctx)
    .updateTable('contract.bulk')
    .set({ ...set, changedAt: ctx.now })
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return changed as unknown as BulkRow
}

/** Those under way that nobody has moved for a minute: their worker was killed. */
export const listStalled = (ctx: Ctx, before: Date) =>
  tables(ctx)
    .selectFrom('contract.bulk')
    .select(['id', 'status'])
    .where('status', 'in', [...UNDER_WAY])
    .where('changedAt', '<', before)
    .limit(20)
    .execute()

/** A line as it is kept after the dry run. */
export interface CheckedLine {
  readonly line: number
  readonly name: string
  readonly numberMasked: string
  readonly residentId: string | null
  readonly teamId: string | null
  readonly doctorId: string | null
  readonly packageIds: readonly string[] | null
  readonly months: number | null
  /** Who signed and how they are related; null where the resident did. */
  readonly signer: string | null
  readonly relation: Relation | null
  readonly problem: LineProblem | null
  readonly details: Readonly<Record<string, string | number>>
}

/** Keeps many checked lines in one statement. */
export async function addLines(ctx: Ctx, row: BulkRow, lines: readonly CheckedLine[]): Promise<void> {
  await ctx.client.query({
    name: 'contract-bulk-lines',
    text: `insert into contract.bulk_line (institution_id, bulk_id, line, name, number_masked, resident_id, team_id, doctor_id,
        package_ids, months, status, problem, details, signer, relation)
      select $1, $2, l.line, l.name, l."numberMasked", l."residentId", l."teamId", l."doctorId", l."packageIds", l.months,
        case when l.problem is null then 'good' else 'bad' end, l.problem, l.details,
        l.signer, l.relation
      from jsonb_to_recordset($3::jsonb) l (line int, name text, "numberMasked" text, "residentId" uuid, "teamId" uuid,
        "doctorId" uuid, "packageIds" uuid[], months int, problem text, details jsonb, signer text, relation text)
      on conflict do nothing`,
    values: [row.institutionId, row.id, JSON.stringify(lines)],
  })
}

/** Whose the good lines are that nobody has dealt with yet. */
export async function listWhose(ctx: Ctx, row: BulkRow): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.bulkLine')
    .select('doctorId')
    .distinct()
    .where('institutionId', '=', row.institutionId)
    .where('bulkId', '=', row.id)
    .where('status', '=', 'good')
    .orderBy('doctorId')
    .execute()
  return rows.flatMap((one) => one.doctorId ?? [])
}

/** The next good lines of one doctor that no other worker holds, held until the transaction ends. */
export const claimGood = (ctx: Ctx, row: BulkRow, doctorId: string, limit: number) =>
  tables(ctx)
    .selectFrom('contract.bulkLine')
    .selectAll()
    .where('institutionId', '=', row.institutionId)
    .where('bulkId', '=', row.id)
    .where('status', '=', 'good')
    .where('doctorId', '=', doctorId)
    .orderBy('line')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()

/** Counts what became of lines; beside other workers, who count theirs. */
export async function count(ctx: Ctx, row: BulkRow, of: { done: number; failed: number }): Promise<BulkRow> {
  const changed = await tables(ctx)
    .updateTable('contract.bulk')
    .set((eb) => ({
      done: eb('done', '+', of.done),
      good: eb('good', '-', of.failed),
      bad: eb('bad', '+', of.failed),
      changedAt: ctx.now,
    }))
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return changed as unknown as BulkRow
}

/** How many good lines each doctor has in a spreadsheet so far. */
export async function countByDoctor(ctx: Ctx, row: BulkRow): Promise<Map<string, number>> {
  const rows = await tables(ctx)
    .selectFrom('contract.bulkLine')
    .select((eb) => ['doctorId', eb.fn.countAll<string>().as('n')])
    .where('institutionId', '=', row.institutionId)
    .where('bulkId', '=', row.id)
    .where('status', '=', 'good')
    .groupBy('doctorId')
    .execute()
  return new Map(rows.flatMap((one) => (one.doctorId ? [[one.doctorId, Number(one.n)] as const] : [])))
}

/** What became of lines: the contract, or why there is none after all. */
export interface Outcome {
  readonly line: number
  readonly contractId: string | null
  readonly problem: LineProblem | null
}

export async function changeLines(ctx: Ctx, row: BulkRow, outcomes: readonly Outcome[]): Promise<void> {
  await ctx.client.query({
    name: 'contract-bulk-outcomes',
    text: `update contract.bulk_line l set contract_id = o."contractId", problem = o.problem,
        status = case when o.problem is null then 'done' else 'bad' end
      from jsonb_to_recordset($3::jsonb) o (line int, "contractId" uuid, problem text)
      where l.institution_id = $1 and l.bulk_id = $2 and l.line = o.line`,
    values: [row.institutionId, row.id, JSON.stringify(outcomes)],
  })
}

export async function listLines(
  ctx: Ctx,
  row: BulkRow,
  asked: { status?: 'good' | 'bad' | 'done' | undefined; offset: number; limit: number },
): Promise<Page<BulkLine>> {
  const query = tables(ctx)
    .selectFrom('contract.bulkLine')
    .select(['line', 'name', 'numberMasked as number', 'status', 'problem', 'details', 'contractId'])
    .where('institutionId', '=', row.institutionId)
    .where('bulkId', '=', row.id)
    .$if(asked.status !== undefined, (q) => q.where('status', '=', asked.status as 'good'))
    .orderBy('line')
  const { items, total } = await pageOf(ctx, query, asked)
  return { items: items.map((one) => ({ ...one, details: one.details as BulkLine['details'] })), total }
}
