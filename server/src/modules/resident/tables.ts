// Written by `npm run tables` from the migrated database.
import type { ConsentPurpose, ConsentSigned, ConsentState, EmergencyState } from '@tongmai/api/resident/consent'
import type { LinkState } from '@tongmai/api/resident/link'
import type { DocumentKind } from '@tongmai/api/resident/person'
import type { ProxyKind, ProxyProof, ProxyState } from '@tongmai/api/resident/proxy'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What resident may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type ResidentTables = {
  'resident.card': View<{
    id: string
    nameMasked: string
    sex: 'male' | 'female' | 'unknown' | 'unspecified'
    birthDate: string | null
    idMasked: string | null
  }>
  'resident.consent': {
    residentId: string
    id: string
    version: number
    state: ConsentState
    institutionId: string
    purpose: ConsentPurpose
    depth: 'summary' | 'full'
    sensitive: Generated<number>
    since: Date
    until: Date | null
    words: string
    wordsHash: string
    signed: ConsentSigned
    fileHash: string | null
    at: Date
    byId: string
    practitionerId: string | null
    byInstitutionId: string | null
    reason: string | null
    textVersion: number | null
    signerId: string | null
    signerName: string | null
    fileMedia: string | null
  }
  'resident.consentText': {
    purpose: ConsentPurpose
    version: number
    since: string
    words: string
    source: string
  }
  'resident.departure': {
    residentId: string
    id: string
    kind: 'died' | 'moved'
    happenedOn: string
    note: string | null
    institutionId: string | null
    recordedBy: string
    recordedAt: Date
  }
  'resident.emergencyAccess': {
    residentId: string
    id: string
    institutionId: string
    actorId: string
    practitionerId: string | null
    reason: string
    at: Date
    until: Date
    state: Generated<EmergencyState>
    note: string | null
    closedAt: Date | null
    closedBy: string | null
  }
  'resident.household': {
    residentId: string
    id: string
    createdAt: Date
  }
  'resident.householdMember': {
    residentId: string
    householdId: string
    relation: '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8'
    since: Date
    until: Date | null
  }
  'resident.identifier': {
    residentId: string
    blind: string
    system: string
    kind: DocumentKind | null
    country: string | null
    valueSealed: string
    valueMasked: string
    derived: Generated<boolean>
    about: ColumnType<unknown, string | null, string | null>
    since: Date
  }
  'resident.identifierIndex': {
    blind: string
    numberBlind: string
    residentId: string
  }
  'resident.link': {
    residentId: string
    id: string
    otherId: string
    institutionId: string
    note: string
    proposedBy: string
    proposedAt: Date
    state: Generated<LinkState>
    byMatcher: Generated<boolean>
    probability: number | null
    weights: ColumnType<unknown, string | null, string | null>
    evidence: string | null
    held: string | null
    survivorId: string | null
  }
  'resident.linkStep': {
    residentId: string
    id: string
    linkId: string
    at: Date
    state: LinkState
    byId: string
    practitionerId: string | null
    institutionId: string | null
    note: string
  }
  'resident.matchKey': {
    key: number
    residentId: string
  }
  'resident.objection': {
    residentId: string
    id: string
    accessId: string
    institutionId: string
    openedAt: Date
    actorId: string
    practitionerId: string | null
    basis: string
    thing: string
    reason: string
    at: Date
    state: Generated<'open' | 'answered'>
    answer: string | null
    answeredAt: Date | null
  }
  'resident.person': {
    residentId: string
    name: string
    names: ColumnType<unknown, string | null, string | null>
    birthSaid: string | null
    phoneSealed: string | null
    phoneMasked: string | null
    phoneBlind: string | null
    telecomSealed: string | null
    address: string | null
    addresses: ColumnType<unknown, string | null, string | null>
    addressMasked: string | null
    divisionCode: string | null
    unknown: Generated<boolean>
    foundAt: Date | null
    foundPlace: string | null
    note: string | null
    version: Generated<number>
    institutionId: string | null
    links: ColumnType<unknown, string | null, string | null>
    matchKeys: string[] | null
  }
  'resident.proxy': {
    residentId: string
    proxyId: string
    since: Date
    until: Date | null
    institutionId: string | null
  }
  'resident.proxyRequest': {
    residentId: string
    id: string
    proxyId: string
    institutionId: string
    kind: ProxyKind
    proof: ProxyProof
    fileHash: string
    state: Generated<ProxyState>
    until: string
    at: Date
    note: string | null
    answeredAt: Date | null
    answeredBy: string | null
  }
  'resident.resident': {
    residentId: string
    nameMasked: string
    sex: 'male' | 'female' | 'unknown' | 'unspecified'
    birthDate: string | null
    idMasked: string | null
    createdAt: Date
  }
  'resident.rule': {
    code: string
    since: string
    value: number
    source: string
  }
  'resident.shownCode': {
    residentId: string
    blind: string
    until: Date
  }
  'network.name': View<{
    id: string
    name: string
    shortName: string
    kind: string
    tier: string | null
    closedOn: string | null
  }>
  'identity.accountName': View<{
    id: string
    name: string
  }>
  'identity.clientName': View<{
    id: string
    name: string
  }>
  'workforce.name': View<{
    id: string
    institutionId: string | null
    name: string
    title: 'chief' | 'associateChief' | 'attending' | 'resident' | 'none'
  }>
}
