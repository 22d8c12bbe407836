import {
  type AdviceLine,
  type AdviceMessage,
  type AdviceMove,
  type AdviceStatus,
  adviceStatuses,
  type MyAdviceLine,
  nextAdvice,
} from '@tongmai/api/contract/advice'
import type { Page } from '@tongmai/api/kernel'
import { type Selectable, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Attached } from '../../../kernel/file.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ContractTables } from '../tables.ts'
import { cardOf } from './line.ts'
import { nobody, tables } from './tables-of.ts'

export type AdviceRow = Selectable<ContractTables['contract.advice']>

/** A resident sees their own and those they stand for, staff what their community was asked. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('contract.advice as a')
    .$if(ctx.actor.kind === 'resident', (q) =>
      q.where('a.residentId', 'in', [...ctx.actor.residentIds, nobody]),
    )
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where('a.communityId', '=', ctx.actor.institutionId ?? nobody),
    )

/** One's own conversation, held; 404 where there is none. */
export async function lock(ctx: Ctx, id: string): Promise<AdviceRow> {
  const row = await visible(ctx).selectAll('a').where('a.id', '=', id).forUpdate('a').executeTakeFirst()
  return row ?? refuse('missing', 'contract.advice-missing')
}

/** The conversations of a contract that are not over, held. */
export const lockOpen = (ctx: Ctx, contractId: string): Promise<AdviceRow[]> =>
  visible(ctx)
    .selectAll('a')
    .where('a.contractId', '=', contractId)
    .where('a.status', 'in', ['asked', 'answered'])
    .orderBy('a.id')
    .forUpdate('a')
    .execute()

const named = (ctx: Ctx) =>
  visible(ctx)
    .leftJoin('resident.card as card', 'card.id', 'a.residentId')
    .leftJoin('workforce.name as owner', 'owner.id', 'a.ownerId')
    .leftJoin('workforce.teamName as team', 'team.id', 'a.teamId')
    .selectAll('a')
    .select(['card.nameMasked', 'card.sex', 'card.birthDate', 'card.idMasked'])
    .select(['owner.name as ownerName', 'team.name as teamName', 'team.phone as teamPhone'])
type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const shared = (row: Named) => ({
  ...{ id: row.id, status: row.status, subject: row.subject, askedAt: row.askedAt, since: row.since },
  ...{ due: row.due, outOfHours: row.outOfHours, begunBy: row.begunBy },
  owner: { id: row.ownerId, name: row.ownerName ?? '' },
})
export const lineOf = (row: Named): AdviceLine => ({
  ...{ ...shared(row), resident: cardOf(row), contractId: row.contractId },
})
export const myLineOf = (row: Named): MyAdviceLine => ({
  ...{ ...shared(row), residentId: row.residentId, team: row.teamName ?? '' },
})

/** The conversation with its names; 404 where it is not the reader's. */
export async function find(ctx: Ctx, id: string): Promise<Named> {
  const row = await named(ctx).where('a.id', '=', id).executeTakeFirst()
  return row ?? refuse('missing', 'contract.advice-missing')
}

interface Asked {
  readonly status?: AdviceStatus | undefined
  readonly mine?: boolean | undefined
  readonly contractId?: string | undefined
  readonly offset: number
  readonly limit: number
}

/** What waits comes first, the soonest due on top; then the newest. */
export const list = (ctx: Ctx, f: Asked): Promise<Page<Named>> =>
  pageOf(
    ctx,
    named(ctx)
      .$if(f.status !== undefined, (q) => q.where('a.status', '=', f.status as 'asked'))
      .$if(f.mine === true, (q) => q.where('a.ownerId', '=', ctx.actor.practitionerId ?? nobody))
      .$if(f.contractId !== undefined, (q) => q.where('a.contractId', '=', f.contractId as string))
      .orderBy(sql`a.due asc nulls last`)
      .orderBy('a.since', 'desc')
      .orderBy('a.id'),
    f,
  )

