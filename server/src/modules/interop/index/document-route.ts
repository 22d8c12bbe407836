import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { exactly, resourceIn } from '../../../kernel/resource/exact.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { readResource } from '../../../kernel/resource/read.ts'
import { findMany } from '../../../kernel/resource/search.ts'
import { isResourceType } from '../../../kernel/resource/shape.ts'
import type { World } from '../../../kernel/world.ts'
import { placeOf, requireUse } from './admit.ts'
import { askedIn } from './asked-in.ts'
import { mayUse } from './may-use.ts'
import { type Asking, ask } from './question.ts'

/** `Composition/<id>/$document`: the Composition and whatever it points at that the caller may see, as one document. */
export function routeDocuments(fhir: FastifyInstance, world: World): void {
  const base = `${world.publicUrl}/fhir/R4`
  const answer = async (ctx: Ctx, request: Asking) => {
    requireUse(request, 'Composition', 'r')
    if (askedIn(request).get('persist') === 'true')
      refuse('unprocessable', 'interop.parameter-not-offered', { details: { name: 'persist' } })
    const composition = resourceIn((await readResource(ctx, 'Composition', placeOf(request).id)).content)
    const beside = await pointedAt(ctx, composition, {
      base,
      may: (type) => mayUse(request.actor, type, 'r'),
    })
    const document = {
      ...{ resourceType: 'Bundle', id: ctx.id(), type: 'document', timestamp: ctx.now.toISOString() },
      identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${ctx.id()}` },
      entry: [composition, ...beside].map((resource) => ({
        fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
        resource,
      })),
    }
    return JSON.stringify(document, exactly)
  }
  ask(fhir, world, { methods: ['GET', 'POST'], path: '/Composition/:id/$document' }, { answer })
}

const pointer = /"reference":"([^"]*?)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^"/]+)?"/g

/** What a resource points at on this server, each once, by type. */
async function pointedAt(
  ctx: Ctx,
  from: Resource,
  { base, may }: { base: string; may: (type: string) => boolean },
): Promise<Resource[]> {
  const pointed = new Map<string, Set<string>>()
  for (const [, before, type = '', id = ''] of JSON.stringify(from).matchAll(pointer))
    if ((before === '' || before === `${base}/`) && isResourceType(type) && may(type))
      pointed.set(type, (pointed.get(type) ?? new Set()).add(id))
  const found: Resource[] = []
  for (const [type, ids] of pointed) {
    const matches = await findMany(ctx, type, { ids: [...ids], residents: [] })
    found.push(...matches.map(({ content }) => resourceIn(content)))
  }
  return found
}
