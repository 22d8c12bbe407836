import * as z from 'zod/mini'
import { moment, page, paging, text } from '../kernel.ts'
import { state } from './account.ts'
import { clientId, scope } from './text.ts'

/** A system client; its secret is shown once, when it is made. */
export const client = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
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
    }),
    returns: shownSecret,
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
