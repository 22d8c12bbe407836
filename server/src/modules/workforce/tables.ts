// Written by `npm run tables` from the migrated database.
import type { Act, LicenceKind, PracticeScope, PractitionerKind, Title } from '@tongmai/api/workforce/practitioner'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What workforce may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type WorkforceTables = {
  'workforce.actRule': {
    act: Act
    kind: PractitionerKind
    since: string
    until: string | null
    licences: LicenceKind[]
    scopes: PracticeScope[] | null
    titles: Title[] | null
    source: string
  }
  'workforce.duty': {
    institutionId: string
    kind: 'dutyOfficer' | 'physician' | 'referralDesk' | 'nurse'
    day: string
    shift: 'day' | 'night'
    practitionerId: string
  }
  'workforce.licence': {
    practitionerId: string
    id: string
    kind: LicenceKind
    numberSealed: string
    numberMasked: string
    numberBlind: string
    scopes: PracticeScope[]
    since: string
    until: string | null
    createdAt: Date
  }
  'workforce.licensedPhysician': View<{
    institutionId: string
    departmentId: string | null
    practitionerId: string
    since: string | null
    until: string | null
  }>
  'workforce.name': View<{
    id: string
    institutionId: string | null
    name: string
    title: 'chief' | 'associateChief' | 'attending' | 'resident' | 'none'
  }>
  'workforce.practitioner': {
    id: string
    institutionId: string | null
    name: string
    sex: 'male' | 'female' | 'unknown' | 'unspecified'
    kind: 'physician' | 'nurse' | 'pharmacist' | 'technician'
    title: 'chief' | 'associateChief' | 'attending' | 'resident' | 'none'
    phone: string | null
    external: Generated<boolean>
    sourceKey: string | null
    version: Generated<number>
    createdAt: Date
  }
  'workforce.responsible': {
    residentId: string
    thing: string
    institutionId: string
    practitionerId: string
    since: Date
    releasedAt: Date | null
    note: string | null
    parties: string[]
  }
  'workforce.responsibleHistory': {
    residentId: string
    thing: string
    since: Date
    until: Date
    institutionId: string
    practitionerId: string
    note: string | null
    parties: string[]
    id: string
  }
  'workforce.rule': {
    code: string
    since: string
    value: number
    source: string
  }
  'workforce.searchKey': {
    key: string
    practitionerId: string
  }
  'workforce.site': {
    practitionerId: string
    id: string
    institutionId: string
    departmentId: string | null
    isPrimary: boolean
    since: string
    until: string | null
  }
  'workforce.team': {
    institutionId: string
    id: string
    name: string
    kind: 'gp' | 'attending'
    phone: string | null
    since: string
    until: string | null
    version: Generated<number>
  }
  'workforce.teamMember': {
    institutionId: string
    teamId: string
    practitionerId: string
    leads: boolean
    since: string
    until: string | null
  }
  'workforce.teamName': View<{
    id: string
    institutionId: string
    name: string
    kind: 'gp' | 'attending'
    phone: string | null
    until: string | null
  }>
  'workforce.teamPerson': View<{
    teamId: string
    institutionId: string
    practitionerId: string
    leads: boolean
    name: string
    kind: 'physician' | 'nurse' | 'pharmacist' | 'technician'
  }>
  'workforce.workplace': View<{
    practitionerId: string
    institutionId: string
    departmentId: string | null
    since: string
    until: string | null
  }>
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
}
