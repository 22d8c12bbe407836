import * as z from 'zod/mini'
import { type Api, byId, day, id, page, paging, text } from '../kernel.ts'
import { contractStatus, declineReason, rescindReason, terminateReason } from './flow.ts'
import { channel, consentText, contract, contractBrief, contractLine, signature } from './shape.ts'

const note = z._default(z.string().check(z.trim(), z.maxLength(1000)), '')

/** Whom one signs with: a team of the community, one of its doctors, and a hospital of either tier or of both. */
const parties = {
  teamId: id,
  doctorId: id,
  secondaryId: z._default(z.nullable(id), null),
  tertiaryId: z._default(z.nullable(id), null),
}
const terms = {
  months: z._default(z.number().check(z.int(), z.minimum(12), z.maximum(36)), 12),
  consentVersion: text(32),
  signature,
}
const member = z.object({
  residentId: id,
  packageIds: z.array(id).check(z.minLength(1), z.maxLength(8)),
  /** The resident holds a contract elsewhere and wants this team instead. */
  changesTeam: z._default(z.boolean(), false),
})
/** The members of one household who sign in one act; each has a contract of their own. */
const members = z.array(member).check(
  z.minLength(1),
  z.maxLength(12),
  z.refine((list) => new Set(list.map((one) => one.residentId)).size === list.length, {
    error: 'member-twice',
  }),
)

export const signing = z.object({
  ...parties,
  ...terms,
  members,
  channel: z._default(z.enum(['desk', 'home']), 'desk'),
})
export type Signing = z.output<typeof signing>
export const application = z.object({ ...parties, ...terms, members })
export type Application = z.output<typeof application>
export const renewal = z.object({
  ...terms,
  packageIds: z.array(id).check(z.minLength(1), z.maxLength(8)),
  secondaryId: z._default(z.nullable(id), null),
  tertiaryId: z._default(z.nullable(id), null),
})

export const contractFilter = z.object({
  status: z.optional(contractStatus),
  /** In force today, whatever its state is called. */
  inForce: z.optional(z.stringbool()),
  teamId: z.optional(id),
  doctorId: z.optional(id),
  residentId: z.optional(id),
  level: z.optional(text(20)),
  channel: z.optional(channel),
  number: z.optional(text(32)),
  endsBefore: z.optional(day),
  /** In force for long, and nothing of it ever delivered. */
  unserved: z.optional(z.stringbool()),
})
export type ContractFilter = z.output<typeof contractFilter>

/** One doctor of a team, with how many residents they hold and may hold. */
export const panelDoctor = z.object({
  teamId: id,
  team: z.string(),
  teamPhone: z.nullable(z.string()),
  communityId: id,
  community: z.string(),
  doctorId: id,
  doctor: z.string(),
  leads: z.boolean(),
  held: z.number(),
  limit: z.number(),
})
export type PanelDoctor = z.output<typeof panelDoctor>

export const hospitalChoice = z.object({ id, name: z.string(), tier: z.enum(['secondary', 'tertiary']) })

export const contractBookApi = {
  sign: {
    method: 'POST',
    path: '/contracts',
    summary: 'Signs contracts for one or several members of a household in one act.',
    may: 'contract.sign',
    body: signing,
    returns: z.object({ actId: id, contracts: z.array(contractBrief) }),
  },
  list: {
    method: 'GET',
    path: '/contracts',
    summary: 'The contracts that my institution is a party of.',
    may: 'contract.read',
    query: z.object({
      ...contractFilter.shape,
      sort: z._default(z.enum(['ends', 'newest', 'name']), 'newest'),
      ...paging,
    }),
    returns: page(contractLine),
  },
  read: {
    method: 'GET',
    path: '/contracts/:id',
    summary: 'One contract with its frozen packages, its story and what this viewer may do.',
    may: 'contract.read',
    params: byId,
    returns: contract,
  },
  document: {
    method: 'GET',
    path: '/contracts/:id/document.pdf',
    summary: 'The contract on paper, with the consent text that was signed and the signature.',
    may: 'contract.read',
    params: byId,
    returns: { media: 'application/pdf' },
  },
  listPanels: {
    method: 'GET',
    path: '/contract-panels',
    summary: 'The doctors of my institution’s GP teams with the size of their panels.',
    may: 'contract.read',
    returns: z.array(panelDoctor),
  },
  setPanelLimit: {
    method: 'POST',
    path: '/contract-panels/:id/limit',
    summary: 'How many residents one doctor may hold; null for the rule’s number.',
    may: 'contract.manage',
    params: byId,
    body: z.object({ limit: z.nullable(z.number().check(z.int(), z.minimum(0), z.maximum(10_000))) }),
    returns: z.object({ limit: z.number() }),
  },
  listHospitals: {
    method: 'GET',
    path: '/contract-hospitals',
    summary: 'The secondary and tertiary hospitals that residents of my community may choose.',
    may: 'contract.read',
    returns: z.array(hospitalChoice),
  },
  readConsent: {
    method: 'GET',
    path: '/contract-consent',
    summary: 'The text that is signed today, with its version and hash.',
    may: 'signed-in',
    for: ['staff', 'resident'],
    returns: consentText,
  },
  sendCode: {
    method: 'POST',
    path: '/contract-codes',
    summary: 'Sends the resident’s telephone a code that signs.',
    may: 'contract.sign',
    body: z.object({ residentId: id }),
    returns: z.object({ phoneMasked: z.string() }),
  },
  accept: {
    method: 'POST',
    path: '/contracts/:id/accept',
    summary: 'The team takes an applicant.',
    may: 'contract.sign',
    params: byId,
    body: z.object({ comment: note }),
    returns: contractBrief,
  },
  decline: {
    method: 'POST',
    path: '/contracts/:id/decline',
    summary: 'The team does not take an applicant, with a reason they can read.',
    may: 'contract.sign',
    params: byId,
    body: z.object({ reason: declineReason, comment: note }),
    returns: contractBrief,
  },
  renew: {
    method: 'POST',
    path: '/contracts/:id/renew',
    summary: 'Signs the contract that follows; it begins the day after this one ends.',
    may: 'contract.sign',
    params: byId,
    body: renewal,
    returns: contractBrief,
  },
  rescind: {
    method: 'POST',
    path: '/contracts/:id/rescind',
    summary: 'Ends a contract before its time, with a reason; what was not delivered is kept with it.',
    may: 'contract.sign',
    params: byId,
    body: z.object({ reason: rescindReason, comment: note }),
    returns: contractBrief,
  },
  terminate: {
    method: 'POST',
    path: '/contracts/:id/terminate',
    summary: 'Ends a contract because the resident died or moved away.',
    may: 'contract.sign',
    params: byId,
    body: z.object({ reason: terminateReason, comment: note }),
    returns: contractBrief,
  },
} as const satisfies Api
