import type { MedicineFacts } from '@tongmai/api/pharmacy/medicine'
import type { Resource } from '../../kernel/resource/owner.ts'

export const systems = {
  medicine: 'urn:tongmai:medicine',
  baseCode: 'urn:tongmai:cn-drug-base-code',
  insuranceCode: 'urn:tongmai:cn-insurance-drug-code',
} as const

type Medicine = MedicineFacts & { readonly id: string; readonly retired: boolean }

/** A medicine of the formulary as FHIR's Medication; a code that nobody has entered is left out. */
export function medicationOf(medicine: Medicine): Resource & { id: string } {
  const { id, name, form, strength, category, baseCode, insuranceCode, retired } = medicine
  const coding = [
    ...(baseCode ? [{ system: systems.baseCode, code: baseCode, display: name }] : []),
    ...(insuranceCode ? [{ system: systems.insuranceCode, code: insuranceCode, display: name }] : []),
  ]
  return {
    resourceType: 'Medication',
    id,
    identifier: [{ system: systems.medicine, value: id }],
    code: { ...(coding.length > 0 ? { coding } : {}), text: `${name}${form} ${strength}` },
    status: retired ? 'inactive' : 'active',
    form: { text: form },
    extension: [{ url: 'urn:tongmai:medicine-category', valueString: category }],
  }
}
