import {
  type AgreementMove,
  agreementFlow,
  agreementMoves,
  agreementStatus,
} from '@tongmai/api/network/agreement'
import { coverage, isWithin } from '@tongmai/api/network/coverage'
import { creditCodeCheckCharacter, isCreditCode } from '@tongmai/api/network/credit-code'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor.ts'
import { dayAfter, dayOf, startOf } from '../../kernel/day.ts'
import { endOf, isDuring, periodProblem } from './day.ts'
import { units } from './demo/place.ts'
import { organizationCheckCharacter } from './organization-code.ts'
import { movesOf, type Standing, whyNot } from './policy.ts'

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const character = fc.constantFrom(...ALPHABET)
const body = fc.array(character, { minLength: 9, maxLength: 9 }).map((all) => all.join(''))
const first17 = fc
  .tuple(fc.array(character, { minLength: 2, maxLength: 2 }), fc.integer({ min: 0, max: 999_999 }), body)
  .map(([head, division, tail]) => `${head.join('')}${String(division).padStart(6, '0')}${tail}`)

describe('a unified social credit code (GB 32100)', () => {
  test('published codes are right, and wrong with another last character', () => {
    for (const code of ['91350100M000100Y43', '91330100799655058B']) {
      expect(isCreditCode(code)).toBe(true)
      expect(isCreditCode(`${code.slice(0, 17)}${code.endsWith('3') ? '4' : '3'}`)).toBe(false)
    }
  })

  test('where the weighted sum is a multiple of 31 the check character is 0, not the 31st', () => {
    let met = 0
    fc.assert(
      fc.property(first17, (code) => {
        let weight = 1
        let sum = 0
        for (const c of code) {
          sum += ALPHABET.indexOf(c) * weight
          weight = (weight * 3) % 31
        }
        const check = creditCodeCheckCharacter(code)
        expect(check).toBeDefined()
        if (sum % 31 === 0) {
          met++
          expect(check).toBe('0')
        }
        expect(isCreditCode(`${code}${check}`)).toBe(true)
      }),
      { numRuns: 2000 },
    )
    expect(met).toBeGreaterThan(10)
  })

  test('one mistyped character, or two neighbours exchanged, is noticed', () => {
    fc.assert(
      fc.property(first17, fc.integer({ min: 0, max: 16 }), character, (code, at, typed) => {
        const whole = `${code}${creditCodeCheckCharacter(code)}`
        if (whole[at] !== typed)
          expect(isCreditCode(whole.slice(0, at) + typed + whole.slice(at + 1))).toBe(false)
        const [a = '', b = ''] = [whole[at], whole[at + 1]]
        if (a !== b) expect(isCreditCode(whole.slice(0, at) + b + a + whole.slice(at + 2))).toBe(false)
      }),
    )
  })

  test('I, O, S, V and Z do not occur, and nothing but 18 characters is a code', () => {
    expect(creditCodeCheckCharacter('9135010OM000100Y4')).toBeUndefined()
    expect(isCreditCode('')).toBe(false)
    expect(isCreditCode('91350100M000100Y431')).toBe(false)
  })

  test('the organization code in it has its own check character (GB 11714)', () => {
    expect(organizationCheckCharacter('79965505')).toBe('8')
    expect(organizationCheckCharacter('M000100Y')).toBe('4')
  })
})

describe('days', () => {
  test('a day begins at midnight in Shanghai and its end is the next day’s beginning', () => {
    expect(startOf('2026-11-22').toISOString()).toBe('2026-11-21T16:00:00.000Z')
    expect(endOf('2026-12-31')).toEqual(startOf('2027-01-01'))
    expect(dayOf(new Date('2026-11-21T15:59:59Z'))).toBe('2026-11-21')
    expect(dayOf(new Date('2026-11-21T16:00:00Z'))).toBe('2026-11-22')
    expect(dayAfter('2028-02-28', 1)).toBe('2028-02-29')
    expect(isDuring('2026-01-31', '2026-01-01', '2026-01-31')).toBe(true)
    expect(isDuring('2026-02-01', '2026-01-01', '2026-01-31')).toBe(false)
  })

  test('an end before the start, 2099 and 1900 are each refused for their own reason', () => {
    const today = '2026-11-22'
    expect(periodProblem({ since: '2026-12-01', until: '2026-11-30' }, today)).toBe('ends-before-it-starts')
    expect(periodProblem({ since: '2099-01-01', until: null }, today)).toBe('starts-too-far-ahead')
    expect(periodProblem({ since: '2026-12-01', until: '2099-12-31' }, today)).toBe('ends-too-far-ahead')
    expect(periodProblem({ since: '1900-01-01', until: null }, today)).toBe('starts-too-long-ago')
    expect(periodProblem({ since: '2026-12-01', until: '2026-12-01' }, today)).toBeUndefined()
  })
})

