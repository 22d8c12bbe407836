import type { stripApi } from '@tongmai/api/careplan/strip'
import type { Actions } from '../../../kernel/module.ts'
import { requireResident } from '../../resident/index.ts'
import { findStrip, listStrips } from '../store/strip.ts'
import { requireOwn } from './own.ts'

export const strips: Actions<typeof stripApi> = {
  async listStrips(ctx, { params, query }) {
    await requireResident(ctx, params.id, 'record')
    return listStrips(ctx, { residentId: params.id, ...query })
  },
  async readStrip(ctx, { params, query }) {
    await requireResident(ctx, params.id, 'record')
    const { id: residentId, ...one } = params
    return findStrip(ctx, { residentId, ...one, ...query })
  },
  async listMyStrips(ctx, { query }) {
    requireOwn(ctx, query.residentId)
    return listStrips(ctx, query)
  },
  async readMyStrip(ctx, { params, query }) {
    requireOwn(ctx, query.residentId)
    return findStrip(ctx, { ...params, ...query })
  },
}
