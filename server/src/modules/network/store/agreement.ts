import { type Page, step } from '@tongmai/api/kernel'
import {
  type Agreement,
  type AgreementLine,
  type AgreementPage,
  type AgreementStatus,
  agreementFlow,
  type Signatory,
} from '@tongmai/api/network/agreement'
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { NetworkTables } from '../tables.ts'

const tables = (ctx: Ctx) => ctx.db.withTables<NetworkTables>()

const lineColumns = [
  'g.id',
  'g.number',
  'g.allianceId',
  'g.title',
  'g.grade',
  'g.parties',
  'g.status',
  'g.since',
  'g.until',
  'g.renews',
  'g.inForceAt',
  'g.endedAt',
  'g.version',
] as const
const columns = [...lineColumns, 'g.text'] as const

/** Its parties, the lead of its alliance and the health authority see an agreement; for others it does not exist. */
function visible(ctx: Ctx) {
  const all = tables(ctx).selectFrom('network.agreement as g')
  if (ctx.actor.kind === 'system') return all
  const mine = ctx.actor.institutionId
  const today = dayOf(ctx.now)
  return all.where(sql<boolean>`(${mine}::uuid = any (g.parties)
    or exists (select from network.membership m where m.alliance_id = g.alliance_id and m.role = 'lead'
      and m.institution_id = ${mine} and m.since <= ${today} and (m.until is null or m.until >= ${today}))
    or exists (select from network.institution i where i.id = ${mine} and i.kind = 'healthAuthority'))`)
}

/** The agreement, or 404. */
export const find = async (ctx: Ctx, id: string): Promise<Agreement> =>
  (await visible(ctx).select(columns).where('g.id', '=', id).$castTo<Agreement>().executeTakeFirst()) ??
  refuse('missing', 'network.agreement-missing')

/** What these agreements are called. */
export const listTitles = (ctx: Ctx, ids: readonly string[]): Promise<{ id: string; title: string }[]> =>
  visible(ctx).select(['g.id', 'g.title']).where('g.id', 'in', ids).execute()

/** As `find`, and holds the row, so that two parties cannot move it at once. */
export const lock = async (ctx: Ctx, id: string): Promise<Agreement> =>
  (await visible(ctx)
    .select(columns)
    .where('g.id', '=', id)
    .forUpdate()
    .$castTo<Agreement>()
    .executeTakeFirst()) ?? refuse('missing', 'network.agreement-missing')

/** One page of agreements: those that wait for somebody first, then the latest. */
export function list(
  ctx: Ctx,
  query: {
    offset: number
    limit: number
    allianceId?: string | undefined
    institutionId?: string | undefined
    status?: AgreementStatus | undefined
  },
): Promise<Page<AgreementLine>> {
  const signed = sql<number>`(select count(*)::int from network.signatory s
    where s.agreement_id = g.id and s.signed_at is not null)`
  const chosen = visible(ctx)
    .innerJoin('network.alliance as a', 'a.id', 'g.allianceId')
    .select([...lineColumns, 'a.shortName as allianceName', signed.as('signed')])
    .$if(query.allianceId !== undefined, (q) => q.where('g.allianceId', '=', query.allianceId as string))
    .$if(query.institutionId !== undefined, (q) =>
      q.where(sql<boolean>`${query.institutionId}::uuid = any (g.parties)`),
    )
    .$if(query.status !== undefined, (q) => q.where('g.status', '=', query.status as string))
    .orderBy(sql`array_position(array['signing', 'draft', 'signed', 'inForce'], g.status)`)
    .orderBy('g.since', 'desc')
    .orderBy('g.id')
    .$castTo<AgreementLine>()
  return pageOf(ctx, chosen, query)
}

/** Signatories in the order of the parties' names; a draft has none. */
export const listSignatories = (ctx: Ctx, agreementId: string): Promise<Signatory[]> =>
  tables(ctx)
    .selectFrom('network.signatory as s')
    .innerJoin('network.institution as i', 'i.id', 's.institutionId')
    .select(['s.institutionId', 'i.shortName as name', 's.signedAt', 's.signerName', 's.leftAt'])
    .where('s.agreementId', '=', agreementId)
    .orderBy('i.name')
    .execute()

/** What happened to an agreement, the latest first. */
export const listSteps = (ctx: Ctx, agreementId: string): Promise<AgreementPage['history']> =>
  tables(ctx)
    .selectFrom('network.agreementStep as s')
    .leftJoin('network.institution as i', 'i.id', 's.institutionId')
    .select(['s.at', 's.move', 'i.shortName as institutionName', 's.personName', 's.note'])
    .where('s.agreementId', '=', agreementId)
    .orderBy('s.id', 'desc')
    .limit(500)
    .execute()

