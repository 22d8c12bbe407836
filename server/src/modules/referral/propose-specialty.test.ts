import type { SpecialtyLine } from '@tongmai/api/referral/specialty'
import { expect, test } from 'vitest'
import { lineFor } from './propose-specialty.ts'

const line = (first: string, last: string, specialty: SpecialtyLine['specialty'], more = {}) => ({
  ...{ first, last, specialty, source: '', since: '2020-01-01', until: null, editedAt: null, editedBy: null },
  ...more,
})
const lines = [
  line('I00', 'I99', 'cardiology'),
  line('I60', 'I69', 'neurology', { until: '2026-12-31' }),
  line('I60', 'I69', 'neurosurgery', { since: '2027-01-01' }),
  line('R51', 'R51', null),
]
const found = (diagnosis: string, on = '2026-11-26') => lineFor(lines, diagnosis, on)?.specialty

test('the narrowest range with the diagnosis speaks, by the day; no range, no proposal', () => {
  expect(['I20.0', 'I63.9', 'I60', 'R51', 'Z00'].map((code) => found(code))).toEqual([
    ...['cardiology', 'neurology', 'neurology', null, undefined],
  ])
  expect(found('I63.9', '2027-01-01')).toBe('neurosurgery')
})
