// Written by `npm run tables` from the migrated database.
import type { SubscriptionState, SubscriptionTopic } from '@tongmai/api/interop/subscription'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What interop may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type InteropTables = {
  'interop.destination': {
    institutionId: string
    partnerId: string
    road: 'mllp' | 'http'
    address: string
    secured: boolean
    authority: string | null
    authorizationSealed: string | null
    charset: 'utf-8' | 'gb18030'
    timeoutSeconds: number
    since: Date
    arrivedAt: Date | null
    tries: Generated<number>
    failingSince: Date | null
    problem: string | null
    nextTryAt: Date
    heldUntil: Date | null
  }
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
    filters: Generated<string[]>
    patients: string[] | null
    elements: Generated<string[]>
    provenance: 'latest' | 'relevant' | null
  }
  'interop.knownReferral': {
    institutionId: string
    referralId: string
    numberSealed: string
    givenBy: string
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
  'interop.subscription': {
    institutionId: string
    id: string
    clientId: string
    scopes: string[]
    topic: SubscriptionTopic
    filters: string[]
    content: 'empty' | 'id-only' | 'full-resource'
    endpoint: string
    headersSealed: string | null
    heartbeatSeconds: number | null
    timeoutSeconds: number
    maxCount: number
    reason: string
    endsAt: Date | null
    state: SubscriptionState
    events: Generated<number>
    arrived: Generated<number>
    hearsAfter: Generated<number>
    eventAt: Date | null
    arrivedAt: Date | null
    tries: Generated<number>
    failingSince: Date | null
    problem: string | null
    nextTryAt: Date
    heldUntil: Date | null
    addedAt: Date
  }
  'interop.subscriptionCursor': {
    id: number
    number: number
  }
  'interop.subscriptionDelivery': {
    institutionId: string
    id: string
    subscriptionId: string
    at: Date
    kind: 'handshake' | 'heartbeat' | 'event-notification'
    firstNumber: number | null
    lastNumber: number | null
    status: number | null
    problem: string | null
    tookMs: number
  }
  'interop.subscriptionEvent': {
    institutionId: string
    subscriptionId: string
    number: number
    type: string
    resourceId: string
    version: number
    at: Date
  }
  'identity.clientName': View<{
    id: string
    name: string
  }>
}
