import { expect, test } from 'vitest'
import { paramsOf } from './small-route.tsx'

test('an address gives a page its parameters, or is not its', () => {
  expect(paramsOf('/referrals/$id', '/referrals/7')).toEqual({ id: '7' })
  expect(paramsOf('/referrals', '/referrals')).toEqual({})
  expect(paramsOf('/referrals/$id', '/referrals')).toBeUndefined()
  expect(paramsOf('/referrals/$id', '/referrals/')).toBeUndefined()
  expect(paramsOf('/a/$x/b', '/a/%E4%B8%AD/b')).toEqual({ x: '中' })
})
