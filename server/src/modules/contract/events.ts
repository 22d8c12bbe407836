import { bedStatus } from '@tongmai/api/contract/bed'
import { contractStatus, endReason } from '@tongmai/api/contract/flow'
import * as z from 'zod/mini'
import { teller } from '../../kernel/event.ts'

/** What every event of a contract says: the parties and where it stands. */
export const told = z.object({
  id: z.string(),
  number: z.string(),
  status: contractStatus,
  communityId: z.string(),
  teamId: z.string(),
  doctorId: z.string(),
  secondaryId: z.nullable(z.string()),
  tertiaryId: z.nullable(z.string()),
  startsOn: z.string(),
  endsOn: z.string(),
  prevId: z.nullable(z.string()),
  reason: z.nullable(endReason),
})

const advised = z.object({
  id: z.string(),
  communityId: z.string(),
  practitionerId: z.string(),
  outOfHours: z.boolean(),
})

const visited = z.object({ id: z.string(), practitionerId: z.string(), on: z.string() })

const bed = z.object({ id: z.string(), number: z.string(), status: bedStatus, doctorId: z.string() })

export const contractEvents = {
  'contract.package-published': z.object({ code: z.string(), version: z.number() }),
  'contract.applied': told,
  /** An application; `contract.signed` is told beside it. */
  'contract.accepted': told,
  'contract.application-ended': told,
  /** It binds from now on, and its rights apply. */
  'contract.signed': told,
  /** Signed to follow; `contract.signed` is told when it begins. */
  'contract.renewal-signed': told,
  'contract.expiring': told,
  'contract.ended': told,
  'contract.service-delivered': z.object({
    id: z.string(),
    itemCode: z.string(),
    practitionerId: z.nullable(z.string()),
    at: z.string(),
  }),
  'contract.bulk-moved': z.object({
    id: z.string(),
    status: z.string(),
    total: z.number(),
    done: z.number(),
  }),
  'contract.service-refused': z.object({ id: z.string(), itemCode: z.string() }),
  'contract.settlement-moved': z.object({
    id: z.string(),
    teamId: z.string(),
    year: z.number(),
    status: z.string(),
  }),
  'contract.called': z.object({ id: z.string(), outcome: z.string() }),
  'contract.advice-asked': advised,
  'contract.advice-answered': advised,
  'contract.advice-closed': advised,
  'contract.advice-converted': advised,
  'contract.hotline-called': z.object({ id: z.string(), topic: z.string(), outcome: z.string() }),
  'contract.visit-planned': visited,
  'contract.visit-started': visited,
  'contract.visit-finished': visited,
  'contract.visit-cancelled': visited,
  'contract.bed-proposed': bed,
  'contract.bed-opened': bed,
  'contract.bed-declined': bed,
  'contract.bed-noted': bed,
  'contract.bed-ordered': bed,
  'contract.bed-reviewed': bed,
  'contract.bed-closed': bed,
  'contract.group-rule-changed': z.object({
    ...{ group: z.string(), kind: z.string(), value: z.string(), state: z.string() },
  }),
  'contract.register-imported': z.object({
    ...{ group: z.string(), source: z.string(), added: z.number(), changed: z.number(), ended: z.number() },
  }),
  'contract.survey-answered': z.object({}),
  'contract.code-sent': z.object({}),
} as const

export const tell = teller(contractEvents)
