import * as z from 'zod/mini'
import { moment, page, paging, text } from '../kernel.ts'
import { state } from './account.ts'
import { clientId, scope } from './text.ts'

const webAddress = z.string().check(z.trim(), z.maxLength(500), z.regex(/^https?:\/\/[^\s#]+$/))
const safeAddress = webAddress.check(
  z.regex(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$))/),
)

/** How a program signs in and where it lives. */
const registration = {
  /** A confidential client proves itself by its secret or its keys; a public one (a page, a phone) cannot. */
  kind: z._default(z.enum(['confidential', 'public']), 'confidential'),
  /** Who opens it, where it is an app for people. */
  persons: z._default(z.enum(['staff', 'resident']), 'staff'),
  /** Where answers may be sent; compared letter by letter. */
  redirectUris: z._default(z.array(webAddress).check(z.maxLength(20)), []),
  /** Where it is opened from a resident’s page. */
  launchUrl: z._default(z.nullable(webAddress), null),
  /** Its public keys (a JWK Set as JSON), or where they are to be had. */
  jwks: z._default(z.nullable(text(20_000).check(z.refine(isKeySet))), null),
  jwksUrl: z._default(z.nullable(webAddress), null),
  /** Below which addresses it may be notified (subscriptions); nowhere, where there are none. */
  notifyUrls: z._default(z.array(webAddress).check(z.maxLength(20)), []),
  /** Its institution's FHIR servers, from which what a hook did not bring may be read; over TLS, or on this machine. */
  fhirServers: z._default(z.array(safeAddress).check(z.maxLength(5)), []),
}

function isKeySet(json: string): boolean {
  try {
    const { keys } = JSON.parse(json) as { keys?: unknown }
    return Array.isArray(keys) && keys.every((key) => typeof key?.kty === 'string' && key.d === undefined)
  } catch {
    return false
  }
}

/** A system client; its secret is shown once, when it is made. */
export const client = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  ...registration,
  state,
  usedAt: z.nullable(moment),
  addedAt: moment,
  version: z.number(),
})
export type Client = z.output<typeof client>

const byClient = z.object({ id: clientId })
const shownSecret = z.object({ id: z.string(), secret: z.string() })

/** The system clients of one’s own institution. */
export const clientApi = {
  listClients: {
    method: 'GET',
    path: '/clients',
    summary: 'The system clients of one’s institution',
    may: 'identity.client',
    for: ['staff'],
    query: z.object(paging),
    returns: page(client),
  },
  addClient: {
    method: 'POST',
    path: '/clients',
    summary: 'Adds a system client to one’s institution; answers its secret, this once',
    may: 'identity.client',
    for: ['staff'],
    body: z.object({
      id: clientId,
      name: text(60),
      scopes: z.array(scope).check(z.minLength(1), z.maxLength(100)),
      ...registration,
    }),
    returns: shownSecret,
  },
  changeClient: {
    method: 'POST',
    path: '/clients/:id/registration',
    summary: 'Writes anew what a system client is called, may do and where it lives; its tokens end',
    may: 'identity.client',
    for: ['staff'],
    params: byClient,
    body: z.object({
      name: text(60),
      scopes: z.array(scope).check(z.minLength(1), z.maxLength(100)),
      ...registration,
    }),
    returns: client,
  },
  rotateSecret: {
    method: 'POST',
    path: '/clients/:id/rotate-secret',
    summary: 'Gives a system client a new secret, shown once; the old one and its tokens end at once',
    may: 'identity.client',
    for: ['staff'],
    params: byClient,
    returns: shownSecret,
  },
  disableClient: {
    method: 'POST',
    path: '/clients/:id/disable',
    summary: 'Disables a system client and ends its tokens',
    may: 'identity.client',
    for: ['staff'],
    params: byClient,
    returns: client,
  },
  enableClient: {
    method: 'POST',
    path: '/clients/:id/enable',
    summary: 'Enables a disabled system client',
    may: 'identity.client',
    for: ['staff'],
    params: byClient,
    returns: client,
  },
} as const
