import type { pharmacyApi } from '@tongmai/api/pharmacy'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Actions } from '../../../kernel/module.ts'
import { align, availabilityOf } from '../align.ts'
import { tell } from '../events.ts'
import * as store from '../store/medicine.ts'
import { formulary } from './formulary.ts'
import { mine } from './mine.ts'
import { shortages } from './shortage.ts'

export const actions: Actions<typeof pharmacyApi> = {
  listMedicines: (ctx, { query }) => store.list(ctx, query),

  async readAlignment(ctx, { query }) {
    return align(await store.listAll(ctx, query.communityId), await store.listAll(ctx, query.higherId))
  },

  async readAvailability(ctx, { query }) {
    const all = await store.listAll(ctx, query.institutionId)
    const names = query.names.split('\n').map((name) => name.trim())
    return [...new Set(names)].filter(Boolean).map((name) => availabilityOf(all, name))
  },

  async confirmStock(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    await store.find(ctx, body.medicineId, institutionId)
    await store.change(ctx, [{ ...body, institutionId }])
    await tell(ctx, 'pharmacy.stock-confirmed', {
      thing: `medicine:${body.medicineId}`,
      audience: [institutionId],
      data: { ...body, institutionId },
    })
    return body
  },

  ...formulary,
  ...shortages,
  ...mine,
}
