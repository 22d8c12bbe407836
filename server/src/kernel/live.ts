import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from './actor.ts'
import { refuse } from './refusal.ts'
import { type Sealed, SINCE_MAX, type Tail } from './tail.ts'
import type { World } from './world.ts'

const STREAMS_MAX = 5_000
const BEAT_MS = 15_000

/** Whether this event concerns this caller: their institution is in its audience, or it is about themselves. */
export function concerns(actor: Actor, event: Sealed): boolean {
  if (event.thing === `account:${actor.id}`) return true
  if (actor.kind === 'resident')
    return event.residentId !== null && actor.residentIds.includes(event.residentId)
  return actor.institutionId !== null && event.audience.includes(actor.institutionId)
}

const frames = new WeakMap<Sealed, string>()

/** An event as it goes over the wire: written once, however many hear it. */
function frame(event: Sealed): string {
  const known = frames.get(event)
  if (known) return known
  const { number, name, thing } = event
  const made = `id: ${number}\nevent: told\ndata: ${JSON.stringify({ number, name, thing })}\n\n`
  frames.set(event, made)
  return made
}

/** Sends what comes in one turn of the loop at once: a burst of events is one packet for each who listens. */
function gather(out: { write: (text: string) => unknown; writableEnded: boolean }): (text: string) => void {
  let waiting = ''
  return (text) => {
    if (waiting === '')
      setImmediate(() => {
        if (!out.writableEnded) out.write(waiting)
        waiting = ''
      })
    waiting += text
  }
}

/** `GET /api/live`: server-sent events of what concerns the caller, resuming after Last-Event-ID. */
export function mountLive(app: FastifyInstance, world: World, tail: Tail): () => void {
  const streams = new Set<() => void>()
  app.get('/api/live', async (request, reply) => {
    const actor = await world.signedIn(request)
    if (actor.kind === 'nobody') refuse('unauthenticated', 'kernel.sign-in-first')
    if (streams.size >= STREAMS_MAX) refuse('unavailable', 'kernel.busy')
    reply.hijack()
    const out = reply.raw
    out.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    out.write('retry: 2000\n\n')
    // Heard from the first moment on, so that nothing falls between what was missed and what comes.
    const early: Sealed[] = []
    const send = gather(out)
    let hear = (event: Sealed): void => void early.push(event)
    const stop = tail.listen((event) => hear(event))
    const beat = setInterval(() => void stillThere(), BEAT_MS)
    const end = () => {
      clearInterval(beat)
      stop()
      streams.delete(end)
      out.end()
    }
    // A session that has ended hears nothing more.
    async function stillThere(): Promise<void> {
      const now = await world.signedIn(request).catch(() => undefined)
      if (now?.id === actor.id && now.institutionId === actor.institutionId) out.write(': beat\n\n')
      else end()
    }
    streams.add(end)
    request.raw.on('close', end)
    try {
      let sent = await catchUp(request, {
        tail,
        send: (e) => concerns(actor, e) && send(frame(e)),
        anew: () => send('event: anew\ndata: {}\n\n'),
      })
      hear = (event) => {
        if (event.number <= sent) return
        sent = event.number
        if (concerns(actor, event)) send(frame(event))
      }
      for (const event of early) hear(event)
    } catch (error) {
      // The browser comes back by itself, with the same Last-Event-ID.
      request.log.warn({ requestId: request.id, err: error }, 'a live stream could not catch up')
      end()
    }
  })
  return () => {
    for (const end of [...streams]) end()
  }
}

/** Sends what was missed since Last-Event-ID; a gap of more than a page tells the browser to read everything anew. */
async function catchUp(
  request: FastifyRequest,
  to: { tail: Tail; send: (event: Sealed) => unknown; anew: () => unknown },
): Promise<number> {
  const known = Number(request.headers['last-event-id'])
  if (!Number.isSafeInteger(known) || known < 0) return to.tail.last()
  const missed = await to.tail.since(known)
  // An id ahead of us is of a chain that was restored from a backup since.
  if (missed.length === SINCE_MAX || known > to.tail.last()) {
    to.anew()
    return to.tail.last()
  }
  for (const event of missed) to.send(event)
  return missed.at(-1)?.number ?? known
}
