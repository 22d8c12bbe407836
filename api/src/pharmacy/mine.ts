import * as z from 'zod/mini'
import { type Api, id, moment } from '../kernel.ts'

/** Where a medicine is to be had; minutes by road, null where no road leads there or where one starts is unknown. */
export const holder = z.object({
  institutionId: id,
  name: z.string(),
  state: z.enum(['inStock', 'canOrder']),
  minutes: z.nullable(z.number()),
  confirmedAt: moment,
})
export type Holder = z.output<typeof holder>

/** A medicine that I take now. */
export const myMedicine = z.object({
  id: z.string(),
  name: z.string(),
  /** How it is to be taken, in plain words; null where the prescription does not say. */
  dose: z.nullable(z.string()),
  /** The doctor paused it. */
  onHold: z.boolean(),
  since: z.nullable(moment),
  /** When the treatment ends; null where nobody said so. */
  until: z.nullable(moment),
  /** Until when what was prescribed last suffices. */
  suppliedUntil: z.nullable(moment),
  prescriber: z.nullable(z.string()),
  institution: z.nullable(z.string()),
  /** Whether the formulary of the alliance has it: of any other nobody knows who holds it. */
  listed: z.boolean(),
  /** Nearest first, those that have it before those that order it; at most three. */
  near: z.array(holder),
})
export type MyMedicine = z.output<typeof myMedicine>

export const pharmacyMineApi = {
  listMyMedicines: {
    method: 'GET',
    path: '/me/medicines',
    summary: 'What I, or somebody I stand for, take now, and where it is to be had nearby.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object({ residentId: id }),
    returns: z.object({
      /** From where the ways are counted: the contracted community, else where one is registered. */
      from: z.nullable(z.string()),
      medicines: z.array(myMedicine),
    }),
  },
} as const satisfies Api
