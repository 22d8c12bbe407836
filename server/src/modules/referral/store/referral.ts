import { type BegunBy, cannot, nextStatus, type ReferralMove } from '@tongmai/api/referral/flow'
import { type Expression, type Selectable, type SqlBool, sql } from 'kysely'
import type { Actor } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { clockOf, keepsClock } from '../deadline.ts'
import type { ReferralTables } from '../tables.ts'
import { type ReferralRow, readRow, writeRow } from './row.ts'

export const tables = (ctx: Ctx) => ctx.db.withTables<ReferralTables>()
const ROW_LIMIT = 200

/** Every read starts here: a party sees what it wrote, and what was sent by it or to it; the rest does not exist for it. */
export const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('referral.referral as r')
    .$if(ctx.actor.kind === 'resident', (q) =>
      q.where('r.residentId', 'in', [...ctx.actor.residentIds]).where('r.submittedAt', 'is not', null),
    )
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where((eb): Expression<SqlBool> => {
        const own = ctx.actor.institutionId
        const mineIf = (side: 'r.fromInstitutionId' | 'r.toInstitutionId', by: BegunBy) =>
          eb.and([eb(side, '=', own), eb.or([eb('r.begunBy', '=', by), eb('r.submittedAt', 'is not', null)])])
        return eb.or([mineIf('r.fromInstitutionId', 'sender'), mineIf('r.toInstitutionId', 'receiver')])
      }),
    )

/** The referral, or 404. */
export async function find(ctx: Ctx, id: string): Promise<ReferralRow> {
  const row = await visible(ctx).selectAll('r').where('r.id', '=', id).executeTakeFirst()
  return row ? readRow(row) : refuse('missing', 'referral.missing')
}

/** As `find`, and holds the row, so that two cannot move it at once. */
export async function lock(ctx: Ctx, id: string): Promise<ReferralRow> {
  const row = await visible(ctx).selectAll('r').where('r.id', '=', id).forUpdate('r').executeTakeFirst()
  return row ? readRow(row) : refuse('missing', 'referral.missing')
}

/** The referral that came out of this one and has not ended badly, if any. */
export async function findChild(
  ctx: Ctx,
  parentId: string,
): Promise<{ id: string; status: string } | undefined> {
  return tables(ctx)
    .selectFrom('referral.referral')
    .select(['id', 'status'])
    .where('parentId', '=', parentId)
    .where('direction', '=', 'down')
    .where('status', 'not in', ['rejected', 'declinedByPatient', 'withdrawn', 'cancelled'])
    .executeTakeFirst()
}

