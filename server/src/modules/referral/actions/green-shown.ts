import type {
  GreenChannel,
  GreenKind,
  GreenLink,
  GreenPlace,
  GreenTransport,
} from '@tongmai/api/referral/green-channel'
import type { Actor } from '../../../kernel/actor.ts'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { reservationsByIds } from '../../capacity/index.ts'
import { ridesOf, vitalsOf } from '../../dispatch/index.ts'
import { chainOf, isOnTheWay, type LinkRule } from '../green-channel.ts'
import * as store from '../store/green-channel.ts'
import { listByIds } from '../store/line.ts'
import { thingOf } from './announce.ts'

export const isHost = (actor: Actor, row: store.GreenRow): boolean =>
  actor.institutionId === row.toInstitutionId

/** What is told of a channel beside its row, read once for all that are shown. */
interface Beside {
  readonly lines: ReadonlyMap<string, Awaited<ReturnType<typeof listByIds>>[number]>
  readonly links: ReadonlyMap<GreenKind, readonly LinkRule[]>
  readonly places: ReadonlyMap<string, GreenPlace>
  readonly transports: ReadonlyMap<string, GreenTransport>
}

/** Who of this side may say that a link was reached. */
export const maySay = (actor: Actor, row: store.GreenRow, link: GreenLink): boolean =>
  actor.permissions.has('referral.stamp') && (isHost(actor, row) || isOnTheWay(link))

async function placesOf(ctx: Ctx, rows: readonly store.GreenRow[]): Promise<Map<string, GreenPlace>> {
  const ids = rows.flatMap((row) => row.reservationIds)
  // A fact for both sides, whoever reserved it.
  const kept = await asSystem(ctx, (all) => reservationsByIds(all, ids))
  return new Map(
    kept.map(({ id, kind, name, startsAt, heldUntil, status, slotId }) => {
      const ranOut = status === 'held' && heldUntil !== null && heldUntil <= ctx.now
      const shown = { id, kind, name, at: slotId ? startsAt : null, until: heldUntil }
      return [id, { ...shown, status: ranOut ? ('expired' as const) : status }]
    }),
  )
}

async function transportsOf(ctx: Ctx, rows: readonly store.GreenRow[]): Promise<Map<string, GreenTransport>> {
  const rides = await ridesOf(
    ctx,
    rows.map((row) => thingOf(row.referralId)),
  )
  const vitals = await vitalsOf(
    ctx,
    [...rides.values()].map(({ id }) => id),
  )
  const shown = [...rides].map(([thing, { id, number, status, vehicle, expectedAt, entitlement }]) => {
    const named = vehicle && `${vehicle.name} ${vehicle.plate}`
    const ride = { id, number, status, expectedAt, entitlement, vehicle: named }
    return [thing, { ...ride, vitals: vitals.get(id) ?? [] }] as const
  })
  return new Map(shown)
}

async function readBeside(ctx: Ctx, rows: readonly store.GreenRow[]): Promise<Beside> {
  const referralIds = rows.map((row) => row.referralId)
  const links = new Map<GreenKind, LinkRule[]>()
  for (const { kind } of rows) if (!links.has(kind)) links.set(kind, await store.listLinks(ctx, kind))
  return {
    lines: new Map((await listByIds(ctx, referralIds)).map((line) => [line.id, line])),
    links,
    places: await placesOf(ctx, rows),
    transports: await transportsOf(ctx, rows),
  }
}

function shownOne(ctx: Ctx, row: store.GreenRow, beside: Beside): GreenChannel[] {
  const line = beside.lines.get(row.referralId)
  if (!line) return []
  const { id, referralId, kind, openedAt, critical, summary, expectedAt, acknowledgedAt, closedAt } = row
  const receives = isHost(ctx.actor, row) && ctx.actor.permissions.has('referral.receive')
  const open = closedAt === null
  const stamps = { ...row.stamps, opened: openedAt }
  const says = (link: GreenLink) => open && maySay(ctx.actor, row, link)
  return [
    {
      ...{ id, referralId, kind, openedAt, critical, summary, expectedAt, acknowledgedAt, closedAt },
      ...{ number: line.number, resident: line.resident, from: line.from, to: line.to },
      ...{ department: line.department, diagnosis: line.diagnosis, version: row.version },
      ...{ entitlements: row.entitlements, closeReason: row.closeReason },
      places: row.reservationIds.flatMap((one) => beside.places.get(one) ?? []),
      transport: beside.transports.get(thingOf(referralId)) ?? null,
      chain: chainOf(beside.links.get(kind) ?? [], stamps, closedAt ?? ctx.now, says),
      mayAcknowledge: open && receives && acknowledgedAt === null,
      mayHold: open && receives,
      mayClose: open && receives && acknowledgedAt !== null,
    },
  ]
}

/** These channels as both sides see them, with chain, places and transport. */
export async function shown(ctx: Ctx, rows: readonly store.GreenRow[]): Promise<GreenChannel[]> {
  if (rows.length === 0) return []
  const beside = await readBeside(ctx, rows)
  return rows.flatMap((row) => shownOne(ctx, row, beside))
}

export async function shownAlone(ctx: Ctx, row: store.GreenRow): Promise<GreenChannel> {
  return (await shown(ctx, [row]))[0] ?? refuse('missing', 'referral.green-channel-missing')
}
