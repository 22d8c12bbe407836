import { describe, expect, test } from 'vitest'
import { chainOf, type LinkRule, notStamped } from './green-channel.ts'

const rules: LinkRule[] = [
  { code: 'firstContact', from: 'opened', targetMinutes: null, source: null },
  { code: 'firstEcg', from: 'firstContact', targetMinutes: 10, source: 'FMC→ECG' },
  { code: 'arrived', from: 'firstContact', targetMinutes: null, source: null },
  { code: 'wire', from: 'arrived', targetMinutes: 90, source: 'D-to-W' },
]
const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 8, minute))
const stamps = { opened: at(0), firstContact: at(2), firstEcg: at(14), arrived: at(40) }

describe('the chain of a green channel', () => {
  test('tells what each link took, from which link, and which are late, reached or not', () => {
    const chain = chainOf(rules, stamps, new Date(Date.UTC(2026, 10, 25, 10, 20)))
    expect(chain.map(({ minutes, late }) => [minutes, late])).toEqual([
      [2, false],
      [12, true],
      [38, false],
      [null, true],
    ])
  })

  test('is recorded in order, once, and never in the future; a target nobody gives is none', () => {
    const now = at(50)
    const tell = (link: 'wire' | 'firstEcg' | 'ct', when = now) =>
      notStamped(rules, stamps, { link, at: when, now })
    expect(tell('wire')).toBeUndefined()
    expect(tell('wire', at(30))).toBe('referral.link-too-early')
    expect(tell('wire', at(59))).toBe('referral.link-in-future')
    expect(tell('firstEcg')).toBe('referral.link-recorded-already')
    expect(tell('ct')).toBe('referral.link-of-another-kind')
    expect(notStamped(rules, { opened: at(0) }, { link: 'wire', at: now, now })).toBe(
      'referral.link-before-recorded',
    )
    expect(chainOf(rules, stamps, now)[0]?.source).toBeNull()
  })
})