/** How many there are in each state. */
export async function count(ctx: Ctx, f: Pick<Asked, 'mine'>): Promise<Record<AdviceStatus, number>> {
  const rows = await visible(ctx)
    .$if(f.mine === true, (q) => q.where('a.ownerId', '=', ctx.actor.practitionerId ?? nobody))
    .select(['a.status', sql<number>`count(*)::int`.as('count')])
    .groupBy('a.status')
    .execute()
  const found = new Map(rows.map((row) => [row.status, row.count]))
  return Object.fromEntries(adviceStatuses.map((one) => [one, found.get(one) ?? 0])) as Record<
    AdviceStatus,
    number
  >
}

/** Everything said in a conversation, in order. */
export async function listMessages(ctx: Ctx, adviceId: string): Promise<AdviceMessage[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.adviceMessage as m')
    .leftJoin('workforce.name as by', 'by.id', 'm.practitionerId')
    .select(['m.id', 'm.at', 'm.fromResident', 'm.text', 'by.name as by'])
    .where('m.adviceId', '=', adviceId)
    .orderBy('m.at')
    .orderBy('m.id')
    .limit(500)
    .execute()
  const files = await tables(ctx)
    .selectFrom('contract.adviceFile')
    .select(['id', 'messageId', 'media', 'size'])
    .where('adviceId', '=', adviceId)
    .orderBy('id')
    .limit(1000)
    .execute()
  const byMessage = Map.groupBy(files, (one) => one.messageId)
  return rows.map((row) => ({
    ...row,
    files: (byMessage.get(row.id) ?? []).map(({ id, media, size }) => ({ id, media, size })),
  }))
}

/** A file of a conversation that the reader may see. */
export async function findFile(ctx: Ctx, id: string) {
  const row = await visible(ctx)
    .innerJoin('contract.adviceFile as f', (join) =>
      join.onRef('f.residentId', '=', 'a.residentId').onRef('f.adviceId', '=', 'a.id'),
    )
    .select(['f.hash', 'f.media', 'a.residentId', 'a.id as adviceId'])
    .where('f.id', '=', id)
    .executeTakeFirst()
  return row ?? refuse('missing', 'contract.advice-file-missing')
}

export const add = (ctx: Ctx, row: Omit<AdviceRow, 'version' | 'became' | 'becameId'>): Promise<unknown> =>
  tables(ctx).insertInto('contract.advice').values(row).execute()

/** Writes down what was said, with what came along; by whoever acts, or as the demonstration has it. */
export async function addMessage(
  ctx: Ctx,
  of: Pick<AdviceRow, 'id' | 'residentId'>,
  said: { text: string; files: readonly Attached[]; at?: Date; by?: string | null },
): Promise<void> {
  const id = ctx.id()
  const { id: adviceId, residentId } = of
  const practitionerId = said.by === undefined ? ctx.actor.practitionerId : said.by
  const { text, at = ctx.now } = said
  await tables(ctx)
    .insertInto('contract.adviceMessage')
    .values({
      ...{ residentId, adviceId, id, at, text, practitionerId },
      fromResident: practitionerId === null && ctx.actor.kind !== 'staff',
    })
    .execute()
  if (said.files.length === 0) return
  await tables(ctx)
    .insertInto('contract.adviceFile')
    .values(
      said.files.map(({ hash, media, size }) => ({
        ...{ residentId, messageId: id, id: ctx.id(), adviceId, hash, media, size },
      })),
    )
    .execute()
}

/** The one way its state changes. */
export async function move(
  ctx: Ctx,
  row: AdviceRow,
  name: AdviceMove,
  set: Partial<AdviceRow> = {},
): Promise<AdviceRow> {
  const status =
    nextAdvice(row.status, name) ??
    refuse('conflict', 'contract.advice-not-now', { details: { status: row.status } })
  return change(ctx, row, { due: null, ...set, status, since: ctx.now })
}

export const change = (ctx: Ctx, row: AdviceRow, set: Partial<AdviceRow>): Promise<AdviceRow> =>
  tables(ctx)
    .updateTable('contract.advice')
    .set({ ...set, version: row.version + 1 })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
