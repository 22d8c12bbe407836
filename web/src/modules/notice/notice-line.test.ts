import { expect, test } from 'vitest'
import { kindKey } from './notice-line.ts'

test('a line tells the kind of a transport and of a green channel; one that has gone up knows only its case', () => {
  const key = (code: string, thing: string, kind?: string) => kindKey({ code, thing, data: { kind } })
  expect(key('dispatch.assigned', 'mission:1', 'transfer')).toBe('dispatch.kind.transfer')
  expect(key('referral.green-channel-opened', 'green-channel:1', 'stroke')).toBe('referral.green-kind.stroke')
  expect(key('case.escalated', 'mission:1', 'dispatch.emergency')).toBeUndefined()
  expect(key('case.escalated', 'green-channel:1', 'referral.emergency')).toBeUndefined()
  expect(key('pharmacy.shortage-ended', 'shortage:1')).toBeUndefined()
})
