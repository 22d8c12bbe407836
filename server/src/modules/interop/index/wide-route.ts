import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { liesIn, withinCompartment } from '../../../kernel/resource/find/compartment.ts'
import { isResourceType, resourceTypes } from '../../../kernel/resource/shape.ts'
import type { World } from '../../../kernel/world.ts'
import { searched, searchedWide } from '../searched.ts'
import { admit, requireUse } from './admit.ts'
import { media, preferOf } from './answer.ts'
import { mayUse } from './may-use.ts'
import { mayRead, paramsOf } from './read-route.ts'

/** So many types at once, unless single resources or one patient's are asked for. */
const typesMost = 20

/** The types that a caller names and may look at; all it may look at, where it names none. */
export function typesOf(
  request: FastifyRequest,
  params: URLSearchParams,
  verb: 'r' | 's',
): readonly string[] {
  const named = params.get('_type')?.split(',').filter(Boolean) ?? []
  for (const type of named) {
    if (!isResourceType(type)) refuse('invalid', 'record.unknown-type', { details: { type } })
    requireUse(request, type, verb)
  }
  if (named.length > 0) return [...new Set(named)].toSorted()
  return resourceTypes.filter((type) => mayUse(request.actor, type, verb)).toSorted()
}

/** Searching over several types, and within a compartment. */
export function routeWide(fhir: FastifyInstance, world: World): void {
  const base = `${world.publicUrl}/fhir/R4`
  const answer = async (request: FastifyRequest, reply: FastifyReply, work: (ctx: Ctx) => Promise<string>) =>
    reply.type(media).send(await world.read(request.actor, work, { requestId: request.id }))

  const everywhere = (request: FastifyRequest, reply: FastifyReply, params: URLSearchParams) => {
    const types = typesOf(request, params, 's')
    if (types.length > typesMost && !params.has('_id')) refuse('invalid', 'record.name-types')
    const how = () => ({ strict: true, may: mayRead(request) })
    return answer(request, reply, (ctx) => searchedWide(ctx, { base, path: '', types, params, how }))
  }
  fhir.get('/', { onRequest: admit(world, undefined) }, (request, reply) =>
    everywhere(request, reply, paramsOf(request)),
  )
  fhir.post('/_search', { onRequest: admit(world, undefined) }, (request, reply) => {
    const params = paramsOf(request)
    const form = typeof request.body === 'string' ? request.body : ''
    for (const [name, value] of new URLSearchParams(form)) params.append(name, value)
    return everywhere(request, reply, params)
  })

  fhir.get('/:of/:id/:inner', { onRequest: admit(world, undefined) }, async (request, reply) => {
    const { of, id, inner } = request.params as { of: string; id: string; inner: string }
    const params = paramsOf(request)
    const may = mayRead(request)
    const path = `${of}/${id}/${inner}`
    if (inner === '*') {
      const types = typesOf(request, params, 's').filter((type) => of === 'Patient' || liesIn(of, type))
      const how = (type: string) => ({ strict: true, may, within: withinCompartment(of, id, type) })
      return answer(request, reply, (ctx) => searchedWide(ctx, { base, path, types, params, how }))
    }
    if (!isResourceType(inner)) refuse('missing', 'record.unknown-type', { details: { type: inner } })
    requireUse(request, inner, 's')
    const within = withinCompartment(of, id, inner)
    const how = { strict: preferOf(request).strict, may, within }
    return answer(request, reply, (ctx) => searched(ctx, { base, path, type: inner, params, how }))
  })
}
