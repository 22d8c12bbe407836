import { type ActRule, act } from '@tongmai/api/workforce/practitioner'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foreignPractitioner, practitionerResource } from './fhir.ts'
import { maskNumber } from './licence-number.ts'
import { type Holder, hindranceOf, stateOf } from './licence-rule.ts'
import { shiftOf } from './shift-of.ts'

const here = '11111111-1111-4111-8111-111111111111'
const there = '22222222-2222-4222-8222-222222222222'
const rules: ActRule[] = [
  {
    ...{ act: 'takeOver', kind: 'physician', licences: ['physicianPractice'], scopes: ['generalPractice'] },
    ...{ titles: ['attending', 'chief'], since: '2000-01-01', until: null, source: 'test' },
  },
]
const gp: Holder = {
  kind: 'physician',
  title: 'attending',
  sites: [{ institutionId: here, since: '2020-01-01', until: null }],
  licences: [
    {
      ...{ id: 'a', kind: 'physicianPractice', numberMasked: '110****0001', scopes: ['generalPractice'] },
      ...{ since: '2020-01-01', until: '2026-06-30' },
    },
  ],
}
const ask = (day: string, institutionId = here) => ({ act: 'takeOver' as const, institutionId, day, rules })
const codeOn = (day: string, holder: Holder = gp) => hindranceOf(holder, ask(day))?.code

describe('who may act', () => {
  test('a physician may act on every day of the licence, the last one included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2372 }), (n) => {
        const day = new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10)
        expect(hindranceOf(gp, ask(day))).toBeUndefined()
      }),
    )
  })

  test('the day after a licence ended its holder is refused, and told which licence and until when', () => {
    expect(hindranceOf(gp, ask('2026-07-01'))).toEqual({
      code: 'licence-expired',
      details: { act: 'takeOver', kind: 'physicianPractice', licence: '110****0001', until: '2026-06-30' },
    })
  })

  test('nobody acts where they do not practise, before their licence begins, or outside scope, kind and title', () => {
    expect(hindranceOf(gp, ask('2024-01-01', there))?.code).toBe('not-registered-here')
    const site = { institutionId: here, since: '2010-01-01', until: null }
    expect(codeOn('2019-12-31', { ...gp, sites: [site] })).toBe('licence-not-yet-valid')
    const surgeon = gp.licences.map((l) => ({ ...l, scopes: ['surgery' as const] }))
    expect(codeOn('2024-01-01', { ...gp, licences: surgeon })).toBe('out-of-scope')
    expect(codeOn('2024-01-01', { ...gp, kind: 'nurse' })).toBe('not-of-this-kind')
    expect(codeOn('2024-01-01', { ...gp, title: 'resident' })).toBe('title-too-low')
    expect(codeOn('2024-01-01', { ...gp, licences: [] })).toBe('no-licence')
  })

  test('without a rule for an act nobody may do it', () => {
    for (const one of act.options) {
      expect(hindranceOf(gp, { ...ask('2024-01-01'), act: one, rules: [] })?.code).toBe('not-of-this-kind')
    }
  })

  test('a licence is called expiring within the notice, and expired from the day after its last', () => {
    const span = { since: '2020-01-01', until: '2026-06-30' }
    const on = (day: string, quiet: string) => stateOf(span, day, quiet)
    expect(on('2026-05-01', '2026-05-31')).toBe('current')
    expect(on('2026-06-30', '2026-07-30')).toBe('expiring')
    expect(on('2026-07-01', '2026-07-31')).toBe('expired')
    expect(on('2019-12-31', '2020-01-30')).toBe('notYet')
  })
})

test('a licence number never shows the id number that it contains', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{9}[1-9]\d{17}$/), (number) => {
      const shown = maskNumber(number)
      expect(shown).toHaveLength(number.length)
      expect(shown).not.toContain(number.slice(9, 20))
    }),
  )
})

test('the small hours belong to the night shift of the day before', () => {
  expect(shiftOf(new Date('2026-11-22T00:30:00+08:00'))).toEqual({ day: '2026-11-21', shift: 'night' })
  expect(shiftOf(new Date('2026-11-22T08:00:00+08:00'))).toEqual({ day: '2026-11-22', shift: 'day' })
  expect(shiftOf(new Date('2026-11-22T20:00:00+08:00'))).toEqual({ day: '2026-11-22', shift: 'night' })
})

test('a foreign practitioner is read with name and first identifier', () => {
  const read = foreignPractitioner({
    resourceType: 'Practitioner',
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '160' }],
    name: [{ family: 'Hilpert', given: ['Sharyl'], prefix: ['Dr.'] }],
    gender: 'female',
  })
  expect(read).toEqual({
    name: 'Dr. Sharyl Hilpert',
    sex: 'female',
    identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '160' },
  })
})

test('the FHIR form of a practitioner carries no number of theirs', () => {
  const person = {
    id: here,
    name: '王全科',
    sex: 'male',
    kind: 'physician',
    title: 'attending',
    external: false,
  } as const
  const resource = practitionerResource(person, gp.licences)
  expect(JSON.stringify(resource)).not.toMatch(/identifier|110/)
})
