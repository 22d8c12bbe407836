import type { MessageLine, messageApi } from '@tongmai/api/interop/message'
import { ownInstitution } from '../../../kernel/actor.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { enqueue } from '../../../kernel/job.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { seal, unseal } from '../../../kernel/secret.ts'
import { clientActor } from '../../identity/index.ts'
import { type Charset, decoded, encoded, Unreadable } from '../hl7-text.ts'
import * as store from '../store/message.ts'
import * as partners from '../store/partner.ts'

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

/** What is put to work again runs as the client it came from, after this transaction. */
async function putToWork(ctx: Ctx, row: store.MessageRow): Promise<void> {
  const { institutionId, id } = row
  await enqueue(ctx, 'interop.process-message', { institutionId, id })
}

const partnerLine = ({ institutionId: _, ...line }: partners.Partner) => line

export const consoleActions: Actions<typeof messageApi> = {
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

  async mendMessage(ctx, { params, body }) {
    const row = await store.lock(ctx, own(ctx), params.id)
    if (row.direction !== 'in' || row.state !== 'failed') refuse('conflict', 'interop.not-in-error')
    const bytes = encoded(body.text, row.charset)
    const copy: store.MessageRow = {
      ...row,
      ...{ id: ctx.id(), road: 'console', state: 'waiting', mendsId: row.id, note: body.note },
      rawSealed: seal(bytes.toString('base64')),
      digest: `mended:${row.id}`,
      ...{ answerSealed: null, problemCode: null, problemPlace: null, problemText: null },
      ...{ made: [], tries: 0, at: ctx.now, doneAt: null },
    }
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
    if (row.state !== 'failed') refuse('conflict', 'interop.not-in-error')
    await store.change(ctx, row, { state: 'setAside', note: body.note, doneAt: ctx.now })
    return lineOf({ ...row, state: 'setAside', doneAt: ctx.now })
  },

  async listPartners(ctx, { query }) {
    const { items, total } = await partners.list(ctx, own(ctx), query)
    return { items: items.map(partnerLine), total }
  },

  async addPartner(ctx, { body }) {
    const client = await clientActor(ctx, body.clientId)
    if (client?.institutionId !== own(ctx)) refuse('invalid', 'interop.no-such-client')
    const partner = { ...body, institutionId: own(ctx), id: ctx.id(), addedAt: ctx.now }
    if (!(await partners.add(ctx, partner))) refuse('conflict', 'interop.facility-taken')
    return partnerLine(partner)
  },

  async endPartner(ctx, { params }) {
    const partner = await partners.lock(ctx, own(ctx), params.id)
    await partners.end(ctx, partner)
    return partnerLine(partner)
  },
}
