import type { Json, Resource } from './owner.ts'

/** The resident under whom lies what concerns none. */
export const nobodysId = '00000000-0000-0000-0000-000000000000'

/** Types that describe the world and not a person; everybody who is signed in may read them. */
const open: ReadonlySet<string> = new Set(
  `ActivityDefinition CapabilityStatement ChargeItemDefinition CodeSystem CompartmentDefinition ConceptMap
  DeviceDefinition EffectEvidenceSynthesis Endpoint EventDefinition Evidence EvidenceVariable ExampleScenario
  GraphDefinition HealthcareService ImplementationGuide InsurancePlan Library Location Measure Medication
  MedicationKnowledge MedicinalProduct MessageDefinition NamingSystem ObservationDefinition OperationDefinition
  Organization OrganizationAffiliation PlanDefinition Practitioner PractitionerRole Questionnaire
  ResearchElementDefinition ResearchDefinition RiskEvidenceSynthesis SearchParameter Slot Schedule
  SpecimenDefinition StructureDefinition StructureMap Substance TerminologyCapabilities TestScript ValueSet`.split(
    /\s+/,
  ),
)

/** Whether resources of the type describe the world and not a person. */
export const isOpenType = (type: string): boolean => open.has(type)

/** Where a resource names the person it is about, in the order of preference (R4 patient compartment). */
const paths: readonly (readonly string[])[] = [
  ['subject'],
  ['patient'],
  ['beneficiary'],
  ['for'],
  ['individual'],
  ['policyHolder'],
  ['participant', 'actor'],
  ['securityContext'],
  ['source'],
  ['author'],
]

/** Whom a resource concerns: one patient by FHIR id, everybody (`open`), or nobody known (`unknown`). */
export type Concern =
  | { readonly kind: 'patient'; readonly patientId: string }
  | { readonly kind: 'open' }
  | { readonly kind: 'unknown' }

const asList = (value: Json): readonly Json[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]

const asObject = (value: Json): { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

const along = (start: Json, path: readonly string[]): readonly Json[] =>
  path.reduce<readonly Json[]>((at, name) => at.flatMap((one) => asList(asObject(one)[name])), [start])

/** `Patient/7` of `Patient/7`, `https://here/fhir/R4/Patient/7` and `Patient/7/_history/2`; undefined for others. */
const patientIn = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/\d+)?$/

/** The id in a reference to a Patient. */
export function patientIdIn(reference: Json): string | undefined {
  return typeof reference === 'string' ? patientIn.exec(reference)?.[1] : undefined
}

/** Whom the resource concerns, by its own words. */
export function concernOf(resource: Resource): Concern {
  if (open.has(resource.resourceType)) return { kind: 'open' }
  if (resource.resourceType === 'Patient' && resource.id) return { kind: 'patient', patientId: resource.id }
  for (const path of paths) {
    for (const one of along(resource, path)) {
      const patientId = patientIdIn(asObject(one).reference)
      if (patientId) return { kind: 'patient', patientId }
    }
  }
  return { kind: 'unknown' }
}

/** `system|value` of every business identifier the resource carries. */
export function identifiersOf(resource: Resource): readonly string[] {
  const found = asList(resource.identifier).flatMap((one) => {
    const { system, value } = asObject(one)
    return typeof value === 'string' ? [`${typeof system === 'string' ? system : ''}|${value}`] : []
  })
  return [...new Set(found)]
}
