// Written by `npm run tables` from the migrated database.
import type { TechniqueKind, TechniqueLevel } from '@tongmai/api/technique'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What technique may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type TechniqueTables = {
  'technique.edition': {
    techniqueId: string
    version: number
    at: Date
    accountId: string
    facts: ColumnType<unknown, string, string>
  }
  'technique.mastered': View<{
    techniqueId: string
    institutionId: string
    departmentId: string
    practitionerId: string | null
    since: string
    until: string | null
  }>
  'technique.mastery': {
    id: string
    techniqueId: string
    institutionId: string
    departmentId: string
    practitionerId: string | null
    since: string
    until: string | null
    filing: string | null
    evidenceHash: string | null
    evidenceName: string | null
    teacherId: string
    signerId: string
    signerName: string
    signedAt: Date
    state: Generated<'live' | 'withdrawn' | 'expired'>
    endedAt: Date | null
    endedReason: string | null
  }
  'technique.searchKey': {
    key: string
    techniqueId: string
  }
  'technique.technique': {
    id: string
    code: string
    name: string
    aliases: Generated<string[]>
    specialty: string
    kind: TechniqueKind
    level: TechniqueLevel
    note: string | null
    retiredOn: string | null
    version: Generated<number>
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
  'network.serviceBetween': View<{
    institutionId: string
    partnerId: string
    agreementId: string
    service: string
    since: Date | null
    until: Date | null
  }>
  'identity.accountName': View<{
    id: string
    name: string
  }>
  'workforce.name': View<{
    id: string
    institutionId: string | null
    name: string
    title: 'chief' | 'associateChief' | 'attending' | 'resident' | 'none'
  }>
}
