import { indicatorCodes } from '@tongmai/api/contract/indicator'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countIndicator, type Facts, narrow, readValue, type Signed, type Visit } from './count-indicators.ts'

const contract = (n: number, more: Partial<Signed> = {}): Signed => ({
  ...{ id: `c${n}`, residentId: `r${n}`, communityId: 'home', teamId: 't1', doctorId: 'd1' },
  ...{ secondaryId: null, tertiaryId: 'top', startsOn: '2026-01-01', endsOn: '2026-12-31', endedOn: null },
  ...{ paid: false, renewed: false },
  ...more,
})
const visit = (residentId: string, on: string, institutionId: string, more: Partial<Visit> = {}): Visit => ({
  ...{ residentId, on, institutionId, institution: institutionId, emergency: false },
  tier: institutionId === 'home' || institutionId === 'other' ? 'primary' : 'tertiary',
  ...more,
})

/** Worked out by hand: five contracts, of which one ran out and was renewed, one was ended early. */
const facts: Facts = {
  ...{ from: '2026-04-01', to: '2026-06-30', end: '2026-06-30', today: '2026-11-25', population: 1000 },
  contracts: [
    contract(1, { paid: true }),
    contract(2, { teamId: 't2', doctorId: 'd2' }),
    contract(3, { startsOn: '2025-05-01', endsOn: '2026-04-30', endedOn: '2026-04-30', renewed: true }),
    contract(33, { residentId: 'r3', startsOn: '2026-05-01', endsOn: '2027-04-30' }),
    contract(4, { endedOn: '2026-06-30' }),
    contract(5, { startsOn: '2025-06-01', endsOn: '2026-05-31', endedOn: '2026-05-31' }),
  ],
  registered: ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8'],
  groups: new Map([
    ...([['r1', ['elderly', 'hypertension']] as const, ['r2', []] as const] as const),
    ...([['r5', ['diabetes']] as const, ['r6', ['elderly']] as const] as const),
  ]),
  services: [
    { residentId: 'r1', contractId: 'c1', dueOn: '2026-04-10', item: '随访', done: true },
    { residentId: 'r1', contractId: 'c1', dueOn: '2026-06-10', item: '随访', done: false },
    { residentId: 'r2', contractId: 'c2', dueOn: '2026-05-10', item: '随访', done: true },
  ],
  visits: [
    visit('r1', '2026-03-25', 'home'),
    // Within 30 days of the one before: no first contact.
    visit('r1', '2026-04-10', 'top'),
    visit('r1', '2026-06-01', 'home'),
    visit('r2', '2026-05-01', 'other'),
    visit('r2', '2026-06-20', 'top', { emergency: true }),
    // His contract had run out.
    visit('r5', '2026-06-15', 'top'),
  ],
  referred: [{ residentId: 'r1', on: '2026-04-08', institutionId: 'top' }],
  controlled: [
    { residentId: 'r1', programme: '高血压', controlled: true },
    { residentId: 'r2', programme: '高血压', controlled: false },
  ],
  satisfaction: null,
  ...{ firstContactDays: 30, referredDays: 3 },
}
const all = (f: Facts) =>
  Object.fromEntries(
    indicatorCodes.map((code) => {
      const { have, should, unknown } = readValue(code, countIndicator(code, f))
      return [code, unknown ?? `${have}/${should}`]
    }),
  )

test('each indicator counts as worked out by hand, and says what is unknown', () => {
  expect(all(facts)).toEqual({
    // r1, r2, r3; r4 was ended on the last day and r5 has run out.
    ...{ coverage: '3/1000', registered: '3/8', keyGroup: '1/3', paid: '1/3' },
    ...{ renewal: '1/2', fulfilment: '2/3', primaryVisit: '2/4', inCombination: '3/4' },
    ...{ firstContact: '1/2', referred: '1/2', control: '1/2', satisfaction: 'nobodyAsked' },
  })
})

test('of a team only its own contracts count, and what only a community can tell is unknown', () => {
  const team = all(narrow(facts, (c) => c.teamId === 't2', { have: 9, should: 10 }))
  expect(team).toMatchObject({ coverage: 'communityOnly', keyGroup: 'communityOnly', fulfilment: '1/1' })
  expect(team).toMatchObject({ paid: '0/1', control: '0/1', satisfaction: '9/10', firstContact: '0/1' })
})

test('no numerator is larger than its denominator, whatever happens', () => {
  const day = fc
    .integer({ min: 0, max: 700 })
    .map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10))
  const some = fc.record({
    start: day,
    length: fc.integer({ min: 1, max: 400 }),
    ended: fc.option(day),
    who: fc.nat(4),
  })
  fc.assert(
    fc.property(fc.array(some, { maxLength: 12 }), day, day, (drawn, a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a]
      const contracts = drawn.map(({ start, length, ended, who }, n) => {
        const endsOn = new Date(Date.parse(start) + length * 86_400_000).toISOString().slice(0, 10)
        const endedOn = ended && ended >= start ? ended : null
        return contract(n, { residentId: `r${who}`, startsOn: start, endsOn, endedOn, renewed: n % 2 === 0 })
      })
      for (const code of indicatorCodes) {
        const { have, should } = readValue(
          code,
          countIndicator(code, { ...facts, contracts, from, to, end: to }),
        )
        if (have !== null && should !== null) expect(have).toBeLessThanOrEqual(should)
      }
    }),
  )
})
