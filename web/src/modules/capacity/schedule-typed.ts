import type { SlotKind } from '@tongmai/api/capacity/flow'
import type { Quota, Schedule, Session } from '@tongmai/api/capacity/schedule'

export const quotaSources = ['community', 'contracted', 'referral'] as const
export type QuotaSource = (typeof quotaSources)[number]

/** What is typed of a schedule. */
export interface ScheduleTyped {
  readonly kind: SlotKind
  readonly departmentId: string | null
  readonly practitionerId: string | null
  readonly name: string
  readonly item: string
  readonly device: string
  readonly room: string
  readonly sessions: readonly Session[]
  readonly slotMinutes: number
  readonly seatsPerSlot: number
  readonly since: string
  readonly until: string | null
  readonly onHolidays: boolean
  readonly percent: Readonly<Record<QuotaSource, number>>
  readonly releaseHours: Readonly<Record<QuotaSource, number>>
}

const per = <T>(of: (source: QuotaSource) => T): Record<QuotaSource, T> => ({
  community: of('community'),
  contracted: of('contracted'),
  referral: of('referral'),
})

/** What the form begins with: the schedule as it is, or one morning a week. */
export function typedOf(s: Schedule | null, departmentId: string | null, today: string): ScheduleTyped {
  const quota = (source: QuotaSource) => s?.quotas.find((one) => one.source === source)
  return {
    kind: s?.kind ?? 'clinic',
    departmentId: s?.departmentId ?? departmentId,
    practitionerId: s?.practitionerId ?? null,
    name: s?.name ?? '',
    item: s?.item ?? '',
    device: s?.device ?? '',
    room: s?.room ?? '',
    sessions: s?.sessions ?? [{ weekday: 1, from: '08:00', to: '11:30' }],
    slotMinutes: s?.slotMinutes ?? 15,
    seatsPerSlot: s?.seatsPerSlot ?? 1,
    since: s?.since ?? today,
    until: s?.until ?? null,
    onHolidays: s?.onHolidays ?? false,
    percent: per((source) => quota(source)?.percent ?? (s ? 0 : 20)),
    releaseHours: per((source) => (quota(source)?.releaseMinutes ?? 24 * 60) / 60),
  }
}

export const publicRest = ({ percent }: ScheduleTyped): number =>
  100 - quotaSources.reduce((sum, source) => sum + percent[source], 0)

/** How many seats the week has. */
export const seatsAWeek = ({ sessions, slotMinutes, seatsPerSlot }: ScheduleTyped): number =>
  sessions.reduce(
    (sum, { from, to }) =>
      sum + Math.max(0, Math.floor((minutesOf(to) - minutesOf(from)) / slotMinutes)) * seatsPerSlot,
    0,
  )

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

const clock = /^([01]\d|2[0-3]):[0-5]\d$/

/** Whether a session's times are times and in their order. */
export const isSession = (one: Session | undefined): boolean =>
  one !== undefined && clock.test(one.from) && clock.test(one.to) && one.from < one.to

export const isComplete = (typed: ScheduleTyped): boolean =>
  Boolean(typed.departmentId && typed.name.trim() && typed.sessions.length > 0) &&
  typed.sessions.every(isSession) &&
  publicRest(typed) >= 0

/** What both adding and changing send. */
export function bodyOf(typed: ScheduleTyped) {
  const {
    percent,
    releaseHours,
    item,
    device,
    sessions,
    departmentId: _,
    kind: __,
    since: ___,
    ...rest
  } = typed
  const quotas: Quota[] = quotaSources
    .filter((source) => percent[source] > 0)
    .map((source) => ({
      source,
      percent: percent[source],
      releaseMinutes: Math.round(releaseHours[source] * 60),
    }))
  return {
    ...rest,
    sessions: [...sessions],
    item: item.trim() || null,
    device: device.trim() || null,
    quotas,
  }
}
