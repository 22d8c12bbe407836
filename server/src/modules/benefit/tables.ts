// Written by `npm run tables` from the migrated database.
import type { BenefitLevel, CareKind, EntitlementCode, InsuranceScheme, InsuredCategory, Standing } from '@tongmai/api/benefit/rule'
import type { ColumnType } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What benefit may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type BenefitTables = {
  'benefit.area': {
    area: string
    division: string | null
    standing: Standing
    note: string | null
  }
  'benefit.capUse': {
    residentId: string
    id: string
    kind: 'outpatient' | 'inpatient'
    asOf: string
    usedFen: number
    source: string
    recordedAt: Date
    recordedBy: string
  }
  'benefit.chainRule': {
    id: string
    area: string
    gapDays: number | null
    since: string | null
    until: string | null
    source: string
  }
  'benefit.change': {
    id: string
    at: Date
    what: 'insuranceRule' | 'entitlementRule' | 'diagnosisGroup' | 'gap'
    subject: string
    actorId: string
    institutionId: string | null
    since: string | null
    before: ColumnType<unknown, string | null, string | null>
    after: ColumnType<unknown, string | null, string | null>
  }
  'benefit.diagnosisGroup': {
    code: string
    name: string
    icd: string[]
    source: string
    since: string
    until: string | null
  }
  'benefit.entitlementRule': {
    id: string
    code: EntitlementCode
    minAge: number | null
    critical: boolean
    contracted: boolean
    referred: boolean
    kind: string | null
    since: string | null
    until: string | null
    source: string
  }
  'benefit.insuranceRule': {
    id: string
    area: string
    scheme: InsuranceScheme
    category: InsuredCategory
    level: BenefitLevel
    kind: CareKind
    contracted: 'any' | 'yes' | 'no'
    referral: 'any' | 'referred' | 'notReferred'
    deductibleFen: number | null
    ratioBp: number | null
    ratioMinBp: number | null
    ratioMaxBp: number | null
    capFen: number | null
    standing: Standing
    since: string | null
    until: string | null
    source: string
    note: string | null
  }
  'benefit.insured': {
    residentId: string
    id: string
    area: string
    scheme: InsuranceScheme
    category: InsuredCategory
    since: string
    until: string | null
    recordedAt: Date
    recordedBy: string
    institutionId: string | null
  }
  'benefit.searchKey': {
    key: string
    code: string
  }
  'benefit.stay': {
    residentId: string
    id: string
    episode: string
    institutionId: string
    admittedOn: string
    dischargedOn: string | null
    deductiblePaidFen: number | null
    referralId: string | null
    recordedAt: Date
    recordedBy: string
    insurancePaidFen: number | null
  }
  'benefit.tariff': {
    id: string
    code: string
    name: string
    unit: string
    tier: 'tertiary' | 'secondary' | 'primary'
    priceFen: number
    selfPayBp: number | null
    since: string
    until: string | null
    source: string
  }
  'benefit.typicalItem': {
    groupCode: string
    kind: 'outpatient' | 'inpatient'
    tier: 'tertiary' | 'secondary' | 'primary'
    itemCode: string
    quantity: number
    since: string
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
}
