import type { Application } from '@tongmai/api/contract/book'
import type { contractMineApi } from '@tongmai/api/contract/mine'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { listOwn } from '../store/story.ts'
import { announce, brief, openApplication } from './advance.ts'
import { choosing } from './choosing.ts'
import { documentOf } from './document.ts'
import { endBy } from './ending.ts'
import { requireGuardian } from './guardian.ts'
import { requirePackages, requireParty } from './party.ts'
import { sendSigningCode, takeSignature } from './signature.ts'
import { type Act, addOrRefuse, newContract, requireMayApply } from './signing.ts'

/** Applications for oneself and those one stands for; each waits for the team’s answer. */
async function apply(ctx: Ctx, body: Application) {
  const party = await requireParty(ctx, body, null)
  const residentIds = body.members.map((one) => one.residentId)
  const own = residentIds.every((id) => ctx.actor.residentIds.includes(id))
  if (!own) refuse('missing', 'resident.missing')
  await requireGuardian(ctx, body.signature, residentIds)
  const signed = await takeSignature(ctx, { ...body, residentIds: [...ctx.actor.residentIds] })
  const actId = ctx.id()
  const act: Act = {
    ...party,
    actId,
    signed,
    months: body.months,
    startsOn: dayOf(ctx.now),
    channel: 'phone',
  }
  const contracts = []
  for (const { residentId, packageIds, changesTeam } of body.members) {
    const packages = await requirePackages(ctx, party.communityId, packageIds)
    const prevId = await requireMayApply(ctx, { residentId, changesTeam })
    const row = newContract(ctx, act, { residentId, packages, prevId, applies: true })
    // As the system: the row is the community's to write.
    await asSystem(ctx, async (all) => {
      await addOrRefuse(all, row, 'apply')
      await openApplication(all, row)
    })
    await announce(ctx, row, 'contract.applied')
    contracts.push(row)
  }
  return { actId, contracts: contracts.map(brief) }
}

export const mine: Actions<typeof contractMineApi> = {
  listMine: (ctx, { query }) => listOwn(ctx, query),

  ...choosing,

  apply: (ctx, { body }) => apply(ctx, body),

  sendMyCode: (ctx) => sendSigningCode(ctx, ctx.actor.residentIds[0] ?? ''),

  withdrawMine: (ctx, { params }) =>
    endBy(ctx, { id: params.id, move: 'withdraw', reason: 'withdrawn', comment: '' }),

  rescindMine: (ctx, { params, body }) => endBy(ctx, { id: params.id, move: 'rescind', ...body }),

  myDocument: (ctx, { params }) => documentOf(ctx, params.id),
}
