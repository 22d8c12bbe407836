import type { MessageDirection, MessageState } from '@tongmai/api/interop/message'
import type { Page } from '@tongmai/api/kernel'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Charset } from '../hl7-text.ts'
import type { InteropTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<InteropTables>()

/** A message as it is kept. */
export interface MessageRow {
  readonly institutionId: string
  readonly id: string
  readonly direction: MessageDirection
  readonly road: 'mllp' | 'http' | 'console'
  readonly clientId: string | null
  readonly partnerId: string | null
  readonly kind: string
  readonly application: string
  readonly facility: string
  readonly controlId: string
  readonly state: MessageState
  readonly rawSealed: string
  readonly charset: Charset
  readonly digest: string
  readonly answerSealed: string | null
  readonly problemCode: string | null
  readonly problemPlace: string | null
  readonly problemText: string | null
  readonly residentId: string | null
  readonly made: string[]
  readonly mendsId: string | null
  readonly note: string | null
  readonly tries: number
  readonly at: Date
  readonly doneAt: Date | null
}

/** Of one institution only, whoever asks. */
const visible = (ctx: Ctx, institutionId: string) =>
  tables(ctx).selectFrom('interop.message').selectAll().where('institutionId', '=', institutionId)

export interface Wanted {
  readonly offset: number
  readonly limit: number
  readonly direction?: MessageDirection | undefined
  readonly state?: MessageState | undefined
  readonly kind?: string | undefined
  /** The beginning of a control id. */
  readonly controlId?: string | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

export function list(ctx: Ctx, institutionId: string, wanted: Wanted): Promise<Page<MessageRow>> {
  const { direction, state, kind, controlId, from, to } = wanted
  const found = visible(ctx, institutionId)
    .$if(direction !== undefined, (q) => q.where('direction', '=', direction as MessageDirection))
    .$if(state !== undefined, (q) => q.where('state', '=', state as MessageState))
    .$if(kind !== undefined, (q) => q.where('kind', '=', kind ?? ''))
    .$if(controlId !== undefined, (q) =>
      q.where('controlId', '>=', controlId ?? '').where('controlId', '<', `${controlId}\uffff`),
    )
    .$if(from !== undefined, (q) => q.where('at', '>=', from as Date))
    .$if(to !== undefined, (q) => q.where('at', '<', to as Date))
    .orderBy('at', 'desc')
    .orderBy('id')
  return pageOf(ctx, found, wanted)
}

/** One message of the institution; 404 for any other. */
export async function find(ctx: Ctx, institutionId: string, id: string): Promise<MessageRow> {
  const row = await visible(ctx, institutionId).where('id', '=', id).executeTakeFirst()
  return row ?? refuse('missing', 'interop.no-such-message')
}

export async function lock(ctx: Ctx, institutionId: string, id: string): Promise<MessageRow> {
  const row = await visible(ctx, institutionId).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ?? refuse('missing', 'interop.no-such-message')
}

/** Mended copies of a message, the latest first. */
export const listCopies = (ctx: Ctx, institutionId: string, id: string) =>
  visible(ctx, institutionId).where('mendsId', '=', id).orderBy('at', 'desc').limit(50).execute()

/** A mended copy is done: so is what it was made from, and whatever other copy of that is in error. */
export async function endMended(ctx: Ctx, { institutionId, id, mendsId }: MessageRow): Promise<void> {
  if (mendsId === null) return
  await sql`with recursive origin as (
      select m.id, m.mends_id from interop.message m where m.institution_id = ${institutionId} and m.id = ${mendsId}
      union select m.id, m.mends_id from interop.message m join origin o on m.id = o.mends_id
        where m.institution_id = ${institutionId}),
    family as (select id from origin
      union select m.id from interop.message m join family f on m.mends_id = f.id where m.institution_id = ${institutionId})
    update interop.message m set state = 'mended', done_at = ${ctx.now} where m.institution_id = ${institutionId}
      and m.id in (select id from family) and m.id <> ${id} and (m.state = 'failed' or m.id in (select id from origin))`.execute(
    ctx.db,
  )
}

export interface Sent {
  readonly institutionId: string
  readonly application: string
  readonly facility: string
  readonly controlId: string
}

/** Waits for whoever works on a message of the same sender and number, then answers all that is kept under it. */
export async function lockSent(ctx: Ctx, sent: Sent): Promise<MessageRow[]> {
  const { institutionId, application, facility, controlId } = sent
  const key = ['hl7', institutionId, application, facility, controlId].join('|')
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 25))`.execute(ctx.db)
  return visible(ctx, institutionId)
    .where('controlId', '=', controlId)
    .where('direction', '=', 'in')
    .where('application', '=', application)
    .where('facility', '=', facility)
    .orderBy('at', 'desc')
    .limit(50)
    .execute()
}

export async function add(ctx: Ctx, row: MessageRow): Promise<void> {
  await tables(ctx).insertInto('interop.message').values(row).execute()
}

/** The same, once: a control id is given to one message of ours only. */
export async function addOnce(ctx: Ctx, row: MessageRow): Promise<void> {
  await tables(ctx)
    .insertInto('interop.message')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function change(
  ctx: Ctx,
  row: { institutionId: string; id: string },
  to: Partial<Omit<MessageRow, 'institutionId' | 'id' | 'rawSealed' | 'digest'>>,
): Promise<void> {
  await tables(ctx)
    .updateTable('interop.message')
    .set(to)
    .where('institutionId', '=', row.institutionId)
    .where('id', '=', row.id)
    .execute()
}

/** How many are in error or wait, and how many came in and went out since then. */
export async function count(ctx: Ctx, institutionId: string, since: Date) {
  const { rows } = await sql<{ failed: number; waiting: number; in: number; out: number }>`
    select count(*) filter (where state = 'failed')::int as failed,
      count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where direction = 'in' and at >= ${since})::int as "in",
      count(*) filter (where direction = 'out' and at >= ${since})::int as out
    from interop.message where institution_id = ${institutionId}
      and (state in ('failed', 'waiting') or at >= ${since})`.execute(ctx.db)
  return rows[0] ?? { failed: 0, waiting: 0, in: 0, out: 0 }
}
