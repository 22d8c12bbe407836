import type { ColumnType } from 'kysely'

export type NoticeTables = {
  'notice.inbox': {
    accountId: string
    at: Date
    code: string
    data: ColumnType<Record<string, unknown>, string, string>
    id: string
    institutionId: string
    readAt: Date | null
    residentId: string | null
    thing: string
  }
}

/** What earlier modules publish and this one reads. */
export type PublishedViews = {
  'workforce.name': { id: string; institutionId: string | null; name: string; title: string }
}
