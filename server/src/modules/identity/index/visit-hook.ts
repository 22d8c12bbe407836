import { identityApi } from '@tongmai/api/identity'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { World } from '../../../kernel/world.ts'
import { during, visitIfAny } from '../visit.ts'
import { COOKIE } from './resolve-actor.ts'

const AGENT_MAX = 300
const routes: ReadonlySet<string> = new Set([
  ...Object.values(identityApi).map(({ path }) => `/api${path}`),
  ...['/oauth/token', '/oauth/introspect', '/oauth/revoke'],
])

/**
 * Lets identity's own actions know the request around them, and writes the cookie once the transaction is
 * committed. Other routes pay one look into a set.
 */
export function hookVisits(app: FastifyInstance, world: World): void {
  const isOurs = (request: FastifyRequest) =>
    !request.url.startsWith('/fhir/') && routes.has(request.routeOptions.url ?? '')
  app.addHook('onRequest', (request, _reply, next) => {
    if (!isOurs(request)) return next()
    const agent = (request.headers['user-agent'] ?? '').slice(0, AGENT_MAX)
    during({ world, actor: () => request.actor, agent, address: request.ip, afterwards: [] }, next)
  })
  app.addHook('onSend', (request, reply, payload, next) => {
    if (isOurs(request)) leave(reply, world.publicUrl.startsWith('https:'))
    next(null, payload)
  })
}

function leave(reply: FastifyReply, secure: boolean): void {
  const here = visitIfAny()
  if (!here) return
  reply.header('cache-control', 'no-store')
  for (const run of here.afterwards) run()
  if (here.cookie === undefined || reply.statusCode >= 300) return
  const flags = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
  const value = here.cookie === null ? `${COOKIE}=; Max-Age=0` : `${COOKIE}=${here.cookie}`
  reply.header('set-cookie', `${value}; ${flags}`)
}
