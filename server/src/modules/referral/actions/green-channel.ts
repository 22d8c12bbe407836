import type { GreenCloseReason, GreenKind, greenChannelApi } from '@tongmai/api/referral/green-channel'
import { closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, refuse } from '../../../kernel/refusal.ts'
import { entitlements } from '../../benefit/index.ts'
import { currentContract } from '../../contract/index.ts'
import { cards } from '../../resident/index.ts'
import { type greenEvents, tellGreen } from '../events.ts'
import { ageOn } from '../form-content.ts'
import { ACKNOWLEDGE_MINUTES, notStamped } from '../green-channel.ts'
import { isSender } from '../policy.ts'
import * as store from '../store/green-channel.ts'
import * as referrals from '../store/referral.ts'
import type { ReferralRow } from '../store/row.ts'
import { giveBack, greenThing, keep, reserveAtOnce, takeExamination } from './green-place.ts'
import { isHost, maySay, shown, shownAlone } from './green-shown.ts'

const MINUTE_MS = 60_000
const SHOWN_MAX = 100
/** Before the receiver has it, and after it has ended, there is nobody to warn. */
const warnable = ['submitted', 'infoRequested', 'accepted', 'inTransfer']

/** What the rules grant this patient, each with its reason. */
async function grantedTo(ctx: Ctx, row: ReferralRow, ask: { kind: GreenKind; critical: boolean }) {
  const { birthDate } = (await cards(ctx, [row.residentId])).get(row.residentId) ?? {}
  const on = dayOf(ctx.now)
  return entitlements(ctx, {
    age: birthDate ? ageOn(birthDate, on) : null,
    critical: ask.critical,
    contracted: (await currentContract(ctx, row.residentId)) !== null,
    referred: true,
    kind: ask.kind,
    on,
  })
}

const announce = (ctx: Ctx, row: store.GreenRow, name: keyof typeof greenEvents) =>
  tellGreen(ctx, name, {
    thing: greenThing(row.id),
    residentId: row.residentId,
    audience: [row.fromInstitutionId, row.toInstitutionId],
    data: {
      ...{ id: row.id, referralId: row.referralId, kind: row.kind, openedBy: row.openedBy },
      ...{ fromInstitutionId: row.fromInstitutionId, toInstitutionId: row.toInstitutionId },
    },
  })

/** Opens a channel on a referral that is under way: places are kept, the receiver is warned and owes an answer. */
export async function openChannel(
  ctx: Ctx,
  row: ReferralRow,
  ask: Pick<store.GreenRow, 'kind' | 'critical' | 'summary' | 'expectedAt'>,
): Promise<store.GreenRow> {
  const channel = await store.add(ctx, {
    ...ask,
    id: ctx.id(),
    residentId: row.residentId,
    referralId: row.id,
    openedAt: ctx.now,
    openedBy: ctx.actor.id,
    fromInstitutionId: row.fromInstitutionId,
    toInstitutionId: row.toInstitutionId,
    departmentId: row.toDepartmentId,
    entitlements: await grantedTo(ctx, row, ask),
    reservationIds: await reserveAtOnce(ctx, row, ask.kind),
    stamps: {},
  })
  await openCase(ctx, {
    ...{ kind: 'referral.emergency', thing: greenThing(channel.id), residentId: row.residentId },
    ...{ institutionId: row.toInstitutionId, duty: 'referral.receive', step: 'greenChannel' },
    due: new Date(ctx.now.getTime() + ACKNOWLEDGE_MINUTES * MINUTE_MS),
  })
  await announce(ctx, channel, 'referral.green-channel-opened')
  return channel
}

/** Ends it: nobody owes an answer any more, and what was kept and not used is free again. */
export async function endChannel(
  ctx: Ctx,
  row: store.GreenRow,
  closeReason: GreenCloseReason,
): Promise<store.GreenRow> {
  await giveBack(ctx, row)
  await closeCase(ctx, greenThing(row.id))
  const next = await store.change(ctx, row, { closedAt: ctx.now, closeReason })
  await announce(ctx, next, 'referral.green-channel-closed')
  return next
}

