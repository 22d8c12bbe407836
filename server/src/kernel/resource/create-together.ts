import type { Ctx } from '../ctx.ts'
import { onBehalfOf } from '../ctx-inside.ts'
import { requireInScope } from './narrow.ts'
import { ownerOf, type Resource, type Stored } from './owner.ts'
import { keepExtra } from './project.ts'
import { requirePast } from './write.ts'

/** A resource that is to be made, and the request that asks for it. */
export interface Wanted {
  readonly resource: Resource
  readonly requestId: string
}

/** They cannot be made together: nothing of the transaction may stand, and each is to be tried by itself. */
export class Apart extends Error {}

/** Whether its owner makes many at once. */
export const isMadeTogether = (resource: Resource): boolean => ownerOf(resource)?.createMany !== undefined

/** Makes new things of one owner, all of them or, with `Apart`, none. Each is told of under its own request. */
export async function createTogether(ctx: Ctx, wanted: readonly Wanted[]): Promise<readonly Stored[]> {
  const owner = wanted[0] && ownerOf(wanted[0].resource)
  if (!owner?.createMany || wanted.some(({ resource }) => ownerOf(resource) !== owner)) throw new Apart()
  const asked = wanted.map(({ resource, requestId }) => {
    requirePast(ctx, resource)
    requireInScope(ctx.actor, 'c', resource)
    return { ctx: onBehalfOf(ctx, requestId), resource }
  })
  const made = await owner.createMany(ctx, asked)
  if (!made) throw new Apart()
  const stored: Stored[] = []
  for (const [n, one] of made.entries())
    stored.push(await keepExtra(ctx, owner, one, (wanted[n] as Wanted).resource))
  return stored
}
