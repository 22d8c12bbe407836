/**
 * What happens when the server no longer knows who is asking: every call that met it waits here while the
 * person signs in again over the page, and then goes on. What was typed stays where it is.
 */
const listeners = new Set<() => void>()
let waiting: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined

/** Waits until the person has signed in again. */
export function sessionEnded(): Promise<void> {
  if (!waiting) {
    let resolve = () => {}
    const promise = new Promise<void>((done) => {
      resolve = done
    })
    waiting = { promise, resolve }
    tellAll()
  }
  return waiting.promise
}

/** The person has signed in again: every waiting call is repeated. */
export function sessionResumed(): void {
  waiting?.resolve()
  waiting = undefined
  tellAll()
}

export const isSessionEnded = (): boolean => waiting !== undefined
export function onSessionEnd(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tellAll(): void {
  for (const listener of listeners) listener()
}
