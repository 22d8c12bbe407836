import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Told, tellError } from '../../../kernel/answer-error.ts'
import type { Answerable } from '../../../kernel/resource/read.ts'
import { allDone, outcomeOf, statusOf } from '../outcome.ts'
import { mayUse } from './may-use.ts'

export const media = 'application/fhir+json; charset=utf-8'

export const etagOf = (version: number): string => `W/"${version}"`

/** Whether the caller has this version already, by If-None-Match or else by If-Modified-Since (in whole seconds). */
export function isKnown(found: Answerable, noneMatch: unknown, modifiedSince: unknown): boolean {
  if (typeof noneMatch === 'string') {
    const tags = noneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
    return tags.includes('*') || tags.includes(`"${found.version}"`)
  }
  if (typeof modifiedSince !== 'string') return false
  const since = Date.parse(modifiedSince)
  return Math.floor(found.updatedAt.getTime() / 1000) * 1000 <= since
}

/** Sends a resource as it is, with the version in ETag and the time in Last-Modified; 304 where the caller has it. */
export function sendResource(request: FastifyRequest, reply: FastifyReply, found: Answerable): FastifyReply {
  const etag = etagOf(found.version)
  reply.header('etag', etag).header('last-modified', found.updatedAt.toUTCString()).type(media)
  const { headers } = request
  if (isKnown(found, headers['if-none-match'], headers['if-modified-since'])) return reply.code(304).send()
  return reply.send(found.content)
}

/** What the caller wants back from a write. */
export function preferOf(request: Pick<FastifyRequest, 'headers'>): {
  returns: 'minimal' | 'representation' | 'OperationOutcome'
  strict: boolean
} {
  const prefer = String(request.headers.prefer ?? '')
  const wanted = /\breturn="?(minimal|OperationOutcome)\b/i.exec(prefer)?.[1]?.toLowerCase()
  return {
    returns: wanted === undefined ? 'representation' : wanted === 'minimal' ? 'minimal' : 'OperationOutcome',
    strict: /\bhandling="?strict\b/i.test(prefer),
  }
}

/** Answers a write: 201 with Location for what is new, 200 for what was changed or known, the body as preferred. */
export function sendWritten(
  request: FastifyRequest,
  reply: FastifyReply,
  written: { current: Answerable; isNew: boolean; base: string },
): FastifyReply {
  const { current, isNew, base } = written
  reply
    .code(isNew ? 201 : 200)
    .header('etag', etagOf(current.version))
    .header('last-modified', current.updatedAt.toUTCString())
    .header('location', `${base}/${current.type}/${current.id}/_history/${current.version}`)
    .type(media)
  const { returns } = preferOf(request)
  // Who may write but not read is not shown what others have stored.
  const isShown = isNew || mayUse(request.actor, current.type, 'r')
  if (returns === 'minimal' || (returns === 'representation' && !isShown)) return reply.send('')
  if (returns === 'representation') return reply.send(current.content)
  const done = `${current.type}/${current.id} is stored as version ${current.version}`
  return reply.send(JSON.stringify(allDone(done)))
}

/** Answers a removal: 204, or 200 with an OperationOutcome where the caller prefers one. */
export function sendRemoved(
  request: FastifyRequest,
  reply: FastifyReply,
  gone: { type: string; id?: string; version?: number },
): FastifyReply {
  const { type, id, version } = gone
  if (version !== undefined) reply.header('etag', etagOf(version))
  if (preferOf(request).returns !== 'OperationOutcome') return reply.code(204).send()
  const done = id === undefined ? `there is no such ${type}: nothing was removed` : `${type}/${id} is removed`
  return reply.type(media).send(JSON.stringify(allDone(done)))
}

/** An error as an OperationOutcome. */
export const outcomeText = (told: Told, requestId: string) => ({
  type: media,
  body: JSON.stringify(outcomeOf(told, requestId)),
})

/** Every error below /fhir is an OperationOutcome; defects are logged with the request id. */
export function answerOutcome(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const told = tellError(error)
  const status = statusOf(told)
  if (status >= 500)
    request.log.error(
      { requestId: request.id, err: error, route: request.routeOptions.url, code: told.code },
      'request failed',
    )
  if (status === 429 || status === 503) reply.header('retry-after', '5')
  // Who has shown a token learns that it is none any more (RFC 6750, 3.1).
  const isToken = /^bearer /i.test(request.headers.authorization ?? '')
  if (status === 401) reply.header('www-authenticate', isToken ? 'Bearer error="invalid_token"' : 'Bearer')
  const { type, body } = outcomeText(told, request.id)
  return reply.code(status).type(type).send(body)
}
