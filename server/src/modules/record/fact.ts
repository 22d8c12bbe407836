import type { Fact, Kind, Label } from '@tongmai/api/record'
import { between } from '../../kernel/resource/comparable.ts'
import type { Part } from '../../kernel/resource/facts.ts'
import { startOf } from '../../kernel/resource/happened.ts'
import type { Json, Resource } from '../../kernel/resource/owner.ts'
import { attachmentsOf, isHeld } from './attachment.ts'
import { doseInWords } from './dose-words.ts'
import { at, joined, list, text, textAt } from './element.ts'
import { labelOf } from './label.ts'
import { valuesOf } from './value.ts'

/** Which FHIR types are which kind of fact; what stands nowhere here (claims, goals) is no line of a record. */
const typesOf: Readonly<Record<Kind, readonly string[]>> = {
  encounter: ['Encounter'],
  problem: ['Condition'],
  allergy: ['AllergyIntolerance'],
  medicine: ['MedicationRequest', 'MedicationStatement', 'MedicationDispense', 'MedicationAdministration'],
  observation: ['Observation'],
  report: ['DiagnosticReport', 'ImagingStudy'],
  procedure: ['Procedure'],
  immunisation: ['Immunization'],
  document: ['DocumentReference', 'Composition', 'Media'],
  plan: ['CarePlan'],
  referral: ['ServiceRequest'],
  order: ['ServiceRequest'],
}

const REFERRAL = '3457005'
/** Of one type are what is ordered and to whom somebody is sent: the category says which. */
const requestKind = (resource: Resource): Kind =>
  list(resource.category).some((one) => list(at(one, 'coding')).some((c) => textAt(c, 'code') === REFERRAL))
    ? 'referral'
    : 'order'

/** Referrals among what is requested, as the store finds them. */
export const referrals: Part = {
  type: 'ServiceRequest',
  low: `category=${REFERRAL}${between}`,
  high: `category=${REFERRAL}\x20`,
}

/** Of what is requested only the referrals, or only the orders, where not both kinds are wanted. */
export function partOfKinds(kinds?: readonly Kind[]): (Part & { has: boolean }) | undefined {
  if (!kinds || kinds.includes('referral') === kinds.includes('order')) return undefined
  return { ...referrals, has: kinds.includes('referral') }
}

const kindOf = new Map<string, Kind>(
  (Object.entries(typesOf) as [Kind, readonly string[]][]).flatMap(([kind, types]) =>
    types.map((type) => [type, kind] as const),
  ),
)

/** The FHIR types of some kinds; of all where none are named. */
export const typesOfKinds = (kinds?: readonly Kind[]): readonly string[] =>
  (kinds ?? (Object.keys(typesOf) as Kind[])).flatMap((kind) => typesOf[kind])

/** What the store knows about a fact beside its content. */
export interface Kept {
  readonly id: string
  readonly version: number
  readonly updatedAt: Date
  readonly happenedAt: Date | null
}

const named = (words: string): Label => ({ text: words, original: null, system: null, code: null })

/** Where a fact has its name, by type. */
const names: Readonly<Record<string, (resource: Resource) => Label>> = {
  Encounter: (r) => labelOf(list(r.type)[0] ?? r.class),
  Immunization: (r) => labelOf(r.vaccineCode),
  ImagingStudy: (r) => labelOf(list(r.procedureCode)[0] ?? at(r, 'series.modality')),
  CarePlan: (r) => (text(r.title) ? named(text(r.title) ?? '') : labelOf(list(r.category).at(-1))),
  DocumentReference: (r) => (text(r.description) ? named(text(r.description) ?? '') : labelOf(r.type)),
  Composition: (r) => named(text(r.title) ?? labelOf(r.type).text),
  Media: (r) => {
    const title = textAt(r.content, 'title')
    const concept = r.type ?? r.modality ?? r.bodySite
    return title || !concept ? named(title ?? '影像资料') : labelOf(concept)
  },
}
/** The name of a medicine. */
export const medicineLabel = (resource: Resource): Label =>
  resource.medicationCodeableConcept
    ? labelOf(resource.medicationCodeableConcept)
    : named(textAt(resource, 'medicationReference.display') ?? '未注明')

