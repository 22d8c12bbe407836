import type { Resource } from '../../../kernel/resource/owner.ts'
import type { DemoItem } from './catalogue.ts'

const reports = new Set(['imaging', 'ultrasound', 'ecg', 'function', 'haematology'])
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category'
const SECTION = 'http://terminology.hl7.org/CodeSystem/v2-0074'
const sections: Readonly<Record<string, string>> = {
  imaging: 'RAD',
  ultrasound: 'RUS',
  ecg: 'EC',
  function: 'PF',
}

/** A result as a laboratory or imaging department of the region sends it; `drift` makes values differ, 1 is usual. */
export function resultOf(
  item: DemoItem,
  { residentId, at, drift }: { residentId: string; at: Date; drift: number },
): Resource {
  const head = {
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: item.loinc[0] ?? '' }], text: item.name },
    subject: { reference: `Patient/${residentId}` },
    effectiveDateTime: at.toISOString(),
    issued: at.toISOString(),
  }
  const [value = '', unit = '', low, high] = item.usual.split(' ')
  const number = Number(value)
  if (Number.isNaN(number) || reports.has(item.category)) {
    const section = sections[item.category] ?? 'LAB'
    return {
      resourceType: 'DiagnosticReport',
      category: [{ coding: [{ system: SECTION, code: section }] }],
      ...head,
      conclusion: item.usual,
    }
  }
  const drawn = Number((number * drift).toPrecision(3))
  const laboratory = { system: CATEGORY, code: 'laboratory' }
  return {
    resourceType: 'Observation',
    category: [{ coding: [laboratory] }],
    ...head,
    valueQuantity: { value: drawn, unit },
    referenceRange: [{ low: { value: Number(low), unit }, high: { value: Number(high), unit } }],
  }
}
