import type { Generated } from 'kysely'

/** The kernel's own rows; modules see them only through the kernel's functions. */
export type KernelTables = {
  'kernel.clock': { onlyRow: boolean; offsetMs: number }
  'kernel.event': {
    id: string
    name: string
    at: Date
    actorKind: string
    actorId: string
    institutionId: string | null
    residentId: string | null
    thing: string
    audience: string[]
    data: unknown
    requestId: string
  }
  'kernel.sealed': { number: number; kind: string; ref: string; digest: Buffer; hash: Buffer; at: Date }
  'kernel.cursor': { reaction: string; number: number }
  'kernel.parked': {
    reaction: string
    number: number
    thing: string
    tries: number
    nextTryAt: Date
    problem: string
    state: Generated<'waiting' | 'parked' | 'done'>
  }
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
  'kernel.escalation': { kind: string; level: number; duty: string; afterMinutes: number }
  'kernel.file': {
    hash: string
    size: number
    media: string
    uploader: string
    at: Date
    attachedAt: Date | null
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
  }
}
