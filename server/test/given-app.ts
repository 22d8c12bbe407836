import { createHash } from 'node:crypto'
import { newToken } from '../src/kernel/secret.ts'
import { addClient, type KnownClient } from '../src/modules/identity/index.ts'
import type { Region } from './world.ts'

export const BASE = 'http://127.0.0.1:8080/fhir/R4'
export const REDIRECT = 'http://127.0.0.1:9999/back'

export interface GivenApp {
  readonly id: string
  readonly secret: string
}

let given = 0

/** An app of an institution that people open. */
export async function givenApp(
  world: Region,
  institutionId: string,
  more: Partial<KnownClient> & { scopes: readonly string[] },
): Promise<GivenApp> {
  const id = `app-${given++}`
  const secret = newToken()
  const shared = { id, secret, institutionId, name: `应用 ${id}`, kind: 'public' as const }
  const where = { redirectUris: [REDIRECT], launchUrl: 'http://127.0.0.1:9999/launch' }
  await world.system((ctx) => addClient(ctx, { ...shared, ...where, ...more }))
  return { id, secret }
}

export const verifier = 'a-verifier-of-forty-three-characters-and-more-than-that'
const challenge = createHash('sha256').update(verifier).digest('base64url')

/** What an app asks the person's browser to bring along. */
export const requestOf = (app: GivenApp, scope: string, more: Record<string, string> = {}) => ({
  ...{
    response_type: 'code',
    client_id: app.id,
    redirect_uri: REDIRECT,
    scope,
    state: 'my-state',
    aud: BASE,
  },
  ...{ code_challenge: challenge, code_challenge_method: 'S256' },
  ...more,
})

interface Posted {
  readonly status: number
  readonly json: Record<string, unknown> & { error?: string }
}

/** Sends a form to one of the OAuth endpoints. */
export async function sendForm(
  world: Region,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Posted> {
  const answer = await world.app.inject({
    method: 'POST',
    url: `/oauth/${path}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  })
  return { status: answer.statusCode, json: answer.json() }
}

/** The person allows it: the code that the browser brings back. */
export async function allowApp(
  world: Region,
  person: Readonly<Record<string, string>>,
  answer: { request: Record<string, string>; residentId?: string; scopes?: string[] },
): Promise<{ status: number; code: string; goTo: string; problem: unknown }> {
  const sent = await world.app.inject({
    method: 'POST',
    url: '/api/app-request',
    headers: person,
    payload: { allow: true, ...answer },
  })
  const body = sent.json<{ goTo?: string; code?: string; details?: unknown }>()
  const goTo = body.goTo ?? ''
  const code = goTo ? (new URL(goTo).searchParams.get('code') ?? '') : ''
  return { status: sent.statusCode, code, goTo, problem: body.details ?? body.code }
}

export const exchange = (world: Region, app: GivenApp, code: string, more: Record<string, string> = {}) =>
  sendForm(world, 'token', {
    ...{ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, client_id: app.id },
    ...{ code_verifier: verifier, ...more },
  })
