import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

/** What resident announces. No name and no number: who may know them asks. */
export const residentEvents = {
  'resident.registered': z.object({
    institutionId: z.nullable(z.string()),
    isNew: z.boolean(),
    unknown: z.boolean(),
  }),
  'resident.identified': z.object({ documents: z.number() }),
  'resident.changed': z.object({ version: z.number() }),
  'resident.document-added': z.object({ kind: z.nullable(z.string()) }),
  'resident.link-proposed': z.object({ linkId: z.string(), otherId: z.string() }),
  'resident.link-made': z.object({ linkId: z.string(), otherId: z.string() }),
  'resident.link-refused': z.object({ linkId: z.string(), otherId: z.string() }),
  'resident.link-undone': z.object({ linkId: z.string(), otherId: z.string() }),
  'resident.searched': z.object({ by: z.string(), found: z.number(), closed: z.number() }),
  'resident.revealed': z.object({ field: z.string(), reason: z.string() }),
  'resident.granted': z.object({ institutionId: z.string(), basis: z.string(), source: z.string() }),
  'resident.grant-ended': z.object({ institutionIds: z.array(z.string()), source: z.string() }),
  'resident.grants-suspended': z.object({
    institutionId: z.string(),
    viaInstitutionId: z.string(),
    residents: z.number(),
  }),
  'resident.grants-resumed': z.object({
    institutionId: z.string(),
    viaInstitutionId: z.string(),
    residents: z.number(),
  }),
  'resident.died': z.object({ on: z.string() }),
  'resident.moved': z.object({ on: z.string() }),
  'resident.household-changed': z.object({ householdId: z.string() }),
  'resident.proxy-asked': z.object({ kind: z.string() }),
  'resident.proxy-given': z.object({ proxyId: z.string() }),
  'resident.proxy-declined': z.object({ proxyId: z.string() }),
  'resident.proxy-ended': z.object({ proxyId: z.string() }),
  'resident.consented': z.object({ institutionId: z.string(), purpose: z.string() }),
  'resident.consent-withdrawn': z.object({ institutionId: z.string(), purpose: z.string() }),
  'resident.emergency-opened': z.object({ emergencyId: z.string(), reason: z.string() }),
  'resident.emergency-judged': z.object({ emergencyId: z.string(), state: z.string() }),
  'resident.objected': z.object({ objectionId: z.string() }),
  'resident.objection-answered': z.object({ objectionId: z.string() }),
}

export const tell = teller(residentEvents)
