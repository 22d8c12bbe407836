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
  /** With whom and for what it is, for signing it anew. */
  again: z.object({
    teamId: id,
    doctorId: id,
    secondaryId: z.nullable(id),
    tertiaryId: z.nullable(id),
    packageCodes: z.array(z.string()),
  }),
})
export type MyContract = z.output<typeof myContract>

/** Where it lies, in degrees, and how many minutes by road; null where nobody knows. */
const place = {
  longitude: z.nullable(z.number()),
  latitude: z.nullable(z.number()),
  minutes: z.nullable(z.number()),
}
/** A community with GP teams: how many doctors, and for how many more residents they have room. */
export const communityChoice = z.object({
  id,
  name: z.string(),
  ...place,
  doctors: z.number(),
  free: z.number(),
})
export type CommunityChoice = z.output<typeof communityChoice>
export const hospitalOnMap = z.extend(hospitalChoice, place)
export type HospitalOnMap = z.output<typeof hospitalOnMap>
/** From where ways are counted; without a name it is where the phone is. */
export const startingPlace = z.object({
  name: z.nullable(z.string()),
  longitude: z.number(),
  latitude: z.number(),
})
export type StartingPlace = z.output<typeof startingPlace>
/** A road as it is drawn: longitude and latitude of either end. */
export const drawnRoad = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type DrawnRoad = z.output<typeof drawnRoad>
const degrees = (most: number) => z.optional(z.coerce.number().check(z.minimum(-most), z.maximum(most)))

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
  listMyCommunities: {
    method: 'GET',
    path: '/me/contract-communities',
    summary:
      'Communities I may sign with, nearest first, at most 60, and the roads between them; ways are counted from the place given, which is not kept, else from where I am registered.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object({
      q: z.optional(z.string().check(z.trim(), z.maxLength(40))),
      longitude: degrees(180),
      latitude: degrees(90),
    }),
    returns: z.object({
      from: z.nullable(startingPlace),
      communities: z.array(communityChoice),
      roads: z.array(drawnRoad),
    }),
  },
  listMyChoices: {
    method: 'GET',
    path: '/me/contract-choices',
    summary:
      'The doctors of one community with their room, the hospitals and the packages I may choose there, and the roads to the hospitals.',
    may: 'signed-in',
    for: ['resident'],
    query: z.object({ communityId: id }),
    returns: z.object({
      doctors: z.array(panelDoctor),
      hospitals: z.array(hospitalOnMap),
      packages: z.array(servicePackage),
      /** The community itself, where its place is known. */
      from: z.nullable(startingPlace),
      roads: z.array(drawnRoad),
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
