import { useQueryClient } from '@tanstack/react-query'
import type { Endpoint } from '@tongmai/api/kernel'
import { useCallback, useState, useSyncExternalStore } from 'react'
import { type Asked, addressOf, prepare } from './call.ts'
import { concerns } from './concern.ts'
import { newKey } from './new-key.ts'
import { drop, isOwn, isStale, keep, outbox, ownerOfOutbox, sendOne, type Waiting } from './outbox.ts'
import { Refused, refusedFrom } from './refused.ts'

export interface SendOptions {
  /** Full word key of what is sent, for the line that says it still waits. */
  readonly what: string
  readonly touches?: readonly string[]
  /** Taken by the server, or kept on the device until the connection is back: in both cases the form may be emptied. */
  readonly onKept?: () => void
}

export interface Sending<E extends Endpoint> {
  /** `files`: hashes of what `keepFile` has kept and this names. */
  readonly send: (asked: Asked<E>, files?: readonly string[]) => Promise<void>
  readonly busy: boolean
  /** What came of the last one: taken, or waiting for a connection. */
  readonly state: 'sent' | 'waits' | null
  readonly error: Refused | null
}

/** A form that a lost connection does not lose: kept on the device first, then sent until it is taken, and taken once. */
export function useSend<E extends Endpoint>(
  endpoint: E,
  { what, touches = [], onKept }: SendOptions,
): Sending<E> {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [state, setState] = useState<'sent' | 'waits' | null>(null)
  const [error, setError] = useState<Refused | null>(null)
  const send = useCallback(
    async (asked: Asked<E>, files: readonly string[] = []) => {
      setBusy(true)
      setError(null)
      setState(null)
      try {
        const key = newKey()
        const request = prepare(endpoint, asked, { key })
        const body = await request.text()
        const { method, url } = request
        const owner = ownerOfOutbox() ?? ''
        const one = { key, owner, method, url, body, what, touches, files, at: Date.now(), triedAt: null }
        keep(one)
        const outcome = await sendOne(one)
        if (outcome === 'refused') {
          const why = outbox.get().find((each) => each.key === key && isOwn(each))?.refused
          drop(key)
          throw new Refused((why?.kind ?? 'defect') as Refused['kind'], {
            code: why?.code ?? '',
            details: { ...why?.details },
          })
        }
        setState(outcome)
        void queries.invalidateQueries({
          predicate: ({ queryKey }) => touches.some((touched) => concerns(queryKey, touched)),
        })
        onKept?.()
      } catch (refused) {
        setError(refusedFrom(refused))
      } finally {
        setBusy(false)
      }
    },
    [endpoint, onKept, queries, touches, what],
  )
  return { send, busy, state, error }
}

/** What this person sent to an address and still waits on this device: until then nobody asks for the same again. */
export function useWaiting(
  endpoint: Endpoint,
  params: Readonly<Record<string, string>> = {},
): readonly Waiting[] {
  const all = useSyncExternalStore(outbox.subscribe, outbox.get)
  const address = new URL(addressOf(endpoint, { params }), location.origin).href
  return all.filter(
    (one) =>
      one.method === endpoint.method && one.url === address && isOwn(one) && !one.refused && !isStale(one),
  )
}
