import type { missionApi, Needs } from '@tongmai/api/dispatch/mission'
import type { MissionKind, MissionUrgency } from '@tongmai/api/dispatch/urgency'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { findInstitution } from '../../network/index.ts'
import { requireResident } from '../../resident/index.ts'
import { missionNumber } from '../number.ts'
import * as fleet from '../store/fleet.ts'
import * as store from '../store/mission.ts'
import type { MissionRow } from '../store/row.ts'
import { advance, announce, brief, dueOf, open, take } from './advance.ts'
import { freeVehicle } from './driving.ts'
import { entitleRide } from './entitle-ride.ts'

/** What a transport is called for with. */
export interface Calling {
  readonly residentId: string
  readonly fromInstitutionId: string
  readonly toInstitutionId: string
  readonly kind: MissionKind
  readonly urgency: MissionUrgency
  /** What it is for: `referral:<id>`; at most one mission under way for one thing. */
  readonly thing: string | null
  readonly note: string
  readonly needs?: Needs
  /** The caller's judgement that the patient is critically ill. */
  readonly critical?: boolean
}

const nothing: Needs = { equipment: [], escort: 'none', isolation: null, byAir: false }

/** Calls for transport: from now on it is on the list of the dispatch desk of the institution where the patient is. */
export async function call(ctx: Ctx, calling: Calling): Promise<MissionRow> {
  const { fromInstitutionId, toInstitutionId, thing, needs = nothing, critical = false, ...rest } = calling
  if (fromInstitutionId === toInstitutionId) refuse('conflict', 'dispatch.goes-nowhere')
  await findInstitution(ctx, toInstitutionId)
  if (needs.isolation !== null && rest.kind !== 'isolation')
    refuse('conflict', 'dispatch.isolation-is-a-kind')
  if (needs.isolation === null && rest.kind === 'isolation')
    refuse('conflict', 'dispatch.which-isolation-group')
  if (thing && (await store.findOpenOf(ctx, thing))) refuse('conflict', 'dispatch.under-way-already')
  const id = ctx.id()
  const row = await store.add(ctx, {
    ...rest,
    ...{ id, thing, needs, fromInstitutionId, toInstitutionId, status: 'called' },
    number: missionNumber(id, ctx.now),
    deskId: await fleet.deskOf(ctx, fromInstitutionId),
    callerId: ctx.actor.id,
    calledAt: ctx.now,
    since: ctx.now,
    due: await dueOf(ctx, 'called', { urgency: rest.urgency, expectedAt: null }),
    entitlement: await entitleRide(ctx, { residentId: rest.residentId, thing, critical }),
  })
  await open(ctx, row)
  await announce(ctx, row, { event: 'dispatch.called', move: 'call', from: null })
  return row
}

export const calling: Pick<Actions<typeof missionApi>, 'call' | 'cancel'> = {
  async call(ctx, { body }) {
    await requireResident(ctx, body.residentId)
    return brief(await call(ctx, { ...body, fromInstitutionId: ownInstitution(ctx.actor) }))
  },

  async cancel(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'cancel')
    const { vehicleId } = row
    // Its vehicle had not set out: it is free again at once, whoever calls the mission off.
    if (vehicleId) await asSystem(ctx, (all) => freeVehicle(all, vehicleId, 'ready'))
    const set = { ending: { reason: body.reason, note: body.comment } }
    const to = { move: 'cancel', status: 'cancelled' } as const
    return brief(await advance(ctx, row, to, { comment: body.comment, set }))
  },
}
