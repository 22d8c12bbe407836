// Written by `npm run tables` from the migrated database.
import type { AdviceStatus } from '@tongmai/api/contract/advice'
import type { BedIndication, BedOutcome, BedStatus } from '@tongmai/api/contract/bed'
import type { BulkStatus, LineProblem } from '@tongmai/api/contract/bulk'
import type { ContractStatus } from '@tongmai/api/contract/flow'
import type { HotlineOutcome, HotlineTopic } from '@tongmai/api/contract/hotline'
import type { IndicatorCode } from '@tongmai/api/contract/indicator'
import type { EvidenceKind, PackageLevel, Performer, PriorityGroup } from '@tongmai/api/contract/package'
import type { CallOutcome } from '@tongmai/api/contract/panel'
import type { SettlementStatus } from '@tongmai/api/contract/settlement'
import type { Channel } from '@tongmai/api/contract/shape'
import type { VisitStatus } from '@tongmai/api/contract/visit'
import type { Relation } from '@tongmai/api/resident/person'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What contract may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type ContractTables = {
  'contract.advice': {
    residentId: string
    id: string
    contractId: string
    communityId: string
    teamId: string
    ownerId: string
    status: AdviceStatus
    subject: string
    begunBy: 'resident' | 'team'
    outOfHours: boolean
    askedAt: Date
    since: Date
    due: Date | null
    became: 'referral' | 'visit' | null
    becameId: string | null
    version: Generated<number>
  }
  'contract.adviceFile': {
    residentId: string
    messageId: string
    id: string
    adviceId: string
    hash: string
    media: string
    size: number
  }
  'contract.adviceMessage': {
    residentId: string
    adviceId: string
    id: string
    at: Date
    fromResident: boolean
    practitionerId: string | null
    text: string
  }
  'contract.answerTemplate': {
    institutionId: string
    id: string
    title: string
    text: string
    addedBy: string
    addedAt: Date
  }
  'contract.bulk': {
    institutionId: string
    id: string
    fileHash: string
    fileName: string
    form: ColumnType<unknown, string, string>
    consentHash: string
    status: BulkStatus
    total: Generated<number>
    good: Generated<number>
    bad: Generated<number>
    done: Generated<number>
    cursor: Generated<number>
    createdBy: string
    createdAt: Date
    changedAt: Date
  }
  'contract.bulkLine': {
    institutionId: string
    bulkId: string
    line: number
    name: string
    numberMasked: string
    residentId: string | null
    teamId: string | null
    doctorId: string | null
    packageIds: string[] | null
    months: number | null
    status: 'good' | 'bad' | 'done'
    problem: LineProblem | null
    details: ColumnType<unknown, string, string>
    contractId: string | null
    signer: string | null
    relation: Relation | null
  }
  'contract.call': {
    residentId: string
    contractId: string
    id: string
    communityId: string
    practitionerId: string | null
    at: Date
    outcome: CallOutcome
    note: string
  }
  'contract.consentText': {
    version: string
    since: string
    title: string
    text: string
    about: Generated<'contract' | 'homeBed'>
  }
  'contract.contract': {
    residentId: string
    id: string
    number: string
    status: ContractStatus
    upcoming: Generated<boolean>
    communityId: string
    teamId: string
    doctorId: string
    secondaryId: string | null
    tertiaryId: string | null
    actId: string
    packages: ColumnType<unknown, string, string>
    packageNames: string[]
    levels: string[]
    fee: ColumnType<unknown, string, string>
    feeFen: number
    months: number
    startsOn: string
    endsOn: string
    channel: Channel
    consentVersion: string
    consentHash: string
    signature: ColumnType<unknown, string | null, string | null>
    authorId: string
    prevId: string | null
    since: Date
    appliedAt: Date | null
    signedAt: Date | null
    endedOn: string | null
    ending: ColumnType<unknown, string | null, string | null>
    version: Generated<number>
  }
  'contract.current': View<{
    residentId: string
    contractId: string
    communityId: string
    teamId: string
    doctorId: string
    secondaryId: string | null
    tertiaryId: string | null
    startsOn: string
    endsOn: string
  }>
  'contract.flag': {
    residentId: string
    serviceId: string
    id: string
    communityId: string
    practitionerId: string | null
    kind: 'twoPlaces' | 'sameReadings' | 'neverLeft'
    details: ColumnType<unknown, string, string>
    raisedAt: Date
    state: Generated<'open' | 'upheld' | 'dismissed'>
    reviewedBy: string | null
    reviewedAt: Date | null
    reviewNote: string | null
  }
  'contract.groupRule': {
    priorityGroup: PriorityGroup
    kind: 'minAge' | 'maxAge' | 'icd10'
    value: string
    withinDays: number | null
    since: string
    source: string
    state: Generated<'inForce' | 'toConfirm'>
    confirmedBy: string | null
    confirmedAt: Date | null
  }
  'contract.hold': {
    residentId: string
    contractId: string
    holderId: string
  }
  'contract.homeBed': {
    residentId: string
    id: string
    number: string
    contractId: string
    communityId: string
    teamId: string
    doctorId: string
    nurseId: string | null
    status: BedStatus
    indication: BedIndication
    diagnosis: string
    plan: string
    reviewDays: number
    reviewOn: string | null
    openedOn: string | null
    consentVersion: string | null
    consentHash: string | null
    signature: ColumnType<unknown, string | null, string | null>
    closedOn: string | null
    outcome: BedOutcome | null
    summary: string | null
    since: Date
    version: Generated<number>
  }
  'contract.homeBedFee': {
    institutionId: string
    code: 'opening' | 'round' | 'nursing'
    since: string
    fen: number
    source: string
  }
  'contract.homeBedIndication': {
    institutionId: string
    indication: BedIndication
    since: string
    state: 'inForce' | 'toConfirm'
    criteria: string
    source: string
    confirmedBy: string
    confirmedAt: Date
  }
  'contract.homeBedNote': {
    residentId: string
    bedId: string
    id: string
    kind: 'round' | 'nursing' | 'review'
    at: Date
    recordedAt: Date
    practitionerId: string | null
    text: string
    measurements: ColumnType<unknown, string, string>
    orders: string[]
    visitId: string | null
  }
  'contract.homeBedOrder': {
    residentId: string
    bedId: string
    id: string
    what: string
    times: number
    per: 'day' | 'week' | 'month' | 'asNeeded'
    since: string
    until: string | null
    orderedBy: string | null
    orderedAt: Date
    stoppedAt: Date | null
    stoppedBy: string | null
  }
  'contract.homeVisit': {
    residentId: string
    id: string
    contractId: string
    communityId: string
    practitionerId: string
    status: VisitStatus
    onDay: string
    reason: string
    wantedFrom: string | null
    wantedUntil: string | null
    minutes: number
    place: ColumnType<unknown, string | null, string | null>
    seq: number | null
    arrivesAt: Date | null
    travelMinutes: number | null
    startedAt: Date | null
    startPlace: ColumnType<unknown, string | null, string | null>
    finishedAt: Date | null
    finishPlace: ColumnType<unknown, string | null, string | null>
    note: string | null
    serviceId: string | null
    plannedBy: string
    plannedAt: Date
    version: Generated<number>
    bedId: string | null
  }
  'contract.hotlineCall': {
    institutionId: string
    id: string
    at: Date
    residentId: string | null
    caller: string
    topic: HotlineTopic
    asked: string
    answered: string
    outcome: HotlineOutcome
    practitionerId: string | null
    notedBy: string
  }
  'contract.indicator': {
    code: IndicatorCode
    since: string
    have: string
    should: string
    note: string
    source: string
  }
  'contract.panel': {
    institutionId: string
    doctorId: string
    ownLimit: number | null
  }
  'contract.population': {
    institutionId: string
    id: string
    people: number
    asOf: string
    source: string
    recordedAt: Date
    recordedBy: string
  }
  'contract.registerEntry': {
    institutionId: string
    priorityGroup: PriorityGroup
    residentId: string
    since: string
    until: string | null
    source: string
    changedAt: Date
  }
  'contract.rule': {
    code: string
    since: string
    value: number
    source: string
  }
  'contract.service': {
    residentId: string
    contractId: string
    id: string
    communityId: string
    teamId: string
    packageCode: string
    itemCode: string
    itemName: string
    seq: number
    performer: Performer
    evidence: EvidenceKind[]
    priceFen: number
    dueFrom: string
    dueOn: string
    assigneeId: string | null
    status: 'due' | 'done' | 'refused' | 'lapsed'
    doneAt: Date | null
    doneBy: string | null
    recordedAt: Date | null
    note: string | null
    proof: ColumnType<unknown, string | null, string | null>
  }
  'contract.servicePackage': {
    institutionId: string
    id: string
    code: string
    version: number
    name: string
    level: PackageLevel
    priorityGroup: PriorityGroup | null
    fee: ColumnType<unknown, string, string>
    items: ColumnType<unknown, string, string>
    since: string
    until: string | null
    publishedAt: Date
    publishedBy: string
  }
  'contract.settlement': {
    institutionId: string
    id: string
    teamId: string
    teamName: string
    year: number
    status: SettlementStatus
    factorPermille: number
    feeFen: number
    sharedFen: number
    inputs: ColumnType<unknown, string, string>
    runAt: Date
    runBy: string
    reviewedAt: Date | null
    reviewedBy: string | null
    closedAt: Date | null
    closedBy: string | null
    version: Generated<number>
  }
  'contract.settlementEntry': {
    institutionId: string
    settlementId: string
    line: number
    account: 'source' | 'person' | 'withheld'
    fund: 'insurance' | 'publicHealth' | 'personal' | 'commercial'
    practitionerId: string | null
    fen: number
  }
  'contract.settlementRule': {
    since: string
    rule: ColumnType<unknown, string, string>
    source: string
  }
  'contract.signingCode': {
    residentId: string
    digest: string
    until: Date
    failures: Generated<number>
    sentAt: Date
    day: string
    sentToday: number
  }
  'contract.step': {
    residentId: string
    contractId: string
    id: string
    at: Date
    move: string
    fromStatus: ContractStatus | null
    toStatus: ContractStatus
    actorKind: string
    actorId: string
    practitionerId: string | null
    institutionId: string | null
    comment: string | null
  }
  'contract.survey': {
    residentId: string
    id: string
    contractId: string
    communityId: string
    teamId: string
    doctorId: string
    about: 'service' | 'advice' | 'year'
    subject: string | null
    askedOn: string
    until: string
    answeredAt: Date | null
    answers: ColumnType<unknown, string | null, string | null>
    score: number | null
    comment: string | null
  }
  'network.name': View<{
    id: string
    name: string
    shortName: string
    kind: string
    tier: string | null
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
  'workforce.name': View<{
    id: string
    institutionId: string | null
    name: string
    title: 'chief' | 'associateChief' | 'attending' | 'resident' | 'none'
  }>
  'workforce.teamName': View<{
    id: string
    institutionId: string
    name: string
    kind: 'gp' | 'attending'
    phone: string | null
    until: string | null
  }>
  'resident.card': View<{
    id: string
    nameMasked: string
    sex: 'male' | 'female' | 'unknown' | 'unspecified'
    birthDate: string | null
    idMasked: string | null
  }>
}
