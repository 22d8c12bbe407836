import * as z from 'zod/mini'
import { byId, id, moment, text } from '../kernel.ts'
import { clientId, done } from './text.ts'

/** What an app asks of a person, as RFC 6749, RFC 7636 and SMART App Launch 2.2 write it. */
export const appRequest = z.object({
  response_type: z.optional(z.string()),
  client_id: z.optional(z.string()),
  redirect_uri: z.optional(z.string()),
  scope: z.optional(z.string()),
  state: z.optional(z.string()),
  aud: z.optional(z.string()),
  launch: z.optional(z.string()),
  nonce: z.optional(z.string()),
  prompt: z.optional(z.string()),
  code_challenge: z.optional(z.string()),
  code_challenge_method: z.optional(z.string()),
})
export type AppRequest = z.output<typeof appRequest>

/** What the person is asked. */
export const appQuestion = z.object({
  name: z.string(),
  /** Whose app it is. */
  institution: z.string(),
  /** Where the answer goes. */
  host: z.string(),
  scopes: z.array(z.string()),
  /** Which patient: none, the one it was opened for, or one yet to be chosen. */
  patient: z.enum(['none', 'launched', 'choose']),
  residentId: z.nullable(id),
})
export type AppQuestion = z.output<typeof appQuestion>

const persons = ['staff', 'resident'] as const

/** Programs that people open and allow (SMART App Launch): asking, answering, opening, taking back. */
export const appApi = {
  readAppRequest: {
    method: 'GET',
    path: '/app-request',
    summary: 'What an app asks of the person who is signed in',
    may: 'signed-in',
    for: persons,
    query: appRequest,
    returns: appQuestion,
  },
  answerAppRequest: {
    method: 'POST',
    path: '/app-request',
    summary: 'Allows or refuses what an app asks; answers where the browser goes with the answer',
    may: 'signed-in',
    for: persons,
    body: z.object({
      request: appRequest,
      allow: z.boolean(),
      /** The scopes allowed, among those asked for; all where nothing is said. */
      scopes: z.optional(z.array(text(200)).check(z.maxLength(100))),
      /** The patient, where one is to be chosen. */
      residentId: z.optional(z.nullable(id)),
    }),
    returns: z.object({ goTo: z.string() }),
  },
  listLaunchableApps: {
    method: 'GET',
    path: '/apps',
    summary: 'The apps of one’s institution that can be opened for a resident, at most 50',
    may: 'resident.read',
    for: ['staff'],
    returns: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
  },
  launchApp: {
    method: 'POST',
    path: '/apps/:id/launch',
    summary: 'Opens an app for a resident; answers the address to open (EHR launch)',
    may: 'resident.read',
    for: ['staff'],
    params: z.object({ id: clientId }),
    body: z.object({ residentId: id }),
    returns: z.object({ goTo: z.string() }),
  },
  listAppGrants: {
    method: 'GET',
    path: '/app-grants',
    summary: 'What one has allowed apps and not taken back, at most 100',
    may: 'signed-in',
    for: persons,
    returns: z.object({
      items: z.array(
        z.object({ id, name: z.string(), scopes: z.array(z.string()), since: moment, until: moment }),
      ),
    }),
  },
  endAppGrant: {
    method: 'POST',
    path: '/app-grants/:id/end',
    summary: 'Takes back what one allowed an app; its tokens end at once',
    may: 'signed-in',
    for: persons,
    params: byId,
    returns: done,
  },
} as const
