import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { nobody } from '../../../kernel/actor.ts'
import { unkeepable } from '../../../kernel/keepable.ts'
import { byAddress } from '../../../kernel/mount.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { World } from '../../../kernel/world.ts'
import { grantToken } from '../actions/token.ts'

const FORM = 'application/x-www-form-urlencoded'
const FORM_BYTES_MAX = 16_384

/** `POST /oauth/token` (RFC 6749, client_credentials), with the RFC's own error bodies. */
export function routeTokens(app: FastifyInstance, world: World): void {
  app.register((door, _options, done) => {
    door.removeAllContentTypeParsers()
    door.addContentTypeParser(
      FORM,
      { parseAs: 'string', bodyLimit: FORM_BYTES_MAX },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    door.setErrorHandler(answerError)
    door.post('/oauth/token', { config: byAddress }, (request, reply) => answer(world, request, reply))
    done()
  })
}

async function answer(world: World, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
  const repeated = [...form.keys()].some((key) => form.getAll(key).length > 1)
  const grant = form.get('grant_type')
  if (repeated || !grant || unkeepable([...form.values()])) return problem(reply, 400, 'invalid_request')
  if (grant !== 'client_credentials') return problem(reply, 400, 'unsupported_grant_type')
  const client = clientOf(request.headers.authorization, form)
  if (client === 'two ways') return problem(reply, 400, 'invalid_request')
  if (!client) return unknownClient(reply, request)
  const scope = form.get('scope') ?? undefined
  const granted = await world.write(nobody, (ctx) => grantToken(ctx, { ...client, scope }), {
    requestId: request.id,
  })
  return reply.header('pragma', 'no-cache').send(granted)
}

/** Id and secret from the header or from the body; giving both is an error (RFC 6749, 2.3). */
function clientOf(authorization: string | undefined, form: URLSearchParams) {
  const clientId = form.get('client_id')
  const secret = form.get('client_secret')
  const basic = authorization && /^Basic +([\w+/=-]+)$/i.exec(authorization)?.[1]
  if (!basic) return clientId && secret ? { clientId, secret } : undefined
  if (secret !== null) return 'two ways'
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { clientId: formDecoded(id), secret: formDecoded(rest.join(':')) }
}

/** The RFC has both halves form-encoded before they are joined. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

const problem = (reply: FastifyReply, status: number, error: string): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send({ error })

function unknownClient(reply: FastifyReply, request: FastifyRequest): FastifyReply {
  if (request.headers.authorization) reply.header('www-authenticate', 'Basic realm="tongmai"')
  return problem(reply, 401, 'invalid_client')
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal && error.code === 'identity.invalid-client')
    return unknownClient(reply, request)
  if (error instanceof Refusal && error.code === 'identity.invalid-scope')
    return problem(reply, 400, 'invalid_scope')
  const { statusCode = 500 } = error as { statusCode?: number }
  if (statusCode === 429) return problem(reply, 429, 'slow_down')
  if (statusCode < 500) return problem(reply, 400, 'invalid_request')
  request.log.error({ requestId: request.id, err: error }, 'token request failed')
  return problem(reply, 503, 'temporarily_unavailable')
}
