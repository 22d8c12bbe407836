import type { waitingApi } from '@tongmai/api/capacity/waiting'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { requireResident } from '../../resident/index.ts'
import * as store from '../store/waiting.ts'
import { announceWaiting } from './lapse.ts'
import { waitFor } from './line.ts'

export const waitingActions: Actions<typeof waitingApi> = {
  async listWaiting(ctx, { query }) {
    const { items, total } = await store.list(ctx, query)
    const shown = items.map((row) => ({
      ...row,
      institution: row.institution ?? '',
      department: row.department ?? '',
    }))
    return { items: shown, total }
  },

  async wait(ctx, { body }) {
    await requireResident(ctx, body.residentId)
    const { waitingId, reservationId } = await waitFor(ctx, { ...body, thing: `booking:${body.residentId}` })
    return { id: waitingId, reservationId }
  },

  async stopWaiting(ctx, { params }) {
    const row = await store.lock(ctx, params.id)
    if (row.status !== 'waiting') refuse('conflict', 'capacity.not-waiting')
    await store.move(ctx, row, { status: 'left', endedAt: ctx.now })
    await announceWaiting(ctx, row, 'left')
    return { id: row.id }
  },

  listWaitingTimes: (ctx, { query }) => store.listTimes(ctx, query),
}
