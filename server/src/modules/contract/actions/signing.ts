import type { contractBookApi, Signing } from '@tongmai/api/contract/book'
import { isInForce } from '@tongmai/api/contract/flow'
import type { Channel, FrozenPackage } from '@tongmai/api/contract/shape'
import { ownInstitution } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { requireResident } from '../../resident/index.ts'
import { feeOf, sumOf } from '../fee.ts'
import { contractNumber } from '../number.ts'
import * as store from '../store/contract.ts'
import { lockPanels } from '../store/panel.ts'
import type { ContractRow } from '../store/row.ts'
import { endOf } from '../term.ts'
import { begin, brief, end } from './advance.ts'
import { requireGuardian } from './guardian.ts'
import { type Party, requirePackages, requireParty } from './party.ts'
import { sendSigningCode, takeSignature } from './signature.ts'

/** What every contract of one act has in common. */
export interface Act extends Party {
  readonly actId: string
  readonly months: number
  readonly startsOn: string
  readonly channel: Channel
  readonly signed: Awaited<ReturnType<typeof takeSignature>>
}

/** A contract as it is written down at its beginning. */
export function newContract(
  ctx: Ctx,
  act: Act,
  of: { residentId: string; packages: FrozenPackage[]; prevId: string | null; applies: boolean },
): ContractRow {
  const id = ctx.id()
  const fee = feeOf(of.packages, act.months)
  const { signed, actId, months, startsOn, channel } = act
  return {
    ...{ residentId: of.residentId, id, number: contractNumber(id, ctx.now), upcoming: false },
    status: of.applies ? 'pendingReview' : 'active',
    ...{ communityId: act.communityId, teamId: act.teamId, doctorId: act.doctorId },
    ...{ secondaryId: act.secondaryId, tertiaryId: act.tertiaryId, actId, months, startsOn, channel },
    endsOn: endOf(startsOn, months),
    ...{ packages: of.packages, fee, feeFen: sumOf(fee) },
    packageNames: of.packages.map((one) => one.name),
    levels: [...new Set(of.packages.map((one) => one.level))],
    ...signed,
    ...{ authorId: ctx.actor.id, prevId: of.prevId, since: ctx.now },
    ...{ appliedAt: of.applies ? ctx.now : null, signedAt: of.applies ? null : ctx.now },
    ...{ endedOn: null, ending: null, version: 1 },
  }
}

/** Refuses 409 where the doctor's panel has no room for so many more. Holds the panel. */
export async function requireRoom(ctx: Ctx, party: Party, more: number): Promise<void> {
  const panels = await asSystem(ctx, (all) => lockPanels(all, party.communityId, [party.doctorId]))
  const { held = 0, limit = 0 } = panels.get(party.doctorId) ?? {}
  if (held + more > limit) refuse('conflict', 'contract.panel-full', { details: { held, limit, more } })
}

/** All that lives of a person, whichever registration it was signed under, held, and what binds now; refuses where that is there and nobody said to change. */
async function heldBy(ctx: Ctx, residentId: string, changesTeam: boolean) {
  const live = await store.lockLive(ctx, await store.lockPerson(ctx, residentId))
  const held = live.find((row) => isInForce(row.status) && !row.upcoming)
  if (held && !changesTeam) {
    const details = { number: held.number, startsOn: held.startsOn, endsOn: held.endsOn }
    refuse('conflict', 'contract.second-contract', { details })
  }
  return { live, heldId: held?.id ?? null }
}

/** What an applicant holds now, and will leave when the team takes them. */
export const requireMayApply = (
  ctx: Ctx,
  of: { residentId: string; changesTeam: boolean },
): Promise<string | null> =>
  asSystem(ctx, async (all) => {
    const { live, heldId } = await heldBy(all, of.residentId, of.changesTeam)
    if (live.some((row) => row.status === 'pendingReview')) refuse('conflict', 'contract.applied-already')
    return heldId
  })

/** Ends what a resident holds, because they sign with this team now; answers the contract that bound them. */
async function leaveOthers(
  ctx: Ctx,
  of: { residentId: string; changesTeam: boolean },
): Promise<string | null> {
  return asSystem(ctx, async (all) => {
    const { live, heldId } = await heldBy(all, of.residentId, of.changesTeam)
    const today = dayOf(ctx.now)
    for (const row of live) {
      const by = ctx.actor
      const move = row.status === 'pendingReview' ? 'withdraw' : 'changeTeam'
      await end(all, row, move, { reason: move === 'withdraw' ? 'withdrawn' : 'teamChanged', on: today, by })
    }
    return heldId
  })
}

export async function addOrRefuse(
  ctx: Ctx,
  row: ContractRow,
  move: Parameters<typeof store.add>[2],
): Promise<void> {
  if (await store.add(ctx, row, move)) return
  refuse('conflict', row.status === 'pendingReview' ? 'contract.applied-already' : 'contract.second-contract')
}

async function sign(ctx: Ctx, body: Signing) {
  const party = await requireParty(ctx, body, ownInstitution(ctx.actor))
  const residentIds = body.members.map((one) => one.residentId)
  for (const residentId of residentIds) await requireResident(ctx, residentId)
  await requireGuardian(ctx, body.signature, residentIds)
  const signed = await takeSignature(ctx, { ...body, residentIds })
  const actId = ctx.id()
  const act: Act = {
    ...party,
    actId,
    signed,
    months: body.months,
    startsOn: dayOf(ctx.now),
    channel: body.channel,
  }
  const left = new Map<string, string | null>()
  for (const member of body.members) left.set(member.residentId, await leaveOthers(ctx, member))
  await requireRoom(ctx, party, body.members.length)
  const contracts: ContractRow[] = []
  for (const { residentId, packageIds } of body.members) {
    const packages = await requirePackages(ctx, party.communityId, packageIds)
    const prevId = left.get(residentId) ?? null
    const row = newContract(ctx, act, { residentId, packages, prevId, applies: false })
    await addOrRefuse(ctx, row, 'sign')
    await begin(ctx, row)
    contracts.push(row)
  }
  return { actId, contracts: contracts.map(brief) }
}

export const signing: Pick<Actions<typeof contractBookApi>, 'sign' | 'sendCode'> = {
  sign: (ctx, { body }) => sign(ctx, body),

  sendCode: (ctx, { body }) => sendSigningCode(ctx, body.residentId),
}
