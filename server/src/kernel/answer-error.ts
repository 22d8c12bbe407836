import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isConnectionLoss, isDiskFull, isTimeout, isUnkeepable } from './database.ts'
import { Refusal, type RefusalExtra } from './refusal.ts'

/** What is sent for an error, whatever the dress (JSON here, OperationOutcome below /fhir). */
export interface Told {
  readonly status: number
  readonly code: string
  readonly extra: RefusalExtra
}

const FRAMEWORK: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'kernel.malformed-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'kernel.empty-body',
  FST_ERR_CTP_BODY_TOO_LARGE: 'kernel.body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'kernel.media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'kernel.content-length',
  FST_UNDER_PRESSURE: 'kernel.busy',
}
const STATUS: Readonly<Record<number, string>> = {
  400: 'kernel.bad-request',
  404: 'kernel.no-such-route',
  413: 'kernel.body-too-large',
  415: 'kernel.media-type',
  429: 'kernel.too-many',
  503: 'kernel.busy',
}

/** The one place where an error becomes a status. What is neither a refusal nor the outside's fault is a defect. */
export function tellError(error: unknown): Told {
  if (error instanceof Refusal) return { status: error.status, code: error.code, extra: error.extra }
  if (isConnectionLoss(error)) return { status: 503, code: 'kernel.database-away', extra: {} }
  if (isDiskFull(error)) return { status: 507, code: 'kernel.disk-full', extra: {} }
  if (isTimeout(error)) return { status: 503, code: 'kernel.busy', extra: {} }
  if (isUnkeepable(error)) return { status: 400, code: 'kernel.unkeepable-text', extra: {} }
  const { statusCode = 500, code = '' } = error as FastifyError
  if (statusCode < 500 || FRAMEWORK[code]) {
    const status = STATUS[statusCode] ? statusCode : 400
    return {
      status: FRAMEWORK[code] === 'kernel.busy' ? 503 : status,
      code: FRAMEWORK[code] ?? STATUS[status] ?? 'kernel.bad-request',
      extra: {},
    }
  }
  return { status: 500, code: 'kernel.defect', extra: {} }
}

/** Answers an error as JSON and logs defects with the request's id; the caller sees no more than that id. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, code, extra } = tellError(error)
  if (status >= 500)
    request.log.error(
      { requestId: request.id, err: error, route: request.routeOptions.url, code },
      'request failed',
    )
  if (status === 429 || status === 503) reply.header('retry-after', '5')
  const { type, body } = plainBody({ status, code, extra }, request.id)
  return reply.code(status).type(type).send(body)
}

function plainBody({ code, extra: { fields, details } }: Told, requestId: string): Body {
  const body = { code, ...(fields ? { fields } : {}), ...(details ? { details } : {}), requestId }
  return { type: 'application/json; charset=utf-8', body: JSON.stringify(body) }
}

/** How errors below a path are said that reach no route, and so none of its own handlers. */
export interface Dress {
  readonly answer: typeof answerError
  /** The same for what was never a request. */
  readonly bodyOf: (told: Told, requestId: string) => Body
}

interface Body {
  readonly type: string
  readonly body: string
}

const dresses = new Map<string, Dress>()
const plain: Dress = { answer: answerError, bodyOf: plainBody }
const dressAt = (url: string): Dress => [...dresses].find(([path]) => url.startsWith(path))?.[1] ?? plain

export const answerBelow = (path: string, dress: Dress): void => {
  dresses.set(path, dress)
}

/** Answers an error that no handler of its own has, in the dress of its address. */
export const answerAstray: typeof answerError = (error, request, reply) =>
  dressAt(request.url).answer(error, request, reply)

/** How an error is said to whoever asked at an address without there being a request. */
export const bodyBelow = (url: string, told: Told, requestId: string): Body =>
  dressAt(url).bodyOf(told, requestId)
