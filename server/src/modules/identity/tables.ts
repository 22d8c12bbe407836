// Written by `npm run tables` from the migrated database.
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What identity may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type IdentityTables = {
  'identity.account': {
    id: string
    username: string
    name: string
    homeInstitutionId: string
    state: 'active' | 'disabled'
    mustChangePassword: boolean
    actingInstitutionId: string | null
    signedInAt: Date | null
    addedAt: Date
    version: Generated<number>
  }
  'identity.accountName': View<{
    id: string
    name: string
  }>
  'identity.appCode': {
    hash: string
    grantId: string
    redirectUri: string
    challenge: string
    until: Date
    usedAt: Date | null
  }
  'identity.appGrant': {
    id: string
    clientId: string
    accountId: string | null
    residentAccountId: string | null
    institutionId: string | null
    scopes: string[]
    residentId: string | null
    patientId: string | null
    nonce: string | null
    since: Date
    until: Date
    endedAt: Date | null
  }
  'identity.appLaunch': {
    hash: string
    clientId: string
    accountId: string
    residentId: string
    patientId: string
    until: Date
  }
  'identity.appRefresh': {
    hash: string
    grantId: string
    until: Date
    usedAt: Date | null
  }
  'identity.assertion': {
    clientId: string
    jti: string
    until: Date
  }
  'identity.attempt': {
    name: string
    failures: number
    firstAt: Date
    lockedUntil: Date | null
  }
  'identity.challenge': {
    tokenHash: string
    accountId: string
    until: Date
    failures: Generated<number>
  }
  'identity.client': {
    id: string
    institutionId: string
    name: string
    secretHash: string
    scopes: string[]
    state: 'active' | 'disabled'
    usedAt: Date | null
    addedAt: Date
    version: Generated<number>
    kind: Generated<'confidential' | 'public'>
    persons: Generated<'staff' | 'resident'>
    redirectUris: Generated<string[]>
    launchUrl: string | null
    jwks: string | null
    jwksUrl: string | null
    notifyUrls: Generated<string[]>
    fhirServers: Generated<string[]>
  }
  'identity.clientName': View<{
    id: string
    name: string
  }>
  'identity.code': {
    phoneIndex: string
    purpose: 'register' | 'reset'
    digest: string
    sentAt: Date
    until: Date
    failures: Generated<number>
    day: string
    sentToday: Generated<number>
  }
  'identity.credential': {
    accountId: string
    passwordHash: string
    changedAt: Date
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
  'identity.residentAccount': {
    id: string
    residentId: string
    name: string
    phone: string
    phoneIndex: string
    passwordHash: string
    state: 'active' | 'disabled'
    signedInAt: Date | null
    addedAt: Date
  }
  'identity.secondFactor': {
    accountId: string
    secret: string
    confirmedAt: Date | null
    lastStep: Generated<number>
    recovery: Generated<string[]>
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
  'identity.signingKey': {
    kid: string
    secret: string
    since: Date
  }
  'identity.token': {
    hash: string
    clientId: string
    scopes: string[]
    since: Date
    until: Date
    grantId: string | null
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