/** Whether anything of a chain of care still goes on. */
export async function isEpisodeLive(ctx: Ctx, episodeId: string): Promise<boolean> {
  const live = await tables(ctx)
    .selectFrom('referral.referral')
    .select('id')
    .where('episodeId', '=', episodeId)
    .where('submittedAt', 'is not', null)
    .where('endedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return live !== undefined
}

/** Referrals in id order, after the given one. */
export async function listAfter(ctx: Ctx, after: string | null, limit: number): Promise<ReferralRow[]> {
  const rows = await visible(ctx)
    .selectAll('r')
    .$if(after !== null, (q) => q.where('r.id', '>', after as string))
    .orderBy('r.id')
    .limit(limit)
    .execute()
  return rows.map(readRow)
}

/** Those whose validity has passed before they set out, oldest first. */
export async function listRunOut(ctx: Ctx): Promise<string[]> {
  const rows = await visible(ctx)
    .select('r.id')
    .where('r.status', 'in', ['submitted', 'infoRequested', 'accepted', 'downReferralSubmitted'])
    .where('r.validUntil', '<=', ctx.now)
    .orderBy('r.validUntil')
    .limit(ROW_LIMIT)
    .execute()
  return rows.map((row) => row.id)
}

/** Which of these are under way, so that what was granted because of them may go on. */
export async function listUnderWay(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tables(ctx)
    .selectFrom('referral.referral')
    .select('id')
    .where('id', 'in', [...ids])
    .where('submittedAt', 'is not', null)
    .where('endedAt', 'is', null)
    .where('status', '!=', 'expired')
    .limit(ids.length)
    .execute()
  return rows.map((row) => row.id)
}

/** Who did it, as the story keeps it. */
export interface StepBy {
  readonly by?: Actor
  readonly comment?: string | null
  /** The coded reason. */
  readonly why?: string
  readonly attachments?: readonly string[]
}

const client = (actor: Actor): string =>
  actor.kind === 'client' ? actor.id : actor.kind === 'staff' ? 'web' : 'clock'

/** The deadline that a clock gives, by the rule in force when it began. */
export const dueBy = (clock: ReturnType<typeof clockOf>, urgency: string) => {
  if (!clock) return sql<Date | null>`null::timestamptz`
  if (clock.fixed) return sql<Date | null>`${clock.fixed}::timestamptz`
  const byRule = sql<Date | null>`referral.due_at(${clock.rule}, ${urgency}, ${clock.from}::timestamptz)`
  if (clock.atLeast) return sql<Date | null>`greatest(${byRule}, ${clock.atLeast}::timestamptz)`
  return clock.atMost ? sql<Date | null>`least(${byRule}, ${clock.atMost}::timestamptz)` : byRule
}

/** What is known of a referral when it is begun. */
export type NewReferral = Pick<
  ReferralRow,
  | 'residentId'
  | 'id'
  | 'number'
  | 'direction'
  | 'parentId'
  | 'episodeId'
  | 'external'
  | 'status'
  | 'urgency'
  | 'retroEntry'
  | 'begunBy'
  | 'treatingPractitionerId'
  | 'authorId'
  | 'fromInstitutionId'
  | 'fromDepartmentId'
  | 'fromPractitionerId'
  | 'toInstitutionId'
  | 'toDepartmentId'
  | 'toPractitionerId'
  | 'wantedOn'
  | 'form'
  | 'returnNote'
  | 'since'
  | 'writtenAt'
>

/** The specialty that is asked; coming down, the one that has treated. */
export const specialtyOf = (r: Pick<ReferralRow, 'direction' | 'fromDepartmentId' | 'toDepartmentId'>) =>
  sql<string>`coalesce((select d.specialty from network.department_name d
    where d.id = ${r.direction === 'down' ? r.fromDepartmentId : r.toDepartmentId}::uuid), 'unspecified')`

/** Begins a referral as a draft, with the first line of its story. */
export async function add(ctx: Ctx, row: NewReferral): Promise<ReferralRow> {
  const clock = clockOf({ status: row.status, arrangement: null, returnNote: row.returnNote }, ctx.now)
  const { actor } = ctx
  const added = await tables(ctx)
    .with('added', (db) =>
      db
        .insertInto('referral.referral')
        .values({ ...writeRow(row), specialty: specialtyOf(row), due: dueBy(clock, row.urgency) } as never)
        .returningAll(),
    )
    .with('told', (db) =>
      db.insertInto('referral.step').values({
        ...stepOf(ctx, row, { comment: null }, actor),
        move: 'write',
        fromStatus: null,
        toStatus: row.status,
      }),
    )
    .selectFrom('added')
    .selectAll()
    .executeTakeFirstOrThrow()
  return readRow(added as Selectable<ReferralTables['referral.referral']>)
}

const stepOf = (ctx: Ctx, row: { residentId: string; id: string }, said: StepBy, actor: Actor) => ({
  residentId: row.residentId,
  referralId: row.id,
  id: ctx.id(),
  at: ctx.now,
  actorKind: actor.kind,
  actorId: actor.id,
  practitionerId: actor.practitionerId,
  institutionId: actor.institutionId,
  comment: said.comment || null,
  reason: said.why ?? null,
  client: client(actor),
  attachments: [...(said.attachments ?? [])],
})

/** Changes what was written, while it may be changed; refuses where somebody else was quicker. */
export async function change(
  ctx: Ctx,
  row: ReferralRow,
  set: Partial<ReferralRow>,
  version: number,
): Promise<ReferralRow> {
  if (row.version !== version) refuse('conflict', 'referral.stale', { details: { version: row.version } })
  const changed = await tables(ctx)
    .updateTable('referral.referral')
    .set({ ...writeRow(set), specialty: specialtyOf({ ...row, ...set }), version: row.version + 1 } as never)
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return readRow(changed)
}

/** Starts the clock of the present step anew, or lets it rest. */
export async function changeClock(ctx: Ctx, row: ReferralRow, to: 'runs' | 'rests'): Promise<ReferralRow> {
  const changed = await tables(ctx)
    .updateTable('referral.referral')
    .set({ due: dueBy(to === 'runs' ? clockOf(row, ctx.now) : null, row.urgency) })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return readRow(changed)
}

export interface Moving extends StepBy {
  readonly set?: Partial<ReferralRow>
  /** Starts the validity anew; it lasts at least until a day after the arranged time. */
  readonly renews?: boolean
  /** It passes to a receiver under whom the actor sees it no more. */
  readonly leaves?: boolean
}

function validity(ctx: Ctx, row: ReferralRow) {
  const byRule = sql<Date | null>`referral.due_at('validity', ${row.urgency}, ${ctx.now}::timestamptz)`
  const at = row.arrangement?.at
  return at ? sql<Date | null>`greatest(${byRule}, ${at}::timestamptz + interval '1 day')` : byRule
}

/** The database keeps the promise of one live referral of a kind; whoever was second is told so. */
function refuseSecond(error: unknown): never {
  const { constraint } = error as { constraint?: string }
  if (constraint === 'referral_one_live') refuse('conflict', 'referral.live-already')
  throw error
}

/** Whoever made a move is done with it. */
const letGo = { holderId: null, holderInstitutionId: null, heldUntil: null } as const

/** The one way a status changes: where the flow leads, with its deadline and a line in the story. */
export async function move(
  ctx: Ctx,
  row: ReferralRow,
  name: ReferralMove,
  { set = {}, renews = false, leaves = false, ...said }: Moving = {},
): Promise<ReferralRow> {
  const status = nextStatus(row.direction, row.status, name) ?? refuse('conflict', cannot(name, row.status))
  const next = { ...row, ...set, status }
  const actor = said.by ?? ctx.actor
  const changed = await tables(ctx)
    .with('moved', (db) =>
      db
        .updateTable('referral.referral')
        .set({
          ...writeRow(set),
          status,
          since: status === row.status ? row.since : ctx.now,
          ...(keepsClock(name, status) ? {} : { due: dueBy(clockOf(next, ctx.now, name), next.urgency) }),
          ...(renews ? { validUntil: validity(ctx, next) } : {}),
          ...(leaves ? { specialty: specialtyOf(next) } : {}),
          ...letGo,
          version: row.version + 1,
        } as never)
        .where('residentId', '=', row.residentId)
        .where('id', '=', row.id)
        .returningAll(),
    )
    .with('told', (db) =>
      db.insertInto('referral.step').values({
        ...stepOf(ctx, row, said, actor),
        move: name,
        fromStatus: row.status,
        toStatus: status,
      }),
    )
    .selectFrom('moved')
    .selectAll()
    .executeTakeFirstOrThrow()
    .catch(refuseSecond)
  return readRow(changed as Selectable<ReferralTables['referral.referral']>)
}
