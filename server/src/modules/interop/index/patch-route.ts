import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse } from '../../../kernel/refusal.ts'
import { versionIn } from '../../../kernel/resource/bundle/entry.ts'
import { onlyMatch } from '../../../kernel/resource/conditional.ts'
import type { Json } from '../../../kernel/resource/owner.ts'
import { type Patch, patchIn, patchResource } from '../../../kernel/resource/patch/apply.ts'
import type { World } from '../../../kernel/world.ts'
import { admit, placeOf } from './admit.ts'
import { requireLicensedToRecord } from './licensed.ts'
import { change, conditionOf, RESOURCE_BYTES_MAX } from './write-route.ts'

/** Changing a resource in part: JSON Patch and FHIRPath Patch, by id or by condition; each in one transaction. */
export function routePatches(fhir: FastifyInstance, world: World): void {
  const options = { bodyLimit: RESOURCE_BYTES_MAX, onRequest: admit(world, 'u') }

  const received = async (
    request: FastifyRequest,
  ): Promise<{ patch: Patch; expected: number | undefined }> => {
    const patch = patchIn(request.body as Json)
    await requireLicensedToRecord(world, request, [placeOf(request).type])
    return { patch, expected: versionIn(request.headers['if-match']) }
  }

  fhir.patch('/:type/:id', options, async (request, reply) => {
    const { patch, expected } = await received(request)
    return change(world, request, reply, (ctx) => patchResource(ctx, placeOf(request), patch, expected))
  })

  fhir.patch('/:type', options, async (request, reply) => {
    const { type } = placeOf(request)
    const condition = conditionOf(request)
    const { patch, expected } = await received(request)
    return change(world, request, reply, async (ctx) => {
      const found = await onlyMatch(ctx, type, condition)
      if (!found) return refuse('missing', 'record.no-such-resource')
      return patchResource(ctx, { type, id: found.id }, patch, expected)
    })
  })
}
