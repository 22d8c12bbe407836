import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { hashToken } from '../../../kernel/secret.ts'
import { findAppToken, findGrant, lockRefresh, removeGrant } from '../store/app.ts'
import { findClient, findToken, removeToken } from '../store/client.ts'
import { forgetAccount, forgetToken } from '../token-cache.ts'
import { forgetting } from '../visit.ts'
import { claimsOf } from './app-token.ts'
import { type Proof, proveClient } from './prove-client.ts'

interface AboutToken {
  readonly proof: Proof
  readonly token: string
}

const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1000)

/** What a token is good for (RFC 7662), told to clients of the same institution; to all others it is none. */
export function introspect(ctx: Ctx, { proof, token }: AboutToken, url: string): Promise<object> {
  return asSystem(ctx, async (all) => {
    const asking = await proveClient(all, proof)
    const hash = hashToken(token)
    const app = await findAppToken(all, hash)
    const own = app ? undefined : await findToken(all, hash)
    const clientId = app?.clientId ?? own?.id
    const client = clientId ? await findClient(all, clientId) : undefined
    if (client?.institutionId !== asking.institutionId) return { active: false }
    if (own && own.state === 'active' && own.until > ctx.now) return said({ ...own, iss: url, clientId })
    if (!app?.isAlive || app.tokenUntil <= ctx.now) return { active: false }
    const scopes = app.tokenScopes
    const claims = await claimsOf(all, app, { scopes, base: `${url}/fhir/R4` })
    const patient = app.patientId ? { patient: app.patientId } : {}
    return {
      ...said({ scopes, until: app.tokenUntil, iss: url, clientId }),
      ...{ iat: seconds(app.tokenSince), ...claims, ...patient },
    }
  })
}

const said = (about: {
  scopes: readonly string[]
  until: Date
  iss: string
  clientId: string | undefined
}) => ({
  active: true,
  ...{ token_type: 'Bearer', client_id: about.clientId, scope: about.scopes.join(' ') },
  ...{ exp: seconds(about.until), iss: about.iss },
})

/** Ends a token of the client's own, or with a refresh token all that hangs on it (RFC 7009). Unknown ones are ended. */
export function revoke(ctx: Ctx, { proof, token }: AboutToken): Promise<void> {
  return asSystem(ctx, async (all) => {
    const client = await proveClient(all, proof)
    const hash = hashToken(token)
    forgetting(() => forgetToken(hash))
    if (await removeToken(all, client.id, hash)) return
    const refresh = await lockRefresh(all, hash)
    const grant = refresh && (await findGrant(all, refresh.grantId))
    if (!grant || grant.clientId !== client.id) return
    await removeGrant(all, grant.id)
    forgetting(() => forgetAccount(client.id))
  })
}

/** Who uses the app that holds this token (OpenID Connect Core 1.0, 5.3); undefined where it may not be said. */
export const personOf = (ctx: Ctx, token: string, url: string) =>
  asSystem(ctx, async (all) => {
    const app = await findAppToken(all, hashToken(token))
    if (!app?.isAlive || app.tokenUntil <= ctx.now || !app.tokenScopes.includes('openid')) return undefined
    return claimsOf(all, app, { scopes: app.tokenScopes, base: `${url}/fhir/R4` })
  })
