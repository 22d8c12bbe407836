import { timingSafeEqual } from 'node:crypto'
import { scopeWithin } from '@tongmai/api/identity/scope'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { hashToken, newToken } from '../../../kernel/secret.ts'
import { tell } from '../announce.ts'
import { TOKEN_SECONDS, tokenUntil } from '../sign-in-limit.ts'
import { addToken, changeClient, findClient } from '../store/client.ts'
import { CLIENT_TOKEN_MARK } from '../token-cache.ts'
import { visitIfAny } from '../visit.ts'

/** What a client asks for (RFC 6749, 4.4). */
export interface TokenRequest {
  readonly clientId: string
  readonly secret: string
  /** Space-separated; all that the client has where nothing is said. */
  readonly scope: string | undefined
}

export interface GrantedToken {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly scope: string
}

const isSecret = (given: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hash))

/** Gives a client an access token for one hour, for no more than its own scopes. */
export function grantToken(ctx: Ctx, { clientId, secret, scope }: TokenRequest): Promise<GrantedToken> {
  return asSystem(ctx, async (all) => {
    const client = await findClient(all, clientId)
    const right = isSecret(secret, client?.secretHash ?? hashToken(''))
    if (!client || !right || client.state !== 'active') {
      const keep = (kept: Ctx) => tellFailure(kept, client?.id ?? null)
      return refuse('unauthenticated', 'identity.invalid-client', { keep })
    }
    const wanted = scope?.split(' ').filter(Boolean) ?? []
    const scopes = wanted.length > 0 ? [...new Set(wanted)] : client.scopes
    if (!scopes.every((one) => scopeWithin(client.scopes, one))) refuse('invalid', 'identity.invalid-scope')
    const token = CLIENT_TOKEN_MARK + newToken()
    await addToken(all, { hash: hashToken(token), clientId, scopes, until: tokenUntil(ctx.now) })
    await changeClient(all, clientId, { usedAt: ctx.now })
    return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: scopes.join(' ') }
  })
}

const tellFailure = (ctx: Ctx, clientId: string | null) =>
  tell(ctx, 'identity.sign-in-failed', {
    thing: clientId ? `client:${clientId}` : 'sign-in',
    data: { kind: 'client', accountId: clientId, address: visitIfAny()?.address ?? '', locked: false },
  })
