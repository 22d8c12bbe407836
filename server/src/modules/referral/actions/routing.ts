import type { routingApi } from '@tongmai/api/referral/routing'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow } from '../../../kernel/refusal.ts'
import { requireOpen } from '../../resident/index.ts'
import type { DepartmentFact } from '../destination-model.ts'
import { tellRouting } from '../events.ts'
import { isSender } from '../policy.ts'
import { defaultWeights } from '../rank-destination.ts'
import * as referrals from '../store/referral.ts'
import * as store from '../store/routing.ts'
import { thingOf } from './announce.ts'
import { rank, rankingOf } from './rank.ts'

const unset = { id: null, since: null, note: '', ...defaultWeights }

export const routing: Actions<typeof routingApi> = {
  async rankDestinations(ctx, { query }) {
    const [, found] = await Promise.all([
      requireOpen(ctx, query.residentId),
      rank(ctx, ownInstitution(ctx.actor), query),
    ])
    return rankingOf(found)
  },

  async recordRouting(ctx, { params, body: { reason, ...asked } }) {
    const row = await referrals.lock(ctx, params.id)
    allow(isSender(ctx.actor, row), 'referral.senders-part')
    const { residentId, urgency, direction } = row
    const found = await rank(ctx, row.fromInstitutionId, { ...asked, residentId, urgency, direction })
    const isChosen = ({ fact }: { readonly fact: DepartmentFact }) =>
      fact.institution.id === row.toInstitutionId &&
      (row.toDepartmentId === null || fact.id === row.toDepartmentId)
    const at = found.offered.findIndex(({ candidate }) => isChosen(candidate))
    const left = found.excluded.find(({ standing }) => isChosen(standing))
    const id = await store.addRouting(ctx, row, {
      need: asked,
      weightId: found.weightId,
      offered: found.offered.slice(0, 5).map(({ candidate: { fact }, score }) => ({
        institution: fact.institution.name,
        department: fact.name,
        score: Math.round(score),
      })),
      rank: at < 0 ? null : at + 1,
      excluded: at < 0 ? (left?.why ?? []) : [],
      reason,
    })
    await tellRouting(ctx, 'referral.routed', {
      thing: thingOf(row.id),
      residentId,
      audience: [row.fromInstitutionId],
      data: { id, rank: at < 0 ? null : at + 1 },
    })
    const [choice] = await store.listRouting(ctx, row.id)
    if (!choice) throw new Error('kept and not found')
    return choice
  },

  async readRouting(ctx, { params }) {
    const row = await referrals.find(ctx, params.id)
    return store.listRouting(ctx, row.id)
  },

  async readWeights(ctx) {
    const [now, ...before] = await store.listWeights(ctx, ownInstitution(ctx.actor))
    return { now: now ?? unset, before }
  },

  async setWeights(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    const row = { ...body, id: ctx.id(), since: ctx.now }
    await store.addWeights(ctx, institutionId, row)
    await tellRouting(ctx, 'referral.weights-set', {
      thing: `institution:${institutionId}`,
      audience: [institutionId],
      data: { weightId: row.id },
    })
    return row
  },
}
