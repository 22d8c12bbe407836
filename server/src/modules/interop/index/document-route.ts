import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { World } from '../../../kernel/world.ts'
import { type DocumentWish, documentOf, keepDocument } from '../document.ts'
import { placeOf, requireUse } from './admit.ts'
import { askedIn } from './asked-in.ts'
import { requireLicensedToRecord } from './licensed.ts'
import { mayUse } from './may-use.ts'
import { type Asking, ask } from './question.ts'
import { change } from './write-route.ts'

function isToBeKept(request: Asking): boolean {
  const said = askedIn(request).get('persist') ?? 'false'
  if (said !== 'true' && said !== 'false')
    refuse('invalid', 'record.bad-search', { fields: [{ path: 'persist', problem: 'is true or false' }] })
  return said === 'true'
}

/** `Composition/<id>/$document`: the Composition and whatever it points at that the caller may see, as one document. */
export function routeDocuments(fhir: FastifyInstance, world: World): void {
  const wishOf = (request: Asking): DocumentWish => {
    requireUse(request, 'Composition', 'r')
    return {
      ...{ base: `${world.publicUrl}/fhir/R4`, compositionId: placeOf(request).id },
      may: (type) => mayUse(request.actor, type, 'r'),
    }
  }
  const answer = (ctx: Ctx, request: Asking) => {
    // A Bundle asks what reads only.
    if (isToBeKept(request))
      refuse('unprocessable', 'interop.parameter-not-offered', { details: { name: 'persist' } })
    return documentOf(ctx, wishOf(request))
  }
  ask(
    fhir,
    world,
    { methods: ['GET', 'POST'], path: '/Composition/:id/$document' },
    {
      answer,
      instead: async (request, reply) => {
        if (!isToBeKept(request)) return undefined
        requireUse(request, 'Bundle', 'c')
        await requireLicensedToRecord(world, request, ['Bundle'])
        const wish = wishOf(request)
        return change(world, request, reply, async (ctx) => ({
          stored: await keepDocument(ctx, wish),
          isNew: true,
        }))
      },
    },
  )
}
