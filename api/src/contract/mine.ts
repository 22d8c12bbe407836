import * as z from 'zod/mini'
import { type Api, byId, day, id, page, paging } from '../kernel.ts'
import { application, hospitalChoice, panelDoctor } from './book.ts'
import { contractStatus, rescindReason } from './flow.ts'
import { servicePackage } from './package.ts'
import { contractBrief } from './shape.ts'

/** One contract as the resident reads it. */
export const myContract = z.object({
  id,
  number: z.string(),
  residentId: id,
  status: contractStatus,
  upcoming: z.boolean(),
  community: z.string(),
  communityId: id,
  team: z.string(),
  teamPhone: z.nullable(z.string()),
  doctor: z.string(),
  secondary: z.nullable(z.string()),
  tertiary: z.nullable(z.string()),
  packages: z.array(z.string()),
  personalFen: z.number(),
  startsOn: day,
  endsOn: day,
  endNote: z.nullable(z.string()),
})
export type MyContract = z.output<typeof myContract>

export const contractMineApi = {
  listMine: {
    method: 'GET',
    path: '/me/contracts',
    summary: 'My own contracts and those of the people I stand for, newest first.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object(paging),
    returns: page(myContract),
  },
  listMyChoices: {
    method: 'GET',
    path: '/me/contract-choices',
    summary:
      'The doctors with room, the hospitals and the packages I may choose; of one community, or all doctors.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object({ communityId: z.optional(id) }),
    returns: z.object({
      doctors: z.array(panelDoctor),
      hospitals: z.array(hospitalChoice),
      packages: z.array(servicePackage),
    }),
  },
  apply: {
    method: 'POST',
    path: '/me/contracts',
    summary: 'Applies for a contract, for me and those I stand for; the team accepts or declines.',
    may: 'signed-in',
    for: ['resident'],
    body: application,
    returns: z.object({ actId: id, contracts: z.array(contractBrief) }),
  },
  sendMyCode: {
    method: 'POST',
    path: '/me/contract-codes',
    summary: 'Sends my telephone a code that signs.',
    may: 'signed-in',
    for: ['resident'],
    returns: z.object({ phoneMasked: z.string() }),
  },
  withdrawMine: {
    method: 'POST',
    path: '/me/contracts/:id/withdraw',
    summary: 'Takes back an application that the team has not answered.',
    may: 'signed-in',
    for: ['resident'],
    params: byId,
    returns: contractBrief,
  },
  rescindMine: {
    method: 'POST',
    path: '/me/contracts/:id/rescind',
    summary: 'Ends my contract; signing is voluntary, and so is staying.',
    may: 'signed-in',
    for: ['resident'],
    params: byId,
    body: z.object({ reason: rescindReason, comment: z._default(z.string().check(z.maxLength(1000)), '') }),
    returns: contractBrief,
  },
  myDocument: {
    method: 'GET',
    path: '/me/contracts/:id/document.pdf',
    summary: 'My contract on paper.',
    may: 'signed-in',
    for: ['resident'],
    params: byId,
    returns: { media: 'application/pdf' },
  },
} as const satisfies Api
