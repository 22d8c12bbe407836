import type { identityApi } from '@tongmai/api/identity'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { hashToken, newToken } from '../../../kernel/secret.ts'
import { tell } from '../announce.ts'
import { isOfR4 } from '../scope.ts'
import {
  addClient,
  type ClientLine,
  changeClient,
  listClients,
  lockClient,
  removeTokens,
} from '../store/client.ts'
import { forgetAccount } from '../token-cache.ts'
import { forgetting } from '../visit.ts'

async function changed(
  ctx: Ctx,
  clientId: string,
  change: 'secret-rotated' | 'disabled' | 'enabled' | 'registered-anew',
): Promise<void> {
  await asSystem(ctx, (all) => removeTokens(all, clientId))
  forgetting(() => forgetAccount(clientId))
  await tell(ctx, 'identity.client-changed', {
    thing: `client:${clientId}`,
    audience: [ownInstitution(ctx.actor)],
    data: { clientId, change },
  })
}

async function move(ctx: Ctx, id: string, to: 'active' | 'disabled'): Promise<ClientLine> {
  const institutionId = ownInstitution(ctx.actor)
  const client = await lockClient(ctx, institutionId, id)
  if (client.state === to) refuse('conflict', `identity.client-${to}-already`)
  await changeClient(ctx, id, { state: to })
  await changed(ctx, id, to === 'active' ? 'enabled' : 'disabled')
  return lockClient(ctx, institutionId, id)
}

/** Each scope once; refuses those that speak of nothing there is in R4, as a slip of the pen does. */
function requireScopes(scopes: readonly string[]): string[] {
  const unknown = scopes.filter((one) => !isOfR4(one))
  if (unknown.length > 0)
    refuse('invalid', 'identity.scope-unknown', {
      fields: [{ path: 'body.scopes', problem: 'identity.problem.scope-unknown' }],
      details: { scopes: unknown.join('、') },
    })
  return [...new Set(scopes)]
}

type Clients =
  | 'listClients'
  | 'addClient'
  | 'changeClient'
  | 'rotateSecret'
  | 'disableClient'
  | 'enableClient'

export const clientActions: Pick<Actions<typeof identityApi>, Clients> = {
  listClients: (ctx, { query }) => listClients(ctx, ownInstitution(ctx.actor), query),

  addClient: async (ctx, { body }) => {
    const institutionId = ownInstitution(ctx.actor)
    const secret = newToken()
    const scopes = requireScopes(body.scopes)
    const added = await addClient(ctx, { ...body, scopes, institutionId, secretHash: hashToken(secret) })
    if (!added) refuse('conflict', 'identity.client-id-taken')
    await tell(ctx, 'identity.client-added', {
      thing: `client:${body.id}`,
      audience: [institutionId],
      data: { clientId: body.id, scopes },
    })
    return { id: body.id, secret }
  },

  changeClient: async (ctx, { params, body }) => {
    const institutionId = ownInstitution(ctx.actor)
    await lockClient(ctx, institutionId, params.id)
    await changeClient(ctx, params.id, { ...body, scopes: requireScopes(body.scopes) })
    await changed(ctx, params.id, 'registered-anew')
    return lockClient(ctx, institutionId, params.id)
  },

  rotateSecret: async (ctx, { params }) => {
    await lockClient(ctx, ownInstitution(ctx.actor), params.id)
    const secret = newToken()
    await changeClient(ctx, params.id, { secretHash: hashToken(secret) })
    await changed(ctx, params.id, 'secret-rotated')
    return { id: params.id, secret }
  },

  disableClient: (ctx, { params }) => move(ctx, params.id, 'disabled'),
  enableClient: (ctx, { params }) => move(ctx, params.id, 'active'),
}
