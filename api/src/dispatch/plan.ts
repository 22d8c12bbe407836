import * as z from 'zod/mini'
import { id } from '../kernel.ts'
import { vehicleKind } from './fleet.ts'
import { missionUrgency } from './urgency.ts'

/** A vehicle for a mission: how long until it is with the patient, or why it is not suitable. */
export const option = z.object({
  vehicleId: id,
  name: z.string(),
  plate: z.string(),
  kind: vehicleKind,
  base: z.string(),
  minutes: z.nullable(z.number()),
  airKm: z.nullable(z.number()),
  suitable: z.boolean(),
  why: z.array(z.string()),
})
export type Option = z.output<typeof option>

/** A proposal for all open missions at once; nothing is done before a person does it. */
export const plan = z.object({
  items: z.array(
    z.object({
      missionId: id,
      number: z.string(),
      urgency: missionUrgency,
      vehicleId: z.nullable(id),
      vehicle: z.nullable(z.string()),
      minutes: z.nullable(z.number()),
      /** The vehicle that would be sent if each mission were looked at alone, in the order of the list. */
      greedyVehicle: z.nullable(z.string()),
    }),
  ),
  weighted: z.number(),
  greedyWeighted: z.number(),
})
export type Plan = z.output<typeof plan>
