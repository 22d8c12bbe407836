import { answered } from './call.ts'
import { kept } from './kept.ts'
import { bringFiles, dropFiles } from './kept-file.ts'
import { refusedFrom } from './refused.ts'

/**
 * What a person sent and the server has not yet answered, kept on this device until it has: written down before it is
 * sent, sent again under the same idempotency key after a lost connection, a reload or a closed page, and so done once.
 */
export interface Waiting {
  readonly key: string
  /** The account whose it is: nobody else sends it. */
  readonly owner: string
  readonly method: string
  readonly url: string
  readonly body: string
  /** Full word key of what it is, for the person. */
  readonly what: string
  readonly touches: readonly string[]
  /** Hashes of the files that it names; what of them lies on this device is brought first. */
  readonly files?: readonly string[]
  readonly at: number
  /** When it first left this device; the server remembers the key for a day from then. */
  readonly triedAt: number | null
  /** A try has failed for want of a connection. */
  readonly held?: boolean
  /** Why the server did not take it. */
  readonly refused?: {
    readonly kind: string
    readonly code: string
    readonly details: Readonly<Record<string, unknown>>
  }
}

const REMEMBERED_MS = 23 * 3_600_000
const box = kept<readonly Waiting[]>('outbox', [])
let owner: string | null = null
const onTheWay = new Set<string>()
let sending: Promise<void> | undefined

export const outbox = { get: (): readonly Waiting[] => box.get(), subscribe: box.subscribe }

/** Whose outbox it is now; what others left stays theirs. */
export function ownOutbox(accountId: string | null): void {
  owner = accountId
}
export const ownerOfOutbox = (): string | null => owner

export const isOwn = (one: Waiting): boolean => one.owner === owner
/** Whether nobody can tell any more if it was done: it left long ago and no answer came. A person decides. */
export const isStale = ({ triedAt, refused }: Waiting, now = Date.now()): boolean =>
  refused === undefined && triedAt !== null && now - triedAt > REMEMBERED_MS

const put = (one: Waiting): void => box.set([...box.get().filter(({ key }) => key !== one.key), one])
/** Forgets it: it was done, or the person lets it go. */
export function drop(key: string): void {
  const gone = box.get().find((one) => one.key === key)
  box.set(box.get().filter((one) => one.key !== key))
  const needed = new Set(box.get().flatMap(({ files = [] }) => files))
  void dropFiles((gone?.files ?? []).filter((hash) => !needed.has(hash))).catch(() => {})
}
export const keep = put

/** Sends what waits, oldest first, until the connection fails; tells what the answered ones touch. */
export function sendWaiting(onSent: (touches: readonly string[]) => void): Promise<void> {
  sending ??= sendAll(onSent).finally(() => {
    sending = undefined
  })
  return sending
}

async function sendAll(onSent: (touches: readonly string[]) => void): Promise<void> {
  for (const one of box
    .get()
    .filter((each) => isOwn(each) && !each.refused && !isStale(each) && !onTheWay.has(each.key))) {
    const outcome = await sendOne(one)
    if (outcome === 'waits') return
    if (outcome === 'sent') onSent(one.touches)
  }
}

/** Sends one: taken and forgotten, refused and kept with the reason, or still waiting for a connection. */
export async function sendOne(one: Waiting): Promise<'sent' | 'refused' | 'waits'> {
  const tried = { ...one, triedAt: one.triedAt ?? Date.now() }
  put(tried)
  onTheWay.add(one.key)
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'idempotency-key': one.key,
  }
  try {
    await bringFiles(one.files ?? [])
    await answered(new Request(one.url, { method: one.method, headers, body: one.body }), true)
    drop(one.key)
    return 'sent'
  } catch (error) {
    const { kind, code, details, passing } = refusedFrom(error)
    const waits = passing || kind === 'defect'
    put(waits ? { ...tried, held: true } : { ...tried, refused: { kind, code, details } })
    return waits ? 'waits' : 'refused'
  } finally {
    onTheWay.delete(one.key)
  }
}
