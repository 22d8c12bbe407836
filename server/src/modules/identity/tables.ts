import type { ColumnType, Generated } from 'kysely'

export type IdentityTables = {
  'identity.account': {
    id: string
    username: string
    name: string
    homeInstitutionId: string
    state: string
    mustChangePassword: boolean
    actingInstitutionId: string | null
    signedInAt: Date | null
    addedAt: Date
    version: Generated<number>
  }
  'identity.post': {
    institutionId: string
    id: string
    accountId: string
    roles: string[]
    practitionerId: string | null
    since: Date
    until: Date | null
  }
  'identity.credential': { accountId: string; passwordHash: string; changedAt: Date }
  'identity.secondFactor': {
    accountId: string
    secret: string
    confirmedAt: Date | null
    lastStep: ColumnType<number, number | undefined, number>
    recovery: Generated<string[]>
  }
  'identity.residentAccount': {
    id: string
    residentId: string
    name: string
    phone: string
    phoneIndex: string
    passwordHash: string
    state: string
    signedInAt: Date | null
    addedAt: Date
  }
  'identity.session': {
    id: string
    tokenHash: string
    accountId: string | null
    residentAccountId: string | null
    institutionId: string | null
    since: Date
    seenAt: Date
    until: Date
    endedAt: Date | null
    agent: string
    address: string
  }
  'identity.challenge': { tokenHash: string; accountId: string; until: Date; failures: Generated<number> }
  'identity.attempt': { name: string; failures: number; firstAt: Date; lockedUntil: Date | null }
  'identity.code': {
    phoneIndex: string
    purpose: string
    digest: string
    sentAt: Date
    until: Date
    failures: Generated<number>
    day: string
    sentToday: Generated<number>
  }
  'identity.client': {
    id: string
    institutionId: string
    name: string
    secretHash: string
    scopes: string[]
    state: string
    usedAt: Date | null
    addedAt: Date
    version: Generated<number>
  }
  'identity.token': { hash: string; clientId: string; scopes: string[]; since: Date; until: Date }
}

/** What module network publishes and identity joins. */
export type NetworkViews = {
  'network.name': { id: string; name: string; shortName: string; kind: string; tier: string | null }
}
