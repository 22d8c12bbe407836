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
  'interop.message': {
    institutionId: string
    id: string
    direction: 'in' | 'out'
    road: 'mllp' | 'http' | 'console'
    clientId: string | null
    partnerId: string | null
    kind: string
    application: string
    facility: string
    controlId: string
    state: 'waiting' | 'done' | 'failed' | 'mended' | 'setAside'
    rawSealed: string
    charset: 'utf-8' | 'gb18030' | 'latin1'
    digest: string
    answerSealed: string | null
    problemCode: string | null
    problemPlace: string | null
    problemText: string | null
    residentId: string | null
    made: Generated<string[]>
    mendsId: string | null
    note: string | null
    tries: Generated<number>
    at: Date
    doneAt: Date | null
  }
  'interop.partner': {
    institutionId: string
    id: string
    name: string
    facility: string
    application: Generated<string>
    clientId: string
    charset: 'utf-8' | 'gb18030' | 'latin1' | null
    addedAt: Date
    endedAt: Date | null
  }
}
