import type { recordWords } from './words.ts'

type Say = (key: keyof typeof recordWords.table) => string

/** Types of data that have a name of their own here; others keep FHIR's. */
export const namedTypes = [
  'Patient',
  'Condition',
  'Procedure',
  'Observation',
  'Encounter',
  'MedicationRequest',
  'DiagnosticReport',
  'AllergyIntolerance',
  'Immunization',
] as const

/** A type of data as people call it. */
export function typeWords(t: Say, type: string): string {
  const named = namedTypes.find((one) => one === type)
  return named ? t(`type.${named}`) : type
}

/** Hundredths of a percent, `98.5%`; a dash where nothing was checked. */
export const showScore = (bp: number | null): string => (bp === null ? '—' : `${(bp / 100).toFixed(1)}%`)
