import type { contractBookApi } from '@tongmai/api/contract/book'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { movesOf } from '../policy.ts'
import * as store from '../store/contract.ts'
import { listHospitals } from '../store/hospital.ts'
import { list } from '../store/line.ts'
import { panelsOf, setLimit } from '../store/panel.ts'
import { findConsent } from '../store/rule.ts'
import { findStory } from '../store/story.ts'
import { isLive, thingOf } from './advance.ts'
import { panelDoctors } from './panels.ts'

type Reading = Pick<
  Actions<typeof contractBookApi>,
  'list' | 'read' | 'listPanels' | 'setPanelLimit' | 'listHospitals' | 'readConsent'
>

export const reading: Reading = {
  list: (ctx, { query }) => list(ctx, query),

  async read(ctx, { params }) {
    const { row, line, steps, household } = await findStory(ctx, params.id)
    const next = await store.findNext(ctx, row.id)
    ctx.opened({ residentId: row.residentId, basis: 'contract', thing: thingOf(row.id) })
    return {
      ...line,
      ...{ frozen: row.packages, shares: row.fee, household, steps },
      ...{ consentVersion: row.consentVersion, consentHash: row.consentHash, signature: row.signature },
      ...{ appliedAt: row.appliedAt, signedAt: row.signedAt, endedOn: row.endedOn, ending: row.ending },
      ...{ prevId: row.prevId, nextId: next?.id ?? null },
      moves: movesOf(ctx.actor, row, isLive(next)),
    }
  },

  listPanels: (ctx) => panelDoctors(ctx, ownInstitution(ctx.actor)),

  async setPanelLimit(ctx, { params, body }) {
    const institutionId = ownInstitution(ctx.actor)
    const own = await panelDoctors(ctx, institutionId)
    if (!own.some((one) => one.doctorId === params.id)) refuse('missing', 'contract.doctor-missing')
    await setLimit(ctx, { institutionId, doctorId: params.id, ownLimit: body.limit })
    return { limit: (await panelsOf(ctx, [params.id])).get(params.id)?.limit ?? 0 }
  },

  listHospitals: (ctx) => listHospitals(ctx, ownInstitution(ctx.actor)),

  readConsent: (ctx) => findConsent(ctx),
}
