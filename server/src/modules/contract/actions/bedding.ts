import {
  type Bed,
  type BedCensus,
  type BedFee,
  type BedFeeCode,
  type BedMove,
  type bedApi,
  bedFlow,
} from '@tongmai/api/contract/bed'
import type { OpenMove } from '@tongmai/api/kernel'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import * as store from '../store/bed.ts'
import * as care from '../store/bed-care.ts'
import { findIndication } from '../store/bed-indication.ts'
import { namesOf } from '../store/hospital.ts'
import { findConsent } from '../store/rule.ts'
import * as acts from './bed-care.ts'
import { overseen } from './indicating.ts'

const { thingOf, requireOpen, requirePhysician, announce } = acts

/** What an item was given: the bed once, each round and each nursing. */
async function feesOf(ctx: Ctx, bed: store.HomeBed): Promise<Bed['fees']> {
  const fees = await store.listFees(ctx, bed.communityId, bed.openedOn ?? dayOf(ctx.now))
  const notes = await care.countNotes(ctx, bed.id)
  const times: Record<BedFeeCode, number> = {
    opening: bed.openedOn ? 1 : 0,
    round: (notes.get('round') ?? 0) + (notes.get('review') ?? 0),
    nursing: notes.get('nursing') ?? 0,
  }
  return fees.map((fee: BedFee) => ({ ...fee, times: times[fee.code] }))
}

/** What leads on from here, open to the team of its community. */
function movesOf(ctx: Ctx, bed: store.HomeBed): OpenMove[] {
  const here = Object.keys(bedFlow[bed.status]) as BedMove[]
  if (here.length === 0) return []
  const may = ctx.actor.permissions.has('contract.serve') && bed.communityId === ctx.actor.institutionId
  const wanted = [...here, ...(bed.status === 'open' ? ['note', 'order', 'review', 'visit'] : [])]
  return wanted.map((move) =>
    may ? { move, open: true } : { move, open: false, why: 'contract.community-part' },
  )
}

async function show(ctx: Ctx, id: string): Promise<Bed> {
  const { row, line, contractInForce } = await store.find(ctx, id)
  ctx.opened({ residentId: row.residentId, basis: 'contract', thing: thingOf(id) })
  const { communityId: institutionId, indication } = row
  const rule = await findIndication(ctx, { institutionId, indication, on: dayOf(row.since) })
  return {
    ...{ ...line, plan: row.plan, reviewDays: row.reviewDays, summary: row.summary, contractInForce },
    ...{ signer: row.signature?.signer ?? null, consentVersion: row.consentVersion },
    indicationSource: rule?.state === 'inForce' ? rule.source : null,
    ...{ orders: await care.listOrders(ctx, id), notes: await care.listNotes(ctx, id) },
    ...{ fees: await feesOf(ctx, row), moves: movesOf(ctx, row) },
  }
}

/** The census of each community that the actor leads or oversees. As the system: they see counts, and none of the people. */
async function watched(ctx: Ctx, span: { from: string; to: string }): Promise<BedCensus[]> {
  const all = await overseen(ctx)
  const names = await namesOf(ctx, all)
  const rows: BedCensus[] = []
  for (const id of all) {
    const counted = await asSystem(ctx, (system) => care.census(system, { communityId: id, ...span }))
    rows.push({ community: { id, name: names.get(id) ?? '' }, ...counted })
  }
  return rows
}

/** Beds at home: proposed, opened with an agreement, visited, nursed by orders, reviewed in time, closed with an outcome. */
export const bedding: Actions<typeof bedApi> = {
  proposeBed: async (ctx, { params, body }) => show(ctx, await acts.propose(ctx, params.id, body)),

  async listBeds(ctx, { query }) {
    const found = await store.list(ctx, query)
    for (const { id, resident } of found.items)
      ctx.opened({ residentId: resident.id, basis: 'contract', thing: thingOf(id) })
    return found
  },

  async countBeds(ctx, { query }) {
    const communityId = ownInstitution(ctx.actor)
    const names = await namesOf(ctx, [communityId])
    const counted = await care.census(ctx, { communityId, ...query })
    return { community: { id: communityId, name: names.get(communityId) ?? '' }, ...counted }
  },

  watchBeds: (ctx, { query }) => watched(ctx, query),
  readBedConsent: (ctx) => findConsent(ctx, { about: 'homeBed' }),

  readBed: (ctx, { params }) => show(ctx, params.id),

  async openBed(ctx, { params, body }) {
    await acts.open(ctx, params.id, body)
    return show(ctx, params.id)
  },

  async declineBed(ctx, { params, body }) {
    const bed = await store.lock(ctx, params.id)
    await acts.declineBed(ctx, bed, body.note)
    return show(ctx, bed.id)
  },

  async noteBed(ctx, { params, body }) {
    await acts.note(ctx, params.id, body)
    return show(ctx, params.id)
  },

  async orderBed(ctx, { params, body }) {
    const bed = await store.lock(ctx, params.id)
    requireOpen(bed)
    await requirePhysician(ctx, bed)
    await care.addOrder(ctx, bed, { ...body, orderedBy: ctx.actor.practitionerId })
    await acts.showBed(ctx, bed)
    await announce(ctx, bed, 'ordered')
    return show(ctx, bed.id)
  },

  async stopBedOrder(ctx, { params }) {
    const { bedId, id } = await care.findOrder(ctx, params.id)
    const bed = await store.lock(ctx, bedId)
    requireOpen(bed)
    await requirePhysician(ctx, bed)
    await care.stopOrders(ctx, { bedId, id })
    await acts.showBed(ctx, bed)
    await announce(ctx, bed, 'ordered')
    return show(ctx, bedId)
  },

  async reviewBed(ctx, { params, body }) {
    await acts.review(ctx, params.id, body)
    return show(ctx, params.id)
  },

  async closeBed(ctx, { params, body }) {
    const bed = await store.lock(ctx, params.id)
    await requirePhysician(ctx, bed)
    await acts.closeBed(ctx, bed, body)
    return show(ctx, bed.id)
  },

  listMyBeds: (ctx, { query }) => store.listOwn(ctx, query),
}
