import type { waitingApi } from '@tongmai/api/capacity/waiting'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { requireResident } from '../../resident/index.ts'
import * as store from '../store/waiting.ts'
import { announceWaiting } from './lapse.ts'
import { waitFor } from './line.ts'
import { closeOffer } from './offering.ts'

/** Takes somebody off the line, and with them whatever was owed about an offer. */
async function leave(ctx: Ctx, row: store.WaitingRow): Promise<void> {
  await store.move(ctx, row, { status: 'left', endedAt: ctx.now, lostAt: null })
  await closeOffer(ctx, row)
  await announceWaiting(ctx, row, 'left')
}

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
    await leave(ctx, row)
    return { id: row.id }
  },

  async settleOffer(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (!row.lostAt) refuse('conflict', 'capacity.no-lost-offer')
    if (!body.wanted && row.status === 'waiting') await leave(ctx, row)
    else {
      await store.move(ctx, row, { status: row.status, lostAt: null })
      await closeOffer(ctx, row)
    }
    return { id: row.id }
  },

  listWaitingTimes: (ctx, { query }) => store.listTimes(ctx, query),
}
