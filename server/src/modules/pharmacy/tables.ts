// Written by `npm run tables` from the migrated database.
import type { ShortageStatus } from '@tongmai/api/pharmacy/shortage'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What pharmacy may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type PharmacyTables = {
  'pharmacy.deadlineRule': {
    step: 'reported' | 'procuring' | 'arrived'
    since: string
    until: string | null
    hours: number
    source: string
  }
  'pharmacy.medicine': {
    id: string
    name: string
    form: string
    strength: string
    category: string
    chronic: boolean
    baseCode: string | null
    insuranceCode: string | null
    retired: Generated<boolean>
    version: Generated<number>
  }
  'pharmacy.searchKey': {
    key: string
    medicineId: string
  }
  'pharmacy.shortage': {
    institutionId: string
    id: string
    medicineId: string
    patients: number
    quantity: string
    reason: string
    status: ShortageStatus
    reportedAt: Date
    reportedBy: string
    due: Date | null
    expectedOn: string | null
    alternativeId: string | null
    note: Generated<string>
    endedAt: Date | null
    version: Generated<number>
  }
  'pharmacy.stock': {
    institutionId: string
    medicineId: string
    state: 'inStock' | 'canOrder' | 'notHeld'
    confirmedAt: Date
  }
  'network.name': View<{
    id: string
    name: string
    shortName: string
    kind: string
    tier: string | null
    closedOn: string | null
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
