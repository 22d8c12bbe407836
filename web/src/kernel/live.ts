import type { QueryClient } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { concerns } from './concern.ts'

/** What the server tells while the page is open. `number` orders all events of the installation. */
export const liveEvent = z.object({ number: z.number(), name: z.string(), thing: z.string() })
export type LiveEvent = z.output<typeof liveEvent>

const hearers = new Set<(event: LiveEvent) => void>()

/** Hears every live event, for what is more than reading again: a sound, a notification. */
export function onLive(hear: (event: LiveEvent) => void): () => void {
  hearers.add(hear)
  return () => hearers.delete(hear)
}

/**
 * Listens to the server until the returned function is called, and reads again what the news are about. News that come
 * together are taken together. The browser reconnects by itself with Last-Event-ID; where it gives up, we begin anew,
 * later each time, and read everything that listens, as something may have been missed.
 */
export function listen(queries: QueryClient): () => void {
  const heard = new Map<string, LiveEvent>()
  let source: EventSource | undefined
  let flushing: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let waitMs = 1000

  const flush = () => {
    const news = [...heard.values()].flatMap(({ name, thing }) => [name, thing])
    heard.clear()
    flushing = undefined
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => news.some((one) => concerns(queryKey, one)),
    })
  }
  const hear = ({ data }: MessageEvent<string>) => {
    const event = z.safeParse(liveEvent, readJson(data))
    if (!event.success) return
    for (const one of hearers) one(event.data)
    heard.set(`${event.data.name} ${event.data.thing}`, event.data)
    flushing ??= setTimeout(flush, 150)
  }
  const readAnew = () =>
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => Array.isArray(queryKey[2]) && queryKey[2].length > 0,
    })
  const open = () => {
    source = new EventSource('/api/live')
    source.addEventListener('told', hear)
    // More was missed than the server sends again.
    source.addEventListener('anew', readAnew)
    source.onopen = () => {
      waitMs = 1000
    }
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return
      again = setTimeout(reopen, waitMs)
      waitMs = Math.min(waitMs * 2, 60_000)
    }
  }
  const reopen = () => {
    open()
    readAnew()
  }
  open()
  return () => {
    clearTimeout(flushing)
    clearTimeout(again)
    source?.close()
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
