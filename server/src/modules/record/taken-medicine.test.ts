import { expect, test } from 'vitest'
import type { Resource } from '../../kernel/resource/owner.ts'
import { doseInWords } from './dose-words.ts'
import { takenOf } from './taken-medicine.ts'

const now = new Date('2026-11-22T02:00:00Z')
let count = 0
const prescribed = (name: string, on: string, more: Partial<Resource> = {}) => ({
  id: `p${count++}`,
  happenedAt: new Date(`${on}T00:00:00Z`),
  institutionId: null,
  resource: {
    ...{ resourceType: 'MedicationRequest', status: 'active', intent: 'order' },
    medicationCodeableConcept: { text: name },
    ...more,
  } as Resource,
})

test('a dose is said as people say it, and the source’s own sentence goes before', () => {
  const dosage = (one: object) => ({ resourceType: 'MedicationRequest', dosageInstruction: [one] }) as never
  const doseAndRate = [{ doseQuantity: { value: 1, unit: '片' } }]
  const twice = { repeat: { frequency: 2, period: 1, periodUnit: 'd', when: ['PC'] } }
  expect(doseInWords(dosage({ timing: twice, doseAndRate }))).toBe('每天 2 次，每次 1 片，饭后')
  const often = { repeat: { frequency: 1, period: 8, periodUnit: 'h' } }
  expect(doseInWords(dosage({ timing: often, asNeededBoolean: true }))).toBe('需要时用，每 8 小时 1 次')
  expect(doseInWords(dosage({ timing: { code: { coding: [{ code: 'TID' }] } } }))).toBe('每天 3 次')
  expect(doseInWords(dosage({ text: '早晚各一片', doseAndRate }))).toBe('早晚各一片')
  expect(doseInWords({ resourceType: 'MedicationRequest' } as never)).toBeNull()
})

test('what is taken now stands once, since its first prescription; what is over, planned or an error does not', () => {
  const bounds = (value: number) => ({
    dosageInstruction: [{ timing: { repeat: { boundsDuration: { value, unit: 'd' } } } }],
  })
  const taken = takenOf(
    [
      prescribed('氨氯地平片', '2026-11-01', {
        dispenseRequest: { expectedSupplyDuration: { value: 30, unit: 'd' }, numberOfRepeatsAllowed: 1 },
        requester: { display: '王医生' },
      }),
      prescribed('阿莫西林胶囊', '2026-11-01', bounds(7)),
      prescribed('氨溴索片', '2026-11-20', bounds(7)),
      prescribed('华法林片', '2026-10-01', { intent: 'plan' }),
      prescribed('地高辛片', '2026-10-01', { status: 'entered-in-error' }),
      prescribed('美托洛尔片', '2026-09-01', { status: 'on-hold' }),
      prescribed('氨氯地平片', '2025-03-01', { status: 'completed' }),
      prescribed('布洛芬片', '2025-01-01', { status: 'stopped' }),
    ],
    now,
  )
  expect(taken.map((one) => one.name)).toEqual(['氨氯地平片', '氨溴索片', '美托洛尔片'])
  expect(taken[0]).toMatchObject({
    ...{ since: new Date('2025-03-01T00:00:00Z'), until: null, prescriber: '王医生', onHold: false },
    suppliedUntil: new Date('2026-12-31T00:00:00Z'),
  })
  expect(taken[1]?.until).toEqual(new Date('2026-11-27T00:00:00Z'))
  expect(taken[2]?.onHold).toBe(true)
})
