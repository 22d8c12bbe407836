import type { ReferralDirection, ReferralStatus, Urgency } from '@tongmai/api/referral/flow'
import type { ColumnType, Generated } from 'kysely'

/** jsonb: read parsed, written as JSON text; the store decodes it by the schema of the contract. */
type Json = ColumnType<unknown, string, string>
type MaybeJson = ColumnType<unknown, string | null | undefined, string | null>

export type ReferralTables = {
  'referral.criterion': {
    category: string
    code: string
    direction: string
    signedAt: Date | null
    signedBy: string | null
    since: string
    sort: number
    source: string
    text: string
    until: string | null
    urgency: string | null
  }
  'referral.deadlineRule': {
    minutes: number
    since: string
    source: string
    step: string
    until: string | null
    urgency: string
  }
  'referral.message': {
    actorId: string
    actorKind: string
    at: Date
    id: string
    institutionId: string
    practitionerId: string | null
    referralId: string
    residentId: string
    text: string
  }
  'referral.referral': {
    arrangement: MaybeJson
    arrivedAt: Date | null
    authorId: string
    confirmedAt: Date | null
    departedAt: Date | null
    direction: ReferralDirection
    due: Date | null
    endedAt: Date | null
    ending: MaybeJson
    followUp: MaybeJson
    form: Json
    fromDepartmentId: string | null
    fromInstitutionId: string
    fromPractitionerId: string | null
    id: string
    noShows: Generated<number>
    number: string
    outcome: MaybeJson
    parentId: string | null
    residentId: string
    retroEntry: Generated<boolean>
    returnNote: MaybeJson
    since: Date
    status: ReferralStatus
    submittedAt: Date | null
    toDepartmentId: string | null
    toInstitutionId: string
    toPractitionerId: string | null
    treatingPractitionerId: string | null
    urgency: Urgency
    validUntil: Date | null
    version: Generated<number>
    wantedOn: string | null
    writtenAt: Date
  }
  'referral.step': {
    actorId: string
    actorKind: string
    at: Date
    attachments: Generated<string[]>
    client: string
    comment: string | null
    fromStatus: ReferralStatus | null
    id: string
    institutionId: string | null
    move: string
    practitionerId: string | null
    referralId: string
    residentId: string
    toStatus: ReferralStatus
  }
}

/** What earlier modules publish and this one joins. */
export type PublishedViews = {
  'network.name': { id: string; name: string; shortName: string; kind: string; tier: string | null }
  'network.departmentName': { id: string; institutionId: string; name: string; specialty: string }
  'workforce.name': { id: string; institutionId: string; name: string; title: string }
  'identity.accountName': { id: string; name: string }
  'resident.card': {
    id: string
    nameMasked: string
    sex: string
    birthDate: string | null
    idMasked: string | null
  }
}
