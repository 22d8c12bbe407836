import type { DocumentKind, Relation } from '@tongmai/api/resident/person'
import type { Sex } from '@tongmai/api/workforce/practitioner'
import type { Generated } from 'kysely'

export type ResidentTables = {
  'resident.resident': {
    residentId: string
    nameMasked: string
    sex: Sex
    birthDate: string | null
    idMasked: string | null
    createdAt: Date
  }
  'resident.card': { id: string; nameMasked: string; sex: Sex; birthDate: string | null; idMasked: string | null }
  'resident.person': {
    residentId: string
    name: string
    names: unknown
    birthSaid: string | null
    phoneSealed: string | null
    phoneMasked: string | null
    phoneBlind: string | null
    telecomSealed: string | null
    address: string | null
    addresses: unknown
    addressMasked: string | null
    divisionCode: string | null
    unknown: Generated<boolean>
    foundAt: Date | null
    foundPlace: string | null
    note: string | null
    version: Generated<number>
    institutionId: string | null
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
    about: unknown
    since: Date
  }
  'resident.identifierIndex': { blind: string; numberBlind: string; residentId: string }
  'resident.link': {
    residentId: string
    id: string
    otherId: string
    institutionId: string
    note: string
    proposedBy: string
    proposedAt: Date
  }
  'resident.rule': { code: string; since: string; value: number; source: string }
  'resident.household': { residentId: string; id: string; createdAt: Date }
  'resident.householdMember': {
    residentId: string
    householdId: string
    relation: Relation
    since: Date
    until: Date | null
  }
  'resident.proxy': {
    residentId: string
    proxyId: string
    since: Date
    until: Date | null
    institutionId: string | null
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
  'network.name': { id: string; name: string; shortName: string; kind: string; tier: string | null }
  'workforce.name': { id: string; institutionId: string | null; name: string; title: string }
  'identity.accountName': { id: string; name: string }
}
