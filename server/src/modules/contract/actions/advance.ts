import { type ContractMove, type EndReason, isInForce } from '@tongmai/api/contract/flow'
import { asSystem } from '../../../kernel/as-system.ts'
import { closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { startOf } from '../../../kernel/day.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { project } from '../../../kernel/resource/project.ts'
import { endGrant, grantMany, type NewGrant } from '../../resident/index.ts'
import { type contractEvents, tell, type told } from '../events.ts'
import { toCareTeam, toContract, toCoverage, toEpisode } from '../fhir.ts'
import { notNow, notTheirs, type PersonMove } from '../policy.ts'
import * as store from '../store/contract.ts'
import { lapse } from '../store/due.ts'
import { passOn, takeOverBed } from '../store/pass-on.ts'
import type { ContractRow } from '../store/row.ts'
import { ruleOf } from '../store/rule.ts'
import { layServices } from './lay.ts'
import { endWhatRests } from './leaving.ts'

const HOUR = 3_600_000
export const thingOf = (id: string): string => `contract:${id}`

/** Locks the contract for a person's move: 404 where it is not theirs to see, 403 not their part, 409 not now. */
export async function take(ctx: Ctx, id: string, move: PersonMove): Promise<ContractRow> {
  await store.find(ctx, id)
  // As the system: who may see a contract and not move it is told so, instead of that there is none.
  const row = await asSystem(ctx, (all) => store.lock(all, id))
  const others = notTheirs(ctx.actor, row, move)
  allow(others === undefined, others ?? '')
  const next = move === 'renew' ? await store.findNext(ctx, row.id) : undefined
  const why = notNow(row, move, isLive(next))
  if (why) refuse('conflict', why, { details: { status: row.status, endsOn: row.endsOn } })
  return row
}

/** What the caller is told after a write. */
export const brief = (row: ContractRow) => ({
  ...{ id: row.id, number: row.number, residentId: row.residentId, status: row.status },
  ...{ startsOn: row.startsOn, endsOn: row.endsOn, version: row.version },
})

/** Whether a follower still stands: signed, and not ended before it began. */
export const isLive = (next: ContractRow | undefined): boolean => next !== undefined && next.endedOn === null

/** The institutions that a signed contract concerns. */
export const partiesOf = (row: ContractRow): string[] =>
  [row.communityId, row.secondaryId, row.tertiaryId].filter((id) => id !== null)

/** Announces it to its parties; before it is signed only to the community. */
export async function announce(ctx: Ctx, row: ContractRow, name: Told, reason: EndReason | null = null) {
  await tell(ctx, name, {
    thing: thingOf(row.id),
    residentId: row.residentId,
    audience: row.signedAt ? partiesOf(row) : [row.communityId],
    data: {
      ...{ id: row.id, number: row.number, status: row.status, communityId: row.communityId },
      ...{ teamId: row.teamId, doctorId: row.doctorId, secondaryId: row.secondaryId },
      ...{ tertiaryId: row.tertiaryId, startsOn: row.startsOn, endsOn: row.endsOn, prevId: row.prevId },
      reason,
    },
  })
}
type Told = {
  [Name in keyof typeof contractEvents]: (typeof contractEvents)[Name] extends typeof told ? Name : never
}[keyof typeof contractEvents]

/** What a contract in force lets its parties open: the community all, the chosen hospitals the summary. */
export function grantsOf(row: ContractRow): NewGrant[] {
  const given = { residentId: row.residentId, basis: 'contract' as const, source: thingOf(row.id) }
  const via = { viaInstitutionId: row.communityId, depth: 'summary' as const }
  const hospitals = [row.secondaryId, row.tertiaryId].filter((id) => id !== null)
  return [
    { ...given, institutionId: row.communityId, depth: 'full' },
    ...hospitals.map((institutionId) => ({ ...given, ...via, institutionId })),
  ]
}

/** It binds from now on: the community opens the whole record, the chosen hospitals its summary. */
export async function begin(ctx: Ctx, row: ContractRow): Promise<void> {
  await grantMany(ctx, grantsOf(row))
  await layServices(ctx, [row])
  await takeOverBed(ctx, row)
  await show(ctx, row)
  await announce(ctx, row, 'contract.signed')
}

/** Moves it to an end, and with it what rests on it: access, its open case, FHIR, the announcement. */
export async function end(
  ctx: Ctx,
  row: ContractRow,
  move: ContractMove,
  said: { reason: EndReason; comment?: string; on: string } & store.StepBy,
): Promise<ContractRow> {
  const { reason, comment = '', on, by } = said
  const unserved = await lapse(ctx, row, on)
  const ending = { reason, note: comment, unserved }
  const moving = { comment, set: { ending, endedOn: on }, ...(by ? { by } : {}) }
  const next = await store.move(ctx, row, move, moving)
  await closeCase(ctx, thingOf(row.id))
  if (!row.signedAt) {
    await announce(ctx, next, 'contract.application-ended', reason)
    return next
  }
  if (isInForce(row.status) && !row.upcoming) {
    await endGrant(ctx, { source: thingOf(row.id) })
    if (move !== 'carryOn') await endWhatRests(ctx, row, reason)
  }
  await show(ctx, next)
  await announce(ctx, next, 'contract.ended', reason)
  return next
}

/** Puts its FHIR forms into the store: the contract, the team that cares, the episode of care, the coverage. */
export async function show(ctx: Ctx, row: ContractRow): Promise<void> {
  if (!row.signedAt) return
  const about = { residentId: row.residentId, institutionId: row.communityId }
  await project(ctx, { resource: toContract(row), ...about, audience: partiesOf(row) })
  await project(ctx, { resource: toCareTeam(row), ...about })
  await project(ctx, { resource: toEpisode(row), ...about })
  await project(ctx, { resource: toCoverage(row), ...about })
}

/** Somebody at the community owes the applicant an answer. */
export async function openApplication(ctx: Ctx, row: ContractRow): Promise<void> {
  const hours = await ruleOf(ctx, 'answerHours')
  await openCase(ctx, {
    ...{ kind: 'contract', thing: thingOf(row.id), residentId: row.residentId, step: 'pendingReview' },
    ...{ institutionId: row.communityId, duty: 'contract.sign', practitionerId: row.doctorId },
    due: new Date(ctx.now.getTime() + hours * HOUR),
  })
}

/** Its last days have come: the doctor sees it on the work-list until it is renewed or has run out. */
export async function nearEnd(ctx: Ctx, id: string): Promise<void> {
  const row = await store.lock(ctx, id)
  if (row.status !== 'active' || row.upcoming) return
  const next = await store.move(ctx, row, 'nearEnd')
  await openCase(ctx, {
    ...{ kind: 'contract', thing: thingOf(row.id), residentId: row.residentId, step: 'renewal' },
    ...{ institutionId: row.communityId, duty: 'contract.sign', practitionerId: row.doctorId },
    due: startOf(row.endsOn),
  })
  await show(ctx, next)
  await announce(ctx, next, 'contract.expiring')
}

/** Its last day has passed: it ends as renewed where a follower is signed, which begins; else as expired. */
export async function runOut(ctx: Ctx, id: string): Promise<void> {
  const row = await store.lock(ctx, id)
  if (row.status !== 'expiring') return
  const follower = await store.findNext(ctx, row.id)
  const goesOn = follower?.status === 'active' && follower.upcoming
  const reason = goesOn ? 'renewed' : 'expired'
  await end(ctx, row, goesOn ? 'carryOn' : 'expire', { reason, on: row.endsOn })
  if (!goesOn) return
  await begin(ctx, await store.changeUpcoming(ctx, follower))
  await passOn(ctx, row.id, follower.id)
}

/** Somebody has died or moved: whatever lives of theirs ends, applications and followers too. */
export async function endAllOf(
  ctx: Ctx,
  residentId: string,
  because: { reason: 'died' | 'moved'; on: string },
): Promise<void> {
  await asSystem(ctx, async (all) => {
    for (const row of await store.lockLive(all, [residentId])) await end(all, row, 'terminate', because)
  })
}
