import { crewMember } from '@tongmai/api/dispatch/fleet'
import {
  disinfection,
  endReason,
  entitlement,
  flightRelease,
  needs,
  signature,
} from '@tongmai/api/dispatch/mission'
import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { DispatchTables } from '../tables.ts'

export const tables = (ctx: Ctx) => ctx.db.withTables<DispatchTables>()

const documents = {
  needs,
  flight: z.nullable(flightRelease),
  handedByCrew: z.nullable(signature),
  takenByReceiver: z.nullable(signature),
  disinfection: z.nullable(disinfection),
  entitlement: z.nullable(entitlement),
  ending: z.nullable(z.object({ reason: endReason, note: z.string() })),
} as const
type Documents = { [K in keyof typeof documents]: z.output<(typeof documents)[K]> }

type Stored = Selectable<DispatchTables['dispatch.mission']>
/** A mission as the module works with it: the row, its documents decoded. */
export type MissionRow = Omit<Stored, keyof Documents> & Documents

/** Decodes the documents of a row: their moments become `Date`. */
export function readMission(row: Stored): MissionRow {
  const read: Record<string, unknown> = { ...row }
  for (const [name, schema] of Object.entries(documents)) {
    read[name] = z.decode(schema as z.ZodMiniType, (read[name] ?? null) as never)
  }
  return read as MissionRow
}

/** Encodes the documents among some values as JSON text; the rest stays as it is. */
export function writeMission(values: Partial<MissionRow>): Record<string, unknown> {
  const written: Record<string, unknown> = { ...values }
  for (const [name, schema] of Object.entries(documents)) {
    const value = written[name]
    if (value !== null && value !== undefined) {
      written[name] = JSON.stringify(z.encode(schema as z.ZodMiniType, value as never))
    }
  }
  return written
}

const crew = z.array(crewMember)
type StoredVehicle = Selectable<DispatchTables['dispatch.vehicle']>
export type VehicleRow = Omit<StoredVehicle, 'crew'> & { crew: z.output<typeof crew> }

export const readVehicle = <R extends StoredVehicle>(row: R): Omit<R, 'crew'> & VehicleRow => ({
  ...row,
  crew: z.decode(crew, row.crew as z.input<typeof crew>),
})
