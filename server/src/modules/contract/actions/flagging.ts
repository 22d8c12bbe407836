import type { Delivery as Given } from '@tongmai/api/contract/fulfilment'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import { findInstitution } from '../../network/index.ts'
import { listDoneOn, type ServiceRow } from '../store/due.ts'
import * as flags from '../store/flag.ts'
import { ruleOf } from '../store/rule.ts'
import { type Delivery, type Point, suspicionsOf } from '../suspicion.ts'

/** The measurements in a fixed order as text; few and round values are no sign of anything. */
const readingsOf = (given: Pick<Given, 'measurements'>): string =>
  given.measurements.length < 2
    ? ''
    : given.measurements
        .map((one) => `${one.name}=${one.value}${one.unit}`)
        .sort()
        .join(' ')

const asDelivery = (row: Pick<ServiceRow, 'id' | 'residentId'>, proof: Given): Delivery => ({
  ...{ serviceId: row.id, residentId: row.residentId, at: proof.at, place: proof.place },
  readings: readingsOf(proof),
})

async function centreOf(ctx: Ctx, communityId: string): Promise<Point | null> {
  const { latitude, longitude } = await findInstitution(ctx, communityId)
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

/** Compares a delivery with the others of the same person on that day, and raises what looks odd. It blocks nothing. */
export async function raiseFlags(ctx: Ctx, row: ServiceRow, proof: Given): Promise<void> {
  const { practitionerId } = ctx.actor
  const day = dayOf(proof.at)
  const done = practitionerId ? await listDoneOn(ctx, practitionerId, day) : []
  const limits = {
    neverLeftMetres: await ruleOf(ctx, 'neverLeftMetres', day),
    twoPlacesMetres: await ruleOf(ctx, 'twoPlacesMetres', day),
    sameReadingsCount: await ruleOf(ctx, 'sameReadingsCount', day),
  }
  const found = suspicionsOf(asDelivery(row, proof), {
    centre: await centreOf(ctx, row.communityId),
    isHomeVisit: row.evidence.includes('placeAndTime'),
    others: done.filter((one) => one.id !== row.id).map((one) => asDelivery(one, one.proof)),
    limits,
  })
  const of = { residentId: row.residentId, serviceId: row.id, communityId: row.communityId, practitionerId }
  await flags.add(ctx, of, found)
}
