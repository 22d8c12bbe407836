import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Candidate,
  defaultWeights,
  excludedBy,
  rankDestinations,
  type Wanted,
} from './rank-destination.ts'

const NOW = Date.UTC(2026, 10, 25, 2)
const HOUR = 3_600_000
const wanted: Wanted = {
  fromInstitutionId: 'own',
  urgency: 'routine',
  down: false,
  place: 'clinic',
  now: NOW,
}
const good: Candidate = {
  departmentId: 'd',
  institutionId: 'i',
  open: true,
  primary: false,
  doctors: 2,
  signedOff: true,
  agreed: true,
  minutes: 20,
  nextAt: NOW + 24 * HOUR,
  free: 3,
  confirmedAt: null,
  ownFen: 10_000,
  contracted: false,
  openReferrals: 1,
}
const anyCandidate: fc.Arbitrary<Candidate> = fc.record({
  departmentId: fc.uuid(),
  institutionId: fc.constantFrom('own', 'a', 'b', 'c'),
  open: fc.boolean(),
  primary: fc.boolean(),
  doctors: fc.integer({ min: 0, max: 3 }),
  signedOff: fc.boolean(),
  agreed: fc.boolean(),
  minutes: fc.option(fc.integer({ min: 0, max: 500 })),
  nextAt: fc.option(fc.integer({ min: NOW, max: NOW + 500 * HOUR })),
  free: fc.integer({ min: 0, max: 9 }),
  confirmedAt: fc.option(fc.integer({ min: NOW - 99 * HOUR, max: NOW })),
  ownFen: fc.option(fc.integer({ min: 0, max: 900_000 })),
  contracted: fc.boolean(),
  openReferrals: fc.integer({ min: 0, max: 90 }),
})
const anyWanted: fc.Arbitrary<Wanted> = fc.record({
  fromInstitutionId: fc.constant('own'),
  urgency: fc.constantFrom('routine', 'urgent', 'emergency'),
  down: fc.boolean(),
  place: fc.constantFrom('clinic', 'bed', 'examination'),
  now: fc.constant(NOW),
})
const share = fc.integer({ min: 0, max: 100 })
const anyWeights = fc.record({
  travel: share,
  wait: share,
  cost: share,
  contract: share,
  load: share,
  freshness: share,
})
const same = (one: Candidate): Candidate => one
const best = (candidates: readonly Candidate[], how: Wanted = wanted) =>
  rankDestinations(candidates, same, { wanted: how, weights: defaultWeights }).offered[0]?.candidate
    .departmentId

describe('a destination', () => {
  test('that breaks a hard rule is never offered, whatever the weights; each is offered or excluded, and scores lie in 0–100', () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 30 }), anyWanted, anyWeights, (all, how, weights) => {
        const { offered, excluded } = rankDestinations(all, same, { wanted: how, weights })
        for (const { candidate, score } of offered) {
          expect(excludedBy(candidate, how)).toEqual([])
          expect(candidate.open && candidate.signedOff && candidate.doctors > 0).toBe(true)
          expect(candidate.agreed || how.urgency === 'emergency').toBe(true)
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(100)
        }
        for (const one of excluded) expect(one.why.length).toBeGreaterThan(0)
        expect(offered.length + excluded.length).toBe(all.length)
        const scores = offered.map(({ score }) => score)
        expect(scores).toEqual(scores.toSorted((a, b) => b - a))
      }),
      { numRuns: 400 },
    )
  })

  test('is left out for every rule it breaks, each named', () => {
    const none = {
      ...good,
      institutionId: 'own',
      open: false,
      signedOff: false,
      doctors: 0,
      agreed: false,
      minutes: null,
    }
    expect(excludedBy(none, { ...wanted, down: true })).toEqual([
      'own-institution',
      'closed',
      'not-signed-off',
      'no-licensed-doctor',
      'no-agreement',
      'no-way',
      'not-primary',
    ])
    expect(excludedBy({ ...good, agreed: false }, { ...wanted, urgency: 'emergency' })).toEqual([])
  })

  test('sooner, nearer by road, cheaper, contracted, less burdened and freshly confirmed goes before', () => {
    const other = { ...good, departmentId: 'other', institutionId: 'o' }
    expect(best([good, { ...other, nextAt: NOW + 200 * HOUR }])).toBe('d')
    expect(best([{ ...good, minutes: 90 }, other])).toBe('other')
    expect(best([{ ...good, ownFen: 90_000 }, other])).toBe('other')
    expect(best([good, { ...other, contracted: true }])).toBe('other')
    expect(best([{ ...good, openReferrals: 19 }, other])).toBe('other')
    const bed = { ...wanted, place: 'bed' as const }
    const said = (hours: number) => NOW - hours * HOUR
    expect(
      best(
        [
          { ...good, confirmedAt: said(20) },
          { ...other, confirmedAt: said(1) },
        ],
        bed,
      ),
    ).toBe('other')
  })
})
