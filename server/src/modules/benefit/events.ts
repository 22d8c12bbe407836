import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

const rule = z.object({ ruleId: z.uuid(), area: z.string(), since: z.nullable(z.string()) })

/** What this module announces. */
export const benefitEvents = {
  'benefit.rule-added': rule,
  'benefit.rule-ended': rule,
  'benefit.entitlement-changed': z.object({ ruleId: z.uuid(), code: z.string() }),
  'benefit.group-changed': z.object({ code: z.string(), since: z.string() }),
  'benefit.gap-set': z.object({ area: z.string(), since: z.string() }),
  'benefit.cap-use-recorded': z.object({ kind: z.string(), asOf: z.string() }),
  'benefit.tariff-imported': z.object({ added: z.number(), replaced: z.number() }),
  'benefit.insurance-recorded': z.object({ area: z.string(), scheme: z.string(), category: z.string() }),
  'benefit.stay-recorded': z.object({ stayId: z.uuid(), episode: z.string(), institutionId: z.uuid() }),
} as const

export const tell = teller(benefitEvents)
