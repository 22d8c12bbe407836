// Written by `npm run tables` from the migrated database.
import type { ItemCategory, MarkScope } from '@tongmai/api/recognition/catalogue'
import type { Outcome, RefusalReason } from '@tongmai/api/recognition/order'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What recognition may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type RecognitionTables = {
  'recognition.answer': {
    residentId: string
    id: string
    resultType: string
    resultId: string
    institutionId: string | null
    at: Date
  }
  'recognition.decision': {
    residentId: string
    id: string
    orderId: string
    at: Date
    itemId: string
    outcome: Outcome
    institutionId: string
    practitionerId: string | null
    practitionerName: string
    accountId: string
    note: string | null
    windowSince: string | null
    resultType: string | null
    resultId: string | null
    resultVersion: number | null
    resultHash: string | null
    resultInstitutionId: string | null
    resultAt: Date | null
    resultValue: string | null
    mark: MarkScope | null
    gateId: string | null
    reason: RefusalReason | null
    reasonText: string | null
    told: boolean | null
    savedFen: number | null
    savedDoseUsv: number | null
    savedDays: number | null
  }
  'recognition.edition': {
    itemId: string
    version: number
    at: Date
    accountId: string
    facts: ColumnType<unknown, string, string>
  }
  'recognition.gate': {
    institutionId: string
    id: string
    itemId: string
    scope: MarkScope
    body: string
    year: number
    passed: boolean
    since: string
    until: string
    at: Date
    byInstitutionId: string
    byId: string
    withdrawnAt: Date | null
    withdrawnReason: string | null
  }
  'recognition.item': {
    id: string
    code: string
    name: string
    aliases: Generated<string[]>
    category: ItemCategory
    loinc: Generated<string[]>
    localCodes: Generated<string[]>
    retiredOn: string | null
    version: Generated<number>
    dimensionless: Generated<boolean>
  }
  'recognition.offer': {
    residentId: string
    id: string
    institutionId: string
    at: Date
    draft: ColumnType<unknown, string, string>
    decidedAt: Date | null
  }
  'recognition.searchKey': {
    key: string
    itemId: string
  }
  'recognition.timeWindow': {
    itemId: string
    since: string
    validDays: number
    scope: MarkScope
    method: string | null
    priceFen: number | null
    doseUsv: number | null
    waitDays: number | null
    source: string
    demonstration: Generated<boolean>
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
  'identity.accountName': View<{
    id: string
    name: string
  }>
}
