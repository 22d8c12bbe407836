import type { GreenChannel, GreenKind, greenChannelApi } from '@tongmai/api/referral/green-channel'
import type { Actor } from '../../../kernel/actor.ts'
import { closeCase, openCase } from '../../../kernel/case.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { allow, Refusal, refuse } from '../../../kernel/refusal.ts'
import { entitlements } from '../../benefit/index.ts'
import { hold, openPlaces } from '../../capacity/index.ts'
import { currentContract } from '../../contract/index.ts'
import { cards } from '../../resident/index.ts'
import { type greenEvents, tellGreen } from '../events.ts'
import { ageOn } from '../form-content.ts'
import { ACKNOWLEDGE_MINUTES, chainOf, notStamped } from '../green-channel.ts'
import { isSender } from '../policy.ts'
import * as store from '../store/green-channel.ts'
import { listByIds } from '../store/line.ts'
import * as referrals from '../store/referral.ts'
import type { ReferralRow } from '../store/row.ts'
import { thingOf } from './announce.ts'

const MINUTE_MS = 60_000
const SHOWN_MAX = 100
const RESERVED_MINUTES = 120
/** Before the receiver has it, and after it has ended, there is nobody to warn. */
const warnable = ['submitted', 'infoRequested', 'accepted', 'inTransfer']
const isHost = (actor: Actor, row: store.GreenRow): boolean => actor.institutionId === row.toInstitutionId
const greenThing = (id: string): string => `green-channel:${id}`

async function shown(ctx: Ctx, rows: readonly store.GreenRow[]): Promise<GreenChannel[]> {
  const lines = new Map(
    (
      await listByIds(
        ctx,
        rows.map((row) => row.referralId),
      )
    ).map((line) => [line.id, line]),
  )
  const links = new Map<GreenKind, Awaited<ReturnType<typeof store.listLinks>>>()
  for (const { kind } of rows) if (!links.has(kind)) links.set(kind, await store.listLinks(ctx, kind))
  return rows.flatMap((row) => {
    const line = lines.get(row.referralId)
    if (!line) return []
    const { id, referralId, kind, openedAt, critical, summary, expectedAt, acknowledgedAt, closedAt } = row
    const receives = isHost(ctx.actor, row) && ctx.actor.permissions.has('referral.receive')
    const open = closedAt === null
    return [
      {
        ...{ id, referralId, kind, openedAt, critical, summary, expectedAt, acknowledgedAt, closedAt },
        ...{ number: line.number, resident: line.resident, from: line.from, to: line.to },
        ...{ department: line.department, diagnosis: line.diagnosis, version: row.version },
        entitlements: row.entitlements,
        reserved: row.reservationId !== null,
        chain: chainOf(links.get(kind) ?? [], { ...row.stamps, opened: openedAt }, closedAt ?? ctx.now),
        mayAcknowledge: open && receives && acknowledgedAt === null,
        mayStamp: open,
        mayClose: open && receives && acknowledgedAt !== null,
      },
    ]
  })
}

async function one(ctx: Ctx, row: store.GreenRow): Promise<GreenChannel> {
  return (await shown(ctx, [row]))[0] ?? refuse('missing', 'referral.green-channel-missing')
}

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

/** Holds a bed of the receiving department where one is free; the channel opens also where none is. */
async function reserve(ctx: Ctx, row: ReferralRow): Promise<string | null> {
  if (!row.toDepartmentId) return null
  const ask = { departmentIds: [row.toDepartmentId], kind: 'bed' as const, source: 'referral' as const }
  const [place] = await openPlaces(ctx, { ...ask, from: ctx.now, to: ctx.now })
  if (!place) return null
  const { residentId, id } = row
  const held = { placeId: place.placeId, residentId, source: 'referral' as const, thing: thingOf(id) }
  try {
    return (await hold(ctx, { ...held, minutes: RESERVED_MINUTES })).reservationId
  } catch (error) {
    // Somebody else was quicker, or it is not free for referrals: the patient is on the way all the same.
    if (error instanceof Refusal) return null
    throw error
  }
}

