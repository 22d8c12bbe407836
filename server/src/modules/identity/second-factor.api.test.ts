import { afterAll, expect, test } from 'vitest'
import { givenStaff, PASSWORD, type Staff } from '../../../test/given-identity.ts'
import { cookieOf, openIdentityWorld } from '../../../test/identity-world.ts'

const { world, hospital, ask, post, signIn, later, codeOf, administrator } = await openIdentityWorld()
afterAll(() => world.close())

async function withSecondFactor(): Promise<{ staff: Staff; secret: string; recoveryCodes: string[] }> {
  const staff = await givenStaff(world, hospital, ['gp'])
  const begun = await post('/second-factor/enrol', { password: PASSWORD }, staff.headers)
  const secret = String(begun.json.secret)
  expect(begun.json.uri).toContain(`secret=${secret}`)
  expect(begun.json.svg).toMatch(/^<svg/)
  const confirmed = await post('/second-factor/confirm', { code: codeOf(secret) }, staff.headers)
  return { staff, secret, recoveryCodes: confirmed.json.recoveryCodes as string[] }
}

test('with a second factor the password alone opens nothing, and no code works twice', async () => {
  const { staff, secret } = await withSecondFactor()
  const answer = async (code: string) => {
    const asked = await signIn(staff.username, PASSWORD)
    expect(asked.json).toMatchObject({ state: 'second-factor' })
    expect(asked.headers['set-cookie']).toBeUndefined()
    return post('/session/second-factor', { challenge: asked.json.challenge, code })
  }
  const enrolled = codeOf(secret)
  expect((await answer(enrolled)).json.code).toBe('identity.wrong-code')
  await later(1)
  const code = codeOf(secret)
  const right = await answer(code)
  expect(right.json).toEqual({ state: 'signed-in', mustChangePassword: false })
  expect((await ask('GET', '/session', { headers: { cookie: cookieOf(right.headers) } })).json).toMatchObject(
    { secondFactor: true },
  )
  const replayed = await answer(code)
  expect([replayed.status, replayed.json.code]).toEqual([401, 'identity.wrong-code'])
})

test('a challenge ends after five minutes, and one that was answered is gone', async () => {
  const { staff, secret } = await withSecondFactor()
  const first = await signIn(staff.username, PASSWORD)
  await later(6)
  const late = await post('/session/second-factor', { challenge: first.json.challenge, code: codeOf(secret) })
  expect(late.json.code).toBe('identity.challenge-over')
  const { challenge } = (await signIn(staff.username, PASSWORD)).json
  expect((await post('/session/second-factor', { challenge, code: codeOf(secret) })).status).toBe(200)
  expect((await post('/session/second-factor', { challenge, code: codeOf(secret, 1) })).json.code).toBe(
    'identity.challenge-over',
  )
})

test('wrong codes lock the account like wrong passwords, however many challenges are asked for', async () => {
  const { staff } = await withSecondFactor()
  for (let i = 0; i < 5; i++) {
    const { challenge } = (await signIn(staff.username, PASSWORD)).json
    expect((await post('/session/second-factor', { challenge, code: '000000' })).status).toBe(401)
  }
  expect((await signIn(staff.username, PASSWORD)).json.code).toBe('identity.locked')
})

test('a recovery code signs in once', async () => {
  const { staff, recoveryCodes } = await withSecondFactor()
  const use = async () => {
    const { challenge } = (await signIn(staff.username, PASSWORD)).json
    return post('/session/second-factor', { challenge, code: recoveryCodes[3]?.toLowerCase() })
  }
  expect((await use()).status).toBe(200)
  expect((await use()).status).toBe(401)
})

test('the second factor is switched off by the password only', async () => {
  const { staff } = await withSecondFactor()
  expect((await post('/second-factor/disable', { password: 'wrong-again' }, staff.headers)).status).toBe(403)
  expect((await post('/second-factor/disable', { password: PASSWORD }, staff.headers)).status).toBe(200)
  expect((await signIn(staff.username, PASSWORD)).json.state).toBe('signed-in')
})

test('a reset password is shown once, must be changed, and ends sessions and second factor', async () => {
  const admin = await administrator()
  const { staff } = await withSecondFactor()
  const reset = await ask('POST', `/accounts/${staff.id}/reset-password`, { headers: admin.headers })
  expect((await ask('GET', '/session', { headers: staff.headers })).status).toBe(401)
  const again = await signIn(staff.username, String(reset.json.password))
  expect(again.json).toEqual({ state: 'signed-in', mustChangePassword: true })
})
