import { scopeWithin } from '@tongmai/api/identity/scope'
import { type Actor, nobody } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { narrowingBy, ownScopes, permissionsOfScopes } from '../scope.ts'
import { findClient } from '../store/client.ts'

/**
 * A system client as an actor, where what it does comes by a road or at a time of its own (HL7 v2, a job): with all its
 * scopes, or those of `scopes` that it still has. Null while disabled.
 */
export async function clientActor(
  ctx: Ctx,
  clientId: string,
  scopes?: readonly string[],
): Promise<Actor | null> {
  const client = await asSystem(ctx, (all) => findClient(all, clientId))
  if (client?.state !== 'active') return null
  const { id, institutionId } = client
  const own = ownScopes(client.scopes)
  const held = scopes ? scopes.filter((one) => scopeWithin(own, one)) : own
  return {
    ...nobody,
    kind: 'client',
    id,
    institutionId,
    scopes: held,
    permissions: permissionsOfScopes(held),
    narrowing: narrowingBy(held),
  }
}
