import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
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
import { media, preferOf, sendResource } from './answer.ts'
import { mayUse } from './may-use.ts'

/** What stands behind the question mark. */
export const paramsOf = (request: FastifyRequest): URLSearchParams => {
  const at = request.url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))
}

/** Which types this caller may look at, for what is included and followed. */
export const mayRead = (request: FastifyRequest) => (type: string) => mayUse(request.actor, type, 'r')

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

  fhir.get('/:type/:id/_history/:version', { onRequest: admit(world, 'r') }, async (request, reply) => {
    const { type, id, version } = placeOf(request)
    const number = /^\d{1,9}$/.test(version) ? Number(version) : refuse('missing', 'record.no-such-resource')
    const found = await world.read(
      request.actor,
      (ctx) => readVersion(ctx, type, id, number),
      origin(request),
    )
    return sendResource(request, reply, found)
  })

  fhir.get('/:type/:id/_history', { onRequest: admit(world, 'r') }, async (request, reply) => {
    const { type, id } = placeOf(request)
    const versions = await world.read(request.actor, (ctx) => listVersions(ctx, type, id), origin(request))
    const shown = { path: `${type}/${id}/_history`, asked: [], next: undefined, versions }
    return reply.type(media).send(historyOf(base, shown))
  })

  const find = async (request: FastifyRequest, reply: FastifyReply, params: URLSearchParams) => {
    const { type } = placeOf(request)
    const { strict } = preferOf(request)
    const body = await world.read(
      request.actor,
      (ctx) => searched(ctx, { base, path: type, type, params, how: { strict, may: mayRead(request) } }),
      origin(request),
    )
    return reply.type(media).send(body)
  }
  fhir.get('/:type', { onRequest: admit(world, 's') }, (request, reply) =>
    find(request, reply, paramsOf(request)),
  )
  fhir.post('/:type/_search', { onRequest: admit(world, 's') }, (request, reply) => {
    const params = paramsOf(request)
    const form = typeof request.body === 'string' ? request.body : ''
    for (const [name, value] of new URLSearchParams(form)) params.append(name, value)
    return find(request, reply, params)
  })

  fhir.get('/Patient/:id/$everything', { onRequest: admit(world, 'r') }, async (request, reply) => {
    const { id } = placeOf(request)
    const params = paramsOf(request)
    const body = await world.read(
      request.actor,
      async (ctx) => {
        const residentId = (await residentOf(ctx, id)) ?? refuse('missing', 'record.no-such-resource')
        const page = await everything(ctx, { residentId, patientId: id }, everythingOf(request, params))
        const asked = [...params].filter(([name]) => ['_type', '_since', '_count', '_cursor'].includes(name))
        return bundleOf(base, { path: `Patient/${id}/$everything`, asked, ...page })
      },
      origin(request),
    )
    return reply.type(media).send(body)
  })
}

/** What of the record is asked for. */
function everythingOf(request: FastifyRequest, params: URLSearchParams) {
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
