import type { hotlineApi } from '@tongmai/api/contract/hotline'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { requireResident } from '../../resident/index.ts'
import { tell } from '../events.ts'
import * as store from '../store/hotline.ts'

/** The health hotline: whoever rings is answered, and what was said is kept. */
export const hotline: Actions<typeof hotlineApi> = {
  async listHotline(ctx, { query }) {
    const found = await store.list(ctx, query)
    for (const { id, resident } of found.items)
      if (resident) ctx.opened({ residentId: resident.id, basis: 'own', thing: `hotline-call:${id}` })
    return found
  },

  async noteHotline(ctx, { body }) {
    if (!body.residentId && body.caller === '') {
      const fields = [{ path: 'body.caller', problem: 'contract.caller-missing' }]
      refuse('unprocessable', 'contract.caller-missing', { fields })
    }
    // Somebody whom the institution may not open is written down as the caller said it.
    if (body.residentId) await requireResident(ctx, body.residentId)
    const institutionId = ownInstitution(ctx.actor)
    const made = await store.find(ctx, await store.add(ctx, { institutionId, ...body }))
    await tell(ctx, 'contract.hotline-called', {
      ...{ thing: `hotline-call:${made.id}`, residentId: body.residentId, audience: [institutionId] },
      data: { id: made.id, topic: made.topic, outcome: made.outcome },
    })
    return made
  },
}
