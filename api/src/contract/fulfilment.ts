import * as z from 'zod/mini'
import { type Api, byId, day, id, moment, page, paging, text } from '../kernel.ts'
import { residentCard } from '../resident/person.ts'
import { evidenceKind, performer } from './package.ts'

export const serviceStatus = z.enum(['due', 'done', 'refused', 'lapsed'])
export type ServiceStatus = z.output<typeof serviceStatus>

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/))
export const point = z.object({
  latitude: z.number().check(z.minimum(-90), z.maximum(90)),
  longitude: z.number().check(z.minimum(-180), z.maximum(180)),
})

/** One value that was measured: 收缩压 130 mmHg. */
export const measured = z.object({ name: text(30), value: z.number(), unit: text(20) })
export type Measured = z.output<typeof measured>

/** What shows that a service was delivered; which of it must be there, the item says. */
export const delivery = z.object({
  at: moment,
  note: z._default(z.string().check(z.trim(), z.maxLength(4000)), ''),
  measurements: z._default(z.array(measured).check(z.maxLength(30)), []),
  photos: z._default(z.array(hash).check(z.maxLength(10)), []),
  signature: z._default(z.nullable(hash), null),
  place: z._default(z.nullable(point), null),
})
export type Delivery = z.output<typeof delivery>

export const contractService = z.object({
  id,
  contractId: id,
  resident: residentCard,
  team: z.string(),
  itemCode: z.string(),
  item: z.string(),
  seq: z.number(),
  performer,
  evidence: z.array(evidenceKind),
  status: serviceStatus,
  dueFrom: day,
  dueOn: day,
  assignee: z.nullable(z.object({ id, name: z.string() })),
  doneAt: z.nullable(moment),
  doneBy: z.nullable(z.string()),
  note: z.nullable(z.string()),
  proof: z.nullable(delivery),
  /** Flags that nobody has reviewed yet. */
  flags: z.number(),
})
export type ContractService = z.output<typeof contractService>

export const serviceFilter = z.object({
  status: z.optional(serviceStatus),
  /** `overdue`: should have been done; `now`: may be done and is not late; `coming`: not yet to be done. */
  when: z.optional(z.enum(['overdue', 'now', 'coming'])),
  mine: z.optional(z.stringbool()),
  teamId: z.optional(id),
  contractId: z.optional(id),
  residentId: z.optional(id),
  itemCode: z.optional(text(32)),
  flagged: z.optional(z.stringbool()),
})
export type ServiceFilter = z.output<typeof serviceFilter>

export const serviceCounts = z.object({
  overdue: z.number(),
  now: z.number(),
  coming: z.number(),
  done: z.number(),
  /** Of all that should have been done by today, how many were; the two halves of the fulfilment rate. */
  shouldHave: z.number(),
  have: z.number(),
  /** Contracts in force for long without any service, of all that are in force for so long. */
  unserved: z.number(),
  servable: z.number(),
  flags: z.number(),
})
export type ServiceCounts = z.output<typeof serviceCounts>

export const flag = z.object({
  id,
  serviceId: id,
  resident: residentCard,
  item: z.string(),
  kind: z.enum(['twoPlaces', 'sameReadings', 'neverLeft']),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  practitioner: z.nullable(z.string()),
  raisedAt: moment,
  state: z.enum(['open', 'upheld', 'dismissed']),
  reviewNote: z.nullable(z.string()),
})
export type Flag = z.output<typeof flag>

export const myService = z.object({
  id,
  residentId: id,
  item: z.string(),
  status: serviceStatus,
  dueFrom: day,
  dueOn: day,
  doneAt: z.nullable(moment),
  doneBy: z.nullable(z.string()),
})
export type MyService = z.output<typeof myService>

export const fulfilmentApi = {
  listServices: {
    method: 'GET',
    path: '/contract-services',
    summary: 'What my community owes its residents and has delivered.',
    may: 'contract.read',
    query: z.object({ ...serviceFilter.shape, ...paging }),
    returns: page(contractService),
  },
  countServices: {
    method: 'GET',
    path: '/contract-services/counts',
    summary:
      'How many services are overdue, to be done, done; the fulfilment rate and the unserved, both halves.',
    may: 'contract.read',
    query: z.object({
      mine: z.optional(z.stringbool()),
      teamId: z.optional(id),
      contractId: z.optional(id),
    }),
    returns: serviceCounts,
  },
  deliver: {
    method: 'POST',
    path: '/contract-services/:id/deliver',
    summary: 'Records that a service was delivered, with the evidence that its item asks for.',
    may: 'contract.serve',
    params: byId,
    body: delivery,
    returns: contractService,
  },
  deliverItem: {
    method: 'POST',
    path: '/contracts/:id/deliveries',
    summary:
      'Records an item of a contract as delivered: the next one owed, or one as needed; 409 when the quota is used up.',
    may: 'contract.serve',
    params: byId,
    body: z.extend(delivery, { itemCode: text(32) }),
    returns: contractService,
  },
  refuseService: {
    method: 'POST',
    path: '/contract-services/:id/refuse',
    summary: 'Records that the resident does not want a service.',
    may: 'contract.serve',
    params: byId,
    body: z.object({ note: text(500) }),
    returns: contractService,
  },
  assignServices: {
    method: 'POST',
    path: '/contract-services/assign',
    summary: 'Gives services that are due to one person of the team.',
    may: 'contract.serve',
    body: z.object({ ids: z.array(id).check(z.minLength(1), z.maxLength(200)), practitionerId: id }),
    returns: z.object({ assigned: z.number() }),
  },
  listFlags: {
    method: 'GET',
    path: '/contract-flags',
    summary: 'Deliveries that look odd.',
    may: 'contract.read',
    query: z.object({ state: z._default(z.enum(['open', 'upheld', 'dismissed']), 'open'), ...paging }),
    returns: page(flag),
  },
  reviewFlag: {
    method: 'POST',
    path: '/contract-flags/:id/review',
    summary: 'Says what came of looking at it.',
    may: 'contract.manage',
    params: byId,
    body: z.object({ verdict: z.enum(['upheld', 'dismissed']), note: text(500) }),
    returns: z.object({ state: z.enum(['upheld', 'dismissed']) }),
  },
  listMyServices: {
    method: 'GET',
    path: '/me/contract-services',
    summary: 'What is due to me under my contract, and what I was given.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object({ status: z.optional(serviceStatus), ...paging }),
    returns: page(myService),
  },
} as const satisfies Api
