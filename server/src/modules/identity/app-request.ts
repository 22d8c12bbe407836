import type { AppRequest } from '@tongmai/api/identity/app'
import { parseScope, scopeWithin } from '@tongmai/api/identity/scope'
import { isOfR4 } from './scope.ts'

/** What of a client decides about its requests. */
export interface Registered {
  readonly scopes: readonly string[]
  readonly state: string
  readonly redirectUris: readonly string[]
}

/** What an app asks, understood. */
export interface Wanted {
  readonly redirectUri: string
  readonly challenge: string
  readonly scopes: readonly string[]
}

const challengePattern = /^[\w-]{43}$/

/** Whether an answer may go there at all; where not, the person is told and nobody else. */
export const mayAnswerTo = <C extends Registered>(client: C | undefined, request: AppRequest): client is C =>
  client?.state === 'active' && client.redirectUris.includes(request.redirect_uri ?? '')

/** The scopes of a request that its client is registered for; `system/` ones are not a person's to give. */
export const askedScopes = (client: Pick<Registered, 'scopes'>, scope: string | undefined): string[] =>
  [...new Set((scope ?? '').split(' ').filter(Boolean))].filter(
    (one) => parseScope(one)?.context !== 'system' && isOfR4(one) && scopeWithin(client.scopes, one),
  )

/** The request understood, or what is wrong with it in the words of RFC 6749 (4.1.2.1). */
export function wantedBy(client: Registered, request: AppRequest, base: string): Wanted | string {
  if (request.response_type !== 'code') return 'unsupported_response_type'
  if (request.code_challenge_method !== 'S256' || !challengePattern.test(request.code_challenge ?? ''))
    return 'invalid_request'
  if (request.aud?.replace(/\/$/, '') !== base) return 'invalid_request'
  const scopes = askedScopes(client, request.scope)
  if (scopes.length === 0) return 'invalid_scope'
  // A person is always asked (OpenID Connect Core, 3.1.2.6).
  if (request.prompt?.split(' ').includes('none')) return 'interaction_required'
  return { redirectUri: request.redirect_uri ?? '', challenge: request.code_challenge ?? '', scopes }
}

/** Whether these scopes are bound to one patient. */
export const isBound = (scopes: readonly string[]): boolean =>
  scopes.some((one) => one === 'launch/patient' || parseScope(one)?.context === 'patient')

/** Where the browser goes with the answer. */
export function answerAddress(request: AppRequest, answer: Readonly<Record<string, string>>): string {
  const url = new URL(request.redirect_uri ?? '')
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value)
  if (request.state !== undefined) url.searchParams.set('state', request.state)
  return url.href
}
