import { createHash } from 'node:crypto'
import type { EmergencyState } from '@tongmai/api/resident/consent'
import { type Insertable, type Selectable, sql } from 'kysely'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { pageOf } from '../../../kernel/page.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ResidentTables } from '../tables.ts'
import { mentions, type Reviewing } from './reviewing.ts'
import { nobody, tables } from './tables-of.ts'

export type ConsentRow = Selectable<ResidentTables['resident.consent']>

/** Every version; row-level security leaves what the actor is a party of, or may open. */
const versions = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('resident.consent as c')
    .innerJoin('network.name as n', 'n.id', 'c.institutionId')
    .leftJoin('workforce.name as w', 'w.id', 'c.practitionerId')
    .selectAll('c')
    .select(['n.name as institution', 'w.name as recorder'])

/** The last version of each consent. */
const visible = (ctx: Ctx) => versions(ctx).distinctOn('c.id').orderBy('c.id').orderBy('c.version', 'desc')

export type Named = Awaited<ReturnType<ReturnType<typeof visible>['execute']>>[number]

/** The consents of these residents, the latest first. */
export async function list(ctx: Ctx, residentIds: readonly string[]): Promise<Named[]> {
  const rows = await visible(ctx)
    .where('c.residentId', 'in', [...residentIds, nobody])
    .limit(200)
    .execute()
  return rows.toSorted((a, b) => b.at.getTime() - a.at.getTime())
}

/** The last versions after an id, in id order; for projecting anew. */
export const listAfter = (ctx: Ctx, after: string | null, limit: number): Promise<Named[]> =>
  visible(ctx)
    .$if(after !== null, (q) => q.where('c.id', '>', after ?? nobody))
    .limit(limit)
    .execute()

/** All versions of one consent, the latest first. */
export const history = (ctx: Ctx, id: string): Promise<Named[]> =>
  versions(ctx).where('c.id', '=', id).orderBy('c.version', 'desc').limit(20).execute()

/** The wordings in force on a day. */
export const listTexts = (ctx: Ctx, on: string) =>
  tables(ctx)
    .selectFrom('resident.consentText')
    .select(['purpose', 'version', 'since', 'words'])
    .where('since', '<=', on)
    .distinctOn('purpose')
    .orderBy('purpose')
    .orderBy('version', 'desc')
    .execute()

/** One consent, its versions held until the end, or 404. */
export async function lock(ctx: Ctx, id: string): Promise<Named> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 11))`.execute(ctx.db)
  return (
    (await visible(ctx).where('c.id', '=', id).executeTakeFirst()) ??
    refuse('missing', 'resident.consent-missing')
  )
}

/** What a resident agreed to for an institution and a purpose and what holds still; nobody adds to it until the end. */
export async function lockLive(
  ctx: Ctx,
  of: { residentId: string; institutionId: string; purpose: ConsentRow['purpose'] },
): Promise<Named[]> {
  const key = [of.residentId, of.institutionId, of.purpose].join(' ')
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 12))`.execute(ctx.db)
  const rows = await visible(ctx)
    .where('c.residentId', '=', of.residentId)
    .where('c.institutionId', '=', of.institutionId)
    .where('c.purpose', '=', of.purpose)
    .execute()
  return rows.filter(({ state, until }) => state === 'active' && (until === null || until > ctx.now))
}

export const add = (ctx: Ctx, row: Insertable<ResidentTables['resident.consent']>) =>
  tables(ctx).insertInto('resident.consent').values(row).execute()

/** Which of these consents are in force. */
export async function listActive(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await visible(ctx)
    .where('c.id', 'in', [...ids, nobody])
    .execute()
  return new Set(rows.filter((row) => row.state === 'active').map((row) => row.id))
}

/** Institutions by a part of their name; for residents choosing one. */
export const listInstitutions = (ctx: Ctx, q: string) =>
  asSystem(ctx, (all) =>
    tables(all)
      .selectFrom('network.name')
      .select(['id', 'name'])
      .where(sql<boolean>`strpos(name, ${q}) > 0`)
      .orderBy('name')
      .limit(20)
      .execute(),
  )

export const hashOf = (words: string): string => createHash('sha256').update(words).digest('hex')

const emergencies = (ctx: Ctx) => tables(ctx).selectFrom('resident.emergencyAccess as e')

export const addEmergency = (ctx: Ctx, row: Insertable<ResidentTables['resident.emergencyAccess']>) =>
  tables(ctx).insertInto('resident.emergencyAccess').values(row).execute()

/** What was opened in an emergency at one institution, with how often it was used. */
export const listEmergencies = (ctx: Ctx, asked: Reviewing<EmergencyState> & { institutionId: string }) =>
  pageOf(
    ctx,
    emergencies(ctx)
      .innerJoin('resident.card as c', 'c.id', 'e.residentId')
      .leftJoin('workforce.name as w', 'w.id', 'e.practitionerId')
      .selectAll('e')
      .select(['c.nameMasked', 'c.sex', 'c.birthDate', 'c.idMasked', 'w.name as who'])
      .where('e.institutionId', '=', asked.institutionId)
      .$if(asked.state !== undefined, (q) => q.where('e.state', '=', asked.state as EmergencyState))
      .$if(asked.q !== undefined, (q) => q.where(mentions(asked.q, sql`e.reason, w.name, c.name_masked`)))
      .$if(asked.order === 'openFirst', (q) => q.orderBy(sql`e.state <> 'open'`))
      .orderBy('e.at', asked.order === 'oldest' ? 'asc' : 'desc')
      .orderBy('e.id'),
    asked,
  )

const emergencyAt = (ctx: Ctx, id: string, institutionId: string) =>
  emergencies(ctx).selectAll().where('e.id', '=', id).where('e.institutionId', '=', institutionId)

/** One of my institution's; 404 for others'. */
export const findEmergency = async (ctx: Ctx, id: string, institutionId: string) =>
  (await emergencyAt(ctx, id, institutionId).executeTakeFirst()) ??
  refuse('missing', 'resident.emergency-missing')

/** The same, held. */
export const lockEmergency = async (ctx: Ctx, id: string, institutionId: string) =>
  (await emergencyAt(ctx, id, institutionId).forUpdate().executeTakeFirst()) ??
  refuse('missing', 'resident.emergency-missing')

export const judge = (
  ctx: Ctx,
  row: { residentId: string; id: string },
  said: { state: EmergencyState; note: string },
) =>
  tables(ctx)
    .updateTable('resident.emergencyAccess')
    .set({ ...said, closedAt: ctx.now, closedBy: ctx.actor.id })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .execute()

/** Which of these emergencies nobody has called wrong. */
export async function listRight(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await emergencies(ctx)
    .select('e.id')
    .where('e.id', 'in', [...ids, nobody])
    .where('e.state', '!=', 'unjustified')
    .execute()
  return new Set(rows.map((row) => row.id))
}
