import type { ProgrammeCode } from '@tongmai/api/careplan/programme'

/** Codes of ICD-10 that confirm a disease begin so; what is measured to find it, as LOINC. */
export const diseases: Readonly<
  Record<ProgrammeCode, { icd10: readonly string[]; loinc: readonly string[] }>
> = {
  hypertension: { icd10: ['I10', 'I11', 'I12', 'I13', 'I15'], loinc: ['85354-9', '8480-6'] },
  type2Diabetes: { icd10: ['E11'], loinc: ['1558-6', '4548-4'] },
}
/** The diagnosis that a programme is for, as a referral says it. */
export const diagnosisOf: Readonly<Record<ProgrammeCode, { code: string; text: string }>> = {
  hypertension: { code: 'I10', text: '原发性高血压' },
  type2Diabetes: { code: 'E11', text: '2 型糖尿病' },
}
const all = Object.keys(diseases) as ProgrammeCode[]

/** Which programme's disease a diagnosis code means, or null. */
export const programmeOf = (icd10: string | null | undefined): ProgrammeCode | null =>
  all.find((one) => diseases[one].icd10.some((prefix) => icd10?.startsWith(prefix))) ?? null

interface Concept {
  readonly coding?: readonly { readonly system?: string; readonly code?: string }[]
}

/** A resource that says what it is about, and a diagnosis how sure it is. */
export interface Coded {
  readonly code?: Concept
  readonly verificationStatus?: Concept
}
const codesIn = (resource: Coded, system: RegExp): string[] =>
  (resource.code?.coding ?? []).flatMap((one) =>
    one.code && system.test(one.system ?? '') ? [one.code] : [],
  )

/** Whose disease a Condition is about. */
export const diagnosedBy = (condition: Coded): ProgrammeCode[] =>
  all.filter((one) => codesIn(condition, /icd-?10/i).some((code) => programmeOf(code) === one))

/** Whose disease a Condition confirms: what is suspected, ruled out or entered in error confirms none. */
export const confirmedBy = (condition: Coded): ProgrammeCode[] =>
  (condition.verificationStatus?.coding ?? []).every(({ code }) => code === 'confirmed')
    ? diagnosedBy(condition)
    : []

/** For whose disease an Observation is a screening. */
export const screenedBy = (observation: Coded): ProgrammeCode[] =>
  all.filter((one) => codesIn(observation, /loinc/i).some((code) => diseases[one].loinc.includes(code)))
