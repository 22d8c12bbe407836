import type { Holder, pharmacyMineApi } from '@tongmai/api/pharmacy/mine'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { currentContract } from '../../contract/index.ts'
import { travelMinutes } from '../../network/index.ts'
import { listTaken } from '../../record/index.ts'
import { institutionOf, requireResident } from '../../resident/index.ts'
import { meant } from '../align.ts'
import * as store from '../store/medicine.ts'

const NEAR_MAX = 3
const FORMULARY_MAX = 5000
const farthest = Number.POSITIVE_INFINITY

const isText = (text: string | null): text is string => text !== null

/** Those that have it before those that order it, then by the way. */
const byUse = (a: Holder, b: Holder): number =>
  Number(b.state === 'inStock') - Number(a.state === 'inStock') ||
  (a.minutes ?? farthest) - (b.minutes ?? farthest)

/** From where a resident goes: the community of the contract, else where they are registered. */
const homeOf = async (ctx: Ctx, residentId: string): Promise<string | null> =>
  (await currentContract(ctx, residentId))?.communityId ??
  asSystem(ctx, (all) => institutionOf(all, residentId))

/** Who holds each of these medicines of the formulary, with the way there. */
async function holdersOf(ctx: Ctx, medicineIds: readonly string[], home: string | null) {
  const held = medicineIds.length === 0 ? [] : await store.listHeld(ctx, medicineIds, dayOf(ctx.now))
  const places = [...new Set(held.map(({ institutionId }) => institutionId))]
  const minutes = home === null ? new Map<string, number>() : await travelMinutes(ctx, home, places)
  const far = held.map((one) => ({ ...one, minutes: minutes.get(one.institutionId) ?? null }))
  return Map.groupBy(far, ({ medicineId }) => medicineId)
}

/** One place once, with the best it has of what is meant. */
function nearest(holders: readonly Holder[]): Holder[] {
  const seen = new Set<string>()
  return holders
    .toSorted(byUse)
    .filter(({ institutionId }) => !seen.has(institutionId) && seen.add(institutionId))
    .slice(0, NEAR_MAX)
    .map(({ institutionId, name, state, minutes, confirmedAt }) => ({
      ...{ institutionId, name, state, minutes, confirmedAt },
    }))
}

export const mine: Actions<typeof pharmacyMineApi> = {
  async listMyMedicines(ctx, { query: { residentId } }) {
    await requireResident(ctx, residentId)
    const taken = await listTaken(ctx, residentId)
    const formulary = (await store.listFacts(ctx, null, FORMULARY_MAX)).filter(({ retired }) => !retired)
    const found = taken.map((one) => ({ one, meant: meant(formulary, one.name).map(({ id }) => id) }))
    const home = await homeOf(ctx, residentId)
    const holders = await holdersOf(ctx, [...new Set(found.flatMap((each) => each.meant))], home)
    const names = await store.listNames(ctx, {
      practitioners: taken.map((one) => one.practitionerId).filter(isText),
      institutions: [home, ...taken.map((one) => one.institutionId)].filter(isText),
    })
    return {
      from: (home && names.get(home)) ?? null,
      medicines: found.map(({ one, meant: ids }) => ({
        ...{ id: one.id, name: one.name, dose: one.dose, onHold: one.onHold },
        ...{ since: one.since, until: one.until, suppliedUntil: one.suppliedUntil },
        prescriber: (one.practitionerId && names.get(one.practitionerId)) ?? one.prescriber,
        institution: (one.institutionId && names.get(one.institutionId)) ?? null,
        listed: ids.length > 0,
        near: nearest(ids.flatMap((id) => holders.get(id) ?? [])),
      })),
    }
  },
}
