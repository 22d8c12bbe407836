import type { Insured } from '@tongmai/api/benefit/insured'
import type { Resource } from '../../kernel/resource/owner.ts'

export const systems = {
  poolingArea: 'urn:tongmai:pooling-area',
  scheme: 'urn:tongmai:insurance-scheme',
  category: 'urn:tongmai:insured-category',
} as const

/** What a resident is insured by as FHIR's Coverage; the payor is the fund of the pooling area, by its name. */
export function coverageOf(residentId: string, insured: Insured): Resource & { id: string } {
  const { id, area, scheme, category, since, until } = insured
  return {
    resourceType: 'Coverage',
    id,
    status: until === null ? 'active' : 'cancelled',
    type: { coding: [{ system: systems.scheme, code: scheme }] },
    beneficiary: { reference: `Patient/${residentId}` },
    period: until === null ? { start: since } : { start: since, end: until },
    payor: [{ display: area }],
    class: [
      { type: { coding: [{ system: systems.poolingArea, code: 'area' }] }, value: area },
      { type: { coding: [{ system: systems.category, code: 'category' }] }, value: category },
    ],
  }
}
