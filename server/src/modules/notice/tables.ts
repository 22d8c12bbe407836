// Written by `npm run tables` from the migrated database.
import type { ColumnType } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What notice may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type NoticeTables = {
  'notice.inbox': {
    institutionId: string
    id: string
    accountId: string
    at: Date
    code: string
    thing: string
    residentId: string | null
    data: ColumnType<Record<string, unknown>, string, string>
    readAt: Date | null
  }
  'notice.residentInbox': {
    residentId: string
    id: string
    at: Date
    code: string
    thing: string
    data: ColumnType<Record<string, unknown>, string, string>
    actorId: string
    readAt: Date | null
  }
  'workforce.name': View<{
    id: string
    institutionId: string | null
    name: string
    title: 'chief' | 'associateChief' | 'attending' | 'resident' | 'none'
  }>
}
