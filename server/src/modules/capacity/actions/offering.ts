import { asSystem } from '../../../kernel/as-system.ts'
import { caseOf, closeCase, handOver, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { WaitingRow } from '../store/waiting.ts'

const HOUR = 3_600_000
/** Until when somebody asks a resident whose offer ran out. */
const ASK_HOURS = 24

const thingOf = (entry: WaitingRow): string => `waiting:${entry.id}`
/** What a referral waits for is the referral's to bring to an end; a booking by itself is nobody's else. */
const isOurs = (entry: WaitingRow): boolean => entry.thing.startsWith('booking:')

/** A place is kept for somebody who waited: whoever put them in line tells them and confirms it before it runs out. */
export const openOffer = (all: Ctx, entry: WaitingRow, until: Date): Promise<void> =>
  owe(all, entry, { step: 'offer', due: until })

/** Nobody took it in time: they stand in line again or wait no longer, and somebody asks them. */
export const loseOffer = (all: Ctx, entry: WaitingRow): Promise<void> =>
  owe(all, entry, { step: 'offerLost', due: new Date(all.now.getTime() + ASK_HOURS * HOUR) })

/** It has been taken, given back or settled. */
export async function closeOffer(ctx: Ctx, entry: WaitingRow): Promise<void> {
  if (isOurs(entry)) await asSystem(ctx, (all) => closeCase(all, thingOf(entry)))
}

async function owe(all: Ctx, entry: WaitingRow, what: { step: string; due: Date }): Promise<void> {
  if (!isOurs(entry)) return
  const institutionId = entry.byInstitutionId ?? entry.institutionId
  const owned = { institutionId, duty: 'capacity.book', practitionerId: null, ...what }
  const thing = thingOf(entry)
  if (await caseOf(all, thing)) return handOver(all, thing, owned)
  await openCase(all, { ...owned, kind: 'capacity.offer', thing, residentId: entry.residentId })
}
