import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { liesIn, ofSomebody, withinCompartment } from '../../../kernel/resource/find/compartment.ts'
import { momentIn } from '../../../kernel/resource/query.ts'
import { isResourceType, resourceTypes } from '../../../kernel/resource/shape.ts'
import type { World } from '../../../kernel/world.ts'
import { everythingOfAll } from '../everything-of-all.ts'
import { searched, searchedWide } from '../searched.ts'
import { requireUse } from './admit.ts'
import { preferOf } from './answer.ts'
import { askedIn, paramsOf, searchIn } from './asked-in.ts'
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

const everythingTakes = new Set(['_type', '_count', '_cursor', '_lastUpdated', '_format', '_pretty'])

/** What is asked of everything about all patients; a search says `_since` as `_lastUpdated`. */
function everythingIn(request: Asking): URLSearchParams {
  const asked = askedIn(request)
  const since = asked.get('_since')
  const params = new URLSearchParams([...asked].filter(([name]) => everythingTakes.has(name)))
  if (since !== null) params.set('_lastUpdated', `ge${momentIn('_since', since).toISOString()}`)
  return params
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

  /** Everything about all patients whom the caller may see, in the order of its types. */
  const ofPatients = (ctx: Ctx, request: Asking) => {
    requireUse(request, 'Patient', 'r')
    const params = everythingIn(request)
    const types = typesOf(request, params, 'r').filter((type) => type === 'Patient' || ofSomebody(type))
    const how = (type: string) => ({ strict: true, may: mayRead(request), within: ofSomebody(type) })
    return everythingOfAll(ctx, { base, path: 'Patient/$everything', types, params, how })
  }
  ask(fhir, world, { methods: ['GET', 'POST'], path: '/Patient/$everything' }, { answer: ofPatients })

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
