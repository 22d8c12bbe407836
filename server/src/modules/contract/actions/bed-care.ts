import type { bedApi } from '@tongmai/api/contract/bed'
import { isInForce } from '@tongmai/api/contract/flow'
import type { Measured } from '@tongmai/api/contract/fulfilment'
import type * as z from 'zod/mini'
import { ownInstitution } from '../../../kernel/actor.ts'
import { closeCase, handOver, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf, startOf } from '../../../kernel/day.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { project } from '../../../kernel/resource/project.ts'
import { requireResident } from '../../resident/index.ts'
import { findTeam, hindranceTo, requireLicensed } from '../../workforce/index.ts'
import { tell } from '../events.ts'
import { toBedEpisode, toBedPlan } from '../fhir-bed.ts'
import { bedNumber } from '../number.ts'
import * as store from '../store/bed.ts'
import * as care from '../store/bed-care.ts'
import { findIndication } from '../store/bed-indication.ts'
import * as contracts from '../store/contract.ts'
import { ruleOf } from '../store/rule.ts'
import * as visits from '../store/visit.ts'
import { requireGuardian } from './guardian.ts'
import { takeSignature } from './signature.ts'

type Body<Name extends 'proposeBed' | 'openBed' | 'noteBed' | 'reviewBed'> = z.output<
  (typeof bedApi)[Name]['body']
>

const HOUR = 3_600_000
const TOLERANCE_MS = 5 * 60_000
export const thingOf = (id: string): string => `home-bed:${id}`

/** Who orders, opens, reviews and closes is a physician who may treat here. */
export const requirePhysician = (ctx: Ctx, bed: store.HomeBed): Promise<void> =>
  requireLicensed(ctx, ctx.actor.practitionerId, 'treat', bed.communityId)

export const announce = (
  ctx: Ctx,
  bed: store.HomeBed,
  name: 'proposed' | 'opened' | 'declined' | 'noted' | 'ordered' | 'reviewed' | 'closed',
) =>
  tell(ctx, `contract.bed-${name}`, {
    ...{ thing: thingOf(bed.id), residentId: bed.residentId, audience: [bed.communityId] },
    data: { id: bed.id, number: bed.number, status: bed.status, doctorId: bed.doctorId },
  })

/** Puts its FHIR forms into the store, once it has been opened. */
export async function showBed(ctx: Ctx, bed: store.HomeBed): Promise<void> {
  if (!bed.openedOn) return
  const about = { residentId: bed.residentId, institutionId: bed.communityId }
  await project(ctx, { resource: toBedEpisode(bed), ...about })
  await project(ctx, { resource: toBedPlan(bed, await care.listOrders(ctx, bed.id)), ...about })
}

const ownerOf = (bed: store.HomeBed, step: string, due: Date) => ({
  ...{ institutionId: bed.communityId, duty: 'contract.serve', practitionerId: bed.doctorId, step, due },
})

/** Proposes a bed for who is under contract here; answers its id. */
export async function propose(ctx: Ctx, contractId: string, body: Body<'proposeBed'>): Promise<string> {
  const contract = await contracts.lock(ctx, contractId)
  if (contract.communityId !== ownInstitution(ctx.actor)) refuse('forbidden', 'contract.community-part')
  if (!isInForce(contract.status) || contract.upcoming) refuse('conflict', 'contract.not-in-force')
  const { doctorId, nurseId, reviewDays, ...said } = body
  const asked = { institutionId: contract.communityId, indication: said.indication, on: dayOf(ctx.now) }
  const rule = await findIndication(ctx, asked)
  if (rule?.state !== 'inForce') refuse('conflict', 'contract.bed-indication-off')
  const team = await findTeam(ctx, contract.teamId)
  const nurse = nurseId ?? team?.members.find((one) => one.kind === 'nurse')?.practitionerId ?? null
  const id = ctx.id()
  const { residentId, communityId, teamId } = contract
  const bed: store.HomeBed = {
    ...{ residentId, id, number: bedNumber(id, ctx.now), contractId, communityId, teamId, ...said },
    ...{ doctorId: doctorId ?? contract.doctorId, nurseId: nurse, status: 'proposed', since: ctx.now },
    reviewDays: reviewDays ?? (await ruleOf(ctx, 'homeBedReviewDays')),
    ...{ reviewOn: null, openedOn: null, consentVersion: null, consentHash: null, signature: null },
    ...{ closedOn: null, outcome: null, summary: null, version: 1 },
  }
  if (!(await store.add(ctx, bed))) refuse('conflict', 'contract.bed-already')
  const due = new Date(ctx.now.getTime() + (await ruleOf(ctx, 'homeBedAnswerHours')) * HOUR)
  await openCase(ctx, {
    kind: 'contract',
    thing: thingOf(id),
    residentId,
    ...ownerOf(bed, 'bedProposed', due),
  })
  await announce(ctx, bed, 'proposed')
  return id
}

