import { missionStatus } from '@tongmai/api/dispatch/flow'
import { missionKind, missionUrgency } from '@tongmai/api/dispatch/urgency'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

const moved = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: missionKind,
  urgency: missionUrgency,
  move: z.string(),
  from: z.nullable(missionStatus),
  to: missionStatus,
  thing: z.nullable(z.string()),
  callerId: z.string(),
  fromInstitutionId: z.uuid(),
  toInstitutionId: z.uuid(),
  deskId: z.uuid(),
  carrierId: z.nullable(z.uuid()),
  vehicleId: z.nullable(z.uuid()),
  expectedAt: z.nullable(z.string()),
})
export type MissionMoved = z.output<typeof moved>

/** What this module announces: every step of a mission, and what changes in the fleet. */
export const dispatchEvents = {
  'dispatch.called': moved,
  'dispatch.dispatched': moved,
  'dispatch.recalled': moved,
  'dispatch.departed': moved,
  'dispatch.on-scene': moved,
  'dispatch.left-scene': moved,
  'dispatch.arrived': moved,
  'dispatch.signed': moved,
  'dispatch.handed-over': moved,
  'dispatch.aborted': moved,
  'dispatch.ready': moved,
  'dispatch.cancelled': moved,
  'dispatch.flight-judged': moved,
  'dispatch.vitals-added': z.object({ id: z.uuid(), vitalId: z.uuid() }),
  'dispatch.vehicle-changed': z.object({ vehicleId: z.uuid(), state: z.string() }),
  'dispatch.vehicle-moved': z.object({ vehicleId: z.uuid() }),
  'dispatch.landing-site-changed': z.object({ institutionId: z.uuid(), open: z.boolean() }),
  'dispatch.desk-changed': z.object({ deskId: z.uuid() }),
}
export type MissionEvent = Extract<
  keyof typeof dispatchEvents,
  | 'dispatch.called'
  | `dispatch.${'dispatched' | 'recalled' | 'departed' | 'on-scene' | 'left-scene' | 'arrived' | 'signed'}`
  | `dispatch.${'handed-over' | 'aborted' | 'ready' | 'cancelled' | 'flight-judged'}`
>

export const tell = teller(dispatchEvents)
