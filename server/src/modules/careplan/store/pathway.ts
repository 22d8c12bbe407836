import {
  type Guideline,
  nextPathway,
  type Pathway,
  type PathwayLine,
  type PathwayMove,
  type PathwayStatus,
} from '@tongmai/api/careplan/pathway'
import type { ProgrammeCode } from '@tongmai/api/careplan/programme'
import type { Page } from '@tongmai/api/kernel'
import { type Expression, type Insertable, type Selectable, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { CareplanTables } from '../tables.ts'
import { nobody, tables } from './tables-of.ts'

export type PathwayRow = Selectable<CareplanTables['careplan.pathway']>

const open: readonly PathwayStatus[] = ['published', 'replaced', 'withdrawn']

/** What is or was in force is the alliance's; what is being written its owner's. */
const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('careplan.pathway as p')
    .$if(ctx.actor.kind !== 'system', (q) =>
      q.where(
        (eb): Expression<SqlBool> =>
          eb.or([eb('p.institutionId', '=', ctx.actor.institutionId ?? nobody), eb('p.status', 'in', open)]),
      ),
    )

/** A version as the module works with it; 404 where the actor may not see it. */
export async function read(ctx: Ctx, id: string): Promise<PathwayRow> {
  const row = await visible(ctx).selectAll('p').where('p.id', '=', id).executeTakeFirst()
  return row ?? refuse('missing', 'careplan.pathway-missing')
}

/** A version of one's own institution, held; 404 where there is none. */
export async function lock(ctx: Ctx, id: string): Promise<PathwayRow> {
  const row = await visible(ctx).selectAll('p').where('p.id', '=', id).forUpdate().executeTakeFirst()
  return row ?? refuse('missing', 'careplan.pathway-missing')
}

const named = (ctx: Ctx) =>
  visible(ctx)
    .leftJoin('network.name as owner', 'owner.id', 'p.institutionId')
    .leftJoin('careplan.pathway as b', 'b.id', 'p.basedOn')
    .leftJoin('network.name as from', 'from.id', 'b.institutionId')
    .leftJoin('workforce.name as author', 'author.id', 'p.authorId')
    .leftJoin('workforce.name as reviewer', 'reviewer.id', 'p.reviewerId')
    .selectAll('p')
    .select(['owner.shortName as ownerName', 'author.name as authorName', 'reviewer.name as reviewerName'])
    .select(['b.title as baseTitle', 'b.version as baseVersion', 'from.shortName as baseOwner'])
    .select((eb) =>
      eb
        .selectFrom('careplan.followedPathway as u')
        .whereRef('u.pathwayId', '=', 'p.id')
        .where('u.institutionId', '=', ctx.actor.institutionId ?? nobody)
        .where('u.endedOn', 'is', null)
        .select(sql<number>`count(*)::int`.as('n'))
        .as('inUse'),
    )
type Named = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number]

const lineOf = (ctx: Ctx, row: Named): PathwayLine => ({
  ...{ id: row.id, line: row.line, version: row.version, programme: row.programme, title: row.title },
  ...{ status: row.status, institution: { id: row.institutionId, name: row.ownerName ?? '' } },
  ...{ mine: row.institutionId === ctx.actor.institutionId, steps: row.steps.length },
  off: row.steps.filter((one) => one.guideline === null).length,
  basedOn:
    row.basedOn && row.baseTitle
      ? {
          ...{ id: row.basedOn, title: row.baseTitle, version: row.baseVersion ?? 1 },
          institution: row.baseOwner ?? '',
        }
      : null,
  ...{ changedAt: row.changedAt, inUse: row.inUse ?? 0 },
})

export interface PathwayFilter {
  readonly programme?: ProgrammeCode | undefined
  readonly status?: PathwayStatus | undefined
  readonly mine?: boolean | undefined
}

const RANK = sql`case p.status when 'published' then 0 when 'inReview' then 1 when 'reviewed' then 1 when 'draft' then 2 else 3 end`

/** One page: what is in force first, then what is being written, then what was. */
export async function list(
  ctx: Ctx,
  f: PathwayFilter & { offset: number; limit: number },
): Promise<Page<PathwayLine>> {
  const query = named(ctx)
    .$if(f.programme !== undefined, (q) => q.where('p.programme', '=', f.programme as ProgrammeCode))
    .$if(f.status !== undefined, (q) => q.where('p.status', '=', f.status as PathwayStatus))
    .$if(f.status === undefined, (q) => q.where('p.status', '!=', 'discarded'))
    .$if(f.mine === true, (q) => q.where('p.institutionId', '=', ctx.actor.institutionId ?? nobody))
    .orderBy(RANK)
    .orderBy('p.programme')
    .orderBy('p.changedAt', 'desc')
    .orderBy('p.id')
  const { items, total } = await pageOf(ctx, query, f)
  return { items: items.map((row) => lineOf(ctx, row)), total }
}

