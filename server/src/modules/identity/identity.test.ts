import { permissionsOf, type Role, roles } from '@tongmai/api/identity/role'
import { parseScope, scopeAllows, scopeWithin } from '@tongmai/api/identity/scope'
import { scope as scopeShape } from '@tongmai/api/identity/text'
import fc from 'fast-check'
import { TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { isCrossSite } from './cross-site.ts'
import { firstPassword, hashPassword, isPassword, weakness } from './password.ts'
import { rolesOutOfPlace, whyClosed } from './policy.ts'
import { isOfR4, permissionsOfScopes } from './scope.ts'
import { afterFailure, endsAt, lockedUntil } from './sign-in-limit.ts'
import { newRecoveryCodes, newSecret, recoveryDigest, stepOf } from './totp.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 5, 8, minutes))

test('a scope says which type and which of create, read, update, delete, search', () => {
  expect(parseScope('system/Patient.rs')).toEqual({
    context: 'system',
    type: 'Patient',
    query: '',
    verbs: new Set(['r', 's']),
  })
  expect(parseScope('system/*.cruds')?.verbs.size).toBe(5)
  expect(parseScope('patient/Observation.read')).toMatchObject({
    context: 'patient',
    verbs: new Set(['r', 's']),
  })
  expect(parseScope('user/*.write')?.verbs).toEqual(new Set(['c', 'u', 'd']))
  for (const text of [
    'system/*.reads',
    'device/Patient.rs',
    'system/Patient.sr',
    'system/Patient.',
    'system/.r',
    'system/Patient.rs?X=1',
    'system/Patient.rs?gender',
    'system/Patient.rs?gender=',
    '',
  ]) {
    expect(parseScope(text), text).toBeUndefined()
  }
})

test('contract and parser agree on what a scope is', () => {
  const texts = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.constantFrom('Patient', '*', 'a', ''), fc.subarray([...'cruds']))
      .map(([type, verbs]) => `system/${type}.${verbs.join('')}`),
  )
  fc.assert(
    fc.property(texts, (text) => z.safeParse(scopeShape, text).success === (parseScope(text) !== undefined)),
  )
})

test('a client may do what one of its scopes allows, and nothing else', () => {
  const held = ['system/Patient.rs', 'system/Observation.cru']
  expect(scopeAllows(held, 'Patient', 'r')).toBe(true)
  expect(scopeAllows(held, 'Patient', 'u')).toBe(false)
  expect(scopeAllows(held, 'Observation', 's')).toBe(false)
  expect(scopeAllows(['system/*.r'], 'Anything', 'r')).toBe(true)
})

test('a wanted scope must lie within those held', () => {
  expect(scopeWithin(['system/*.cruds'], 'system/Patient.rs')).toBe(true)
  expect(scopeWithin(['system/Patient.r', 'system/Patient.s'], 'system/Patient.rs')).toBe(true)
  expect(scopeWithin(['system/Patient.cruds'], 'system/*.r')).toBe(false)
  expect(scopeWithin(['system/*.cruds'], 'openid')).toBe(false)
  expect(scopeWithin(['system/*.cruds'], 'user/Patient.r')).toBe(false)
  expect(scopeWithin(['openid', 'patient/*.read'], 'openid')).toBe(true)
  const lab = 'system/Observation.rs?category=laboratory'
  expect(parseScope(lab)?.query).toBe('category=laboratory')
  expect(parseScope('system/*.rs?category=laboratory')).toBeUndefined()
  expect(scopeWithin(['system/Observation.rs'], lab)).toBe(true)
  expect(scopeWithin([lab], `${lab}&status=final`)).toBe(true)
  expect(scopeWithin([lab], 'system/Observation.rs')).toBe(false)
  expect(scopeWithin([lab], 'system/Observation.rs?category=vital-signs')).toBe(false)
  expect(scopeWithin(['openid', 'patient/*.read'], 'patient/Patient.rs')).toBe(true)
})

test('a part of a type is named by codes that R4 searches the type by', () => {
  const narrowed = (query: string) => isOfR4(`system/Observation.rs?${query}`)
  expect([narrowed('category=laboratory'), narrowed('category=laboratory&status=final')]).toEqual([
    true,
    true,
  ])
  for (const query of ['nonsense=x', 'category=laboratory&nonsense=x', 'date=2026', 'subject=Patient/1'])
    expect(narrowed(query), query).toBe(false)
  expect(['system/Nonsense.rs', 'system/*.rs', 'openid'].map(isOfR4)).toEqual([false, true, true])
})

test('a client with every scope may do what a hospital system needs, and administer nothing', () => {
  expect([...permissionsOfScopes(['system/*.cruds'])].sort()).toEqual(
    [
      'network.read',
      'workforce.read',
      'resident.read',
      'resident.register',
      'resident.reveal',
      'record.read',
      'record.write',
      'referral.read',
      'referral.write',
      'referral.answer',
      'referral.receive',
      'referral.treat',
      'referral.takeOver',
      'referral.followUp',
    ].sort(),
  )
})

test('a client that only reads patients reads neither records nor referrals', () => {
  expect([...permissionsOfScopes(['system/Patient.rs'])].sort()).toEqual(['resident.read', 'resident.reveal'])
  expect([...permissionsOfScopes(['system/Observation.rs'])]).toEqual(['record.read'])
})

test('only administrators manage accounts, and only IT manages clients', () => {
  const holding = (permission: string) =>
    (Object.keys(roles) as Role[]).filter((role) => (roles[role] as readonly string[]).includes(permission))
  expect(holding('identity.manage')).toEqual(['admin'])
  expect(holding('identity.client')).toEqual(['it'])
  expect(holding('oversight.read')).toEqual(['health-commission'])
})

