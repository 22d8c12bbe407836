import { cannot, type MissionMove, type MissionStatus, nextStatus } from '@tongmai/api/dispatch/flow'
import type { MissionUrgency } from '@tongmai/api/dispatch/urgency'
import { type Expression, type Selectable, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { DispatchTables } from '../tables.ts'
import { type MissionRow, readMission, tables, writeMission } from './row.ts'

/** Every read starts here: who called, who dispatches, who drives and who receives; the rest does not exist for others. */
export const visible = (ctx: Ctx) =>
  tables(ctx)
    .selectFrom('dispatch.mission as m')
    .$if(ctx.actor.kind === 'resident', (q) => q.where('m.residentId', 'in', [...ctx.actor.residentIds]))
    .$if(ctx.actor.kind === 'staff' || ctx.actor.kind === 'client', (q) =>
      q.where((eb): Expression<SqlBool> => {
        const own = ctx.actor.institutionId
        return eb.or([
          eb('m.fromInstitutionId', '=', own),
          eb('m.toInstitutionId', '=', own),
          eb('m.deskId', '=', own),
          eb('m.carrierId', '=', own),
        ])
      }),
    )

/** The mission, or 404. */
export async function find(ctx: Ctx, id: string): Promise<MissionRow> {
  const row = await visible(ctx).selectAll('m').where('m.id', '=', id).executeTakeFirst()
  return row ? readMission(row) : refuse('missing', 'dispatch.mission-missing')
}

/** As `find`, and holds the row, so that two cannot move it at once. */
export async function lock(ctx: Ctx, id: string): Promise<MissionRow> {
  const row = await visible(ctx).selectAll('m').where('m.id', '=', id).forUpdate('m').executeTakeFirst()
  return row ? readMission(row) : refuse('missing', 'dispatch.mission-missing')
}

/** Missions of this desk that wait for a vehicle, the oldest first. */
export async function listWaiting(ctx: Ctx, deskId: string, limit: number): Promise<MissionRow[]> {
  const rows = await visible(ctx)
    .selectAll('m')
    .where('m.deskId', '=', deskId)
    .where('m.status', '=', 'called')
    .orderBy('m.calledAt')
    .limit(limit)
    .execute()
  return rows.map(readMission)
}

/** Which of these have not ended, so that what was granted because of them may go on. */
export async function listUnderWay(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tables(ctx)
    .selectFrom('dispatch.mission')
    .select('id')
    .where('id', 'in', [...ids])
    .where('endedAt', 'is', null)
    .limit(ids.length)
    .execute()
  return rows.map((row) => row.id)
}

/** The minutes that the rule of today gives a step; 60 where no rule does. */
export async function stepMinutes(ctx: Ctx, step: string, urgency: MissionUrgency): Promise<number> {
  const { rows } = await sql<{
    minutes: number | null
  }>`select dispatch.minutes_for(${step}, ${urgency}, ${dayOf(ctx.now)}::date) as minutes`.execute(ctx.db)
  return rows[0]?.minutes ?? 60
}

export type NewMission = Omit<MissionRow, keyof typeof later>
const later = {
  carrierId: null,
  vehicleId: null,
  expectedAt: null,
  flight: null,
  handedByCrew: null,
  takenByReceiver: null,
  disinfection: null,
  ending: null,
  endedAt: null,
  version: 1,
} as const

/** Adds a mission with the first line of its story. */
export async function add(ctx: Ctx, row: NewMission): Promise<MissionRow> {
  const added = await tables(ctx)
    .insertInto('dispatch.mission')
    .values(writeMission(row) as never)
    .returningAll()
    .executeTakeFirstOrThrow()
  const mission = readMission(added as Selectable<DispatchTables['dispatch.mission']>)
  await addStep(ctx, mission, { move: 'call', from: null, comment: row.note })
  return mission
}

/** One line of the story. */
export async function addStep(
  ctx: Ctx,
  row: MissionRow,
  { move, from, comment }: { move: string; from: MissionStatus | null; comment: string },
): Promise<void> {
  await tables(ctx)
    .insertInto('dispatch.step')
    .values({
      residentId: row.residentId,
      missionId: row.id,
      id: ctx.id(),
      at: ctx.now,
      move,
      fromStatus: from,
      toStatus: row.status,
      actorId: ctx.actor.id,
      practitionerId: ctx.actor.practitionerId,
      institutionId: ctx.actor.institutionId,
      comment: comment || null,
    })
    .execute()
}

/** What a move carries with it. */
export interface Moving {
  readonly comment?: string
  readonly set?: Partial<MissionRow>
  readonly due: Date | null
}

/** The one way a status changes: where the flow leads, with its deadline and a line in the story. */
export async function move(
  ctx: Ctx,
  row: MissionRow,
  name: MissionMove,
  { comment = '', set = {}, due }: Moving,
): Promise<MissionRow> {
  const status = nextStatus(row.status, name) ?? refuse('conflict', cannot(name, row.status))
  const changed = await change(ctx, row, {
    ...set,
    status,
    due,
    since: status === row.status ? row.since : ctx.now,
  })
  await addStep(ctx, changed, { move: name, from: row.status, comment })
  return changed
}

/** Changes facts of a mission; its version goes up. */
export async function change(ctx: Ctx, row: MissionRow, set: Partial<MissionRow>): Promise<MissionRow> {
  const changed = await tables(ctx)
    .updateTable('dispatch.mission')
    .set({ ...writeMission(set), version: row.version + 1 } as never)
    .where('residentId', '=', row.residentId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return readMission(changed as Selectable<DispatchTables['dispatch.mission']>)
}

/** The mission of this thing that has not ended, if any. */
export const findOpenOf = (ctx: Ctx, thing: string): Promise<{ id: string } | undefined> =>
  tables(ctx)
    .selectFrom('dispatch.mission')
    .select('id')
    .where('thing', '=', thing)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
