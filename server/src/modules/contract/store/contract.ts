import { type ContractMove, cannot, inForceStatuses, nextStatus } from '@tongmai/api/contract/flow'
import type { Expression, SqlBool } from 'kysely'
import type { Actor } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { maySee } from '../../../kernel/grant.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { listSame } from '../../../kernel/same-person.ts'
import { orSecond } from './hold.ts'
import { type ContractRow, readRow, writeRow } from './row.ts'
import { nobody, tables } from './tables-of.ts'

const ROW_LIMIT = 500

/** Every read starts here: a party sees its contracts, and who may open the resident's record sees that there is one. */
export const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('contract.contract as c')
    .$if(ctx.actor.kind === 'resident', (q) =>
      q.where('c.residentId', 'in', [...ctx.actor.residentIds, nobody]),
    )
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where((eb): Expression<SqlBool> => {
        const own = ctx.actor.institutionId ?? nobody
        const chosen = eb.or([eb('c.secondaryId', '=', own), eb('c.tertiaryId', '=', own)])
        const open = eb.or([chosen, maySee(ctx, 'c.residentId')])
        return eb.or([eb('c.communityId', '=', own), eb.and([eb('c.signedAt', 'is not', null), open])])
      }),
    )

/** The contract, or 404. */
export async function find(ctx: Ctx, id: string): Promise<ContractRow> {
  const row = await visible(ctx).selectAll('c').where('c.id', '=', id).executeTakeFirst()
  return row ? readRow(row) : refuse('missing', 'contract.missing')
}

/** As `find`, and holds the row, so that two cannot move it at once. */
export async function lock(ctx: Ctx, id: string): Promise<ContractRow> {
  const row = await visible(ctx).selectAll('c').where('c.id', '=', id).forUpdate('c').executeTakeFirst()
  return row ? readRow(row) : refuse('missing', 'contract.missing')
}

/** The contracts of these residents that bind now, whoever's they are. */
export async function listInForce(ctx: Ctx, residentIds: readonly string[]): Promise<ContractRow[]> {
  const rows = await asSystem(ctx, (all) =>
    tables(all)
      .selectFrom('contract.contract')
      .selectAll()
      .where('residentId', 'in', [...residentIds, nobody])
      .where('status', 'in', [...inForceStatuses])
      .where('upcoming', '=', false)
      .execute(),
  )
  return rows.map(readRow)
}

/** What binds these people now, by the resident asked for: their own contract, or that of a registration linked with theirs. */
export async function listHolders(
  ctx: Ctx,
  residentIds: readonly string[],
): Promise<Map<string, ContractRow>> {
  const same = await asSystem(ctx, (all) => listSame(all, residentIds))
  const rows = await listInForce(ctx, [...residentIds, ...same.map((one) => one.otherId)])
  const own = new Map(rows.map((row) => [row.residentId, row]))
  const linked = same.flatMap(({ residentId, otherId }) => {
    const row = own.get(otherId)
    return row ? [[residentId, row] as const] : []
  })
  const asked = new Set(residentIds)
  return new Map([...linked, ...[...own].filter(([id]) => asked.has(id))])
}

/** A resident and all registrations that are one person with them; held, where there are several, until the transaction ends. */
export async function lockPerson(ctx: Ctx, residentId: string): Promise<string[]> {
  const others = (await listSame(ctx, [residentId])).map((one) => one.otherId)
  const ids = [residentId, ...others].sort()
  if (others.length > 0) {
    await ctx.client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`contract ${ids[0]}`])
  }
  return ids
}

/** All that is not at its end of these residents: in force, upcoming, applied for. Held. Call as the system. */
export async function lockLive(ctx: Ctx, residentIds: readonly string[]): Promise<ContractRow[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.contract')
    .selectAll()
    .where('residentId', 'in', [...residentIds, nobody])
    .where('status', 'in', [...inForceStatuses, 'pendingReview'])
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(readRow)
}

