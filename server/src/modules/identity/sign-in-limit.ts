const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** A session ends when nothing is asked for so long. */
export const IDLE_MINUTES = 12 * 60
const SESSION_MS = 7 * 24 * HOUR_MS
const FAILURES_MAX = 5
const FAILURES_WITHIN_MS = 15 * MINUTE_MS
const LOCKED_MS = 15 * MINUTE_MS
/** A challenge or code is dead after so many wrong answers. */
export const TRIES_MAX = 5
export const TOKEN_SECONDS = 3600
/** A phone gets the next code after a minute, and ten a day. */
export const CODES_A_DAY = 10

const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

/** When a session that begins now ends whatever happens. */
export const sessionUntil = (now: Date): Date => later(now, SESSION_MS)
/** When a challenge for the second factor, or a code by SMS, ends. */
export const answerUntil = (now: Date): Date => later(now, 5 * MINUTE_MS)
/** When an access token of a client ends. */
export const tokenUntil = (now: Date): Date => later(now, TOKEN_SECONDS * 1000)
/** When what a person allowed an app ends: with its one access token, with the day, or after three months. */
export function appUntil(now: Date, scopes: readonly string[]): Date {
  if (scopes.includes('offline_access')) return later(now, 90 * 24 * HOUR_MS)
  return later(now, scopes.includes('online_access') ? 12 * HOUR_MS : HOUR_MS)
}
/** When an authorization code ends. */
export const codeUntil = (now: Date): Date => later(now, MINUTE_MS)
/** When an app opened from a resident's page must have asked. */
export const launchUntil = (now: Date): Date => later(now, 5 * MINUTE_MS)
/** When the next code may be sent after one sent at `sent`. */
export const nextCodeAt = (sent: Date): Date => later(sent, MINUTE_MS)

/** When a session last used at `seen` ends for idleness, or at its absolute limit if that comes first. */
export const endsAt = (session: { seenAt: Date; until: Date }): Date =>
  new Date(Math.min(session.until.getTime(), session.seenAt.getTime() + IDLE_MINUTES * MINUTE_MS))

/** Whether the last use of a session has to be written down again; once a minute is enough. */
export const isSeenLongAgo = (seenAt: Date, now: Date): boolean =>
  now.getTime() - seenAt.getTime() >= MINUTE_MS

/** The failed sign-ins of one name. */
export interface Attempts {
  readonly failures: number
  readonly firstAt: Date
  readonly lockedUntil: Date | null
}

/** The count after one more failure: the fifth within a quarter of an hour locks for a quarter of an hour. */
export function afterFailure(before: Attempts | undefined, now: Date): Attempts {
  const counts = before && now.getTime() - before.firstAt.getTime() < FAILURES_WITHIN_MS
  const failures = (counts ? before.failures : 0) + 1
  const firstAt = counts ? before.firstAt : now
  if (failures < FAILURES_MAX) return { failures, firstAt, lockedUntil: null }
  return { failures, firstAt, lockedUntil: later(now, LOCKED_MS) }
}

/** Until when a name is locked, or null. */
export const lockedUntil = (attempts: Attempts | undefined, now: Date): Date | null =>
  attempts?.lockedUntil && attempts.lockedUntil > now ? attempts.lockedUntil : null
