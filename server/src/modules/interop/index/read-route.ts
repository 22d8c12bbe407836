import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { residentOf } from '../../../kernel/resource/next.ts'
import { afterIn, momentIn } from '../../../kernel/resource/query.ts'
import { listVersions, readResource, readVersion } from '../../../kernel/resource/read.ts'
import { readSeries } from '../../../kernel/resource/series.ts'
import { isResourceType, resourceTypes } from '../../../kernel/resource/shape.ts'
import type { World } from '../../../kernel/world.ts'
import { bundleOf, historyOf } from '../bundle.ts'
import { everything } from '../everything.ts'
import { searched } from '../searched.ts'
import { admit, placeOf } from './admit.ts'
import { preferOf, sendResource } from './answer.ts'
import { askedIn, paramsOf, searchIn } from './asked-in.ts'
import { mayUse } from './may-use.ts'
import { type Asking, ask } from './question.ts'

/** Which types this caller may look at, for what is included and followed. */
export const mayRead = (request: Pick<FastifyRequest, 'actor'>) => (type: string) =>
  mayUse(request.actor, type, 'r')

/** Reading: one resource, one version, its history, a search, everything about a patient. */
export function routeReads(fhir: FastifyInstance, world: World): void {
  const base = `${world.publicUrl}/fhir/R4`
  const origin = (request: FastifyRequest) => ({ requestId: request.id })

  fhir.get('/:type/:id', { onRequest: admit(world, 'r') }, async (request, reply) => {
    const { type, id } = placeOf(request)
    const found = await world.read(
      request.actor,
      async (ctx) => (await readSeries(ctx, type, id)) ?? readResource(ctx, type, id),
      origin(request),
    )
    return sendResource(request, reply, found)
  })

  const version = '/:type/:id/_history/:version'
  ask(fhir, world, { methods: ['GET'], path: version }, { verb: 'r', answer: oneVersion })

  ask(
    fhir,
    world,
    { methods: ['GET'], path: '/:type/:id/_history' },
    {
      verb: 'r',
      answer: async (ctx, request) => {
        const { type, id } = placeOf(request)
        const versions = await listVersions(ctx, type, id)
        return historyOf(base, { path: `${type}/${id}/_history`, asked: [], next: undefined, versions })
      },
    },
  )

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
        const asked = [...params].filter(([name]) => ['_type', '_since', '_count', '_cursor'].includes(name))
        return bundleOf(base, { path: `Patient/${id}/$everything`, asked, ...page })
      },
    },
  )
}

const oneVersion = (ctx: Ctx, request: Asking) => {
  const { type, id, version } = placeOf(request)
  const number = /^\d{1,9}$/.test(version) ? Number(version) : refuse('missing', 'record.no-such-resource')
  return readVersion(ctx, type, id, number)
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
  if (!Number.isInteger(count) || count < 1) refuse('invalid', 'record.bad-search')
  const allowed = (types ?? resourceTypes).filter((type) => mayUse(request.actor, type, 'r'))
  return {
    limit: Math.min(count, 500),
    ...(allowed.length < resourceTypes.length ? { types: allowed } : {}),
    ...(moment ? { since: moment } : {}),
    ...(cursor ? { after: afterIn('_cursor', cursor) } : {}),
  }
}
