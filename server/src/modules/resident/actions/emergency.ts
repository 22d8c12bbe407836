import type { consentApi } from '@tongmai/api/resident/consent'
import { ownInstitution } from '../../../kernel/actor.ts'
import { caseOf, closeCase, openCase } from '../../../kernel/case.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { countOpenings, listOpeningsOn } from '../../../kernel/opening.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import * as store from '../store/consent.ts'
import { ruleOf } from '../store/person.ts'
import { endGrant, grant } from './grant.ts'
import { basisFor, cards } from './lawful.ts'
import { shownOpenings } from './mine.ts'

const HOUR_MS = 3_600_000
/** An emergency opens every category: whoever lies unconscious may have taken anything. */
const everything = 15
const sourceOf = (id: string): string => `emergency:${id}`

type Own = Pick<
  typeof consentApi,
  'openInEmergency' | 'listEmergencies' | 'listEmergencyOpenings' | 'judgeEmergency'
>

export const emergencyActions: Actions<Own> = {
  async openInEmergency(ctx, { params, body }) {
    if (!(await cards(ctx, [params.id])).has(params.id)) refuse('missing', 'resident.missing')
    const held = await basisFor(ctx, params.id)
    if (held?.basis === 'emergency') refuse('conflict', 'resident.emergency-open-already')
    const today = dayOf(ctx.now)
    const hours = await ruleOf(ctx, 'emergencyHours', today)
    const reviewHours = await ruleOf(ctx, 'emergencyReviewHours', today)
    const id = ctx.id()
    const residentId = params.id
    const institutionId = ownInstitution(ctx.actor)
    const until = new Date(ctx.now.getTime() + hours * HOUR_MS)
    const { practitionerId, id: actorId } = ctx.actor
    await store.addEmergency(ctx, {
      ...{ residentId, id, institutionId, actorId, practitionerId, reason: body.reason, at: ctx.now, until },
      ...{ note: null, closedAt: null, closedBy: null },
    })
    const opens = { residentId, institutionId, basis: 'emergency', source: sourceOf(id) } as const
    await grant(ctx, { ...opens, depth: 'full', until, sensitive: everything })
    await openCase(ctx, {
      ...{ kind: 'resident.emergency', thing: sourceOf(id), residentId, institutionId },
      ...{ duty: 'office.head', step: 'judge-emergency' },
      due: new Date(ctx.now.getTime() + reviewHours * HOUR_MS),
    })
    ctx.opened({ residentId, basis: 'emergency', thing: 'record', purpose: body.reason })
    await tell(ctx, 'resident.emergency-opened', {
      thing: sourceOf(id),
      residentId,
      audience: [institutionId],
      data: { emergencyId: id, reason: body.reason },
    })
    return { id, until }
  },

  async listEmergencies(ctx, { query }) {
    const found = await store.listEmergencies(ctx, { institutionId: ownInstitution(ctx.actor), ...query })
    const items = []
    for (const row of found.items) {
      const { id, at, until, who, reason, state, note, residentId, nameMasked, sex, birthDate, idMasked } =
        row
      const of = { residentId, institutionId: row.institutionId, basis: 'emergency', from: at, to: until }
      const openings = await countOpenings(ctx, of)
      const resident = { id: residentId, nameMasked, sex, birthDate, idMasked }
      items.push({
        id,
        at,
        until,
        who,
        reason,
        state,
        note,
        resident,
        openings,
        isMine: row.actorId === ctx.actor.id,
      })
    }
    return { items, total: found.total }
  },

  async listEmergencyOpenings(ctx, { params, query }) {
    const row = await store.findEmergency(ctx, params.id, ownInstitution(ctx.actor))
    const { residentId, institutionId, at: from, until: to } = row
    const of = { residentId, institutionId, basis: 'emergency', from, to }
    const found = await listOpeningsOn(ctx, { ...of, ...query })
    return { items: await shownOpenings(ctx, found.items), total: found.total }
  },

  async judgeEmergency(ctx, { params, body }) {
    const institutionId = ownInstitution(ctx.actor)
    const row = await store.lockEmergency(ctx, params.id, institutionId)
    if (row.state !== 'open') refuse('conflict', 'resident.emergency-judged-already')
    if (row.actorId === ctx.actor.id) refuse('forbidden', 'resident.emergency-judged-by-oneself')
    const state = body.justified ? 'justified' : 'unjustified'
    await store.judge(ctx, row, { state, note: body.note })
    if (!body.justified) await endGrant(ctx, { source: sourceOf(row.id) })
    if (await caseOf(ctx, sourceOf(row.id))) await closeCase(ctx, sourceOf(row.id))
    await tell(ctx, 'resident.emergency-judged', {
      thing: sourceOf(row.id),
      residentId: row.residentId,
      audience: [institutionId],
      data: { emergencyId: row.id, state },
    })
    return { id: row.id, state }
  },
}
