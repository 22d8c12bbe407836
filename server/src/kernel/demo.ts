import { createHash } from 'node:crypto'
import { batchQuery, type Line, writeAllOpened } from './access-log.ts'
import { asSystem } from './as-system.ts'
import type { Ctx } from './ctx.ts'

/** The fixed id of a thing of the demonstration region: the same for every installation. */
export function demoId(module: string, key: string | number): string {
  const h = createHash('sha256').update(`tongmai demo ${module} ${key}`).digest('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`
}

/** Numbers from 0 to 1, the same sequence for the same seed (mulberry32). */
export function demoRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Openings of the past as they would stand in the access log, the oldest first; their ids. For the demonstration only. */
export async function layOpenings(
  ctx: Ctx,
  openings: readonly (Pick<Line, 'residentId' | 'basis' | 'thing' | 'at' | 'actorId' | 'practitionerId'> & {
    readonly institutionId: string
    readonly purpose?: string
  })[],
): Promise<string[]> {
  const lines = openings.map((one) => ({
    ...one,
    ...{ id: ctx.id(), actorKind: 'staff', requestId: ctx.requestId },
  }))
  await ctx.client.query(batchQuery(lines))
  await asSystem(ctx, (all) => writeAllOpened(all.client))
  return lines.map((line) => line.id)
}
