import { scopeWithin } from '@tongmai/api/identity/scope'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { hashToken, newToken } from '../../../kernel/secret.ts'
import { isOfR4, ownScopes } from '../scope.ts'
import { TOKEN_SECONDS, tokenUntil } from '../sign-in-limit.ts'
import { addToken, changeClient } from '../store/client.ts'
import { CLIENT_TOKEN_MARK } from '../token-cache.ts'
import { type Proof, proveClient } from './prove-client.ts'

/** What a client asks for (RFC 6749, 4.4). */
export interface TokenRequest {
  readonly proof: Proof
  /** Space-separated; all that the client has where nothing is said. */
  readonly scope: string | undefined
}

export interface GrantedToken {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly scope: string
}

/** Gives a client an access token for one hour, for no more than its own scopes. */
export function grantToken(ctx: Ctx, { proof, scope }: TokenRequest): Promise<GrantedToken> {
  return asSystem(ctx, async (all) => {
    const client = await proveClient(all, proof)
    if (client.kind === 'public') refuse('forbidden', 'identity.unauthorized-client')
    const held = ownScopes(client.scopes)
    const wanted = scope?.split(' ').filter(Boolean) ?? []
    // What of its own says nothing that R4 knows is left out; what is asked for by name is not.
    const scopes = wanted.length > 0 ? [...new Set(wanted)] : held.filter(isOfR4)
    if (scopes.length === 0 || !scopes.every((one) => isOfR4(one) && scopeWithin(held, one)))
      refuse('invalid', 'identity.invalid-scope')
    const token = CLIENT_TOKEN_MARK + newToken()
    await addToken(all, { hash: hashToken(token), clientId: client.id, scopes, until: tokenUntil(ctx.now) })
    await changeClient(all, client.id, { usedAt: ctx.now })
    return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: scopes.join(' ') }
  })
}
