import type { messageApi } from '@tongmai/api/interop/message'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { enqueue } from '../../../kernel/job.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { seal } from '../../../kernel/secret.ts'
import { renumbered } from '../hl7-outgoing.ts'
import { encoded } from '../hl7-text.ts'
import * as destinations from '../store/destination.ts'
import * as store from '../store/message.ts'
import { lineOf } from './console.ts'
import { sendSoon } from './tell-partner.ts'

const own = (ctx: Ctx) => ownInstitution(ctx.actor)

/** What came in is done again as the client it came from, what goes out is sent at once; after this transaction. */
async function putToWork(
  ctx: Ctx,
  { institutionId, id, direction, partnerId }: store.MessageRow,
): Promise<void> {
  if (direction === 'in') return enqueue(ctx, 'interop.process-message', { institutionId, id })
  const destination = partnerId ? await destinations.lock(ctx, institutionId, partnerId) : undefined
  if (!destination) return refuse('conflict', 'interop.no-destination')
  await destinations.change(ctx, destination, { nextTryAt: ctx.now })
  await sendSoon(ctx, institutionId, destination.partnerId)
}

/** The corrected copy. What goes out has a number of its own: the other side has used the first one up. */
function copyOf(ctx: Ctx, row: store.MessageRow, text: string): store.MessageRow {
  const id = ctx.id()
  const isOut = row.direction === 'out'
  const controlId = isOut ? `M${id.replaceAll('-', '').slice(-19).toUpperCase()}` : row.controlId
  const bytes = encoded(isOut ? renumbered(text, controlId) : text, row.charset)
  return {
    ...row,
    ...{ id, controlId, road: isOut ? row.road : 'console', state: 'waiting', mendsId: row.id },
    rawSealed: seal(bytes.toString('base64')),
    digest: `mended:${row.id}`,
    ...{ answerSealed: null, problemCode: null, problemPlace: null, problemText: null },
    ...{ made: isOut ? row.made : [], tries: 0, at: ctx.now, doneAt: null },
  }
}

/** What a person does about one message. */
export const mendActions: Pick<
  Actions<typeof messageApi>,
  'mendMessage' | 'replayMessage' | 'setMessageAside'
> = {
  async mendMessage(ctx, { params, body }) {
    const row = await store.lock(ctx, own(ctx), params.id)
    if (row.state !== 'failed') refuse('conflict', 'interop.not-in-error')
    const copy = { ...copyOf(ctx, row, body.text), note: body.note }
    await store.add(ctx, copy)
    await putToWork(ctx, copy)
    return lineOf(copy)
  },

  async replayMessage(ctx, { params }) {
    const row = await store.lock(ctx, own(ctx), params.id)
    if (row.state === 'waiting') refuse('conflict', 'interop.under-way')
    if (row.state === 'mended') refuse('conflict', 'interop.mended-already')
    await store.change(ctx, row, { state: 'waiting' })
    await putToWork(ctx, row)
    return lineOf({ ...row, state: 'waiting' })
  },

  async setMessageAside(ctx, { params, body }) {
    const row = await store.lock(ctx, own(ctx), params.id)
    const waitsToLeave = row.direction === 'out' && row.state === 'waiting'
    if (row.state !== 'failed' && !waitsToLeave) refuse('conflict', 'interop.not-in-error')
    await store.change(ctx, row, { state: 'setAside', note: body.note, doneAt: ctx.now })
    return lineOf({ ...row, state: 'setAside', doneAt: ctx.now })
  },
}
