import { stockState } from '@tongmai/api/pharmacy/medicine'
import { shortageStatus } from '@tongmai/api/pharmacy/shortage'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

const shortage = z.object({
  id: z.uuid(),
  institutionId: z.uuid(),
  medicineId: z.uuid(),
  medicine: z.string(),
  to: shortageStatus,
  reportedBy: z.string(),
})
export type ShortageMoved = z.output<typeof shortage>

/** What this module announces. */
export const pharmacyEvents = {
  'pharmacy.stock-confirmed': z.object({ medicineId: z.uuid(), institutionId: z.uuid(), state: stockState }),
  'pharmacy.formulary-changed': z.object({ medicineId: z.uuid() }),
  'pharmacy.formulary-imported': z.object({ added: z.number(), changed: z.number() }),
  'pharmacy.shortage-reported': shortage,
  'pharmacy.shortage-procuring': shortage,
  'pharmacy.shortage-arrived': shortage,
  'pharmacy.shortage-ended': shortage,
} as const

export const tell = teller(pharmacyEvents)
