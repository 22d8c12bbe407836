import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '../../../kernel/refusal.ts'
import { versionIn } from '../../../kernel/resource/bundle/entry.ts'
import type { Resource } from '../../../kernel/resource/owner.ts'
import { isResourceId } from '../../../kernel/resource/primitive.ts'
import { type Answerable, readResource } from '../../../kernel/resource/read.ts'
import { requireShape, updateResource } from '../../../kernel/resource/write.ts'
import type { World } from '../../../kernel/world.ts'
import type { ScopeVerb } from '../../identity/index.ts'
import { admit, placeOf } from './admit.ts'
import { etagOf, isKnown, sendResource } from './answer.ts'
import { takesResources, wantsBytes } from './format.ts'
import { requireLicensedToRecord } from './licensed.ts'
import { change, creating, resourceOf } from './write-route.ts'

/** The largest file that is taken as it is. */
export const BINARY_BYTES_MAX = 5 * 1_048_576

const media = /^[\w.+-]{1,100}\/[\w.+-]{1,100}(?:\s*;\s*[\w.+-]+=[^;\r\n]{1,200})*$/

/** Refuses 413, naming the limit, before anything is read of what says that it is longer. */
async function requireSize({ headers }: FastifyRequest): Promise<void> {
  if (Number(headers['content-length'] ?? 0) > BINARY_BYTES_MAX)
    refuse('too-large', 'record.binary-too-large', { details: { bytesMax: BINARY_BYTES_MAX } })
}

/** Whose file it is, where the header says so (R4, 2.36.3); a Patient, or nothing. */
function securityContext({ headers }: FastifyRequest): Resource['securityContext'] {
  const reference = headers['x-security-context']
  if (reference === undefined) return undefined
  if (typeof reference !== 'string' || !/^[A-Z]\w{1,63}\/[A-Za-z0-9\-.]{1,64}$/.test(reference))
    return refuse('invalid', 'record.bad-security-context')
  return { reference }
}

/** What was sent as it is, as the resource that holds it; a Binary in FHIR's own form stays what it is. */
function binaryIn(request: FastifyRequest): Resource {
  const { body, headers } = request
  if (!Buffer.isBuffer(body)) return resourceOf(request)
  if (body.length === 0) refuse('invalid', 'kernel.empty-body')
  const contentType = String(headers['content-type'] ?? '')
  if (!media.test(contentType)) refuse('unsupported', 'kernel.media-type')
  const context = securityContext(request)
  const resource = {
    resourceType: 'Binary',
    contentType,
    ...(context ? { securityContext: context } : {}),
    data: body.toString('base64'),
  }
  requireShape(resource)
  return resource
}

/** The media type of the file, as far as it can stand in a header. */
function mediaOf(found: Answerable): string {
  const { contentType } = JSON.parse(found.content) as { contentType?: string }
  return contentType && media.test(contentType) ? contentType : 'application/octet-stream'
}

/** The file itself. What a browser would run is handed out as a file to keep, and runs nowhere. */
function sendBytes(request: FastifyRequest, reply: FastifyReply, found: Answerable): FastifyReply {
  reply
    .header('etag', etagOf(found.version))
    .header('last-modified', found.updatedAt.toUTCString())
    .header('content-disposition', 'attachment')
    .header('content-security-policy', "sandbox; default-src 'none'")
  const { headers } = request
  if (isKnown(found, headers['if-none-match'], headers['if-modified-since'])) return reply.code(304).send()
  const { data } = JSON.parse(found.content) as { data?: string }
  return reply.type(mediaOf(found)).send(Buffer.from(data ?? '', 'base64'))
}

/** A Binary as the file it holds (R4, 3.1.0 and 2.36): sent as it is, and read as it is by whoever accepts its media type. */
export function routeBinaries(fhir: FastifyInstance, world: World): void {
  const admitted = (verb: ScopeVerb) => {
    const ask = admit(world, verb)
    return async (request: FastifyRequest): Promise<void> => {
      Object.assign(request.params as object, { type: 'Binary' })
      await ask(request)
    }
  }
  fhir.register((files, _options, done) => {
    files.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, read) => read(null, body))
    const created = creating(world)
    const limits = { bodyLimit: Math.ceil((BINARY_BYTES_MAX * 4) / 3) + 65_536 }

    files.post('/Binary', { ...limits, onRequest: [admitted('c'), requireSize] }, async (request, reply) =>
      created(request, reply, binaryIn(request)),
    )
    files.put(
      '/Binary/:id',
      { ...limits, onRequest: [admitted('u'), requireSize] },
      async (request, reply) => {
        const resource = binaryIn(request)
        const { id } = placeOf(request)
        if (resource.id !== undefined && resource.id !== id) refuse('invalid', 'record.id-differs')
        if (!isResourceId(id)) refuse('invalid', 'record.bad-url')
        await requireLicensedToRecord(world, request, ['Binary'])
        const expected = versionIn(request.headers['if-match'])
        return change(world, request, reply, (ctx) => updateResource(ctx, { ...resource, id }, expected))
      },
    )
    files.get('/Binary/:id', { onRequest: admitted('r') }, async (request, reply) => {
      const { id } = placeOf(request)
      const origin = { requestId: request.id }
      const found = await world.read(request.actor, (ctx) => readResource(ctx, 'Binary', id), origin)
      if (wantsBytes(request, mediaOf(found))) return sendBytes(request, reply, found)
      return takesResources(request)
        ? sendResource(request, reply, found)
        : refuse('unsupported', 'record.not-acceptable')
    })
    done()
  })
}
