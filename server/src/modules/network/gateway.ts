import * as z from 'zod/mini'
import type { Point } from './road-map.ts'

/** A service that knows the roads better than our own network does. */
export interface RoutingService {
  /** Minutes from one place to others, null where no road leads; it throws where it cannot be reached. */
  readonly minutes: (from: Point, to: readonly Point[]) => Promise<(number | null)[]>
}

let bound: RoutingService | undefined

/** Binds the installation's own routing service; main.ts does, where one is configured. */
export function bindRoutingService(service: RoutingService | undefined): void {
  bound = service
}

/** The installation's routing service, or undefined: then the road network alone answers. */
export const routingService = (): RoutingService | undefined => bound

const BATCH = 80
const TIMEOUT_MS = 20_000
const answer = z.object({ code: z.literal('Ok'), durations: z.array(z.array(z.nullable(z.number()))) })

/** The table service of OSRM (`/table/v1/driving`, durations in seconds) at this address. */
export const routingServiceAt = (url: string): RoutingService => ({
  async minutes(from, to) {
    const all: (number | null)[] = []
    for (let i = 0; i < to.length; i += BATCH) {
      const places = [from, ...to.slice(i, i + BATCH)].map((p) => `${p.longitude},${p.latitude}`).join(';')
      const reply = await fetch(`${url}/table/v1/driving/${places}?sources=0`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      if (!reply.ok) throw new Error(`the routing service answered ${reply.status}`)
      const { durations } = z.parse(answer, await reply.json())
      all.push(...(durations[0] ?? []).slice(1).map((seconds) => (seconds === null ? null : seconds / 60)))
    }
    return all
  },
})
