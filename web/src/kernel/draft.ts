/**
 * What people typed and have not sent, in this tab's session storage. It belongs to one account: whoever else signs in on
 * the same desktop finds nothing.
 */
const prefix = 'tongmai.draft.'
const ownerKey = 'tongmai.draft-owner'

/** The draft under a key, with its moments as `Date` again. */
export function readDraft<T>(key: string): Partial<T> | undefined {
  try {
    const text = sessionStorage.getItem(prefix + key)
    return text === null ? undefined : JSON.parse(text, revive)
  } catch {
    return undefined
  }
}

/** Keeps a draft, or forgets it where the value is undefined. */
export function writeDraft(key: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(prefix + key)
    else sessionStorage.setItem(prefix + key, JSON.stringify(value))
  } catch {
    // A full storage costs the draft, not the form.
  }
}

/** Says whose drafts these are; those of anybody else go. Without an account all go. */
export function ownDrafts(accountId?: string): void {
  try {
    if (accountId !== undefined && sessionStorage.getItem(ownerKey) === accountId) return
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(prefix) || key === ownerKey) sessionStorage.removeItem(key)
    }
    if (accountId !== undefined) sessionStorage.setItem(ownerKey, accountId)
  } catch {
    // Closed storage holds no drafts.
  }
}

const isoMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const revive = (_: string, value: unknown) =>
  typeof value === 'string' && isoMoment.test(value) ? new Date(value) : value