export async function findLine(ctx: Ctx, id: string): Promise<PathwayLine> {
  const row = await named(ctx).where('p.id', '=', id).executeTakeFirst()
  return row ? lineOf(ctx, row) : refuse('missing', 'careplan.pathway-missing')
}

/** One version with everything that is said of it. */
export async function find(ctx: Ctx, id: string): Promise<Omit<Pathway, 'acts'>> {
  const row = await named(ctx).where('p.id', '=', id).executeTakeFirst()
  if (!row) return refuse('missing', 'careplan.pathway-missing')
  const versions = await visible(ctx)
    .select(['p.id', 'p.version', 'p.status'])
    .where('p.line', '=', row.line)
    .where('p.status', '!=', 'discarded')
    .orderBy('p.version', 'desc')
    .limit(50)
    .execute()
  return {
    ...lineOf(ctx, row),
    ...{ steps: row.steps, note: row.note, author: row.authorName, reviewer: row.reviewerName },
    ...{ publishedOn: row.publishedOn, endedOn: row.endedOn, endNote: row.endNote, comment: row.comment },
    ...{ revision: row.revision, versions },
  }
}

/** Every published one of these programmes: the own institution's first. */
export const listInForce = (ctx: Ctx) =>
  visible(ctx)
    .leftJoin('network.name as owner', 'owner.id', 'p.institutionId')
    .select(['p.id', 'p.line', 'p.title', 'p.version', 'p.programme', 'owner.shortName as owner'])
    .where('p.status', '=', 'published')
    .orderBy(sql`p.institution_id = ${ctx.actor.institutionId} desc`)
    .orderBy('p.title')
    .limit(50)
    .execute()

/** The number of the next version of a line. */
export async function nextVersion(ctx: Ctx, line: string): Promise<number> {
  const row = await tables(ctx)
    .selectFrom('careplan.pathway')
    .select(sql<number>`coalesce(max(version), 0) + 1`.as('version'))
    .where('line', '=', line)
    .executeTakeFirstOrThrow()
  return row.version
}

/** Adds a draft; 409 where the next version of the line is being written already. */
export async function add(ctx: Ctx, row: Insertable<CareplanTables['careplan.pathway']>): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tables(ctx)
    .insertInto('careplan.pathway')
    .values(row)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) refuse('conflict', 'careplan.pathway-being-written')
}

type Change = Partial<Omit<PathwayRow, 'steps' | 'status'>> & { steps?: string }

export async function change(ctx: Ctx, row: PathwayRow, set: Change): Promise<void> {
  await tables(ctx)
    .updateTable('careplan.pathway')
    .set({ ...set, changedAt: ctx.now, revision: row.revision + 1 })
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .execute()
}

/** Moves it on; the only writer of its status. */
export async function move(
  ctx: Ctx,
  row: PathwayRow,
  name: PathwayMove,
  set: Change = {},
): Promise<PathwayRow> {
  const status = nextPathway(row.status, name)
  if (!status) throw new Error(`${name} from ${row.status}`)
  return tables(ctx)
    .updateTable('careplan.pathway')
    .set({ ...set, status, changedAt: ctx.now, revision: row.revision + 1 })
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The version of a line that is in force, held. */
export const lockInForce = (ctx: Ctx, line: string): Promise<PathwayRow | undefined> =>
  tables(ctx)
    .selectFrom('careplan.pathway')
    .selectAll()
    .where('line', '=', line)
    .where('status', '=', 'published')
    .forUpdate()
    .executeTakeFirst()

/** What was ever in force, in id order, for projecting anew. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number): Promise<PathwayRow[]> =>
  tables(ctx)
    .selectFrom('careplan.pathway')
    .selectAll()
    .where('status', 'in', open)
    .$if(after !== null, (q) => q.where('id', '>', after as string))
    .orderBy('id')
    .limit(limit)
    .execute()

export const listGuidelines = (ctx: Ctx): Promise<Guideline[]> =>
  tables(ctx).selectFrom('careplan.guideline').selectAll().orderBy('code').execute()