/** The agreement is signed: it is open from today, and somebody's to review in time. */
export async function open(ctx: Ctx, id: string, body: Body<'openBed'>): Promise<void> {
  const bed = await store.lock(ctx, id)
  await requirePhysician(ctx, bed)
  await requireResident(ctx, bed.residentId)
  await requireGuardian(ctx, body.signature, [bed.residentId])
  const signed = await takeSignature(ctx, { ...body, residentIds: [bed.residentId], about: 'homeBed' })
  const openedOn = dayOf(ctx.now)
  const reviewOn = dayAfter(openedOn, bed.reviewDays)
  const next = await store.move(ctx, bed, 'open', { ...signed, openedOn, reviewOn })
  await handOver(ctx, thingOf(id), ownerOf(next, 'bedReview', startOf(dayAfter(reviewOn, 1))))
  await showBed(ctx, next)
  await announce(ctx, next, 'opened')
}

/** It is not opened, and why. */
export async function declineBed(ctx: Ctx, bed: store.HomeBed, summary: string): Promise<void> {
  const next = await store.move(ctx, bed, 'decline', { summary })
  await closeCase(ctx, thingOf(bed.id))
  await announce(ctx, next, 'declined')
}

/** Closes it; what was ordered and planned at it ends with it. */
export async function closeBed(
  ctx: Ctx,
  bed: store.HomeBed,
  said: { outcome: NonNullable<store.HomeBed['outcome']>; summary: string; on?: string },
): Promise<void> {
  const { on = dayOf(ctx.now), ...ending } = said
  const closedOn = bed.openedOn && on < bed.openedOn ? bed.openedOn : on
  const next = await store.move(ctx, bed, 'close', { ...ending, closedOn, reviewOn: null })
  await care.stopOrders(ctx, { bedId: bed.id })
  await visits.cancelPlanned(ctx, { bedId: bed.id }, '家庭病床已撤床')
  await closeCase(ctx, thingOf(bed.id))
  await showBed(ctx, next)
  await announce(ctx, next, 'closed')
}

export const requireOpen = (bed: store.HomeBed): void => {
  if (bed.status !== 'open') refuse('conflict', 'contract.bed-not-now', { details: { status: bed.status } })
}

/** Keeps what a round or a nurse found, with the orders carried out. */
export async function note(ctx: Ctx, id: string, body: Body<'noteBed'>): Promise<void> {
  const bed = await store.lock(ctx, id)
  requireOpen(bed)
  await requireLicensed(
    ctx,
    ctx.actor.practitionerId,
    body.kind === 'round' ? 'treat' : 'followUp',
    bed.communityId,
  )
  const wrong = (path: string, problem: string) =>
    refuse('unprocessable', `contract.${problem}`, {
      fields: [{ path: `body.${path}`, problem: `contract.${problem}` }],
    })
  if (body.at.getTime() > ctx.now.getTime() + TOLERANCE_MS) wrong('at', 'delivered-in-future')
  if (bed.openedOn && dayOf(body.at) < bed.openedOn) wrong('at', 'bed-note-before-opening')
  const known = new Set((await care.listOrders(ctx, id)).filter((one) => !one.stoppedAt).map((one) => one.id))
  if (body.carriedOut.some((one) => !known.has(one))) wrong('carriedOut', 'bed-order-missing')
  const { carriedOut: orders, ...found } = body
  await care.addNote(ctx, bed, { ...found, orders, practitionerId: ctx.actor.practitionerId, visitId: null })
  await announce(ctx, bed, 'noted')
}

/** A visit to a home where there is a bed stands among its notes: a physician's as a round, another's as nursing. */
export async function noteVisit(
  ctx: Ctx,
  bedId: string,
  found: { note: string; measurements: readonly Measured[]; visitId: string },
): Promise<void> {
  const bed = await store.lock(ctx, bedId)
  if (bed.status !== 'open') return
  const { practitionerId } = ctx.actor
  const treats = practitionerId
    ? !(await hindranceTo(ctx, { practitionerId, act: 'treat', institutionId: bed.communityId }))
    : false
  const { note: text, measurements, visitId } = found
  const kind = treats ? 'round' : 'nursing'
  await care.addNote(ctx, bed, { kind, at: ctx.now, practitionerId, text, measurements, orders: [], visitId })
  await announce(ctx, bed, 'noted')
}

/** It is still needed: it goes on until the next review. */
export async function review(ctx: Ctx, id: string, body: Body<'reviewBed'>): Promise<void> {
  const bed = await store.lock(ctx, id)
  requireOpen(bed)
  await requirePhysician(ctx, bed)
  const reviewDays = body.reviewDays ?? bed.reviewDays
  const reviewOn = dayAfter(dayOf(ctx.now), reviewDays)
  const found = { kind: 'review', at: ctx.now, text: body.text, measurements: [], orders: [] } as const
  await care.addNote(ctx, bed, { ...found, practitionerId: ctx.actor.practitionerId, visitId: null })
  const next = await store.change(ctx, bed, { reviewDays, reviewOn })
  await handOver(ctx, thingOf(id), ownerOf(next, 'bedReview', startOf(dayAfter(reviewOn, 1))))
  await announce(ctx, next, 'reviewed')
}
