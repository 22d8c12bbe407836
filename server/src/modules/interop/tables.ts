// Written by `npm run tables` from the migrated database.
import type { Generated } from 'kysely'

/** What interop may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type InteropTables = {
  'interop.export': {
    institutionId: string
    id: string
    clientId: string
    level: 'system' | 'patient' | 'group'
    groupId: string | null
    scopes: string[]
    types: string[]
    since: Date | null
    request: string
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
    typesDone: Generated<number>
    resources: Generated<number>
    files: Generated<string>
    problem: string | null
    askedAt: Date
    asOf: Date
    endedAt: Date | null
    until: Date
  }
}
