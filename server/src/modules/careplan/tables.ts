// Written by `npm run tables` from the migrated database.
import type { EndReason, EnrolmentStatus, FollowUpStatus } from '@tongmai/api/careplan/flow'
import type { SkipReason } from '@tongmai/api/careplan/following-pathway'
import type { Answers, PlainTexts, Questionnaire } from '@tongmai/api/careplan/form'
import type { PathwayStatus, PathwaySteps } from '@tongmai/api/careplan/pathway'
import type { Findings, Goals, ProgrammeCode, ProgrammeRules } from '@tongmai/api/careplan/programme'
import type { ReadingKind, SeriesKind } from '@tongmai/api/careplan/reading'
import type { ColumnType, Generated } from 'kysely'

/** A view's rows are read, never written. */
type View<Row> = { [Column in keyof Row]: ColumnType<Row[Column], never, never> }

/** What careplan may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type CareplanTables = {
  'careplan.alert': {
    residentId: string
    id: string
    rule: string
    name: string
    source: string
    kind: ReadingKind
    level: 'warn' | 'critical'
    institutionId: string
    practitionerId: string | null
    deviceId: string | null
    raisedAt: Date
    firstAt: Date
    lastAt: Date
    value: number | null
    value2: number | null
    times: Generated<number>
    status: Generated<'open' | 'answered'>
    response: 'called' | 'visited' | 'adjusted' | 'referred' | 'falseAlarm' | null
    note: string | null
    answeredBy: string | null
    answeredAt: Date | null
  }
  'careplan.alertRule': {
    code: string
    since: string
    kind: ReadingKind
    way: 'threshold' | 'duration' | 'baseline' | 'trend' | 'silence'
    part: Generated<number>
    level: 'warn' | 'critical'
    least: number | null
    most: number | null
    spanHours: Generated<number>
    amount: number | null
    minutes: number
    name: string
    source: string
    stopped: Generated<boolean>
    changedBy: string | null
    changedAt: Date | null
  }
  'careplan.chain': {
    residentId: string
    programme: ProgrammeCode
    institutionId: string | null
    screenedOn: string | null
    confirmedOn: string | null
    referredOn: string | null
    referral: string | null
    returnedOn: string | null
    returned: string | null
  }
  'careplan.chainProgress': {
    one: Generated<boolean>
    institutionId: string | null
    at: Date
  }
  'careplan.device': {
    institutionId: string
    id: string
    serial: string
    model: string
    kinds: ReadingKind[]
    tokenDigest: string
    status: Generated<'stock' | 'lent' | 'retired'>
    addedAt: Date
    endedAt: Date | null
    endReason: 'lost' | 'broken' | 'worn' | null
    endNote: string | null
  }
  'careplan.enrolment': {
    residentId: string
    id: string
    programme: ProgrammeCode
    institutionId: string
    practitionerId: string | null
    risk: 'low' | 'medium' | 'high' | 'veryHigh'
    diagnosedOn: string | null
    plan: string
    plain: string
    goals: ColumnType<Goals, string, string>
    status: EnrolmentStatus
    enrolledOn: string
    enrolledBy: string
    endedOn: string | null
    endReason: EndReason | null
    lastOn: string | null
    lastVerdict: 'satisfactory' | 'unsatisfactory' | 'critical' | null
    lastControlled: boolean | null
    unsatisfactoryRun: Generated<number>
    missedRun: Generated<number>
    nextOn: string | null
    version: Generated<number>
  }
  'careplan.followUp': {
    residentId: string
    id: string
    institutionId: string
    practitionerId: string | null
    enrolmentId: string | null
    source: string
    reason: string
    form: string
    formVersion: number | null
    dueOn: string
    status: FollowUpStatus
    way: 'clinic' | 'home' | 'phone' | 'video' | null
    doneAt: Date | null
    doneBy: string | null
    recordedAt: Date | null
    answers: ColumnType<Answers | null, string | null, string | null>
    verdict: 'satisfactory' | 'unsatisfactory' | 'critical' | null
    controlled: boolean | null
    findings: ColumnType<Findings | null, string | null, string | null>
    note: string | null
  }
  'careplan.followedPathway': {
    residentId: string
    id: string
    pathwayId: string
    line: string
    institutionId: string
    startedOn: string
    startedBy: string | null
    endedOn: string | null
    endReason: string | null
  }
  'careplan.form': {
    code: string
    version: number
    title: string
    questionnaire: ColumnType<Questionnaire, string, string>
    source: string
    since: string
  }
  'careplan.guideline': {
    code: string
    name: string
    mark: string
    note: string
  }
  'careplan.loan': {
    residentId: string
    id: string
    deviceId: string
    institutionId: string
    practitionerId: string | null
    since: Date
    until: Date | null
    agreement: string
    lentBy: string
    lastAt: Date | null
    signer: string | null
  }
  'careplan.pathway': {
    institutionId: string
    id: string
    line: string
    version: number
    programme: ProgrammeCode
    title: string
    note: string
    steps: ColumnType<PathwaySteps, string, string>
    basedOn: string | null
    status: PathwayStatus
    authorId: string | null
    reviewerId: string | null
    comment: string | null
    publishedOn: string | null
    endedOn: string | null
    endNote: string | null
    changedAt: Date
    revision: Generated<number>
  }
  'careplan.programme': {
    code: ProgrammeCode
    since: string
    name: string
    form: string
    rules: ColumnType<ProgrammeRules, string, string>
    source: string
  }
  'careplan.reading': {
    residentId: string
    deviceId: string
    seq: number
    at: Date
    kind: ReadingKind
    value: number
    value2: number | null
    receivedAt: Date
  }
  'careplan.readingDay': {
    residentId: string
    kind: ReadingKind
    day: string
    n: number
    least: number
    most: number
    total: number
    least2: number | null
    most2: number | null
    total2: number | null
  }
  'careplan.readingHour': {
    residentId: string
    kind: ReadingKind
    hour: Date
    n: number
    least: number
    most: number
    total: number
    least2: number | null
    most2: number | null
    total2: number | null
  }
  'careplan.readingPhoto': {
    residentId: string
    id: string
    kind: SeriesKind
    at: Date
    value: number
    value2: number | null
    fileHash: string
  }
  'careplan.refusedReading': {
    residentId: string
    id: string
    deviceId: string
    receivedAt: Date
    raw: ColumnType<unknown, string, string>
    problem: string
  }
  'careplan.rule': {
    code: string
    since: string
    value: number
    source: string
  }
  'careplan.selfAnswer': {
    residentId: string
    id: string
    followUpId: string
    institutionId: string
    form: string
    formVersion: number
    answers: ColumnType<Answers, string, string>
    answeredAt: Date
    byProxy: boolean
    urgent: boolean
    findings: ColumnType<Findings, string, string>
  }
  'careplan.selfRule': {
    form: string
    since: string
    allowed: boolean
    askDays: number
    leftOut: Generated<string[]>
    plain: ColumnType<PlainTexts, string, string>
    urgentMinutes: number
    source: string
  }
  'careplan.stepRecord': {
    residentId: string
    id: string
    followedId: string
    pathwayId: string
    institutionId: string
    step: string
    outcome: 'done' | 'skipped'
    at: Date
    byId: string | null
    reason: SkipReason | null
    note: string
    form: string | null
    formVersion: number | null
    answers: ColumnType<Answers | null, string | null, string | null>
  }
  'careplan.strayMessage': {
    institutionId: string
    id: string
    receivedAt: Date
    topic: string
    problem: string
    size: number
    rawSealed: string
  }
  'careplan.strip': {
    residentId: string
    deviceId: string
    seq: number
    at: Date
    hertz: number
    samples: number[]
    receivedAt: Date
  }
  'network.name': View<{
    id: string
    name: string
    shortName: string
    kind: string
    tier: string | null
    closedOn: string | null
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
}
