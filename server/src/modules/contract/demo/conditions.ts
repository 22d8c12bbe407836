import { dayAfter, dayOf } from '../../../kernel/day.ts'
import { demoId } from '../../../kernel/demo.ts'
import type { Projection } from '../../../kernel/resource/project.ts'
import type { ContractRow } from '../store/row.ts'

const kinds = {
  GXY: { code: 'I10.x00', display: '原发性高血压' },
  TNB: { code: 'E11.900', display: '2 型糖尿病' },
} as const

const ward = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP', display: '住院' }
/** Every so many-th of those under contract has just left the hospital of their contract. */
const DISCHARGED_EVERY = 40

/** What the record says of those under contract: the diseases their packages are for, and a few stays that just ended. */
export function demoConditions(rows: readonly ContractRow[], now: Date): Projection[] {
  return rows.flatMap((row, n): Projection[] => {
    const subject = { reference: `Patient/${row.residentId}` }
    const about = { residentId: row.residentId, institutionId: row.communityId }
    const conditions = row.packages.flatMap(({ code }): Projection[] => {
      const coded = kinds[code as keyof typeof kinds]
      if (!coded) return []
      const coding = [{ system: 'http://hl7.org/fhir/sid/icd-10', ...coded }]
      const id = demoId('contract', `condition ${row.id} ${code}`)
      const recordedDate = row.startsOn
      const resource = { resourceType: 'Condition', id, subject, code: { coding }, recordedDate }
      return [{ resource, ...about }]
    })
    if (n % DISCHARGED_EVERY > 0 || row.tertiaryId === null) return conditions
    const end = dayAfter(dayOf(now), -(1 + ((n / DISCHARGED_EVERY) % 6)))
    const stay = { start: dayAfter(end, -8), end }
    const id = demoId('contract', `stay ${row.id}`)
    const resource = { resourceType: 'Encounter', id, status: 'finished', class: ward, subject, period: stay }
    return [...conditions, { resource, residentId: row.residentId, institutionId: row.tertiaryId }]
  })
}
