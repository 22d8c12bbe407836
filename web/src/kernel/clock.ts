import { useSyncExternalStore } from 'react'

/**
 * The server's time. Deadlines are the server's, so the page follows its clock and not the desktop's, which
 * in hospitals is often minutes off: every answer may carry `X-Now`.
 */
let offsetMs = 0
let current = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** Takes the server's time from an answer. Differences below two seconds are the line's, not the clock's. */
export function noteServerTime(header: string | null): void {
  const at = header ? Date.parse(header) : Number.NaN
  if (Number.isNaN(at)) return
  const difference = at - Date.now()
  if (Math.abs(difference - offsetMs) < 2000) return
  offsetMs = difference
  tick()
}

/** The time now, as the server has it. */
export const timeNow = (): Date => new Date(Date.now() + offsetMs)

/** The time now, for what is drawn; moves on by itself every five seconds. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, () => current))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (!timer) {
    timer = setInterval(tick, 5000)
    current = Date.now() + offsetMs
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

function tick(): void {
  current = Date.now() + offsetMs
  for (const listener of listeners) listener()
}