const announce = (ctx: Ctx, row: store.GreenRow, name: keyof typeof greenEvents) =>
  tellGreen(ctx, name, {
    thing: greenThing(row.id),
    residentId: row.residentId,
    audience: [row.fromInstitutionId, row.toInstitutionId],
    data: { id: row.id, referralId: row.referralId, kind: row.kind },
  })

export const greenChannels: Actions<typeof greenChannelApi> = {
  async openGreenChannel(ctx, { params, body }) {
    const row = await referrals.lock(ctx, params.id)
    allow(isSender(ctx.actor, row), 'referral.senders-part')
    if (!warnable.includes(row.status)) refuse('conflict', 'referral.nobody-to-warn')
    const channel = await store.add(ctx, {
      ...body,
      id: ctx.id(),
      residentId: row.residentId,
      referralId: row.id,
      openedAt: ctx.now,
      fromInstitutionId: row.fromInstitutionId,
      toInstitutionId: row.toInstitutionId,
      departmentId: row.toDepartmentId,
      entitlements: await grantedTo(ctx, row, body),
      reservationId: await reserve(ctx, row),
      stamps: {},
    })
    await openCase(ctx, {
      ...{ kind: 'referral.emergency', thing: greenThing(channel.id), residentId: row.residentId },
      ...{ institutionId: row.toInstitutionId, duty: 'referral.receive', step: 'greenChannel' },
      due: new Date(ctx.now.getTime() + ACKNOWLEDGE_MINUTES * MINUTE_MS),
    })
    await announce(ctx, channel, 'referral.green-channel-opened')
    return one(ctx, channel)
  },

  async greenChannelOf(ctx, { params }) {
    const row = await referrals.find(ctx, params.id)
    const channel = await store.findOf(ctx, row.id)
    return { channel: channel ? await one(ctx, channel) : null }
  },

  listGreenChannels: async (ctx) => shown(ctx, await store.listOpen(ctx, SHOWN_MAX)),

  readGreenChannel: async (ctx, { params }) => one(ctx, await store.find(ctx, params.id)),

  async acknowledgeGreenChannel(ctx, { params }) {
    const row = await store.lock(ctx, params.id)
    allow(isHost(ctx.actor, row), 'referral.receivers-part')
    if (row.acknowledgedAt) refuse('conflict', 'referral.green-channel-acknowledged')
    const set = { acknowledgedAt: ctx.now, acknowledgedBy: ctx.actor.practitionerId ?? ctx.actor.id }
    const next = await store.change(ctx, row, set)
    await closeCase(ctx, greenThing(row.id))
    await announce(ctx, next, 'referral.green-channel-acknowledged')
    return one(ctx, next)
  },

  async stampGreenChannel(ctx, { params, body }) {
    const row = await store.lock(ctx, params.id)
    if (row.closedAt) refuse('conflict', 'referral.green-channel-closed')
    const { link, at = ctx.now } = body
    const stamps = { ...row.stamps, opened: row.openedAt }
    const why = notStamped(await store.listLinks(ctx, row.kind), stamps, { link, at, now: ctx.now })
    if (why) refuse('conflict', why)
    const next = await store.change(ctx, row, { stamps: { ...row.stamps, [link]: at } })
    await announce(ctx, next, 'referral.green-channel-stamped')
    return one(ctx, next)
  },

  async closeGreenChannel(ctx, { params }) {
    const row = await store.lock(ctx, params.id)
    allow(isHost(ctx.actor, row), 'referral.receivers-part')
    if (row.closedAt) refuse('conflict', 'referral.green-channel-closed')
    if (!row.acknowledgedAt) refuse('conflict', 'referral.green-channel-unacknowledged')
    const next = await store.change(ctx, row, { closedAt: ctx.now })
    await announce(ctx, next, 'referral.green-channel-closed')
    return one(ctx, next)
  },
}
