import type { bedApi } from '@tongmai/api/capacity/bed'
import { type BedShown, type BedState, bedFlow } from '@tongmai/api/capacity/flow'
import { step } from '@tongmai/api/kernel'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { requireDepartment } from '../../network/index.ts'
import { confidenceOf } from '../confidence.ts'
import { tell } from '../events.ts'
import * as store from '../store/bed.ts'
import { ruleOf } from '../store/rule.ts'
import { fill } from './fill.ts'

/** A bed as it is now: free, unless somebody's hold on it still runs. */
const shownOf = (bed: Pick<store.BedRow, 'state' | 'reservationId' | 'heldUntil'>, now: Date): BedShown =>
  bed.state === 'free' && bed.reservationId && (bed.heldUntil === null || bed.heldUntil > now)
    ? 'held'
    : bed.state

const announce = (
  ctx: Ctx,
  ward: Pick<store.WardRow, 'id' | 'institutionId' | 'departmentId'>,
  what: 'bed' | 'confirmed',
) =>
  tell(ctx, 'capacity.place-changed', {
    thing: `place:${ward.id}`,
    audience: [ward.institutionId],
    data: {
      placeId: ward.id,
      institutionId: ward.institutionId,
      departmentId: ward.departmentId,
      kind: 'bed',
      what,
      ...{ reservationId: null, for: null, reason: null },
    },
  })

async function ownWard(ctx: Ctx, id: string): Promise<store.WardRow> {
  const ward = await store.findWard(ctx, id)
  if (ward?.institutionId !== ctx.actor.institutionId) refuse('missing', 'capacity.missing')
  return ward as store.WardRow
}

export const bedding: Actions<typeof bedApi> = {
  async readBedBoard(ctx, { query }) {
    const half = await ruleOf(ctx, 'confidenceHalfMinutes')
    const { items, total } = await store.listBoard(ctx, query)
    return {
      items: items.map((row) => ({ ...row, confidence: confidenceOf(row.confirmedAt, ctx.now, half) })),
      total,
    }
  },

  sumBeds: (ctx) => store.sumBoard(ctx),

  async listWards(ctx, { query }) {
    const half = await ruleOf(ctx, 'confidenceHalfMinutes')
    const institutionIds = [query.institutionId ?? ownInstitution(ctx.actor)]
    const rows = await store.listWards(ctx, { institutionIds, limit: 300 })
    return rows.map((row) => ({
      ...row,
      department: row.department ?? '',
      confidence: confidenceOf(row.confirmedAt, ctx.now, half),
    }))
  },

  async addWard(ctx, { body }) {
    const institutionId = ownInstitution(ctx.actor)
    const { departmentId, name, bedKind, beds } = body
    await requireDepartment(ctx, institutionId, departmentId)
    const ward = { institutionId, id: ctx.id(), departmentId, name, bedKind }
    await store.addWards(ctx, [{ ...ward, confirmedAt: ctx.now, confirmedBy: null }])
    const bed = (label: string) => ({
      ...{ institutionId, id: ctx.id(), wardId: ward.id, departmentId, label },
      ...{ state: 'free' as const, changedAt: ctx.now },
    })
    await store.addBeds(
      ctx,
      Array.from({ length: beds }, (_, i) => bed(String(i + 1).padStart(2, '0'))),
    )
    await announce(ctx, ward, 'bed')
    await asSystem(ctx, (all) => fill(all, { departmentId, kind: 'bed' }))
    return { id: ward.id }
  },

  async confirmWard(ctx, { params }) {
    const institutionId = ownInstitution(ctx.actor)
    const ward = await store.confirm(ctx, { id: params.id, institutionId }, ctx.actor.id)
    await announce(ctx, ward, 'confirmed')
    return { id: ward.id, confirmedAt: ward.confirmedAt }
  },

  async listBeds(ctx, { params }) {
    const ward = await ownWard(ctx, params.id)
    const rows = await store.listBeds(ctx, ward.id)
    return rows.map((row) => ({ ...row, shown: shownOf(row, ctx.now) }))
  },

  async moveBed(ctx, { params, body }) {
    const bed = await store.lock(ctx, params.id)
    const next: BedState | undefined = step(bedFlow, bed.state, body.move)
    if (!next) refuse('conflict', 'capacity.bed-cannot', { details: { state: bed.state, move: body.move } })
    if (bed.reservationId && (shownOf(bed, ctx.now) === 'held' || bed.state === 'occupied'))
      refuse('conflict', 'capacity.bed-is-reserved')
    await store.move(ctx, bed, next)
    // Who says something of a bed has looked at the ward's figures.
    const ward = await store.confirm(ctx, { id: bed.wardId, institutionId: bed.institutionId }, ctx.actor.id)
    await announce(ctx, ward, 'bed')
    if (next === 'free') {
      await asSystem(ctx, (all) => fill(all, { departmentId: bed.departmentId, kind: 'bed' }))
    }
    return { id: bed.id, shown: shownOf(await store.lock(ctx, bed.id), ctx.now) }
  },
}