describe('grid coverage', () => {
  test('a unit in no cell is a gap, in two cells an overlap; a larger division covers all below it', () => {
    const found = coverage(
      ['990102001', '990102002', '990121100', '990121101'],
      [
        { id: 'a', divisions: ['990102'] },
        { id: 'b', divisions: ['990102002', '990121100'] },
      ],
    )
    expect(found).toEqual({ gaps: ['990121101'], overlaps: [{ division: '990102002', grids: ['a', 'b'] }] })
    expect(isWithin('990121100201', '990100')).toBe(true)
    expect(isWithin('990121100201', '990000')).toBe(true)
    expect(isWithin('990200', '990100')).toBe(false)
  })

  test('every unit is a gap, an overlap, or in exactly one cell', () => {
    const all = units.map((unit) => unit.code)
    const cells = fc.array(fc.subarray(all), { maxLength: 5 })
    fc.assert(
      fc.property(cells, (chosen) => {
        const grids = chosen.map((divisions, i) => ({ id: String(i), divisions }))
        const { gaps, overlaps } = coverage(all, grids)
        for (const unit of all) {
          const times = chosen.filter((divisions) => divisions.includes(unit)).length
          expect(gaps.includes(unit)).toBe(times === 0)
          expect(overlaps.find((o) => o.division === unit)?.grids.length ?? 0).toBe(times > 1 ? times : 0)
        }
      }),
    )
  })
})

describe('the life of an agreement', () => {
  const actor = (institutionId: string, ...permissions: string[]): Actor => ({
    kind: 'staff',
    id: 'a',
    institutionId,
    practitionerId: null,
    residentIds: [],
    permissions: new Set(permissions),
    scopes: [],
    sessionId: null,
  })
  const signatory = (institutionId: string, signed = false, left = false) => ({
    institutionId,
    signedAt: signed ? new Date(0) : null,
    leftAt: left ? new Date(0) : null,
  })
  const standing = (
    status: Standing['status'],
    signatories = [signatory('lead'), signatory('b')],
  ): Standing => ({
    status,
    parties: signatories.map((s) => s.institutionId),
    leadId: 'lead',
    signatories,
    renewalOpen: false,
  })
  const lead = actor('lead', 'network.manage', 'network.sign')
  const member = actor('b', 'network.sign')

  test('nothing leads out of an end, and every state leads to an end', () => {
    const ends = ['renewed', 'exited', 'ended', 'withdrawn'] as const
    for (const end of ends) expect(agreementFlow[end]).toEqual({})
    for (const status of agreementStatus.options) {
      const seen = new Set<string>([status])
      for (const at of seen) {
        for (const next of Object.values(agreementFlow[at as Standing['status']])) seen.add(next)
      }
      expect(ends.some((end) => seen.has(end))).toBe(true)
    }
  })

  test('every move outside the flow is refused by its own code, whoever asks', () => {
    for (const status of agreementStatus.options) {
      for (const move of agreementMoves) {
        if (move in agreementFlow[status]) continue
        expect(whyNot(lead, standing(status), move)).toBe(`network.cannot-${move}-when-${status}`)
      }
    }
  })

  test('the lead drafts, each party signs once, and a stranger does neither', () => {
    const open = (who: Actor, agreement: Standing) =>
      movesOf(who, agreement, agreementMoves)
        .filter((move) => move.open)
        .map((move) => move.move as AgreementMove)
    expect(open(lead, standing('draft'))).toEqual(['change', 'propose', 'withdraw'])
    expect(open(member, standing('signing'))).toEqual(['sign', 'return'])
    expect(whyNot(member, standing('signing', [signatory('lead'), signatory('b', true)]), 'sign')).toBe(
      'network.signed-already',
    )
    expect(open(actor('c', 'network.sign', 'network.manage'), standing('signing'))).toEqual([])
    expect(whyNot(actor('b'), standing('signing'), 'sign')).toBe('kernel.not-permitted')
  })

  test('of three parties a member leaves alone; of two, or as the lead, it ends for all', () => {
    const three = standing('inForce', [signatory('lead', true), signatory('b', true), signatory('c', true)])
    const two = standing('inForce', [
      signatory('lead', true),
      signatory('b', true),
      signatory('c', true, true),
    ])
    expect(whyNot(member, three, 'leave')).toBeUndefined()
    expect(whyNot(member, three, 'exit')).toBe('network.leave-instead')
    expect(whyNot(member, two, 'leave')).toBe('network.leaving-would-end-it')
    expect(whyNot(member, two, 'exit')).toBeUndefined()
    expect(whyNot(lead, three, 'exit')).toBeUndefined()
    expect(whyNot(actor('c', 'network.sign'), two, 'exit')).toBe('network.only-a-party-signs')
  })
})