/** Its host's channel, held, while it is open. */
async function lockHosts(ctx: Ctx, id: string): Promise<store.GreenRow> {
  const row = await store.lock(ctx, id)
  allow(isHost(ctx.actor, row), 'referral.receivers-part')
  if (row.closedAt) refuse('conflict', 'referral.green-channel-closed')
  return row
}

export const greenChannels: Actions<typeof greenChannelApi> = {
  async openGreenChannel(ctx, { params, body }) {
    const row = await referrals.lock(ctx, params.id)
    allow(isSender(ctx.actor, row), 'referral.senders-part')
    if (!warnable.includes(row.status)) refuse('conflict', 'referral.nobody-to-warn')
    return shownAlone(ctx, await openChannel(ctx, row, body))
  },

  async greenChannelOf(ctx, { params }) {
    const row = await referrals.find(ctx, params.id)
    const channel = await store.findOf(ctx, row.id)
    return { channel: channel ? await shownAlone(ctx, channel) : null }
  },

  listGreenChannels: async (ctx) => shown(ctx, await store.listOpen(ctx, SHOWN_MAX)),

  readGreenChannel: async (ctx, { params }) => shownAlone(ctx, await store.find(ctx, params.id)),

  async acknowledgeGreenChannel(ctx, { params }) {
    const row = await lockHosts(ctx, params.id)
    if (row.acknowledgedAt) refuse('conflict', 'referral.green-channel-acknowledged')
    const set = { acknowledgedAt: ctx.now, acknowledgedBy: ctx.actor.practitionerId ?? ctx.actor.id }
    const next = await store.change(ctx, row, set)
    await closeCase(ctx, greenThing(row.id))
    await announce(ctx, next, 'referral.green-channel-acknowledged')
    return shownAlone(ctx, next)
  },

  async stampGreenChannel(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (row.closedAt) refuse('conflict', 'referral.green-channel-closed')
    const { link, at = ctx.now } = body
    allow(maySay(ctx.actor, row, link), 'referral.receivers-part')
    const stamps = { ...row.stamps, opened: row.openedAt }
    const why = notStamped(await store.listLinks(ctx, row.kind), stamps, { link, at, now: ctx.now })
    if (why) refuse('conflict', why)
    await takeExamination(ctx, row, link)
    const next = await store.change(ctx, row, { stamps: { ...row.stamps, [link]: at } })
    await announce(ctx, next, 'referral.green-channel-stamped')
    return shownAlone(ctx, next)
  },

  async holdForGreenChannel(ctx, { params, body }) {
    const row = await lockHosts(ctx, params.id)
    const ask = { placeId: body.placeId, residentId: row.residentId, thing: greenThing(row.id) }
    const next = await store.change(ctx, row, {
      reservationIds: [...row.reservationIds, await keep(ctx, ask)],
    })
    await announce(ctx, next, 'referral.green-channel-held')
    return shownAlone(ctx, next)
  },

  async closeGreenChannel(ctx, { params, body }) {
    const row = await lockHosts(ctx, params.id)
    if (!row.acknowledgedAt) refuse('conflict', 'referral.green-channel-unacknowledged')
    return shownAlone(ctx, await endChannel(ctx, row, body.reason))
  },
}

/** The patient has come, as the crew or the desk says; recorded once, whoever says it first. */
async function noteArrival(ctx: Ctx, row: store.GreenRow, at: Date): Promise<void> {
  if (row.stamps.arrived) return
  const next = await store.change(ctx, row, { stamps: { ...row.stamps, arrived: at } })
  await announce(ctx, next, 'referral.green-channel-stamped')
}

/** What a move of its referral means for the channel: an arrival is a link; an end or another receiver ends it. */
export async function settleGreen(
  ctx: Ctx,
  referral: ReferralRow,
  what: 'arrived' | 'referralEnded' | 'redirected',
  at: Date = ctx.now,
): Promise<void> {
  const row = await store.lockOpenOf(ctx, referral.id)
  if (!row) return
  if (what === 'arrived') await noteArrival(ctx, row, at)
  else await endChannel(ctx, row, what)
}
