import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../kernel/refusal.ts'

const FORM = 'application/x-www-form-urlencoded'
const FORM_BYTES_MAX = 16_384

/** Routes that take forms and speak of errors in the words of RFC 6749, to pages of whatever origin. */
export function openFormDoor(app: FastifyInstance, route: (door: FastifyInstance) => void): void {
  app.register((door, _options, done) => {
    door.removeAllContentTypeParsers()
    door.addContentTypeParser(
      FORM,
      { parseAs: 'string', bodyLimit: FORM_BYTES_MAX },
      (_request, body, parsed) => parsed(null, new URLSearchParams(String(body))),
    )
    door.setErrorHandler(answerError)
    door.addHook(
      'onRequest',
      async (_request, reply) => void reply.header('access-control-allow-origin', '*'),
    )
    route(door)
    done()
  })
}

/** What was sent; undefined where a parameter stands twice. */
export function formOf(request: FastifyRequest): URLSearchParams | undefined {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  return [...form.keys()].some((key) => form.getAll(key).length > 1) ? undefined : form
}

export const problem = (reply: FastifyReply, status: number, error: string): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send({ error })

export function unknownClient(reply: FastifyReply, request: FastifyRequest): FastifyReply {
  if (request.headers.authorization) reply.header('www-authenticate', 'Basic realm="tongmai"')
  return problem(reply, 401, 'invalid_client')
}

const errors: Readonly<Record<string, string>> = {
  'identity.invalid-scope': 'invalid_scope',
  'identity.invalid-grant': 'invalid_grant',
  'identity.unauthorized-client': 'unauthorized_client',
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const code = error instanceof Refusal ? error.code : ''
  if (code === 'identity.invalid-client') return unknownClient(reply, request)
  if (errors[code]) return problem(reply, 400, errors[code])
  const { statusCode = 500 } = error as { statusCode?: number }
  if (statusCode === 429) return problem(reply, 429, 'slow_down')
  if (statusCode < 500) return problem(reply, 400, 'invalid_request')
  request.log.error({ requestId: request.id, err: error }, 'token request failed')
  return problem(reply, 503, 'temporarily_unavailable')
}
