// Written by `npm run tables` from the migrated database.
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What network may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type NetworkTables = {
  'network.agreement': {
    id: string
    number: string
    allianceId: string
    title: string
    text: string
    grade: 'coLed' | 'tight' | 'loose'
    parties: string[]
    status: string
    since: string
    until: string
    renews: string | null
    drafterId: string
    inForceAt: Date | null
    endedAt: Date | null
    version: Generated<number>
    addedAt: Date
  }
  'network.agreementStep': {
    agreementId: string
    id: string
    at: Date
    move: string
    actorId: string
    institutionId: string | null
    personName: string | null
    note: string | null
  }
  'network.alliance': {
    id: string
    name: string
    shortName: string
    form: 'cityAlliance' | 'countyCommunity' | 'specialtyAlliance' | 'teleNetwork'
    specialty: string | null
    charter: string | null
    founderId: string
    since: string
    until: string | null
    version: Generated<number>
    addedAt: Date
  }
  'network.ally': View<{
    institutionId: string
    allyId: string
    allianceId: string
    since: string | null
    until: string | null
  }>
  'network.areaDuty': {
    id: string
    allianceId: string
    institutionId: string
    departmentId: string
    practitionerId: string | null
    personName: string
    personPhone: string | null
    communityId: string | null
    divisionCode: string | null
    task: string
    since: string
    until: string | null
    evidence: string | null
    version: Generated<number>
  }
  'network.cooperation': {
    institutionId: string
    partnerId: string
    agreementId: string
    allianceId: string
    grade: string
    since: Date
    until: Date
  }
  'network.department': {
    id: string
    institutionId: string
    code: string
    name: string
    specialty: string
    phone: string | null
    closedOn: string | null
    version: Generated<number>
  }
  'network.departmentName': View<{
    id: string
    institutionId: string
    name: string
    specialty: string
    closedOn: string | null
  }>
  'network.division': {
    code: string
    name: string
    level: 'province' | 'city' | 'county' | 'township' | 'village'
    parentCode: string | null
    inRegion: Generated<boolean>
    population: number | null
    shape: ColumnType<unknown, string | null, string | null>
  }
  'network.duty': {
    id: string
    resolutionId: string
    allianceId: string
    title: string
    institutionId: string
    departmentId: string | null
    personName: string | null
    due: string
    doneAt: Date | null
    doneBy: string | null
    evidence: string | null
    version: Generated<number>
  }
  'network.gridCell': {
    id: string
    code: string
    name: string
    allianceId: string
    colour: string
    dissolvedAt: Date | null
    version: Generated<number>
    addedAt: Date
  }
  'network.gridDivision': {
    gridId: string
    divisionCode: string
    since: Date
  }
  'network.institution': {
    id: string
    code: string
    creditCode: string | null
    name: string
    shortName: string
    kind: string
    tier: string | null
    hospitalGrade: string | null
    divisionCode: string | null
    longitude: number | null
    latitude: number | null
    address: string | null
    phone: string | null
    external: Generated<boolean>
    identifier: string | null
    source: string | null
    closedOn: string | null
    version: Generated<number>
    addedAt: Date
    changedAt: Date
  }
  'network.junction': {
    code: string
    name: string
    longitude: number
    latitude: number
  }
  'network.membership': {
    id: string
    allianceId: string
    institutionId: string
    role: 'lead' | 'member' | 'partner'
    layer: 'inCity' | 'outOfCity' | 'nationalCentre'
    grade: 'coLed' | 'tight' | 'loose'
    since: string
    until: string | null
    version: Generated<number>
  }
  'network.name': View<{
    id: string
    name: string
    shortName: string
    kind: string
    tier: string | null
    closedOn: string | null
  }>
  'network.place': View<{
    id: string
    shortName: string
    tier: string | null
    divisionCode: string | null
    longitude: number | null
    latitude: number | null
    closedOn: string | null
  }>
  'network.resolution': {
    id: string
    allianceId: string
    number: string
    title: string
    text: string
    votesFor: number
    votesAgainst: number
    votesAbstained: number
    adoptedOn: string
    addedAt: Date
  }
  'network.road': {
    id: string
    fromCode: string
    toCode: string
    name: string
    minutes: number
    oneWay: Generated<boolean>
    closedAt: Date | null
    closedReason: string | null
    version: Generated<number>
  }
  'network.searchKey': {
    key: string
    institutionId: string
  }
  'network.serviceBetween': View<{
    institutionId: string
    partnerId: string
    agreementId: string
    service: string
    since: Date | null
    until: Date | null
  }>
  'network.serviceRule': {
    id: string
    allianceId: string | null
    grade: 'coLed' | 'tight' | 'loose'
    service: string
    since: string
    until: string | null
  }
  'network.signatory': {
    agreementId: string
    institutionId: string
    id: string
    signedAt: Date | null
    signerId: string | null
    signerName: string | null
    leftAt: Date | null
  }
  'network.travelTime': {
    fromId: string
    toIds: string[]
    seconds: number[]
    measuredAt: Date
  }
}
