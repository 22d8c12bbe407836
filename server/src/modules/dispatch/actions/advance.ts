import { isEnded, type MissionMove, type MissionStatus } from '@tongmai/api/dispatch/flow'
import { asSystem } from '../../../kernel/as-system.ts'
import { closeCase, handOver, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { endGrant, grant } from '../../resident/index.ts'
import { type MissionEvent, tell } from '../events.ts'
import { kindOf, notNow, notTheirs, ownerOf, type PersonMove } from '../policy.ts'
import * as store from '../store/mission.ts'
import type { MissionRow } from '../store/row.ts'

export const thingOf = (id: string): string => `mission:${id}`
const MINUTE_MS = 60_000

/** Locks the mission for a move: 404 where it is not theirs to see, 403 not their part, 409 not now. */
export async function take(ctx: Ctx, id: string, move: PersonMove): Promise<MissionRow> {
  const row = await store.lock(ctx, id)
  const others = notTheirs(ctx.actor, row, move)
  allow(others === undefined, others ?? '')
  const why = notNow(row, move)
  if (why) refuse('conflict', why, { details: { status: row.status } })
  return row
}

/** What the caller is told after a write. */
export const brief = (row: MissionRow) => ({
  id: row.id,
  number: row.number,
  status: row.status,
  due: row.due,
  expectedAt: row.expectedAt,
  version: row.version,
})

const driving: readonly MissionStatus[] = ['departed', 'leftScene']

/** The deadline of a step: the rule's minutes from now, or beyond the expected arrival where the vehicle drives. */
export async function dueOf(
  ctx: Ctx,
  step: MissionStatus,
  row: Pick<MissionRow, 'urgency' | 'expectedAt'>,
): Promise<Date | null> {
  if (isEnded(step)) return null
  const minutes = await store.stepMinutes(ctx, step, row.urgency)
  const expected = driving.includes(step) ? row.expectedAt : null
  const from = expected && expected > ctx.now ? expected : ctx.now
  return new Date(from.getTime() + minutes * MINUTE_MS)
}

const events: Readonly<Record<MissionMove, MissionEvent>> = {
  dispatch: 'dispatch.dispatched',
  recall: 'dispatch.recalled',
  depart: 'dispatch.departed',
  reach: 'dispatch.on-scene',
  leave: 'dispatch.left-scene',
  arrive: 'dispatch.arrived',
  sign: 'dispatch.signed',
  handOver: 'dispatch.handed-over',
  abort: 'dispatch.aborted',
  makeReady: 'dispatch.ready',
  cancel: 'dispatch.cancelled',
}

/** Moves it on, and with it everything that follows: owner and deadline, access, the announcement. */
export async function advance(
  ctx: Ctx,
  row: MissionRow,
  to: { move: MissionMove; status: MissionStatus },
  { comment = '', set = {} }: { comment?: string; set?: Partial<MissionRow> } = {},
): Promise<MissionRow> {
  const due = to.move === 'sign' ? row.due : await dueOf(ctx, to.status, { ...row, ...set })
  const ended = isEnded(to.status) ? { endedAt: ctx.now } : {}
  const next = await store.move(ctx, row, to.move, { comment, due, set: { ...set, ...ended } })
  await settleAccess(ctx, row, next)
  await settleOwner(ctx, next)
  await announce(ctx, next, { event: events[to.move], move: to.move, from: row.status })
  return next
}

async function settleOwner(ctx: Ctx, next: MissionRow): Promise<void> {
  const owned = ownerOf(next)
  if (!owned || !next.due) return closeCase(ctx, thingOf(next.id))
  await handOver(ctx, thingOf(next.id), { ...owned, due: next.due, kind: kindOf(next) })
}

/** Opens the case of a new mission. */
export async function open(ctx: Ctx, row: MissionRow): Promise<void> {
  const owned = ownerOf(row)
  if (!owned || !row.due) throw new Error('a new mission waits for its desk')
  const { residentId, due } = row
  await openCase(ctx, { ...owned, kind: kindOf(row), thing: thingOf(row.id), residentId, due })
}

/** Who must know the patient while they are on the way: who carries, and who will take them over. */
const readers = (m: MissionRow): string[] =>
  isEnded(m.status) || m.carrierId === null
    ? []
    : [...new Set([m.carrierId, m.toInstitutionId])].filter((id) => id !== m.fromInstitutionId)

async function settleAccess(ctx: Ctx, before: MissionRow, next: MissionRow): Promise<void> {
  const [had, has] = [readers(before), readers(next)]
  const { residentId } = next
  const source = thingOf(next.id)
  await asSystem(ctx, async (all) => {
    for (const institutionId of had.filter((id) => !has.includes(id))) {
      await endGrant(all, { source, residentId, institutionId })
    }
    for (const institutionId of has.filter((id) => !had.includes(id))) {
      await grant(all, { residentId, institutionId, basis: 'emergency', source, depth: 'summary' })
    }
  })
}

/** The institutions that have a part in it. */
export const partiesOf = (m: MissionRow): string[] => [
  ...new Set([m.fromInstitutionId, m.toInstitutionId, m.deskId, ...(m.carrierId ? [m.carrierId] : [])]),
]

/** Announces what was done, to all who have a part. */
export async function announce(
  ctx: Ctx,
  row: MissionRow,
  what: { event: MissionEvent; move: string; from: MissionStatus | null },
): Promise<void> {
  const { id, number, kind, urgency, thing, callerId, fromInstitutionId, toInstitutionId, deskId } = row
  await tell(ctx, what.event, {
    thing: thingOf(id),
    residentId: row.residentId,
    audience: partiesOf(row),
    data: {
      ...{ id, number, kind, urgency, thing, callerId, fromInstitutionId, toInstitutionId, deskId },
      ...{ move: what.move, from: what.from, to: row.status },
      ...{ carrierId: row.carrierId, vehicleId: row.vehicleId },
      expectedAt: row.expectedAt?.toISOString() ?? null,
    },
  })
}
