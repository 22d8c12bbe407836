import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { nobody } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { unkeepable } from '../../../kernel/keepable.ts'
import { byAddress } from '../../../kernel/mount.ts'
import type { World } from '../../../kernel/world.ts'
import { exchangeCode, refreshToken } from '../actions/app-token.ts'
import type { Proof } from '../actions/prove-client.ts'
import { grantToken } from '../actions/token.ts'
import { introspect, revoke } from '../actions/token-state.ts'
import { proofOf } from './client-proof.ts'
import { formOf, openFormDoor, problem, unknownClient } from './form-door.ts'
import { signingKey } from './signing-key.ts'

/** What one endpoint does with a form and the client that sent it. */
type Answer = (form: URLSearchParams, proof: Proof, request: FastifyRequest) => Promise<unknown>

/** Tokens: given (RFC 6749), asked about (RFC 7662), taken back (RFC 7009). */
export function routeTokens(app: FastifyInstance, world: World): void {
  openFormDoor(app, (door) => {
    const post = (url: string, answer: Answer) => {
      door.post(url, { config: byAddress }, (request, reply) => answered(world, request, reply, answer))
      // A page that proves itself by a header asks first whether it may send one.
      door.options(url, (_request, reply) =>
        reply.header('access-control-allow-headers', 'authorization, content-type').code(204).send(),
      )
    }
    post('/oauth/token', (form, proof, request) => give(world, form, proof, request))
    post('/oauth/introspect', async (form, proof, request) => {
      const asked = { proof, token: form.get('token') ?? '' }
      return write(world, request, (ctx) => introspect(ctx, asked, world.publicUrl))
    })
    post('/oauth/revoke', async (form, proof, request) => {
      await write(world, request, (ctx) => revoke(ctx, { proof, token: form.get('token') ?? '' }))
      return {}
    })
  })
}

const write = <T>(world: World, request: FastifyRequest, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  world.write(nobody, work, { requestId: request.id })

async function answered(
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
): Promise<unknown> {
  const form = formOf(request)
  if (!form || unkeepable([...form.values()])) return problem(reply, 400, 'invalid_request')
  if (request.url.startsWith('/oauth/token')) {
    const wrong = wrongGrant(form)
    if (wrong) return problem(reply, 400, wrong)
  } else if (!form.get('token')) return problem(reply, 400, 'invalid_request')
  const proof = await proofOf(world, request, form)
  if (proof === 'two ways') return problem(reply, 400, 'invalid_request')
  if (!proof) return unknownClient(reply, request)
  const given = await answer(form, proof, request)
  return reply.header('pragma', 'no-cache').header('cache-control', 'no-store').send(given)
}

const needed: Readonly<Record<string, readonly string[]>> = {
  client_credentials: [],
  authorization_code: ['code', 'redirect_uri', 'code_verifier'],
  refresh_token: ['refresh_token'],
}

function wrongGrant(form: URLSearchParams): string | undefined {
  const grant = form.get('grant_type')
  if (!grant) return 'invalid_request'
  if (!Object.hasOwn(needed, grant)) return 'unsupported_grant_type'
  return needed[grant]?.every((name) => form.get(name)) ? undefined : 'invalid_request'
}

async function give(
  world: World,
  form: URLSearchParams,
  proof: Proof,
  request: FastifyRequest,
): Promise<unknown> {
  const scope = form.get('scope') ?? undefined
  const said = (name: string) => form.get(name) ?? ''
  if (said('grant_type') === 'client_credentials') {
    // Who cannot prove anything is asked to, before what they may do is looked at.
    return write(world, request, (ctx) => grantToken(ctx, { proof, scope }))
  }
  const issuer = { url: world.publicUrl, key: await signingKey(world) }
  if (said('grant_type') === 'refresh_token') {
    const asked = { proof, refresh: said('refresh_token'), scope }
    return write(world, request, (ctx) => refreshToken(ctx, asked, issuer))
  }
  const asked = {
    ...{ proof, code: said('code'), redirectUri: said('redirect_uri'), verifier: said('code_verifier') },
  }
  return write(world, request, (ctx) => exchangeCode(ctx, asked, issuer))
}
