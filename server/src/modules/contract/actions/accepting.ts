import type { contractBookApi } from '@tongmai/api/contract/book'
import { asSystem } from '../../../kernel/as-system.ts'
import { closeCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayAfter, dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import * as store from '../store/contract.ts'
import type { ContractRow } from '../store/row.ts'
import { endOf } from '../term.ts'
import { announce, begin, brief, end, show, take, thingOf } from './advance.ts'
import { requireGuardian } from './guardian.ts'
import { requireHospitals, requirePackages } from './party.ts'
import { takeSignature } from './signature.ts'
import { type Act, addOrRefuse, newContract, requireRoom } from './signing.ts'

/** When a contract that follows begins: the day after, or today where the one before has run out. */
const beginOf = (ctx: Ctx, before: ContractRow) => {
  const late = before.status === 'expired'
  return { late, startsOn: late ? dayOf(ctx.now) : dayAfter(before.endsOn, 1) }
}

/** The one before is renewed by this one, which begins now or waits for its day. */
async function follow(
  ctx: Ctx,
  { before, next, late }: { before: ContractRow; next: ContractRow; late: boolean },
): Promise<void> {
  await store.move(ctx, before, 'renew', { comment: next.number })
  await closeCase(ctx, thingOf(before.id))
  if (late) return begin(ctx, next)
  await show(ctx, next)
  await announce(ctx, next, 'contract.renewal-signed')
}

/** What an applicant holds with the same team and may renew now, held; undefined where the application is another matter. */
async function renewableOf(ctx: Ctx, row: ContractRow): Promise<ContractRow | undefined> {
  const { prevId } = row
  if (!prevId) return undefined
  const before = await asSystem(ctx, (all) => store.lock(all, prevId))
  const same = before.teamId === row.teamId && before.residentId === row.residentId
  return same && ['expiring', 'expired'].includes(before.status) ? before : undefined
}

/** Takes somebody for another term who has applied for it on the phone, without a gap and without a day twice. */
async function acceptRenewal(
  ctx: Ctx,
  { row, before, comment }: { row: ContractRow; before: ContractRow; comment: string },
): Promise<ContractRow> {
  const { late, startsOn } = beginOf(ctx, before)
  if (late) await requireRoom(ctx, row, 1)
  const set = { signedAt: ctx.now, startsOn, endsOn: endOf(startsOn, row.months), upcoming: !late }
  const next = await store.move(ctx, row, 'accept', { comment, set })
  await closeCase(ctx, thingOf(row.id))
  await follow(ctx, { before, next, late })
  return next
}

/** The team that takes an applicant from another one ends what bound them there. */
async function leavePrevious(ctx: Ctx, row: ContractRow): Promise<void> {
  await asSystem(ctx, async (all) => {
    const live = await store.lockLive(all, await store.lockPerson(all, row.residentId))
    for (const held of live.filter((one) => one.id !== row.id)) {
      await end(all, held, 'changeTeam', { reason: 'teamChanged', on: dayOf(ctx.now), by: ctx.actor })
    }
  })
}

/** Taking applicants, and signing the term that follows. */
export const accepting: Pick<Actions<typeof contractBookApi>, 'accept' | 'renew'> = {
  async accept(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'accept')
    const before = await renewableOf(ctx, row)
    if (before) return brief(await acceptRenewal(ctx, { row, before, comment: body.comment }))
    if (row.prevId) await leavePrevious(ctx, row)
    await requireRoom(ctx, row, 1)
    const startsOn = dayOf(ctx.now)
    const set = { signedAt: ctx.now, startsOn, endsOn: endOf(startsOn, row.months) }
    const next = await store.move(ctx, row, 'accept', { comment: body.comment, set })
    await closeCase(ctx, thingOf(row.id))
    await begin(ctx, next)
    await announce(ctx, next, 'contract.accepted')
    return brief(next)
  },

  async renew(ctx, { params, body }) {
    const row = await take(ctx, params.id, 'renew')
    const party = { ...row, secondaryId: body.secondaryId, tertiaryId: body.tertiaryId }
    await requireHospitals(ctx, row.communityId, party)
    const packages = await requirePackages(ctx, row.communityId, body.packageIds)
    await requireGuardian(ctx, body.signature, [row.residentId])
    const signed = await takeSignature(ctx, { ...body, residentIds: [row.residentId] })
    const { late, startsOn } = beginOf(ctx, row)
    if (late) await requireRoom(ctx, party, 1)
    const act: Act = { ...party, actId: ctx.id(), months: body.months, startsOn, channel: 'desk', signed }
    const of = { residentId: row.residentId, packages, prevId: row.id, applies: false }
    const next = { ...newContract(ctx, act, of), upcoming: !late }
    await addOrRefuse(ctx, next, 'renew')
    await follow(ctx, { before: row, next, late })
    return brief(next)
  },
}
