import type { MessageLine, messageApi } from '@tongmai/api/interop/message'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { unseal } from '../../../kernel/secret.ts'
import { type Charset, decoded, Unreadable } from '../hl7-text.ts'
import * as store from '../store/message.ts'

const DAY_MS = 86_400_000

/** A message as a line of the list: without what it says. */
export function lineOf(row: store.MessageRow): MessageLine {
  const { problemCode, problemPlace, problemText } = row
  return {
    ...{ id: row.id, direction: row.direction, road: row.road, kind: row.kind, application: row.application },
    ...{ facility: row.facility, controlId: row.controlId, state: row.state, charset: row.charset },
    ...{ at: row.at, doneAt: row.doneAt, tries: row.tries, mendsId: row.mendsId },
    problem: problemCode ? { code: problemCode, place: problemPlace ?? '', text: problemText ?? '' } : null,
  }
}

/** Sealed bytes as text; what no encoding reads is shown byte by byte. */
function shown(sealed: string, charset: Charset): string {
  const bytes = Buffer.from(unseal(sealed), 'base64')
  try {
    return decoded(bytes, charset).text
  } catch (error) {
    if (error instanceof Unreadable) return bytes.toString('latin1')
    throw error
  }
}

const own = (ctx: Ctx) => ownInstitution(ctx.actor)

export const consoleActions: Pick<
  Actions<typeof messageApi>,
  'listMessages' | 'countMessages' | 'readMessage'
> = {
  async listMessages(ctx, { query }) {
    const { items, total } = await store.list(ctx, own(ctx), query)
    return { items: items.map(lineOf), total }
  },

  countMessages: (ctx) => store.count(ctx, own(ctx), new Date(ctx.now.getTime() - DAY_MS)),

  async readMessage(ctx, { params }) {
    const row = await store.find(ctx, own(ctx), params.id)
    const copies = await store.listCopies(ctx, own(ctx), row.id)
    const { residentId, charset } = row
    if (residentId) ctx.opened({ residentId, basis: 'own', thing: `message:${row.id}`, purpose: 'operate' })
    return {
      ...lineOf(row),
      clientId: row.clientId,
      text: shown(row.rawSealed, charset),
      answer: row.answerSealed ? shown(row.answerSealed, charset) : null,
      residentId,
      made: row.made,
      note: row.note,
      copies: copies.map(({ id, state, at }) => ({ id, state, at })),
    }
  },
}
