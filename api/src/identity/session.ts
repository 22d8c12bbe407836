import * as z from 'zod/mini'
import { byId, id, moment, text } from '../kernel.ts'
import { role } from './role.ts'
import { carry, digits, done, newPassword, typedPassword } from './text.ts'

const institution = z.object({
  id,
  name: z.string(),
  shortName: z.string(),
  kind: z.string(),
  tier: z.nullable(z.string()),
})

const post = z.object({ institution, roles: z.array(role), practitionerId: z.nullable(id) })

/** Who is signed in, for whom they act and what they may do. */
export const session = z.object({
  kind: z.enum(['staff', 'resident', 'client']),
  /** Account or client. */
  id: z.string(),
  /** The session itself; null for clients. */
  sessionId: z.nullable(id),
  name: z.string(),
  /** Staff: the user name; residents: the masked phone number. */
  username: z.nullable(z.string()),
  /** Staff: every institution they may act for. */
  posts: z.array(post),
  /** Whom they act for now; residents have none. */
  institution: z.nullable(institution),
  roles: z.array(role),
  permissions: z.array(z.string()),
  practitionerId: z.nullable(id),
  /** Residents: themselves first, then those they stand for. */
  residentIds: z.array(id),
  /** The same with their names. */
  residents: z.array(z.object({ id, name: z.string() })),
  scopes: z.array(z.string()),
  /** Until this is done every other endpoint answers 403 `identity.change-password-first`. */
  mustChangePassword: z.boolean(),
  secondFactor: z.boolean(),
  demo: z.boolean(),
  /** When it ends whatever happens; null for clients, whose tokens say it themselves. */
  until: z.nullable(moment),
  /** It ends earlier when nothing is asked for so long. */
  idleMinutes: z.number(),
})
export type Session = z.output<typeof session>

/** The answer to a right password: a session, or the question for the second factor. */
export const signedIn = z.discriminatedUnion('state', [
  z.object({ state: z.literal('signed-in'), mustChangePassword: z.boolean(), token: z.optional(z.string()) }),
  z.object({ state: z.literal('second-factor'), challenge: z.string(), until: moment }),
])
export type SignedIn = z.output<typeof signedIn>

const sessionLine = z.object({
  id,
  current: z.boolean(),
  since: moment,
  seenAt: moment,
  until: moment,
  /** Browser or program, as it called itself. */
  agent: z.string(),
  address: z.string(),
})
export type SessionLine = z.output<typeof sessionLine>

const persons = ['staff', 'resident'] as const

/** Signing in and out, and what concerns one’s own account. */
export const sessionApi = {
  welcome: {
    method: 'GET',
    path: '/welcome',
    summary: 'What the sign-in pages must know: whether this is a demonstration, whether codes can be sent',
    may: 'anyone',
    returns: z.object({ demo: z.boolean(), sendsCodes: z.boolean() }),
  },
  signIn: {
    method: 'POST',
    path: '/session',
    summary: 'Signs a member of staff in by user name and password',
    may: 'anyone',
    body: z.object({ username: text(64), password: typedPassword, carry }),
    returns: signedIn,
  },
  answerSecondFactor: {
    method: 'POST',
    path: '/session/second-factor',
    summary: 'Completes a sign-in with the code of the second factor, or with a recovery code',
    may: 'anyone',
    body: z.object({ challenge: text(200), code: text(40), carry }),
    returns: signedIn,
  },
  session: {
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in, for whom they act and what they may do',
    may: 'signed-in',
    for: ['staff', 'resident', 'client'],
    returns: session,
  },
  actFor: {
    method: 'POST',
    path: '/session/act-for',
    summary: 'Chooses the institution this session acts for, among those where one has a post',
    may: 'signed-in',
    for: ['staff'],
    body: z.object({ institutionId: id }),
    returns: session,
  },
  signOut: {
    method: 'POST',
    path: '/session/sign-out',
    summary: 'Ends this session',
    may: 'signed-in',
    for: persons,
    returns: done,
  },
  changePassword: {
    method: 'POST',
    path: '/session/change-password',
    summary: 'Changes one’s own password and ends one’s other sessions',
    may: 'signed-in',
    for: persons,
    body: z.object({ password: typedPassword, newPassword }),
    returns: done,
  },
  listSessions: {
    method: 'GET',
    path: '/sessions',
    summary: 'One’s own sessions that are open now, at most 200',
    may: 'signed-in',
    for: persons,
    returns: z.object({ items: z.array(sessionLine) }),
  },
  endSession: {
    method: 'POST',
    path: '/sessions/:id/end',
    summary: 'Ends one of one’s own sessions',
    may: 'signed-in',
    for: persons,
    params: byId,
    returns: done,
  },
  endAllSessions: {
    method: 'POST',
    path: '/sessions/end-all',
    summary: 'Signs out everywhere, here too',
    may: 'signed-in',
    for: persons,
    returns: done,
  },
  enrolSecondFactor: {
    method: 'POST',
    path: '/second-factor/enrol',
    summary: 'Starts the second factor: a secret for an authenticator app, also as a picture to scan',
    may: 'signed-in',
    for: ['staff'],
    body: z.object({ password: typedPassword }),
    returns: z.object({ secret: z.string(), uri: z.string(), svg: z.string() }),
  },
  confirmSecondFactor: {
    method: 'POST',
    path: '/second-factor/confirm',
    summary: 'Switches the second factor on by its first code; answers the recovery codes, this once',
    may: 'signed-in',
    for: ['staff'],
    body: z.object({ code: digits }),
    returns: z.object({ recoveryCodes: z.array(z.string()) }),
  },
  disableSecondFactor: {
    method: 'POST',
    path: '/second-factor/disable',
    summary: 'Switches the second factor off; the password is asked again',
    may: 'signed-in',
    for: ['staff'],
    body: z.object({ password: typedPassword }),
    returns: done,
  },
} as const
