import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { spanOfDate } from '../../../kernel/resource/comparable.ts'
import { residentOf } from '../../../kernel/resource/next.ts'
import { afterIn, momentIn, shapeIn } from '../../../kernel/resource/query.ts'
import { type Answerable, readResource, readVersion } from '../../../kernel/resource/read.ts'
import { readSeries } from '../../../kernel/resource/series.ts'
import { isResourceType, resourceTypes } from '../../../kernel/resource/shape.ts'
import type { World } from '../../../kernel/world.ts'
import { bundleOf } from '../bundle.ts'
import { everything } from '../everything.ts'
import { searched } from '../searched.ts'
import { subsetOf } from '../subset.ts'
import { placeOf } from './admit.ts'
import { preferOf } from './answer.ts'
import { askedIn, paramsOf, searchIn } from './asked-in.ts'
import { mayUse } from './may-use.ts'
import { type Asking, ask } from './question.ts'

/** Which types this caller may look at, for what is included and followed. */
export const mayRead = (request: Pick<FastifyRequest, 'actor'>) => (type: string) =>
  mayUse(request.actor, type, 'r')

/** Reading: one resource, one version, its history, a search, everything about a patient. */
export function routeReads(fhir: FastifyInstance, world: World): void {
  const base = `${world.publicUrl}/fhir/R4`

  ask(
    fhir,
    world,
    { methods: ['GET'], path: '/:type/:id' },
    {
      verb: 'r',
      answer: async (ctx, request) => {
        const { type, id } = placeOf(request)
        const found = (await readSeries(ctx, type, id)) ?? (await readResource(ctx, type, id))
        return partOf(request, found)
      },
    },
  )

  const version = '/:type/:id/_history/:version'
  ask(fhir, world, { methods: ['GET'], path: version }, { verb: 'r', answer: oneVersion })

  const find = (ctx: Ctx, request: Asking, params: URLSearchParams) => {
    const { type } = placeOf(request)
    const how = { strict: preferOf(request).strict, may: mayRead(request) }
    return searched(ctx, { base, path: type, type, params, how })
  }
  ask(
    fhir,
    world,
    { methods: ['GET'], path: '/:type' },
    {
      verb: 's',
      answer: (ctx, request) => find(ctx, request, paramsOf(request)),
    },
  )
  ask(
    fhir,
    world,
    { methods: ['POST'], path: '/:type/_search' },
    {
      verb: 's',
      answer: (ctx, request) => find(ctx, request, searchIn(request)),
    },
  )

  ask(
    fhir,
    world,
    { methods: ['GET', 'POST'], path: '/Patient/:id/$everything' },
    {
      verb: 'r',
      answer: async (ctx, request) => {
        const { id } = placeOf(request)
        const params = askedIn(request)
        const residentId = (await residentOf(ctx, id)) ?? refuse('missing', 'record.no-such-resource')
        const page = await everything(ctx, { residentId, patientId: id }, everythingOf(request, params))
        const asked = [...params].filter(([name]) => everythingTakes.has(name))
        return bundleOf(base, { path: `Patient/${id}/$everything`, asked, ...page })
      },
    },
  )
}

/** As much of a resource as is asked for. */
function partOf(request: Asking, found: Answerable): Answerable {
  const shape = request.url.includes('?') ? shapeIn(paramsOf(request)) : undefined
  return shape ? { ...found, content: subsetOf(found.type, found.content, shape) } : found
}

const oneVersion = async (ctx: Ctx, request: Asking) => {
  const { type, id, version } = placeOf(request)
  const number = /^\d{1,9}$/.test(version) ? Number(version) : refuse('missing', 'record.no-such-resource')
  return partOf(request, await readVersion(ctx, type, id, number))
}

/** What of the record is asked for. */
function everythingOf(request: Asking, params: URLSearchParams) {
  const types = params.get('_type')?.split(',')
  const unknown = types?.find((type) => !isResourceType(type))
  if (unknown) refuse('invalid', 'record.unknown-type', { details: { type: unknown } })
  const since = params.get('_since')
  const moment = since === null ? undefined : momentIn('_since', since)
  const count = Number(params.get('_count') ?? 100)
  const cursor = params.get('_cursor')
  const [from, to] = [dayIn(params, 'start')?.low, dayIn(params, 'end')?.high]
  if (!Number.isInteger(count) || count < 1)
    refuse('invalid', 'record.bad-search', { fields: [{ path: '_count', problem: 'is not understood' }] })
  const allowed = (types ?? resourceTypes).filter((type) => mayUse(request.actor, type, 'r'))
  return {
    limit: Math.min(count, 500),
    ...(allowed.length < resourceTypes.length ? { types: allowed } : {}),
    ...(moment ? { since: moment } : {}),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
    ...(cursor ? { after: afterIn('_cursor', cursor) } : {}),
  }
}

const everythingTakes = new Set([
  '_type',
  '_since',
  '_count',
  '_cursor',
  'start',
  'end',
  '_format',
  '_pretty',
])

/** The span of a day, month or year that a parameter names. */
function dayIn(params: URLSearchParams, name: string) {
  const text = params.get(name)
  if (text === null) return undefined
  const problem = { path: name, problem: 'is no date' }
  return spanOfDate(text) ?? refuse('invalid', 'record.bad-search', { fields: [problem] })
}
