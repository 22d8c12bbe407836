import { readDraft, writeDraft } from './draft.ts'

/** One wish of a person and the key under which it is sent, however often; what is sent is known by a digest only. */
export interface Intent {
  readonly sent: string
  readonly key: string
  readonly at: number
}

/** After that long the same words are a new wish. */
const WISH_MS = 3_600_000

/** The wish under this name that a reload interrupted, if it is not long ago. */
export function readIntent(name: string): Intent | undefined {
  const { sent, key, at } = readDraft<Intent>(name) ?? {}
  return sent !== undefined && key && at && Date.now() - at < WISH_MS ? { sent, key, at } : undefined
}

/** Keeps it over a reload; what holds a secret is not kept, in no form. */
export function keepIntent(name: string, text: string, intent: Intent): void {
  if (!/password|secret|"code"/i.test(text)) writeDraft(name, intent)
}

export const forgetIntent = (name: string): void => writeDraft(name, undefined)

/** A digest that tells one request from another (FNV-1a, 32 bits, and the length). */
export function sentAs(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return `${text.length} ${(hash >>> 0).toString(36)}`
}
