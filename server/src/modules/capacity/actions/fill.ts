import type { PlaceKind } from '@tongmai/api/capacity/flow'
import type { Ctx } from '../../../kernel/ctx.ts'
import { tell } from '../events.ts'
import { laterOf } from '../later-of.ts'
import { sharesOf } from '../policy.ts'
import { ruleOf } from '../store/rule.ts'
import * as waiting from '../store/waiting.ts'
import { openOffer } from './offering.ts'
import { isContracted } from './source.ts'
import { take } from './take.ts'

const MINUTE = 60_000
/** How many places one freeing may hand on, and how many in line it tries; the sweep does the rest. */
const MOST = 50

/**
 * Hands what is free at a department to who waits for it, in their turn, each held until a deadline. As the system,
 * in the transaction that freed it. Answers how many got a place.
 */
export async function fill(
  all: Ctx,
  { not = [], ...of }: { departmentId: string; kind: PlaceKind; not?: readonly string[] },
): Promise<number> {
  const tried = [...not]
  let filled = 0
  while (tried.length < MOST) {
    const entry = await waiting.lockNext(all, { ...of, not: tried })
    if (!entry) break
    tried.push(entry.id)
    if (await offer(all, entry)) filled += 1
  }
  return filled
}

/** Holds a place for somebody who waits; false where nothing free is theirs to have. */
export async function offer(all: Ctx, entry: waiting.WaitingRow): Promise<boolean> {
  const contracted = await isContracted(all, entry.residentId)
  const minutes = await ruleOf(all, 'offerMinutes')
  const until = new Date(all.now.getTime() + minutes * MINUTE)
  const row = await take(all, {
    place: {
      ...{ departmentId: entry.departmentId, kind: entry.kind, bedKind: entry.bedKind },
      from: laterOf(entry.wantedFrom, all.now),
      to: entry.wantedUntil,
    },
    residentId: entry.residentId,
    source: entry.source,
    shares: sharesOf(entry.source, contracted),
    thing: entry.thing,
    until,
    askedAt: entry.since,
    wantedFrom: entry.wantedFrom,
    by: { institutionId: entry.byInstitutionId, id: entry.byId },
  })
  if (!row) return false
  await waiting.move(all, entry, { status: 'filled', reservationId: row.id, lostAt: null })
  await openOffer(all, entry, row.heldUntil ?? until)
  await tell(all, 'capacity.filled-from-waiting', {
    thing: `waiting:${entry.id}`,
    residentId: entry.residentId,
    audience: [...new Set([entry.institutionId, entry.byInstitutionId ?? entry.institutionId])],
    data: {
      placeId: row.slotId ?? row.wardId ?? '',
      institutionId: entry.institutionId,
      departmentId: entry.departmentId,
      kind: entry.kind,
      waitingId: entry.id,
      reservationId: row.id,
      for: entry.thing,
      at: row.startsAt.toISOString(),
      until: (row.heldUntil ?? until).toISOString(),
      byInstitutionId: entry.byInstitutionId,
      byId: entry.byId,
    },
  })
  return true
}
