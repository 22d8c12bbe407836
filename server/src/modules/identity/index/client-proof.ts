import type { FastifyRequest } from 'fastify'
import { system } from '../../../kernel/actor.ts'
import type { World } from '../../../kernel/world.ts'
import type { Proof } from '../actions/prove-client.ts'
import { ASSERTION_TYPE, issuerOf, provenAssertion } from '../assertion.ts'
import { keysAt } from '../gateway.ts'
import { findClient } from '../store/client.ts'

/** How a request says which client makes it; saying it in two ways is an error (RFC 6749, 2.3). */
export async function proofOf(
  world: World,
  request: FastifyRequest,
  form: URLSearchParams,
): Promise<Proof | 'two ways' | undefined> {
  const secret = form.get('client_secret')
  const assertion = form.get('client_assertion')
  const basic = /^Basic +([\w+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if ([secret, assertion, basic].filter((one) => one !== null && one !== undefined).length > 1)
    return 'two ways'
  if (basic) return ofHeader(basic)
  const clientId = form.get('client_id')
  if (assertion !== null)
    return form.get('client_assertion_type') === ASSERTION_TYPE
      ? ofAssertion(world, assertion, clientId)
      : undefined
  if (!clientId) return undefined
  return secret === null ? { kind: 'name', clientId } : { kind: 'secret', clientId, secret }
}

function ofHeader(basic: string): Proof {
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return { kind: 'secret', clientId: formDecoded(id), secret: formDecoded(rest.join(':')) }
}

/** The RFC has both halves form-encoded before they are joined. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

async function ofAssertion(world: World, jwt: string, clientId: string | null): Promise<Proof | undefined> {
  const issuer = issuerOf(jwt)
  if (!issuer || issuer.includes('\0') || (clientId !== null && clientId !== issuer)) return undefined
  const client = await world.read(system(null), (ctx) => findClient(ctx, issuer))
  const jwks = client?.jwks ?? (client?.jwksUrl ? await keysAt(client.jwksUrl) : undefined)
  if (!jwks) return undefined
  const about = { jwks, audience: `${world.publicUrl}/oauth/token`, now: world.now() }
  const proven = await provenAssertion(jwt, about)
  return proven && { kind: 'assertion', ...proven }
}
