import * as z from 'zod/mini'
import { id, moment, text } from '../kernel.ts'

/** Held now, obtainable on order, or not held; of what nobody confirmed it is unknown. */
export const stockState = z.enum(['inStock', 'canOrder', 'notHeld'])
export type StockState = z.output<typeof stockState>

/** What a medicine is; the codes are null where nobody has entered them. */
export const medicineFacts = z.object({
  /** Generic name 通用名. */
  name: text(60),
  form: text(20),
  strength: text(30),
  category: text(40),
  chronic: z.boolean(),
  /** 药品本位码, 14 digits. */
  baseCode: z.nullable(text(14)),
  /** 国家医保药品代码, 23 characters. */
  insuranceCode: z.nullable(text(23)),
})
export type MedicineFacts = z.output<typeof medicineFacts>

export const medicineLine = z.extend(medicineFacts, {
  id,
  /** Taken out of the formulary; what refers to it stays readable. */
  retired: z.boolean(),
  version: z.number(),
  /** At the institution asked for; null is unknown. */
  state: z.nullable(stockState),
  confirmedAt: z.nullable(moment),
})
export type MedicineLine = z.output<typeof medicineLine>

/** A dry run changes nothing; a line with a problem is left out either way. */
export const medicineImport = z.object({
  lines: z.number(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  problems: z.array(z.object({ line: z.number(), problem: z.string(), value: z.string() })),
})
export type MedicineImport = z.output<typeof medicineImport>
