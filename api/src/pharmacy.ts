import * as z from 'zod/mini'
import { type Api, id, moment, page, paging } from './kernel.ts'

/** Held now, obtainable on order, or not held; of what nobody confirmed it is unknown. */
export const stockState = z.enum(['inStock', 'canOrder', 'notHeld'])
export type StockState = z.output<typeof stockState>

export const medicineLine = z.object({
  id,
  name: z.string(),
  form: z.string(),
  strength: z.string(),
  category: z.string(),
  chronic: z.boolean(),
  /** At the institution asked for; null is unknown. */
  state: z.nullable(stockState),
  confirmedAt: z.nullable(moment),
})
export type MedicineLine = z.output<typeof medicineLine>

/** 衔接率: what both hold ÷ what the higher hospital holds, of medicines for chronic disease. */
export const alignment = z.object({
  both: z.number(),
  higher: z.number(),
  /** Null where the higher hospital's formulary is not known. */
  rate: z.nullable(z.number()),
  gap: z.array(medicineLine),
})
export type Alignment = z.output<typeof alignment>

/** Whether an institution has a medicine that somebody wrote down, and what it has of the same category instead. */
export const availability = z.object({
  /** As it was asked for. */
  name: z.string(),
  available: z.boolean(),
  /** Held, to be ordered, or not held; null where nobody has confirmed it, or the formulary does not know it. */
  state: z.nullable(stockState),
  /** The medicine of the formulary that is meant; null where it is in no formulary. */
  drugId: z.nullable(id),
  confirmedAt: z.nullable(moment),
  alternatives: z.array(z.object({ drugId: id, name: z.string() })),
})
export type Availability = z.output<typeof availability>

/** The alliance's formulary and what each member holds of it. */
export const pharmacyApi = {
  listMedicines: {
    method: 'GET',
    path: '/medicines',
    summary: 'The formulary with its state at one institution, by Chinese, pinyin or initials',
    may: 'pharmacy.read',
    query: z.object({
      ...paging,
      q: z.optional(z.string().check(z.trim(), z.maxLength(40))),
      institutionId: id,
      state: z.optional(stockState),
    }),
    returns: page(medicineLine),
  },
  readAlignment: {
    method: 'GET',
    path: '/formulary-alignment',
    summary: 'What a higher hospital holds for chronic disease and a community lacks, with the rate',
    may: 'pharmacy.read',
    query: z.object({ communityId: id, higherId: id }),
    returns: alignment,
  },
  readAvailability: {
    method: 'GET',
    path: '/medicine-availability',
    summary: 'Whether an institution has these medicines, one name a line, and what it has instead.',
    may: 'pharmacy.read',
    query: z.object({ institutionId: id, names: z.string().check(z.maxLength(4000)) }),
    returns: z.array(availability),
  },
  confirmStock: {
    method: 'POST',
    path: '/medicine-stock',
    summary: "Confirms the state of a medicine at one's own institution",
    may: 'pharmacy.stock',
    body: z.object({ medicineId: id, state: stockState }),
    returns: z.object({ medicineId: id, state: stockState }),
  },
} as const satisfies Api
