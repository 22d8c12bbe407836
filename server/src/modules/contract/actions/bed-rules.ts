import type { bedRuleApi } from '@tongmai/api/contract/bed-rule'
import { ownInstitution } from '../../../kernel/actor.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import * as store from '../store/bed.ts'
import { listIndications, setIndication } from '../store/bed-indication.ts'

/** For what a community opens beds at home, and what it asks for them. */
export const bedRules: Actions<typeof bedRuleApi> = {
  listBedFees: (ctx) => store.listFees(ctx, ownInstitution(ctx.actor), dayOf(ctx.now)),

  async setBedFee(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    await store.setFee(ctx, { institutionId, ...body })
    return store.listFees(ctx, institutionId, dayOf(ctx.now))
  },

  listBedIndications: (ctx) => listIndications(ctx, ownInstitution(ctx.actor), dayOf(ctx.now)),

  async setBedIndication(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    await setIndication(ctx, { institutionId, ...body })
    return listIndications(ctx, institutionId, dayOf(ctx.now))
  },
}