/** The contract signed to follow this one. */
export async function findNext(ctx: Ctx, prevId: string): Promise<ContractRow | undefined> {
  const row = await tables(ctx)
    .selectFrom('contract.contract')
    .selectAll()
    .where('prevId', '=', prevId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && readRow(row)
}

/** In id order, after the given one. */
export async function listAfter(ctx: Ctx, after: string | null, limit: number): Promise<ContractRow[]> {
  const rows = await visible(ctx)
    .selectAll('c')
    .$if(after !== null, (q) => q.where('c.id', '>', after as string))
    .orderBy('c.id')
    .limit(limit)
    .execute()
  return rows.map(readRow)
}

/** Which of these bind now, so that what was granted because of them may go on. */
export async function listBinding(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.contract')
    .select('id')
    .where('id', 'in', [...ids, nobody])
    .where('status', 'in', [...inForceStatuses])
    .where('upcoming', '=', false)
    .execute()
  return rows.map((row) => row.id)
}

/** Those whose last days have come but who are still called active, oldest first. */
export const listNearEnd = (ctx: Ctx, until: string) => ending(ctx, 'active', until)
/** Those whose last day has passed. */
export const listRunOut = (ctx: Ctx, today: string) => ending(ctx, 'expiring', today)

async function ending(ctx: Ctx, status: 'active' | 'expiring', before: string): Promise<string[]> {
  const rows = await tables(ctx)
    .selectFrom('contract.contract')
    .select('id')
    .where('status', '=', status)
    .where('upcoming', '=', false)
    .where('endsOn', '<', before)
    .orderBy('endsOn')
    .limit(ROW_LIMIT)
    .execute()
  return rows.map((row) => row.id)
}

/** Adds a contract with the first line of its story; false where the person has one of its kind already, under whatever registration. */
export async function add(ctx: Ctx, row: ContractRow, move: 'sign' | 'apply' | 'renew'): Promise<boolean> {
  const added = await tables(ctx)
    .insertInto('contract.contract')
    .values(writeRow(row) as never)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return false
  await tables(ctx)
    .insertInto('contract.step')
    .values({ ...stepOf(ctx, row, {}), move, fromStatus: null, toStatus: row.status })
    .execute()
  return true
}

/** Who did it and what they said, as the story keeps it. */
export interface StepBy {
  readonly by?: Actor
  readonly comment?: string | null
}

const stepOf = (ctx: Ctx, row: { residentId: string; id: string }, { by, comment }: StepBy) => {
  const actor = by ?? ctx.actor
  return {
    ...{
      residentId: row.residentId,
      contractId: row.id,
      id: ctx.id(),
      at: ctx.now,
      comment: comment || null,
    },
    ...{ actorKind: actor.kind, actorId: actor.id, practitionerId: actor.practitionerId },
    institutionId: actor.institutionId,
  }
}

export interface Moving extends StepBy {
  readonly set?: Partial<ContractRow>
}

/** The one way a status changes: where the flow leads, with a line in the story. */
export async function move(
  ctx: Ctx,
  row: ContractRow,
  name: ContractMove,
  { set = {}, ...said }: Moving = {},
): Promise<ContractRow> {
  const status = nextStatus(row.status, name) ?? refuse('conflict', cannot(name, row.status))
  const changed = await orSecond(
    tables(ctx)
      .updateTable('contract.contract')
      .set({
        ...writeRow(set),
        status,
        since: status === row.status ? row.since : ctx.now,
        version: row.version + 1,
      } as never)
      .where('residentId', '=', row.residentId)
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
  await tables(ctx)
    .insertInto('contract.step')
    .values({ ...stepOf(ctx, row, said), move: name, fromStatus: row.status, toStatus: status })
    .execute()
  return readRow(changed)
}

/** A signed follower's first day has come: it binds from now on. */
export async function changeUpcoming(ctx: Ctx, row: ContractRow): Promise<ContractRow> {
  const changed = await tables(ctx)
    .updateTable('contract.contract')
    .set({ upcoming: false, version: row.version + 1 })
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return readRow(changed)
}
