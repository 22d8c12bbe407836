// Written by `npm run tables` from the migrated database.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** The kernel's own rows; modules see them only through the kernel's functions. */
export type KernelTables = {
  'kernel.access': {
    residentId: string
    id: string
    batchId: string
    at: Date
    actorKind: string
    actorId: string
    practitionerId: string | null
    institutionId: string | null
    basis: string
    thing: string
    purpose: string | null
    requestId: string
  }
  'kernel.accessGrant': {
    residentId: string
    institutionId: string
    basis: string
    source: string
    depth: Generated<'summary' | 'full'>
    since: Date
    until: Date | null
    viaInstitutionId: string | null
    suspended: Generated<boolean>
    fromResidentId: Generated<string>
    sensitive: Generated<number>
  }
  'kernel.case': {
    institutionId: string
    id: string
    kind: string
    thing: string
    residentId: string | null
    duty: string
    practitionerId: string | null
    step: string
    due: Date
    openedAt: Date
    escalated: Generated<number>
    escalateAt: Date
    closedAt: Date | null
    closedBy: string | null
  }
  'kernel.clock': {
    onlyRow: Generated<boolean>
    offsetMs: Generated<number>
  }
  'kernel.cursor': {
    reaction: string
    number: number
  }
  'kernel.escalation': {
    kind: string
    level: number
    duty: string
    afterMinutes: number
  }
  'kernel.event': {
    id: string
    name: string
    at: Date
    actorKind: string
    actorId: string
    institutionId: string | null
    residentId: string | null
    thing: string
    audience: Generated<string[]>
    data: ColumnType<unknown, string, string>
    requestId: string
  }
  'kernel.file': {
    hash: string
    size: number
    media: string
    uploader: string
    at: Date
    attachedAt: Date | null
  }
  'kernel.fresh': {
    n: GeneratedAlways<number>
    kind: 'event' | 'access'
    ref: string
    digest: Buffer | null
  }
  'kernel.idempotency': {
    actor: string
    key: string
    request: Buffer
    status: number
    body: string
    at: Date
  }
  'kernel.installation': {
    onlyRow: Generated<boolean>
    demoAt: Date | null
  }
  'kernel.migration': {
    module: string
    name: string
    checksum: string
    at: Generated<Date>
  }
  'kernel.opened': {
    lines: string
  }
  'kernel.parked': {
    reaction: string
    number: number
    thing: string
    tries: number
    nextTryAt: Date
    problem: string
    state: Generated<'waiting' | 'parked' | 'done'>
  }
  'kernel.resource': {
    residentId: string
    type: string
    id: string
    ownId: string | null
    version: number
    updatedAt: Date
    happenedAt: Date | null
    institutionId: string | null
    audience: string[] | null
    sensitivity: Generated<number>
    deleted: Generated<boolean>
    content: string
    extra: string | null
    keys: string[] | null
    reader: string | null
  }
  'kernel.resourceAlias': {
    institutionId: string
    key: string
    type: string
    id: string
  }
  'kernel.resourceByKey': View<{
    key: string
    residentId: string
    type: string
    id: string
    ownId: string | null
    version: number
    updatedAt: Date
    happenedAt: Date | null
    institutionId: string | null
    audience: string[] | null
    sensitivity: number
    deleted: boolean
    content: string
    extra: string | null
    keys: string[] | null
    reader: string | null
  }>
  'kernel.resourceEdition': {
    name: string
    edition: number
    nextEdition: number | null
    after: string | null
  }
  'kernel.resourceHistory': {
    residentId: string
    type: string
    id: string
    ownId: string | null
    version: number
    updatedAt: Date
    happenedAt: Date | null
    institutionId: string | null
    audience: string[] | null
    sensitivity: Generated<number>
    deleted: Generated<boolean>
    content: string
    extra: string | null
    reader: string | null
  }
  'kernel.resourceKey': {
    residentId: string
    type: string
    key: string
    id: string
    audience: string[] | null
  }
  'kernel.samePerson': {
    residentId: string
    otherId: string
    kind: 'seealso' | 'replaces' | 'replaced-by'
  }
  'kernel.sealed': {
    number: number
    kind: string
    ref: string
    digest: Buffer
    hash: Buffer
    at: Date
  }
  'kernel.sensitiveCode': {
    system: string
    code: string
    since: string
    until: string | null
    category: number
    source: string
  }
}
