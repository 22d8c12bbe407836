import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { liesIn, withinCompartment } from '../../../kernel/resource/find/compartment.ts'
import { isResourceType, resourceTypes } from '../../../kernel/resource/shape.ts'
import type { World } from '../../../kernel/world.ts'
import { searched, searchedWide } from '../searched.ts'
import { requireUse } from './admit.ts'
import { preferOf } from './answer.ts'
import { paramsOf, searchIn } from './asked-in.ts'
import { mayUse } from './may-use.ts'
import { type Asking, ask } from './question.ts'
import { mayRead } from './read-route.ts'

/** So many types at once, unless single resources or one patient's are asked for. */
const typesMost = 20

/** The types that a caller names and may look at; all it may look at, where it names none. */
export function typesOf(
  request: Pick<FastifyRequest, 'actor'>,
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

  const everywhere = (ctx: Ctx, request: Asking, params: URLSearchParams) => {
    const types = typesOf(request, params, 's')
    if (types.length > typesMost && !params.has('_id')) refuse('invalid', 'record.name-types')
    const how = () => ({ strict: true, may: mayRead(request) })
    return searchedWide(ctx, { base, path: '', types, params, how })
  }
  ask(
    fhir,
    world,
    { methods: ['GET'], path: '/' },
    {
      answer: (ctx, request) => everywhere(ctx, request, paramsOf(request)),
    },
  )
  ask(
    fhir,
    world,
    { methods: ['POST'], path: '/_search' },
    {
      answer: (ctx, request) => everywhere(ctx, request, searchIn(request)),
    },
  )

  const inside = (read: (request: Asking) => URLSearchParams) => async (ctx: Ctx, request: Asking) => {
    const { of, id, inner } = request.params as { of: string; id: string; inner: string }
    const params = read(request)
    const may = mayRead(request)
    const path = `${of}/${id}/${inner}`
    if (inner === '*') {
      const types = typesOf(request, params, 's').filter((type) => of === 'Patient' || liesIn(of, type))
      const how = (type: string) => ({ strict: true, may, within: withinCompartment(of, id, type) })
      return searchedWide(ctx, { base, path, types, params, how })
    }
    if (!isResourceType(inner)) refuse('missing', 'record.unknown-type', { details: { type: inner } })
    requireUse(request, inner, 's')
    const within = withinCompartment(of, id, inner)
    const how = { strict: preferOf(request).strict, may, within }
    return searched(ctx, { base, path, type: inner, params, how })
  }
  ask(fhir, world, { methods: ['GET'], path: '/:of/:id/:inner' }, { answer: inside(paramsOf) })
  ask(fhir, world, { methods: ['POST'], path: '/:of/:id/:inner/_search' }, { answer: inside(searchIn) })
}