/** What a fact is called. */
export function factLabel(resource: Resource): Label {
  if (kindOf.get(resource.resourceType) === 'medicine') return medicineLabel(resource)
  return (names[resource.resourceType] ?? ((r: Resource) => labelOf(r.code)))(resource)
}

const activityWords = (activity: Json): string[] => {
  const code = at(activity, 'detail.code')
  const said = code ? labelOf(code).text : textAt(activity, 'detail.description')
  return said ? [said] : []
}

const shortened = (words: readonly string[], most = 3): string[] =>
  words.length > most ? [...words.slice(0, most - 1), `${words[most - 1]}等 ${words.length} 项`] : [...words]

/** The one line that matters beside the name. */
const notes: Readonly<Record<string, (resource: Resource) => string | null>> = {
  Encounter: (r) => joined(list(r.reasonCode).map((reason) => labelOf(reason).text)),
  MedicationRequest: doseInWords,
  MedicationStatement: doseInWords,
  AllergyIntolerance: (r) =>
    joined(list(at(r, 'reaction.manifestation')).map((reaction) => labelOf(reaction).text)),
  DiagnosticReport: (r) => text(r.conclusion) ?? null,
  ImagingStudy: (r) => text(r.description) ?? null,
  Procedure: (r) => joined(list(r.reasonCode).map((reason) => labelOf(reason).text)),
  CarePlan: (r) => joined(shortened([...new Set(list(r.activity).flatMap(activityWords))]), '、'),
  ServiceRequest: (r) => joined(list(r.reasonCode).map((reason) => labelOf(reason).text)),
}

/** What was found not to be so, or was written down by mistake, is nothing else besides. */
const untrue = new Set(['entered-in-error', 'refuted'])
/** What is only suspected is said before that it goes on. */
const unsure = new Set(['unconfirmed', 'provisional', 'differential'])

/** How unsure its source is of it, in words; null where it is not, or does not say. */
export const doubtOf = ({ verificationStatus, status }: Resource): string | null => {
  if (unsure.has(textAt(verificationStatus, 'coding.code') ?? '')) return labelOf(verificationStatus).text
  return status === 'preliminary' ? '初步结果' : null
}

function statusOf(resource: Resource): string | null {
  const verified = textAt(resource, 'verificationStatus.coding.code') ?? ''
  if (untrue.has(verified)) return verified
  const state = textAt(resource, 'clinicalStatus.coding.code') ?? text(resource.status) ?? null
  return unsure.has(verified) && (state === null || state === 'active') ? verified : state
}

const endOf = (resource: Resource): Date | null => {
  const end =
    textAt(resource, 'period.end') ??
    text(resource.abatementDateTime) ??
    textAt(resource, 'performedPeriod.end')
  return (end && startOf(end)) || null
}

/** Before 1900 and after 2100 a date is a slip of the source: it stands in the source text only. */
const plausible = (moment: Date | null): Date | null =>
  moment && moment.getUTCFullYear() >= 1900 && moment.getUTCFullYear() < 2100 ? moment : null

/** The id of the institution where it happened, as the source refers to it. */
export const providerIn = (resource: Resource): string | undefined =>
  [resource.serviceProvider, list(resource.performer)[0], resource.custodian, resource.requester]
    .map((reference) => /^Organization\/([A-Za-z0-9\-.]+)$/.exec(textAt(reference, 'reference') ?? '')?.[1])
    .find(Boolean)

/** A resource as a line of the record; undefined for what is no line. Institution and provider are put in later. */
export function factOf(resource: Resource, kept: Kept): Fact | undefined {
  const kind =
    resource.resourceType === 'ServiceRequest' ? requestKind(resource) : kindOf.get(resource.resourceType)
  if (!kind) return undefined
  const category = list(resource.category)[0] as Json
  return {
    type: resource.resourceType,
    id: kept.id,
    kind,
    label: factLabel(resource),
    status: statusOf(resource),
    at: plausible(kept.happenedAt),
    until: plausible(endOf(resource)),
    values: kind === 'observation' ? valuesOf(resource as Json) : [],
    category: kind === 'plan' ? null : (textAt(category, 'coding.code') ?? text(category) ?? null),
    note: notes[resource.resourceType]?.(resource) ?? null,
    hasFile: attachmentsOf(resource).some(isHeld),
    provider: null,
    institution: null,
    recordedAt: kept.updatedAt,
    version: kept.version,
  }
}
