import { appRequest } from '@tongmai/api/identity/app'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import { system } from '../../../kernel/actor.ts'
import { unkeepable } from '../../../kernel/keepable.ts'
import { byAddress } from '../../../kernel/mount.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { World } from '../../../kernel/world.ts'
import { personOf } from '../actions/token-state.ts'
import { answerAddress, mayAnswerTo, wantedBy } from '../app-request.ts'
import { publicKeys } from '../signing.ts'
import { smartConfiguration } from '../smart-configuration.ts'
import { findClient } from '../store/client.ts'
import { formOf, openFormDoor, problem } from './form-door.ts'
import { signingKey, signingKeys } from './signing-key.ts'

/** Where apps find this installation, its keys and the person; and the way to the page that asks the person. */
export function routeOpenId(app: FastifyInstance, world: World): void {
  const open = (reply: FastifyReply) => reply.header('access-control-allow-origin', '*')
  app.get('/.well-known/openid-configuration', (_request, reply) =>
    open(reply).send(smartConfiguration(world.publicUrl)),
  )
  app.get('/oauth/jwks', { config: byAddress }, async (_request, reply) => {
    await signingKey(world)
    return open(reply).send(await publicKeys(await signingKeys(world)))
  })
  app.options('/oauth/userinfo', (_request, reply) =>
    open(reply).header('access-control-allow-headers', 'authorization').code(204).send(),
  )
  const person = async (request: FastifyRequest) => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    return token ? world.read(system(null), (ctx) => personOf(ctx, token, world.publicUrl)) : undefined
  }
  app.get('/oauth/userinfo', async (request, reply) =>
    open(reply).send((await person(request)) ?? refuse('unauthenticated', 'kernel.sign-in-first')),
  )
  app.get('/oauth/authorize', { config: byAddress }, (request, reply) =>
    authorize(world, request.query, reply),
  )
  // OpenID Connect has both by POST too.
  openFormDoor(app, (door) => {
    door.post('/oauth/userinfo', async (request, reply) => {
      const found = await person(request)
      return found ?? problem(reply.header('www-authenticate', 'Bearer'), 401, 'invalid_token')
    })
    door.post('/oauth/authorize', { config: byAddress }, (request, reply) => {
      const form = formOf(request)
      return form ? authorize(world, Object.fromEntries(form), reply) : problem(reply, 400, 'invalid_request')
    })
  })
}

/** Whom the answer may not be sent to is told here; what else is wrong goes back to the app. */
async function authorize(world: World, said: unknown, reply: FastifyReply): Promise<FastifyReply> {
  const read = z.safeDecode(appRequest, (said ?? {}) as never)
  const asked = read.success && !unkeepable(Object.values(read.data)) ? read.data : {}
  const client = await world.read(system(null), (ctx) => findClient(ctx, asked.client_id ?? ''))
  if (!mayAnswerTo(client, asked)) return refuse('invalid', 'identity.app-request')
  const wanted = wantedBy(client, asked, `${world.publicUrl}/fhir/R4`)
  if (typeof wanted === 'string') return reply.redirect(answerAddress(asked, { error: wanted }), 303)
  const page = client.persons === 'resident' ? '/me/authorize' : '/authorize'
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== undefined) as never)
  return reply.redirect(`${page}?${query}`, 303)
}
