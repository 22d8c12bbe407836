import type { Household, personApi } from '@tongmai/api/resident/person'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { listSame } from '../../../kernel/same-person.ts'
import { tell } from '../events.ts'
import * as store from '../store/household.ts'
import { findOpen } from '../store/person.ts'
import { basisFor } from './lawful.ts'

type HouseholdApi = Pick<typeof personApi, 'readHousehold' | 'addToHousehold' | 'removeFromHousehold'>

async function requireLawful(ctx: Ctx, id: string): Promise<void> {
  if (!(await basisFor(ctx, id))) refuse('missing', 'resident.missing')
}

async function shown(ctx: Ctx, householdId: string | undefined): Promise<Household> {
  if (!householdId) return { id: null, members: [] }
  const members = await store.listMembers(ctx, householdId)
  const withProxy = await store.listWithProxy(
    ctx,
    members.map((m) => m.id),
  )
  return { id: householdId, members: members.map((m) => ({ ...m, hasProxy: withProxy.has(m.id) })) }
}

export const householdActions: Actions<HouseholdApi> = {
  async readHousehold(ctx, { params }) {
    await requireLawful(ctx, params.id)
    return shown(ctx, await store.findOf(ctx, params.id))
  },

  async addToHousehold(ctx, { params, body }) {
    const { memberId, relation, standsFor } = body
    await requireLawful(ctx, params.id)
    await requireLawful(ctx, memberId)
    if (memberId === params.id || relation === '0') refuse('conflict', 'resident.household-of-oneself')
    const householdId = (await store.findOf(ctx, params.id)) ?? (await store.add(ctx, params.id))
    if (!(await store.addMember(ctx, householdId, { residentId: memberId, relation }))) {
      refuse('conflict', 'resident.in-a-household-already')
    }
    if (standsFor) await store.addProxy(ctx, { residentId: memberId, proxyId: params.id })
    await tell(ctx, 'resident.household-changed', {
      thing: `resident:${params.id}`,
      residentId: params.id,
      data: { householdId },
    })
    return shown(ctx, householdId)
  },

  async removeFromHousehold(ctx, { params, body }) {
    const { memberId } = body
    await requireLawful(ctx, params.id)
    const householdId = await store.findOf(ctx, params.id)
    const members = householdId ? await store.listMembers(ctx, householdId) : []
    const member = members.find((one) => one.id === memberId)
    if (!householdId || !member) return refuse('missing', 'resident.not-in-the-household')
    if (member.relation === '0' && members.length > 1) refuse('conflict', 'resident.householder-goes-last')
    const others = members.map((one) => one.id).filter((id) => id !== memberId)
    await store.removeMember(ctx, memberId, others)
    await tell(ctx, 'resident.household-changed', {
      thing: `resident:${params.id}`,
      residentId: params.id,
      data: { householdId },
    })
    return shown(ctx, await store.findOf(ctx, params.id))
  },
}

/** For whom a resident stands besides themselves: who is the same person, the people they act for, and all these are. */
export async function standsFor(ctx: Ctx, residentId: string): Promise<string[]> {
  const stoodFor = await store.listStoodFor(ctx, residentId)
  const same = (await listSame(ctx, [residentId, ...stoodFor])).map(({ otherId }) => otherId)
  return [...new Set([...stoodFor, ...same])].filter((id) => id !== residentId)
}

/** What these people are called, as far as the actor may read it. */
export async function namesOf(ctx: Ctx, residentIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await Promise.all(residentIds.map((id) => findOpen(ctx, id)))
  return new Map(rows.flatMap((row) => (row ? [[row.residentId, row.name] as const] : [])))
}
