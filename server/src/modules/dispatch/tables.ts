// Written by `npm run tables` from the migrated database.
import type { Equipment } from '@tongmai/api/dispatch/fleet'
import type { MissionStatus } from '@tongmai/api/dispatch/flow'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What dispatch may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type DispatchTables = {
  'dispatch.deadlineRule': {
    step: string
    urgency: '*' | 'routine' | 'urgent' | 'emergency'
    since: string
    until: string | null
    minutes: number
    source: string
  }
  'dispatch.desk': {
    institutionId: string
    deskId: string
  }
  'dispatch.landingSite': {
    institutionId: string
    id: string
    name: string
    longitude: number
    latitude: number
    atNight: boolean
    note: string
    closedReason: string | null
    minVisibilityM: number | null
    minCeilingM: number | null
    maxWindMs: number | null
  }
  'dispatch.mission': {
    residentId: string
    id: string
    number: string
    kind: 'emergency' | 'transfer' | 'isolation' | 'return' | 'shuttle'
    urgency: 'routine' | 'urgent' | 'emergency'
    status: MissionStatus
    thing: string | null
    fromInstitutionId: string
    toInstitutionId: string
    deskId: string
    carrierId: string | null
    vehicleId: string | null
    needs: ColumnType<unknown, string, string>
    note: string
    callerId: string
    calledAt: Date
    since: Date
    due: Date | null
    expectedAt: Date | null
    flight: ColumnType<unknown, string | null, string | null>
    handedByCrew: ColumnType<unknown, string | null, string | null>
    takenByReceiver: ColumnType<unknown, string | null, string | null>
    disinfection: ColumnType<unknown, string | null, string | null>
    entitlement: ColumnType<unknown, string | null, string | null>
    ending: ColumnType<unknown, string | null, string | null>
    endedAt: Date | null
    version: Generated<number>
  }
  'dispatch.step': {
    residentId: string
    missionId: string
    id: string
    at: Date
    move: string
    fromStatus: MissionStatus | null
    toStatus: MissionStatus
    actorId: string
    practitionerId: string | null
    institutionId: string | null
    comment: string | null
  }
  'dispatch.vehicle': {
    id: string
    institutionId: string
    plate: string
    name: string
    kind: 'ambulance' | 'isolationVehicle' | 'helicopter' | 'shuttle'
    equipment: Equipment[]
    crew: ColumnType<unknown, string, string>
    speedKmh: number | null
    startMinutes: number
    state: 'ready' | 'onMission' | 'disinfecting' | 'offDuty' | 'outOfService'
    longitude: number | null
    latitude: number | null
    locatedAt: Date | null
    contaminatedBy: 'suspected' | 'confirmed' | 'recovering' | null
    missionId: string | null
    version: Generated<number>
  }
  'dispatch.vital': {
    residentId: string
    missionId: string
    id: string
    at: Date
    practitionerId: string | null
    institutionId: string
    heartRate: number | null
    systolic: number | null
    diastolic: number | null
    spo2: number | null
    breaths: number | null
    temperature: number | null
    glucose: number | null
    consciousness: 'alert' | 'voice' | 'pain' | 'unresponsive' | null
    note: string
  }
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