test('everyone on staff reads institutions, colleagues, residents and notices; several roles add up', () => {
  const both = permissionsOf(['nurse', 'admin'])
  expect([...permissionsOf(['it'])]).toEqual(
    expect.arrayContaining(['network.read', 'workforce.read', 'resident.read', 'notice.read']),
  )
  expect(both.has('referral.receive') && both.has('identity.manage')).toBe(true)
  expect(both.has('referral.write' as never)).toBe(false)
})

test('the oversight of the health commission cannot be given at a township centre', () => {
  expect(rolesOutOfPlace(['gp', 'health-commission'], 'townshipCentre')).toEqual(['health-commission'])
  expect(rolesOutOfPlace(['health-commission'], 'healthAuthority')).toEqual([])
  expect(rolesOutOfPlace(['health-commission'], undefined)).toEqual(['health-commission'])
})

test('an administrator changes neither their own account nor the password of a guest', () => {
  const actor = { id: 'me', institutionId: 'here' } as never
  const account = (id: string, homeInstitutionId: string) => ({
    id,
    homeInstitutionId,
    state: 'active' as const,
  })
  const why = (one: ReturnType<typeof account>, move: string) =>
    whyClosed(actor, one, { move, locked: false })
  expect(why(account('me', 'here'), 'changePost')).toBe('identity.not-yourself')
  expect(why(account('guest', 'there'), 'resetPassword')).toBe('identity.not-home')
  expect(why(account('guest', 'there'), 'changePost')).toBeUndefined()
  expect(why(account('one', 'here'), 'enable')).toBe('identity.cannot-enable-when-active')
  expect(why(account('one', 'here'), 'unlock')).toBe('identity.not-locked')
})

test('a password needs ten characters, is not the user name and not what everybody tries', () => {
  expect(weakness('kort', 'chen.wei')).toBe('short')
  expect(weakness('心跳心跳心跳心跳心', 'x')).toBe('short')
  expect(weakness('Chen.Wei2026', 'chen.wei')).toBe('name')
  for (const common of [
    'password123',
    'Qwerty123456',
    '1234567890',
    'aaaaaaaaaaaa',
    'woaini1314520',
    'abcdefghijklm',
    '5201314520',
  ]) {
    expect(weakness(common, 'chen.wei'), common).toBe('common')
  }
  expect(weakness('three wet cats', 'chen.wei')).toBeUndefined()
  expect(weakness('春眠不觉晓处处闻啼鸟', 'chen.wei')).toBeUndefined()
})

test('a first password is good enough to be one', () => {
  fc.assert(fc.property(fc.constant(0), () => weakness(firstPassword(), 'chen.wei') === undefined))
})

test('a password is kept as argon2id, and nobody’s password is ever right', async () => {
  const hash = await hashPassword('three wet cats')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await isPassword(hash, 'three wet cats')).toBe(true)
  expect(await isPassword(hash, 'three dry cats')).toBe(false)
  expect(await isPassword(undefined, 'three wet cats')).toBe(false)
})

test('the fifth failure within fifteen minutes locks for fifteen minutes', () => {
  let attempts = afterFailure(undefined, at(0))
  for (const minute of [1, 2, 3]) attempts = afterFailure(attempts, at(minute))
  expect(lockedUntil(attempts, at(3))).toBeNull()
  attempts = afterFailure(attempts, at(4))
  expect(lockedUntil(attempts, at(4))).toEqual(at(19))
  expect(lockedUntil(attempts, at(19))).toBeNull()
  expect(afterFailure(attempts, at(20)).failures).toBe(1)
})

test('a session ends twelve hours after its last use, and in any case at its limit', () => {
  expect(endsAt({ seenAt: at(0), until: at(60 * 24 * 7) })).toEqual(at(12 * 60))
  expect(endsAt({ seenAt: at(0), until: at(30) })).toEqual(at(30))
})

test('a code of the second factor works once, and only around its half minute', () => {
  const secret = newSecret()
  const now = at(10)
  const code = new TOTP({ secret, period: 30 }).generate({ timestamp: now.getTime() })
  const step = stepOf(secret, code, { now, lastStep: 0 })
  expect(step).toBe(Math.floor(now.getTime() / 30_000))
  expect(stepOf(secret, code, { now, lastStep: step ?? 0 })).toBeUndefined()
  expect(stepOf(secret, code, { now: at(12), lastStep: 0 })).toBeUndefined()
})

test('a recovery code may be typed in small letters and without its lines', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  const [code = ''] = codes
  expect(recoveryDigest(code.toLowerCase().replaceAll('-', ' '))).toBe(recoveryDigest(code))
})

test('a write that rests on a cookie is refused when another site made it', () => {
  const host = 'tongmai.example'
  expect(isCrossSite('GET', { 'sec-fetch-site': 'cross-site' })).toBe(false)
  expect(
    isCrossSite('POST', { host, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }),
  ).toBe(true)
  expect(isCrossSite('POST', { host, 'sec-fetch-site': 'same-site' })).toBe(true)
  expect(isCrossSite('POST', { host, 'sec-fetch-site': 'same-origin' })).toBe(false)
  expect(
    isCrossSite('POST', { host, origin: 'http://evil.example', 'content-type': 'application/json' }),
  ).toBe(true)
  expect(isCrossSite('POST', { host, origin: 'null' })).toBe(true)
  expect(isCrossSite('POST', { host, origin: 'http://tongmai.example' })).toBe(false)
  expect(isCrossSite('POST', { host, 'content-type': 'text/plain' })).toBe(true)
  expect(isCrossSite('POST', { host, 'content-type': 'application/fhir+json' })).toBe(false)
  expect(isCrossSite('POST', { host, 'x-requested-with': 'tongmai' })).toBe(false)
})