/** True where another agreement, not withdrawn, already continues this one. */
export async function isRenewed(ctx: Ctx, agreementId: string): Promise<boolean> {
  const successor = await tables(ctx)
    .selectFrom('network.agreement')
    .select('id')
    .where('renews', '=', agreementId)
    .where('status', '<>', 'withdrawn')
    .executeTakeFirst()
  return successor !== undefined
}

/** Adds a draft; refuses where its number is taken. */
export async function add(
  ctx: Ctx,
  agreement: Omit<Agreement, 'version'>,
  drafterId: string,
): Promise<Agreement> {
  const added = await tables(ctx)
    .insertInto('network.agreement')
    .values({ ...agreement, drafterId, addedAt: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) refuse('conflict', 'network.agreement-number-taken')
  return { ...agreement, version: 1 }
}

/** Changes what a draft says; its version goes up. */
export const change = (
  ctx: Ctx,
  id: string,
  set: Partial<Pick<Agreement, 'number' | 'title' | 'text' | 'grade' | 'parties' | 'since' | 'until'>>,
): Promise<Agreement> =>
  tables(ctx)
    .updateTable('network.agreement as g')
    .set((eb) => ({ ...set, version: eb('g.version', '+', 1) }))
    .where('g.id', '=', id)
    .returning(columns)
    .$castTo<Agreement>()
    .executeTakeFirstOrThrow()

/** The one way a status changes. The version stays where the text does: whoever signs names the version read. */
export async function move(
  ctx: Ctx,
  agreement: Agreement,
  name: string,
  set: Partial<Pick<Agreement, 'inForceAt' | 'endedAt'>> = {},
): Promise<Agreement> {
  const status = step(agreementFlow, agreement.status, name)
  if (!status) refuse('conflict', `network.cannot-${name}-when-${agreement.status}`)
  return tables(ctx)
    .updateTable('network.agreement as g')
    .set({ ...set, status })
    .where('g.id', '=', agreement.id)
    .returning(columns)
    .$castTo<Agreement>()
    .executeTakeFirstOrThrow()
}

/** Writes a line of the agreement's history. */
export async function addStep(
  ctx: Ctx,
  agreementId: string,
  line: { move: string; personName?: string; note?: string; at?: Date; institutionId?: string },
): Promise<void> {
  await tables(ctx)
    .insertInto('network.agreementStep')
    .values({
      agreementId,
      id: ctx.id(),
      at: line.at ?? ctx.now,
      actorId: ctx.actor.id,
      institutionId: line.institutionId ?? ctx.actor.institutionId,
      personName: line.personName ?? null,
      note: line.note ?? null,
      move: line.move,
    })
    .execute()
}

/** Makes the parties signatories who have not signed; earlier signatures are void. */
export async function changeSignatories(ctx: Ctx, agreement: Agreement): Promise<void> {
  await tables(ctx).deleteFrom('network.signatory').where('agreementId', '=', agreement.id).execute()
  const rows = agreement.parties.map((institutionId) => ({
    agreementId: agreement.id,
    institutionId,
    id: ctx.id(),
  }))
  await tables(ctx).insertInto('network.signatory').values(rows).execute()
}

/** Notes on a party's line that it signed, or that it left. */
export async function changeSignatory(
  ctx: Ctx,
  of: { agreementId: string; institutionId: string },
  set: { signedAt?: Date; signerId?: string; signerName?: string; leftAt?: Date },
): Promise<void> {
  await tables(ctx)
    .updateTable('network.signatory')
    .set(set)
    .where('agreementId', '=', of.agreementId)
    .where('institutionId', '=', of.institutionId)
    .execute()
}

/** Agreements whose day has come: signed ones to enter into force, then those in force whose last day is over. */
export const listDue = (ctx: Ctx, today: string): Promise<{ id: string; status: string }[]> =>
  visible(ctx)
    .select(['g.id', 'g.status'])
    .where((eb) =>
      eb.or([
        eb.and([eb('g.status', '=', 'signed'), eb('g.since', '<=', today)]),
        eb.and([eb('g.status', '=', 'inForce'), eb('g.until', '<', today)]),
      ]),
    )
    .orderBy(sql`g.status = 'inForce'`)
    .orderBy('g.since')
    .limit(500)
    .execute()

/** The title of an agreement that binds this institution in this alliance longer than `until`, if there is one. */
export async function findBinding(
  ctx: Ctx,
  filter: { allianceId: string; institutionId: string; until: string },
): Promise<string | undefined> {
  const binding = await tables(ctx)
    .selectFrom('network.agreement as g')
    .innerJoin('network.signatory as s', 's.agreementId', 'g.id')
    .select('g.title')
    .where('g.allianceId', '=', filter.allianceId)
    .where('g.status', 'in', ['signing', 'signed', 'inForce'])
    .where('g.until', '>', filter.until)
    .where('s.institutionId', '=', filter.institutionId)
    .where('s.leftAt', 'is', null)
    .executeTakeFirst()
  return binding?.title
}
