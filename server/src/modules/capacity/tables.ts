// Written by `npm run tables` from the migrated database.
import type { BedKind, ReservationStatus } from '@tongmai/api/capacity/flow'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What capacity may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type CapacityTables = {
  'capacity.bed': {
    institutionId: string
    id: string
    wardId: string
    departmentId: string
    label: string
    state: 'free' | 'occupied' | 'cleaning' | 'closed'
    reservationId: string | null
    heldUntil: Date | null
    changedAt: Date
    version: Generated<number>
  }
  'capacity.calendarLink': {
    institutionId: string
    id: string
    practitionerId: string | null
    departmentId: string | null
    madeBy: string
    madeAt: Date
    endedAt: Date | null
  }
  'capacity.exception': {
    institutionId: string
    scheduleId: string
    day: string
    kind: 'closed' | 'open'
    reason: string
  }
  'capacity.openPlace': View<{
    institutionId: string | null
    departmentId: string | null
    kind: string | null
    free: number | null
    nextAt: Date | null
    confirmedAt: Date | null
    placeId: string | null
    source: string | null
    releasedAt: Date | null
  }>
  'capacity.quota': {
    institutionId: string
    scheduleId: string
    since: string
    source: 'community' | 'contracted' | 'referral'
    percent: number
    releaseMinutes: number
  }
  'capacity.reservation': {
    institutionId: string
    id: string
    residentId: string
    departmentId: string
    kind: 'clinic' | 'examination' | 'bed'
    source: 'community' | 'contracted' | 'referral' | 'public'
    thing: string
    status: ReservationStatus
    slotId: string | null
    seat: number | null
    wardId: string | null
    bedId: string | null
    name: string
    practitionerId: string | null
    startsAt: Date
    endsAt: Date | null
    heldUntil: Date | null
    askedAt: Date
    wantedFrom: Date
    byInstitutionId: string | null
    byId: string
    madeAt: Date
    usedAt: Date | null
    endedAt: Date | null
    endReason: string | null
    version: Generated<number>
    binds: Generated<boolean>
  }
  'capacity.rule': {
    code: string
    since: string
    value: number
    origin: string
  }
  'capacity.schedule': {
    institutionId: string
    id: string
    departmentId: string
    practitionerId: string | null
    kind: 'clinic' | 'examination'
    name: string
    item: string | null
    device: string | null
    room: string
    sessions: ColumnType<unknown, string, string>
    slotMinutes: number
    seatsPerSlot: number
    since: string
    until: string | null
    onHolidays: boolean
    version: Generated<number>
  }
  'capacity.seat': {
    institutionId: string
    slotId: string
    number: number
    departmentId: string
    kind: 'clinic' | 'examination'
    startsAt: Date
    source: 'community' | 'contracted' | 'referral' | 'public'
    releasedAt: Date
    reservationId: string | null
    heldUntil: Date | null
  }
  'capacity.slot': {
    institutionId: string
    id: string
    scheduleId: string
    departmentId: string
    practitionerId: string | null
    kind: 'clinic' | 'examination'
    name: string
    room: string
    startsAt: Date
    endsAt: Date
    seats: number
    besidePlan: Generated<boolean>
  }
  'capacity.waiting': {
    institutionId: string
    id: string
    departmentId: string
    kind: 'clinic' | 'examination' | 'bed'
    bedKind: BedKind | null
    residentId: string
    source: 'community' | 'contracted' | 'referral' | 'public'
    thing: string
    urgency: 'routine' | 'urgent' | 'emergency'
    since: Date
    wantedFrom: Date
    wantedUntil: Date | null
    offered: Generated<number>
    status: 'waiting' | 'filled' | 'left'
    reservationId: string | null
    byInstitutionId: string | null
    byId: string
    endedAt: Date | null
    lostAt: Date | null
  }
  'capacity.waitingTime': {
    institutionId: string
    departmentId: string
    kind: 'clinic' | 'examination' | 'bed'
    visits: number
    medianDays: number
    ninetiethDays: number
    waitingNow: number
    countedAt: Date
  }
  'capacity.ward': {
    institutionId: string
    id: string
    departmentId: string
    name: string
    bedKind: BedKind
    confirmedAt: Date
    confirmedBy: string | null
    free: Generated<number>
    occupied: Generated<number>
    cleaning: Generated<number>
    closed: Generated<number>
  }
  'network.departmentName': View<{
    id: string
    institutionId: string
    name: string
    specialty: string
    closedOn: string | null
  }>
  'network.name': View<{
    id: string
    name: string
    shortName: string
    kind: string
    tier: string | null
    closedOn: string | null
  }>
  'workforce.name': View<{
    id: string
    institutionId: string | null
    name: string
    title: 'chief' | 'associateChief' | 'attending' | 'resident' | 'none'
  }>
  'resident.card': View<{
    id: string
    nameMasked: string
    sex: 'male' | 'female' | 'unknown' | 'unspecified'
    birthDate: string | null
    idMasked: string | null
  }>
}
