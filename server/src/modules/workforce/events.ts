import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

const who = z.object({ practitionerId: z.string(), institutionId: z.string() })

/** What workforce announces. */
export const workforceEvents = {
  'workforce.practitioner-added': who,
  'workforce.practitioner-changed': who,
  'workforce.licence-added': z.object({
    practitionerId: z.string(),
    licenceId: z.string(),
    until: z.nullable(z.string()),
  }),
  'workforce.licence-ended': z.object({
    practitionerId: z.string(),
    licenceId: z.string(),
    until: z.string(),
  }),
  'workforce.site-added': who,
  'workforce.site-ended': who,
  'workforce.team-changed': z.object({ teamId: z.string(), institutionId: z.string() }),
  'workforce.rota-set': z.object({ institutionId: z.string(), changed: z.number() }),
  'workforce.responsible-assigned': z.object({ practitionerId: z.string(), institutionId: z.string() }),
  'workforce.responsible-handed-over': z.object({
    fromPractitionerId: z.string(),
    toPractitionerId: z.string(),
    institutionId: z.string(),
    note: z.nullable(z.string()),
  }),
  'workforce.responsible-released': z.object({ practitionerId: z.string() }),
}

export const tell = teller(workforceEvents)
