import { createHash, timingSafeEqual } from 'node:crypto'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { patientIdOf } from '../../../kernel/resource/patient-id.ts'
import { hashToken, newToken } from '../../../kernel/secret.ts'
import { appActor } from '../app-actor.ts'
import { askedScopes } from '../app-request.ts'
import { TOKEN_SECONDS, tokenUntil } from '../sign-in-limit.ts'
import { type KeptKey, signed } from '../signing.ts'
import {
  addRefresh,
  changeCode,
  changeRefresh,
  findGrant,
  type Granted,
  lockCode,
  lockRefresh,
  removeGrant,
} from '../store/app.ts'
import { addToken, changeClient } from '../store/client.ts'
import { APP_TOKEN_MARK, forgetAccount } from '../token-cache.ts'
import { forgetting } from '../visit.ts'
import { type Proof, proveClient } from './prove-client.ts'
import type { GrantedToken } from './token.ts'

/** What an app gets for its code or its refresh token (SMART App Launch 2.2, 2.0.9.5). */
export interface AppToken extends GrantedToken {
  readonly refresh_token?: string
  readonly id_token?: string
  readonly patient?: string
  readonly need_patient_banner?: boolean
}

/** Who signs, and under which name this installation is known. */
export interface Issuer {
  readonly url: string
  readonly key: KeptKey
}

const wrong = (extra: { keep?: (ctx: Ctx) => Promise<void> } = {}): never =>
  refuse('invalid', 'identity.invalid-grant', extra)

/** Whether the verifier is what the challenge was made of (RFC 7636, 4.6). */
function isVerified(verifier: string, challenge: string): boolean {
  const made = createHash('sha256').update(verifier).digest('base64url')
  return made.length === challenge.length && timingSafeEqual(Buffer.from(made), Buffer.from(challenge))
}

/** Whoever holds what was used before took it from somebody: the whole grant ends (RFC 6749, 10.4 and 10.5). */
const endAll = (grantId: string) => async (ctx: Ctx) => {
  await asSystem(ctx, async (all) => {
    const grant = await findGrant(all, grantId)
    await removeGrant(all, grantId)
    forgetting(() => forgetAccount(grant?.clientId ?? ''))
  })
}

export interface CodeExchange {
  readonly proof: Proof
  readonly code: string
  readonly redirectUri: string
  readonly verifier: string
}

/** Gives an app its tokens for the code it was sent; once. */
export function exchangeCode(ctx: Ctx, asked: CodeExchange, issuer: Issuer): Promise<AppToken> {
  return asSystem(ctx, async (all) => {
    const client = await proveClient(all, asked.proof)
    const code = await lockCode(all, hashToken(asked.code))
    const grant = code && (await findGrant(all, code.grantId))
    if (!code || grant?.clientId !== client.id) return wrong()
    if (code.usedAt) return wrong({ keep: endAll(grant.id) })
    const isGood = code.until > ctx.now && code.redirectUri === asked.redirectUri
    if (!isGood || !isVerified(asked.verifier, code.challenge) || !grant.isAlive) return wrong()
    await changeCode(all, code.hash)
    return give(all, { grant, scopes: grant.scopes, issuer })
  })
}

export interface Refreshing {
  readonly proof: Proof
  readonly refresh: string
  readonly scope: string | undefined
}

/** Gives an app new tokens for its refresh token, which is good for one time. */
export function refreshToken(ctx: Ctx, asked: Refreshing, issuer: Issuer): Promise<AppToken> {
  return asSystem(ctx, async (all) => {
    const client = await proveClient(all, asked.proof)
    const refresh = await lockRefresh(all, hashToken(asked.refresh))
    const grant = refresh && (await findGrant(all, refresh.grantId))
    if (!refresh || grant?.clientId !== client.id) return wrong()
    if (refresh.usedAt) return wrong({ keep: endAll(grant.id) })
    if (!grant.isAlive || refresh.until <= ctx.now || grant.until <= ctx.now) return wrong()
    const scopes = asked.scope ? askedScopes(grant, asked.scope) : grant.scopes
    if (scopes.length === 0) refuse('invalid', 'identity.invalid-scope')
    await changeRefresh(all, refresh.hash)
    return give(all, { grant, scopes, issuer })
  })
}

interface Giving {
  readonly grant: Granted
  readonly scopes: readonly string[]
  readonly issuer: Issuer
}

async function give(ctx: Ctx, { grant, scopes, issuer }: Giving): Promise<AppToken> {
  // Whose post has ended acts for nobody any more.
  if (!appActor({ ...grant, tokenScopes: scopes }, grant.residentId ? [grant.residentId] : [])) return wrong()
  const token = APP_TOKEN_MARK + newToken()
  const { id: grantId, clientId, patientId } = grant
  const until = tokenUntil(ctx.now)
  await addToken(ctx, { hash: hashToken(token), clientId, scopes, until, grantId })
  await changeClient(ctx, clientId, { usedAt: ctx.now })
  const lasting = grant.scopes.some((one) => one === 'offline_access' || one === 'online_access')
  const refresh = lasting ? newToken() : undefined
  if (refresh) await addRefresh(ctx, { hash: hashToken(refresh), grantId, until: grant.until })
  const isNamed = scopes.includes('openid')
  return {
    ...{ access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: scopes.join(' ') },
    ...(refresh ? { refresh_token: refresh } : {}),
    ...(patientId ? { patient: patientId, need_patient_banner: true } : {}),
    ...(isNamed ? { id_token: await idToken(ctx, { grant, scopes, issuer }) } : {}),
  }
}

async function idToken(ctx: Ctx, { grant, scopes, issuer }: Giving): Promise<string> {
  const claims = await claimsOf(ctx, grant, { scopes, base: `${issuer.url}/fhir/R4` })
  const { sub, ...others } = claims
  const nonce: Record<string, string> = grant.nonce ? { nonce: grant.nonce } : {}
  return signed(issuer.key, {
    ...{ issuer: issuer.url, subject: sub, audience: grant.clientId },
    ...{ claims: { ...others, ...nonce }, now: ctx.now, until: tokenUntil(ctx.now) },
  })
}

/** Who the person is, as far as the scopes let it be said. As the system. */
export async function claimsOf(
  ctx: Ctx,
  grant: Granted,
  { scopes, base }: { scopes: readonly string[]; base: string },
): Promise<{ sub: string } & Record<string, string>> {
  const sub = grant.accountId ?? grant.residentAccountId ?? ''
  const own = grant.ownResidentId
  const patient = own ? await patientIdOf(ctx, own) : undefined
  const who = grant.practitionerId ? `Practitioner/${grant.practitionerId}` : patient && `Patient/${patient}`
  const isShown = scopes.includes('fhirUser') && who
  return {
    sub,
    ...(isShown ? { fhirUser: `${base}/${who}` } : {}),
    ...(scopes.includes('profile') ? { name: grant.name } : {}),
  }
}
