import * as z from 'zod/mini'
import { type Api, day, text } from '../kernel.ts'
import { bedFee, bedFeeCode, bedIndication } from './bed.ts'

/** Whether a community opens beds for it; `toConfirm`: nobody there has named the document yet, and it is off. */
export const bedIndicationRule = z.object({
  indication: bedIndication,
  since: z.nullable(day),
  state: z.enum(['inForce', 'toConfirm']),
  /** When exactly, in the place's own words. */
  criteria: z.string(),
  source: z.nullable(z.string()),
})
export type BedIndicationRule = z.output<typeof bedIndicationRule>

/** What a community says of its beds at home: for what they are opened, and what they cost. */
export const bedRuleApi = {
  listBedFees: {
    ...{ method: 'GET', path: '/home-beds/fees', may: 'contract.read' },
    summary: 'What my community asks for; a price that nobody entered is unknown.',
    returns: z.array(bedFee),
  },
  setBedFee: {
    ...{ method: 'POST', path: '/home-beds/fees', may: 'contract.manage' },
    summary: 'Enters a price with the document it comes from and its first day.',
    body: z.object({
      code: bedFeeCode,
      fen: z.number().check(z.int(), z.minimum(0), z.maximum(1_000_000)),
      since: day,
      source: text(300),
    }),
    returns: z.array(bedFee),
  },
  listBedIndications: {
    ...{ method: 'GET', path: '/home-beds/indications', may: 'contract.read' },
    summary: 'For what my community opens beds at home; what nobody has confirmed is off.',
    returns: z.array(bedIndicationRule),
  },
  setBedIndication: {
    ...{ method: 'POST', path: '/home-beds/indications', may: 'contract.manage' },
    summary:
      'Confirms an indication with the document it comes from and its first day, or takes it out again.',
    body: z.object({
      indication: bedIndication,
      state: bedIndicationRule.shape.state,
      criteria: z._default(z.string().check(z.trim(), z.maxLength(500)), ''),
      since: day,
      source: text(300),
    }),
    returns: z.array(bedIndicationRule),
  },
} as const satisfies Api
