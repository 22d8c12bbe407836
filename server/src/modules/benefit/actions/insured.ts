import type { Insured, insuredApi } from '@tongmai/api/benefit/insured'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { lastOf, type ResourceOwner } from '../../../kernel/resource/owner.ts'
import { project, unproject } from '../../../kernel/resource/project.ts'
import { findInstitution } from '../../network/index.ts'
import { requireResident } from '../../resident/index.ts'
import { tell } from '../events.ts'
import { coverageOf, systems } from '../fhir.ts'
import * as store from '../store/insured.ts'
import { findArea } from '../store/rule.ts'

const isInForce = (one: Insured, on: string): boolean =>
  one.since <= on && (one.until === null || on <= one.until)

/** Puts what a resident is and was insured by into the FHIR store; what gave way is taken out. */
async function show(ctx: Ctx, residentId: string, before: readonly Insured[]): Promise<void> {
  const now = await store.listOf(ctx, residentId)
  for (const one of now) await project(ctx, { resource: coverageOf(residentId, one), residentId })
  const kept = new Set(now.map(({ id }) => id))
  for (const { id } of before) if (!kept.has(id)) await unproject(ctx, 'Coverage', id)
}

const fields = (path: string, problem: string) => ({ fields: [{ path, problem }] })

export const insuredActions: Actions<typeof insuredApi> = {
  async readInsurance(ctx, { params }) {
    const { id } = await requireResident(ctx, params.id)
    const history = await store.listOf(ctx, id)
    const current = history.find((one) => isInForce(one, dayOf(ctx.now))) ?? null
    const mayRecord = ctx.actor.permissions.has('benefit.insure')
    const stays = await store.listStays(ctx, id)
    return { current, history, stays, capUses: await store.listCapUses(ctx, id), mayRecord }
  },

  async recordInsurance(ctx, { params, body }) {
    const { id: residentId } = await requireResident(ctx, params.id)
    if (!(await findArea(ctx, body.area)))
      refuse('unprocessable', 'benefit.area-unknown', fields('area', 'unknown'))
    const before = await store.listOf(ctx, residentId)
    const added = await store.add(ctx, residentId, { ...body, id: ctx.id(), recordedAt: ctx.now })
    await show(ctx, residentId, before)
    const { area, scheme, category } = added
    const data = { area, scheme, category }
    await tell(ctx, 'benefit.insurance-recorded', { thing: `resident:${residentId}`, residentId, data })
    return added
  },

  async recordStay(ctx, { params, body }) {
    const { id: residentId } = await requireResident(ctx, params.id)
    const { name: _, ...institution } = await findInstitution(ctx, body.institutionId)
    if (body.dischargedOn !== null && body.dischargedOn < body.admittedOn)
      refuse(
        'unprocessable',
        'benefit.ends-before-it-starts',
        fields('dischargedOn', 'ends-before-it-starts'),
      )
    const id = ctx.id()
    const stay = { ...body, id, episode: body.episode ?? `E-${id}` }
    await store.addStay(ctx, residentId, stay)
    const data = { stayId: id, episode: stay.episode, institutionId: institution.id }
    await tell(ctx, 'benefit.stay-recorded', { thing: `resident:${residentId}`, residentId, data })
    return { ...stay, institutionName: institution.shortName }
  },

  async recordCapUse(ctx, { params, body }) {
    const { id: residentId } = await requireResident(ctx, params.id)
    const day = dayOf(ctx.now)
    if (body.asOf > day) refuse('unprocessable', 'benefit.not-yet', fields('asOf', 'in-future'))
    const use = { ...body, id: ctx.id() }
    await store.addCapUse(ctx, residentId, use)
    const data = { kind: use.kind, asOf: use.asOf }
    await tell(ctx, 'benefit.cap-use-recorded', { thing: `resident:${residentId}`, residentId, data })
    return use
  },
}

/** Projects what residents are insured by anew, in id order. */
async function rebuild(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const rows = await store.listAfter(ctx, after, limit)
  for (const { residentId, ...one } of rows)
    await project(ctx, { resource: coverageOf(residentId, one), residentId })
  return lastOf(rows, limit)
}

const notOverFhir = async (): Promise<never> => refuse('forbidden', 'benefit.recorded-at-the-desk-only')

/** Coverages with our scheme are projections of what was recorded at a desk; all others are stored as they come. */
export const coverageOwner: ResourceOwner = {
  type: 'Coverage',
  owns: ({ type }) => JSON.stringify(type ?? null).includes(`"${systems.scheme}"`),
  models: ['status', 'type', 'beneficiary', 'period', 'payor', 'class'],
  create: notOverFhir,
  change: notOverFhir,
  rebuild: { name: 'benefit.insured', edition: 1, run: rebuild },
}
