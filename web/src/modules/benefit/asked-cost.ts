import { careKind, insuranceScheme, insuredCategory } from '@tongmai/api/benefit/rule'
import * as z from 'zod/mini'

/** What is asked, in the address, so that it can be sent to a colleague and printed again. */
export const askedShape = z.object({
  resident: z.optional(z.string()),
  area: z.optional(z.string()),
  scheme: z.optional(insuranceScheme),
  category: z.optional(insuredCategory),
  age: z.optional(z.coerce.number()),
  kind: z._default(careKind, 'inpatient'),
  diagnosis: z.optional(z.string()),
  /** In yuan, as typed. */
  total: z.optional(z.coerce.number()),
  contracted: z.optional(z.boolean()),
  referred: z._default(z.boolean(), true),
  critical: z._default(z.boolean(), false),
  to: z.optional(z.string()),
})
export type AskedCost = z.output<typeof askedShape>
