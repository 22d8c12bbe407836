import { outcome, refusalReason } from '@tongmai/api/recognition/order'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

/** What this module announces. */
export const recognitionEvents = {
  'recognition.catalogued': z.object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    retired: z.boolean(),
  }),
  'recognition.assessed': z.object({
    gateId: z.uuid(),
    itemId: z.uuid(),
    institutionId: z.uuid(),
    passed: z.boolean(),
    withdrawn: z.boolean(),
  }),
  'recognition.decided': z.object({
    id: z.uuid(),
    orderId: z.uuid(),
    itemId: z.uuid(),
    outcome,
    reason: z.nullable(refusalReason),
    institutionId: z.uuid(),
    resultInstitutionId: z.nullable(z.uuid()),
  }),
  /** The result of an ordered test has come, or turned out to be none. */
  'recognition.answered': z.object({
    id: z.uuid(),
    orderId: z.uuid(),
    itemId: z.uuid(),
    institutionId: z.uuid(),
    practitionerId: z.nullable(z.uuid()),
    result: z.string(),
    answered: z.boolean(),
  }),
} as const

export const tell = teller(recognitionEvents)
