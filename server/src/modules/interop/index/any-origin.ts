import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const MINUTES = 10

/**
 * Lets pages of whatever origin ask with a token of their own. A cookie opens nothing here from outside: a browser
 * sends none where every origin is let in, and ours are SameSite=Strict.
 */
export function letPagesIn(fhir: FastifyInstance): void {
  fhir.addHook('onRequest', (request, reply, done) => {
    // Only a browser says whose page asks, and only a browser wants to be told this.
    if (request.headers.origin === undefined) return done()
    reply
      .header('access-control-allow-origin', '*')
      .header(
        'access-control-expose-headers',
        'etag, location, content-location, last-modified, retry-after, www-authenticate, x-progress, x-request-id',
      )
    done()
  })
  const letIn = (_request: FastifyRequest, reply: FastifyReply) =>
    reply
      .header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
      .header(
        'access-control-allow-headers',
        'authorization, content-type, accept, prefer, if-match, if-none-match, if-none-exist, if-modified-since, ' +
          'idempotency-key, x-practitioner, x-security-context',
      )
      .header('access-control-max-age', String(MINUTES * 60))
      .code(204)
      .send()
  for (const path of ['/', '/*']) fhir.options(path, letIn)
}
