import { stockState } from '@tongmai/api/pharmacy'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

/** What this module announces. */
export const pharmacyEvents = {
  'pharmacy.stock-confirmed': z.object({ medicineId: z.uuid(), institutionId: z.uuid(), state: stockState }),
} as const

export const tell = teller(pharmacyEvents)
