import { useSyncExternalStore } from 'react'

/** Whether the server answered when it was last asked; what a browser says of its own connection is often wrong. */
let reached = true
const listeners = new Set<() => void>()

export const isReached = (): boolean => reached

/** Says whether the server was reached just now. */
export function noteReached(now: boolean): void {
  if (reached === now) return
  reached = now
  for (const listener of listeners) listener()
}

/** Calls once when an absent server answers again. */
export function onceReached(then: () => void): void {
  const stop = subscribe(() => {
    if (!reached) return
    stop()
    then()
  })
}

export const useReached = (): boolean => useSyncExternalStore(subscribe, isReached)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
