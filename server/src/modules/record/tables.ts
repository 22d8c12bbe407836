// Written by `npm run tables` from the migrated database.
import type { Dimension, FindingPlaces, Measure } from '@tongmai/api/record/quality'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What record may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type RecordTables = {
  'record.qualityCount': {
    institutionId: string
    day: string
    rule: string
    departmentId: string
    practitionerId: string
    type: string
    checked: number
    failed: number
    weighed: number
    missed: number
  }
  'record.qualityFinding': {
    institutionId: string
    type: string
    resourceId: string
    rule: string
    residentId: string | null
    departmentId: string | null
    practitionerId: string | null
    detail: string
    foundAt: Date
    mendedAt: Date | null
    places: ColumnType<FindingPlaces, string | undefined, string>
  }
  'record.qualityProgress': {
    onlyRow: Generated<boolean>
    number: number
  }
  'record.qualityRule': {
    code: string
    since: string
    until: string | null
    type: string
    dimension: Dimension
    title: string
    applies: string | null
    expression: string
    measure: Measure
    parameter: string | null
    weight: number
    source: string
  }
  'record.rule': {
    code: string
    since: string
    value: number
    source: string
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
  'workforce.workplace': View<{
    practitionerId: string
    institutionId: string
    departmentId: string | null
    since: string
    until: string | null
  }>
}
