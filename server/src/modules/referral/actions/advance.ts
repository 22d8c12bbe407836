import { isEnded, kebab, type ReferralMove } from '@tongmai/api/referral/flow'
import { asSystem } from '../../../kernel/as-system.ts'
import { closeCase, handOver, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { project, projectMany } from '../../../kernel/resource/project.ts'
import { endGrant, grant } from '../../resident/index.ts'
import {
  assignResponsible,
  handOverResponsible,
  releaseResponsible,
  responsibleOf,
} from '../../workforce/index.ts'
import { toServiceRequest, toTask } from '../fhir.ts'
import { kindOf, notNow, notTheirs, ownerOf, type PersonMove } from '../policy.ts'
import * as store from '../store/referral.ts'
import type { ReferralRow } from '../store/row.ts'
import { announce, confirmationOf, partiesOf, thingOf } from './announce.ts'
import { endCare } from './going-on.ts'
import { settleGreen } from './green-channel.ts'
import { requireFree } from './held.ts'
import { settlePlace } from './placing.ts'

/** The chain of care that one physician answers for: the first referral's thing, there and back. */
const episodeOf = (r: ReferralRow): string => thingOf(r.episodeId)

/** Locks the referral for a move: 404 where it is not theirs to see, 403 not their part, 409 not now. */
export async function take(
  ctx: Ctx,
  id: string,
  move: PersonMove,
  read: { readonly version?: number | undefined } = {},
): Promise<ReferralRow> {
  const row = await store.lock(ctx, id)
  const others = notTheirs(ctx.actor, row, move)
  allow(others === undefined, others ?? '')
  const why = notNow(row, move)
  if (why) refuse('conflict', why, { details: { status: row.status, move: kebab(move) } })
  if (read.version !== undefined && read.version !== row.version) {
    refuse('conflict', 'referral.stale', { details: { version: row.version } })
  }
  await requireFree(ctx, row)
  return row
}

/** Moves it on, and with it everything that follows: owner and deadline, access, FHIR, the announcement. */
export async function advance(
  ctx: Ctx,
  row: ReferralRow,
  move: ReferralMove,
  moving: store.Moving = {},
): Promise<ReferralRow> {
  const next = moving.leaves
    ? await asSystem(ctx, (all) => store.move(all, row, move, { ...moving, by: ctx.actor }))
    : await store.move(ctx, row, move, moving)
  await settleOwner(ctx, next, move)
  const over = isEnded(next.status) && !isEnded(row.status)
  await asSystem(ctx, async (all) => {
    await settleAccess(all, row, next)
    await settlePlace(all, row, move, over)
    await show(all, next, row.submittedAt === null)
  })
  await settleChannel(ctx, row, move, over)
  if (over) await settleEnd(ctx, next)
  await announce(ctx, next, move, row.status)
  return next
}

async function settleChannel(ctx: Ctx, row: ReferralRow, move: ReferralMove, over: boolean): Promise<void> {
  if (move === 'arrive') await settleGreen(ctx, row, 'arrived')
  else if (move === 'redirect') await settleGreen(ctx, row, 'redirected')
  else if (over || move === 'expire') await settleGreen(ctx, row, 'referralEnded')
}

/** What the caller is told after a write. */
export const brief = (row: ReferralRow) => ({
  id: row.id,
  number: row.number,
  status: row.status,
  due: row.due,
  version: row.version,
})

async function settleOwner(ctx: Ctx, next: ReferralRow, move: ReferralMove): Promise<void> {
  const owned = ownerOf(next, move === 'noShow')
  if (!owned || !next.due) return closeCase(ctx, thingOf(next.id))
  if (move === 'confirm' || move === 'dispute') return
  await handOver(ctx, thingOf(next.id), { ...owned, due: next.due, kind: kindOf(next) })
}

/** Opens the case of a new draft, or of one whose case rested while its down-referral was under way. */
export async function open(ctx: Ctx, row: ReferralRow): Promise<void> {
  const owned = ownerOf(row)
  if (!owned || !row.due) return
  await openCase(ctx, {
    ...owned,
    kind: kindOf(row),
    thing: thingOf(row.id),
    residentId: row.residentId,
    due: row.due,
  })
}

/** The receiver may open the record while the referral is under way, and no longer. */
const gives = (r: ReferralRow): boolean =>
  !r.external && r.submittedAt !== null && !isEnded(r.status) && r.status !== 'expired'

async function settleAccess(ctx: Ctx, before: ReferralRow, next: ReferralRow): Promise<void> {
  const stays = before.toInstitutionId === next.toInstitutionId
  if (stays && gives(before) === gives(next)) return
  const source = thingOf(next.id)
  if (!stays) await endGrant(ctx, { source, residentId: next.residentId })
  if (!gives(next)) return endGrant(ctx, { source, residentId: next.residentId })
  await grant(ctx, {
    residentId: next.residentId,
    institutionId: next.toInstitutionId,
    basis: 'referral',
    source,
    depth: 'full',
    viaInstitutionId: next.fromInstitutionId,
  })
}

/** Puts its FHIR form into the store, for the parties only; what is sent this moment is new there. */
export async function show(ctx: Ctx, row: ReferralRow, isNew = false): Promise<void> {
  if (!row.submittedAt) return
  const about = {
    residentId: row.residentId,
    institutionId: row.fromInstitutionId,
    audience: partiesOf(row),
  }
  const forms = [toServiceRequest(row), toTask(row)].map((resource) => ({ resource, ...about }))
  if (isNew) await projectMany(ctx, forms)
  else for (const form of forms) await project(ctx, form)
}

/** What follows from an end: nobody answers for it or has to confirm it any more, and the referral it came from goes on or ends too. */
async function settleEnd(ctx: Ctx, row: ReferralRow): Promise<void> {
  const { parentId } = row
  await endCare(ctx, row)
  if (row.begunBy === 'receiver') await closeCase(ctx, confirmationOf(row.id))
  const goesOn = await asSystem(ctx, (all) => store.isEpisodeLive(all, row.episodeId))
  if (!goesOn) await asSystem(ctx, (all) => releaseResponsible(all, episodeOf(row)))
  if (!parentId || row.direction !== 'down') return
  const by = ctx.actor
  await asSystem(ctx, async (all) => {
    const parent = await store.lock(all, parentId)
    if (parent.status !== 'awaitingDownReferral') return
    if (row.status !== 'closed') return row.submittedAt ? wake(all, parent) : undefined
    await advance(all, parent, 'close', {
      by,
      comment: row.number,
      set: { endedAt: all.now, ending: ended('loopClosed', '') },
    })
  })
}

/** Its down-referral came to nothing: the referral is on the hospital's list again, with its time anew. */
const wake = async (ctx: Ctx, parent: ReferralRow): Promise<void> =>
  open(ctx, await store.changeClock(ctx, parent, 'runs'))

/** While its down-referral is under way, that one carries the deadline for both. */
export async function rest(ctx: Ctx, parentId: string): Promise<void> {
  await asSystem(ctx, async (all) => {
    const parent = await store.lock(all, parentId)
    if (parent.status !== 'awaitingDownReferral') return
    await closeCase(all, thingOf(parent.id))
    await store.changeClock(all, parent, 'rests')
  })
}

/** An ending as it is kept. */
export const ended = (
  reason: NonNullable<ReferralRow['ending']>['reason'],
  note: string,
  more: { advice?: string; alternativeInstitutionId?: string | null } = {},
): NonNullable<ReferralRow['ending']> => ({
  reason,
  note,
  advice: more.advice ?? '',
  alternativeInstitutionId: more.alternativeInstitutionId ?? null,
})

/** From now on this physician answers for the patient's chain of care; one hand-over, never two, never nobody. */
export async function answerFor(
  ctx: Ctx,
  row: ReferralRow,
  who: { practitionerId: string | null; institutionId: string; note?: string },
): Promise<void> {
  const { practitionerId, institutionId, note = row.number } = who
  if (!practitionerId) return
  const thing = episodeOf(row)
  // As the system: the new physician's institution was no party of the chain so far.
  await asSystem(ctx, async (all) => {
    const now = await responsibleOf(all, thing)
    if (now) return handOverResponsible(all, { thing, toPractitionerId: practitionerId, institutionId, note })
    await assignResponsible(all, { thing, residentId: row.residentId, institutionId, practitionerId })
  })
}
