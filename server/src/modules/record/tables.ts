// Written by `npm run tables` from the migrated database.
import type { ColumnType } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What record may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type RecordTables = {
  'record.rule': {
    code: string
    since: string
    value: number
    source: string
  }
  'network.name': View<{
    id: string
    name: string
    shortName: string
    kind: string
    tier: string | null
    closedOn: string | null
  }>
}
