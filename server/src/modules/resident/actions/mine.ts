import type { mineApi, Opening } from '@tongmai/api/resident/mine'
import type { Basis } from '@tongmai/api/resident/person'
import QRCode from 'qrcode'
import { ownInstitution } from '../../../kernel/actor.ts'
import { caseOf, closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { grantsOf } from '../../../kernel/grant.ts'
import type { Actions } from '../../../kernel/module.ts'
import { findOpening, type Opening as Line, listOpenings, listOpeningsAt } from '../../../kernel/opening.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { newShownCode } from '../shown-code.ts'
import * as store from '../store/objection.ts'
import { findOpen, ruleOf } from '../store/person.ts'
import * as codes from '../store/shown-code.ts'
import { basisFor, opened } from './lawful.ts'
import { codeBlind } from './written.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

const some = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]

/** Lines of the access log with their names, and what has been said about them. */
export async function shownOpenings(ctx: Ctx, lines: readonly Line[]): Promise<Opening[]> {
  const actors = some(lines.map((l) => l.actorId))
  const [names, objections] = await Promise.all([
    store.namesOf(ctx, {
      institutions: some(lines.map((l) => l.institutionId)),
      practitioners: some(lines.map((l) => l.practitionerId)),
      accounts: actors.filter(isId),
      clients: actors.filter((id) => !isId(id)),
    }),
    store.listAbout(
      ctx,
      lines.map((l) => l.id),
    ),
  ])
  const about = new Map(objections.map((o) => [o.accessId, o]))
  const { residentIds } = ctx.actor
  return lines.map((l) => ({
    ...{ id: l.id, residentId: l.residentId, at: l.at, basis: l.basis, thing: l.thing, purpose: l.purpose },
    institution: (l.institutionId && names.get(l.institutionId)) ?? null,
    who:
      names.get(l.practitionerId ?? l.actorId) ??
      (residentIds.includes(l.actorId) ? null : (names.get(l.actorId) ?? null)),
    objection: about.get(l.id)?.state ?? null,
    answer: about.get(l.id)?.answer ?? null,
  }))
}

export const mineActions: Actions<typeof mineApi> = {
  async readMe(ctx) {
    const pages = ctx.actor.residentIds.map(async (id) => {
      const [row, lawful] = await Promise.all([findOpen(ctx, id), basisFor(ctx, id)])
      return row && lawful ? [await opened(ctx, row, lawful)] : []
    })
    return (await Promise.all(pages)).flat()
  },

  async showCode(ctx, { body }) {
    const { residentId } = body
    if (!ctx.actor.residentIds.includes(residentId)) return refuse('missing', 'resident.missing')
    const minutes = await ruleOf(ctx, 'codeMinutes', dayOf(ctx.now))
    const until = new Date(ctx.now.getTime() + minutes * MINUTE_MS)
    const code = newShownCode()
    await codes.put(ctx, { residentId, blind: codeBlind(code), until })
    return { code, until, svg: await QRCode.toString(code, { type: 'svg', margin: 2 }) }
  },

  async listOpenings(ctx, { query }) {
    const found = await listOpenings(ctx, query)
    return { items: await shownOpenings(ctx, found.items), total: found.total }
  },

  async listOpeningsOf(ctx, { params, query }) {
    if (!(await basisFor(ctx, params.id))) return refuse('missing', 'resident.missing')
    const of = { residentId: params.id, institutionId: ownInstitution(ctx.actor), ...query }
    const found = await listOpeningsAt(ctx, of)
    return { items: await shownOpenings(ctx, found.items), total: found.total }
  },

  async listMyGrants(ctx) {
    const grants = (await Promise.all(ctx.actor.residentIds.map((id) => grantsOf(ctx, id)))).flat()
    const live = grants.filter((g) => g.until === null || g.until > ctx.now)
    const institutions = some(live.map((g) => g.institutionId))
    const names = await store.namesOf(ctx, { institutions, practitioners: [], accounts: [] })
    return live.map(({ residentId, institutionId, basis, depth, since, until, suspended }) => ({
      ...{
        residentId,
        institution: names.get(institutionId) ?? '',
        basis: basis as Basis,
        depth,
        since,
        until,
        suspended,
      },
    }))
  },

  async object(ctx, { params, body }) {
    const line = await findOpening(ctx, params.id)
    if (!line) return refuse('missing', 'resident.no-such-opening')
    const { institutionId, residentId } = line
    if (institutionId === null) return refuse('conflict', 'resident.opened-by-yourself')
    const added = await store.add(ctx, {
      ...{
        residentId,
        id: ctx.id(),
        accessId: line.id,
        institutionId,
        openedAt: line.at,
        actorId: line.actorId,
      },
      ...{ practitionerId: line.practitionerId, basis: line.basis, thing: line.thing, reason: body.reason },
      ...{ at: ctx.now, answer: null, answeredAt: null },
    })
    if (!added) return refuse('conflict', 'resident.objected-already')
    const days = await ruleOf(ctx, 'objectionDays', dayOf(ctx.now))
    const thing = `objection:${added.id}`
    await openCase(ctx, {
      ...{
        kind: 'resident.objection',
        thing,
        residentId,
        institutionId,
        duty: 'office.head',
        step: 'answer',
      },
      due: new Date(ctx.now.getTime() + days * DAY_MS),
    })
    await tell(ctx, 'resident.objected', {
      thing,
      residentId,
      audience: [institutionId],
      data: { objectionId: added.id },
    })
    return { id: added.id }
  },

  async listObjections(ctx, { query }) {
    const found = await store.list(ctx, { institutionId: ownInstitution(ctx.actor), ...query })
    const items = found.items.map((o) => ({
      ...{
        id: o.id,
        at: o.at,
        reason: o.reason,
        openedAt: o.openedAt,
        who: o.who,
        basis: o.basis,
        thing: o.thing,
      },
      ...{ state: o.state, answer: o.answer },
      resident: {
        ...{
          id: o.residentId,
          nameMasked: o.nameMasked,
          sex: o.sex,
          birthDate: o.birthDate,
          idMasked: o.idMasked,
        },
      },
    }))
    return { items, total: found.total }
  },

  async answerObjection(ctx, { params, body }) {
    const institutionId = ownInstitution(ctx.actor)
    const row = await store.lock(ctx, params.id, institutionId)
    if (row.state === 'answered') refuse('conflict', 'resident.objection-answered-already')
    await store.change(ctx, row, body.answer)
    const thing = `objection:${row.id}`
    if (await caseOf(ctx, thing)) await closeCase(ctx, thing)
    const { residentId } = row
    const data = { objectionId: row.id }
    await tell(ctx, 'resident.objection-answered', { thing, residentId, audience: [institutionId], data })
    return { id: row.id }
  },
}
