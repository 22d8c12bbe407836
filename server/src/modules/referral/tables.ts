// Written by `npm run tables` from the migrated database.
import type { Specialty } from '@tongmai/api/network/institution'
import type { AdviceStatus } from '@tongmai/api/referral/advice'
import type { ReferralStatus } from '@tongmai/api/referral/flow'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What referral may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type ReferralTables = {
  'referral.advice': {
    residentId: string
    id: string
    kind: 'advice' | 'rehabilitation'
    status: AdviceStatus
    referralId: string | null
    authorId: string
    fromInstitutionId: string
    fromPractitionerId: string | null
    toInstitutionId: string
    toDepartmentId: string | null
    toPractitionerId: string | null
    question: string
    askedAt: Date
    since: Date
    due: Date | null
    version: Generated<number>
  }
  'referral.adviceMessage': {
    residentId: string
    adviceId: string
    id: string
    at: Date
    actorKind: string
    actorId: string
    practitionerId: string | null
    institutionId: string
    text: string
  }
  'referral.cannedReply': {
    institutionId: string
    id: string
    departmentId: string | null
    use: 'reject' | 'askSupplement' | 'instructions' | 'awaitSlot' | 'answer'
    text: string
    at: Date
  }
  'referral.contact': {
    residentId: string
    encounterId: string
    institutionId: string
    at: Date
  }
  'referral.criterion': {
    code: string
    since: string
    until: string | null
    direction: 'up' | 'down'
    category: string
    text: string
    urgency: 'routine' | 'urgent' | 'emergency' | null
    source: string
    signedAt: Date | null
    signedBy: string | null
    sort: number
    conditions: ColumnType<unknown, string | undefined, string>
    editedAt: Date | null
    editedBy: string | null
  }
  'referral.deadlineRule': {
    step: string
    urgency: '*' | 'routine' | 'urgent' | 'emergency'
    since: string
    until: string | null
    minutes: number
    source: string
  }
  'referral.diagnosisSpecialty': {
    first: string
    last: string
    since: string
    until: string | null
    specialty: Specialty | null
    source: string
    editedAt: Date | null
    editedBy: string | null
  }
  'referral.greenChannel': {
    residentId: string
    id: string
    referralId: string
    kind: 'chestPain' | 'stroke' | 'trauma' | 'highRiskPregnancy' | 'criticalChild' | 'priority'
    openedAt: Date
    fromInstitutionId: string
    toInstitutionId: string
    departmentId: string | null
    critical: boolean
    summary: string
    expectedAt: Date | null
    entitlements: ColumnType<unknown, string, string>
    acknowledgedAt: Date | null
    acknowledgedBy: string | null
    stamps: ColumnType<unknown, string | undefined, string>
    closedAt: Date | null
    version: Generated<number>
    reservationIds: Generated<string[]>
    openedBy: string | null
    closeReason: 'inCare' | 'notComing' | 'referralEnded' | 'redirected' | null
  }
  'referral.greenLink': {
    kind: 'chestPain' | 'stroke' | 'trauma' | 'highRiskPregnancy' | 'criticalChild' | 'priority'
    code: string
    sort: number
    since: string
    until: string | null
    fromCode: string
    targetMinutes: number | null
    source: string | null
  }
  'referral.message': {
    residentId: string
    referralId: string
    id: string
    at: Date
    actorKind: string
    actorId: string
    practitionerId: string | null
    institutionId: string
    text: string
  }
  'referral.referral': {
    residentId: string
    id: string
    number: string
    direction: 'up' | 'down' | 'sideways'
    parentId: string | null
    status: ReferralStatus
    urgency: 'routine' | 'urgent' | 'emergency'
    retroEntry: Generated<boolean>
    authorId: string
    fromInstitutionId: string
    fromDepartmentId: string | null
    fromPractitionerId: string | null
    toInstitutionId: string
    toDepartmentId: string | null
    toPractitionerId: string | null
    wantedOn: string | null
    form: ColumnType<unknown, string, string>
    returnNote: ColumnType<unknown, string | null, string | null>
    arrangement: ColumnType<unknown, string | null, string | null>
    outcome: ColumnType<unknown, string | null, string | null>
    followUp: ColumnType<unknown, string | null, string | null>
    ending: ColumnType<unknown, string | null, string | null>
    treatingPractitionerId: string | null
    noShows: Generated<number>
    since: Date
    due: Date | null
    validUntil: Date | null
    writtenAt: Date
    submittedAt: Date | null
    confirmedAt: Date | null
    departedAt: Date | null
    arrivedAt: Date | null
    endedAt: Date | null
    version: Generated<number>
    external: Generated<boolean>
    episodeId: string
    specialty: string | null
    redirectedFrom: Generated<string[]>
    noSlotSince: Date | null
    settledAt: Date | null
    outcomeReadAt: Date | null
    holderId: string | null
    holderInstitutionId: string | null
    heldUntil: Date | null
    begunBy: Generated<'sender' | 'receiver'>
    disputedAt: Date | null
  }
  'referral.review': {
    residentId: string
    id: string
    referralId: string
    drawnAt: Date
    drawnBy: string
    institutionId: string
    reviewerId: string
    reviewerInstitutionId: string
    due: Date | null
    verdict: 'appropriate' | 'avoidable' | 'tooLate' | 'wrongPlace' | 'undecided' | null
    note: string | null
    judgedAt: Date | null
  }
  'referral.routing': {
    residentId: string
    referralId: string
    id: string
    at: Date
    need: ColumnType<unknown, string, string>
    weightId: string | null
    offered: ColumnType<unknown, string, string>
    chosenInstitutionId: string
    chosenDepartmentId: string | null
    rank: number | null
    excluded: string[]
    reason: string | null
    actorId: string
    practitionerId: string | null
    institutionId: string
  }
  'referral.routingWeight': {
    institutionId: string
    id: string
    since: Date
    travel: number
    wait: number
    cost: number
    contract: number
    load: number
    freshness: number
    note: string
    setBy: string
  }
  'referral.step': {
    residentId: string
    referralId: string
    id: string
    at: Date
    move: string
    fromStatus: ReferralStatus | null
    toStatus: ReferralStatus
    actorKind: string
    actorId: string
    practitionerId: string | null
    institutionId: string | null
    comment: string | null
    client: string
    attachments: Generated<string[]>
    reason: string | null
  }
  'network.departmentName': View<{
    id: string
    institutionId: string
    name: string
    specialty: string
    closedOn: string | null
  }>
  'network.name': View<{
    id: string
    name: string
    shortName: string
    kind: string
    tier: string | null
    closedOn: string | null
  }>
  'network.place': View<{
    id: string
    shortName: string
    tier: string | null
    divisionCode: string | null
    longitude: number | null
    latitude: number | null
    closedOn: string | null
  }>
  'network.serviceBetween': View<{
    institutionId: string
    partnerId: string
    agreementId: string
    service: string
    since: Date | null
    until: Date | null
  }>
  'workforce.licensedPhysician': View<{
    institutionId: string
    departmentId: string | null
    practitionerId: string
    since: string | null
    until: string | null
  }>
  'workforce.name': View<{
    id: string
    institutionId: string | null
    name: string
    title: 'chief' | 'associateChief' | 'attending' | 'resident' | 'none'
  }>
  'resident.card': View<{
    id: string
    nameMasked: string
    sex: 'male' | 'female' | 'unknown' | 'unspecified'
    birthDate: string | null
    idMasked: string | null
  }>
  'technique.mastered': View<{
    techniqueId: string
    institutionId: string
    departmentId: string
    practitionerId: string | null
    since: string
    until: string | null
  }>
  'capacity.openPlace': View<{
    institutionId: string | null
    departmentId: string | null
    kind: string | null
    free: number | null
    nextAt: Date | null
    confirmedAt: Date | null
    placeId: string | null
    source: string | null
    releasedAt: Date | null
  }>
}
