import type { Actor } from '../../kernel/actor.ts'
import { hashToken } from '../../kernel/secret.ts'

/** What a token stands for, and until when that may be believed without asking again. */
export interface Known {
  readonly actor: Actor
  /** The token itself ends then. */
  readonly until: number
  readonly mustChangePassword: boolean
}

interface Entry {
  readonly known: Known | null
  readonly at: number
}

/** How the access token of a client begins, so that it is looked up among those of clients. */
export const CLIENT_TOKEN_MARK = 'client.'
/** How the access token of an app begins, which a person lets act for them. */
export const APP_TOKEN_MARK = 'app.'

const FRESH_MS = 5_000
const ENTRIES_MAX = 50_000

const digests = new Map<string, string>()
const DIGESTS_MAX = 256

/** The digest of a token; of those that were shown a moment ago it is known. */
export function digestOf(token: string): string {
  const known = digests.get(token)
  if (known !== undefined) return known
  if (digests.size >= DIGESTS_MAX) digests.clear()
  const digest = hashToken(token)
  digests.set(token, digest)
  return digest
}

const entries = new Map<string, Entry>()
const loading = new Map<string, Promise<Known | null>>()
let epoch = 0

/**
 * What the token with this digest stands for, asked at most every five seconds. What is forgotten while it is
 * being asked for is not remembered.
 */
export function remembered(
  hash: string,
  now: number,
  load: () => Promise<Known | null>,
): Known | null | Promise<Known | null> {
  const entry = entries.get(hash)
  if (entry && now >= entry.at && now - entry.at < FRESH_MS) return entry.known
  return loading.get(hash) ?? loadOnce(hash, now, load)
}

function loadOnce(hash: string, now: number, load: () => Promise<Known | null>): Promise<Known | null> {
  const begun = epoch
  const promise = load()
    .then((known) => {
      if (begun === epoch) remember(hash, { known, at: now })
      return known
    })
    .finally(() => {
      if (loading.get(hash) === promise) loading.delete(hash)
    })
  loading.set(hash, promise)
  return promise
}

function remember(hash: string, entry: Entry): void {
  // Unknown tokens are not kept: a stranger could fill the memory with them.
  if (!entry.known) return
  entries.delete(hash)
  if (entries.size >= ENTRIES_MAX) {
    const oldest = entries.keys().next()
    if (!oldest.done) entries.delete(oldest.value)
  }
  entries.set(hash, entry)
}

/** The next request with this token asks the database. */
export function forgetToken(hash: string): void {
  epoch += 1
  loading.delete(hash)
  entries.delete(hash)
}

/** The next request of whoever is this resident, or stands for them, asks the database. */
export function forgetResident(residentId: string): void {
  epoch += 1
  loading.clear()
  for (const [hash, { known }] of entries)
    if (known?.actor.residentIds.includes(residentId)) entries.delete(hash)
}

/** The next request with any token of this account or client asks the database. */
export function forgetAccount(id: string): void {
  epoch += 1
  loading.clear()
  for (const [hash, { known }] of entries)
    if (known?.actor.id === id || known?.actor.app?.clientId === id) entries.delete(hash)
}
