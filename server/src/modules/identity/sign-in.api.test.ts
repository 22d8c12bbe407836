import type { Session } from '@tongmai/api/identity/session'
import { afterAll, expect, test } from 'vitest'
import { givenStaff, PASSWORD } from '../../../test/given-identity.ts'
import { cookieOf, openIdentityWorld } from '../../../test/identity-world.ts'
import { identity } from './index.ts'

const { world, hospital, ask, post, signIn, later } = await openIdentityWorld()
afterAll(() => world.close())

test('a right password opens a session that travels as a cookie no script can read', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  const answer = await signIn(staff.username.toUpperCase(), PASSWORD)
  expect(answer.status).toBe(200)
  expect(answer.json).toEqual({ state: 'signed-in', mustChangePassword: false })
  expect(answer.headers['set-cookie']).toMatch(
    /^tongmai_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  )
  expect(answer.headers['cache-control']).toBe('no-store')
  const me = await ask<Session>('GET', '/session', { headers: { cookie: cookieOf(answer.headers) } })
  expect(me.json).toMatchObject({
    kind: 'staff',
    id: staff.id,
    username: staff.username,
    institution: { id: hospital, name: 'generalHospital 名', kind: 'generalHospital' },
    roles: ['gp'],
    mustChangePassword: false,
    secondFactor: false,
    demo: true,
    idleMinutes: 720,
  })
  expect(me.json.permissions).toContain('referral.write')
})

test('a program may ask for the session as a bearer token', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  const answer = await post('/session', { username: staff.username, password: PASSWORD, carry: 'token' })
  expect(answer.headers['set-cookie']).toBeUndefined()
  const headers = { authorization: `Bearer ${answer.json.token}` }
  expect((await ask('GET', '/session', { headers })).status).toBe(200)
})

test('neither passwords nor tokens are in the database as they are', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  const cookie = cookieOf((await signIn(staff.username, PASSWORD)).headers).split('=')[1] ?? ''
  const [row] = await world.sql<{ found: number }>(
    `select (select count(*) from identity.session where token_hash = $1) + (select count(*) from identity.credential where password_hash not like '$argon2id$%') as found`,
    [cookie],
  )
  expect(Number(row?.found)).toBe(0)
})

test('a wrong password and an unknown user name are refused in the same words', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  const wrong = await signIn(staff.username, 'not-the-password')
  const unknown = await signIn('nobody-at-all', 'not-the-password')
  expect([wrong.status, wrong.json.code]).toEqual([401, 'identity.wrong-sign-in'])
  expect([unknown.status, unknown.json.code]).toEqual([401, 'identity.wrong-sign-in'])
})

test('five wrong passwords lock the name for a quarter of an hour, although each sign-in was rolled back', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  for (let i = 0; i < 5; i++) expect((await signIn(staff.username, 'wrong-again')).status).toBe(401)
  const locked = await signIn(staff.username, PASSWORD)
  expect([locked.status, locked.json.code]).toEqual([429, 'identity.locked'])
  expect(locked.json.details).toMatchObject({ minutes: 15 })
  const told = await world.sql(
    `select data from kernel.event where name = 'identity.sign-in-failed' and thing = $1 order by at`,
    [`account:${staff.id}`],
  )
  expect(told.map(({ data }) => data.locked)).toEqual([false, false, false, false, true])
  await later(16)
  expect((await signIn(staff.username, PASSWORD)).status).toBe(200)
})

test('an unknown name is locked like a known one, so that locks tell nothing', async () => {
  for (let i = 0; i < 5; i++) await signIn('no-such-person', 'wrong-again')
  expect((await signIn('no-such-person', 'wrong-again')).json.code).toBe('identity.locked')
})

test('a right password forgives the failures before it', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 4; i++) await signIn(staff.username, 'wrong-again')
    expect((await signIn(staff.username, PASSWORD)).status).toBe(200)
  }
})

test('signing out ends the session at once and takes the cookie away', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  const cookie = cookieOf((await signIn(staff.username, PASSWORD)).headers)
  const headers = { cookie, 'x-requested-with': 'tongmai' }
  expect((await ask('GET', '/session', { headers })).status).toBe(200)
  const out = await ask('POST', '/session/sign-out', { headers })
  expect(out.headers['set-cookie']).toMatch(/^tongmai_session=; Max-Age=0/)
  expect((await ask('GET', '/session', { headers })).status).toBe(401)
})

test('signing out everywhere ends the sessions on other machines too', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  const other = { cookie: cookieOf((await signIn(staff.username, PASSWORD)).headers) }
  expect((await ask('GET', '/session', { headers: other })).status).toBe(200)
  const list = await ask<{ items: { current: boolean }[] }>('GET', '/sessions', { headers: staff.headers })
  expect(list.json.items.map(({ current }) => current).sort()).toEqual([false, true])
  expect((await ask('POST', '/sessions/end-all', { headers: staff.headers })).status).toBe(200)
  for (const headers of [other, staff.headers])
    expect((await ask('GET', '/session', { headers })).status).toBe(401)
})

test('one ends one’s own sessions one by one, and nobody else’s', async () => {
  const [mine, theirs] = [
    await givenStaff(world, hospital, ['gp']),
    await givenStaff(world, hospital, ['gp']),
  ]
  const open = await ask<{ items: { id: string }[] }>('GET', '/sessions', { headers: theirs.headers })
  const id = open.json.items[0]?.id
  expect((await ask('POST', `/sessions/${id}/end`, { headers: mine.headers })).status).toBe(404)
  expect((await ask('POST', `/sessions/${id}/end`, { headers: theirs.headers })).status).toBe(200)
  expect((await ask('GET', '/session', { headers: theirs.headers })).status).toBe(401)
})

test('what another process ended is dropped from this one’s memory when its event arrives', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  expect((await ask('GET', '/session', { headers: staff.headers })).status).toBe(200)
  await world.sql('update identity.session set ended_at = now() where account_id = $1', [staff.id])
  identity.heard?.({ name: 'identity.session-ended', thing: `account:${staff.id}` })
  expect((await ask('GET', '/session', { headers: staff.headers })).status).toBe(401)
})

test('a session ends after twelve hours without use, and after a week in any case', async () => {
  const idle = await givenStaff(world, hospital, ['gp'])
  const busy = await givenStaff(world, hospital, ['gp'])
  for (let hour = 11; hour < 24 * 7; hour += 11) {
    await later(11 * 60)
    expect((await ask('GET', '/session', { headers: busy.headers })).status, `after ${hour} hours`).toBe(200)
    if (hour > 12) expect((await ask('GET', '/session', { headers: idle.headers })).status).toBe(401)
  }
  await later(4 * 60)
  expect((await ask('GET', '/session', { headers: busy.headers })).status).toBe(401)
})

test('a write that another site makes with the browser’s cookie is refused', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  const cookie = cookieOf((await signIn(staff.username, PASSWORD)).headers)
  const from = (headers: Record<string, string>) =>
    ask('POST', '/sessions/end-all', { headers: { cookie, ...headers } })
  expect((await from({ 'sec-fetch-site': 'cross-site' })).json.code).toBe('identity.cross-site')
  expect((await from({ origin: 'https://evil.example' })).json.code).toBe('identity.cross-site')
  expect((await from({})).status).toBe(403)
  expect((await from({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
})

test('who has a first password can do nothing before changing it', async () => {
  const staff = await givenStaff(world, hospital, ['admin'], { mustChangePassword: true })
  const { headers } = staff
  expect((await ask('GET', '/session', { headers })).json).toMatchObject({ mustChangePassword: true })
  for (const path of ['/accounts', '/sessions']) {
    expect((await ask('GET', path, { headers })).json.code, path).toBe('identity.change-password-first')
  }
  const change = (newPassword: string) =>
    post('/session/change-password', { password: PASSWORD, newPassword }, headers)
  expect([(await change('password1234')).json.code, (await change('password1234')).status]).toEqual([
    'identity.password-common',
    400,
  ])
  expect((await change(`${staff.username}2026`)).json.code).toMatch(/identity.password-(name|common)/)
  expect((await change(PASSWORD)).json.code).toBe('identity.password-same')
  expect((await change('four wet cats')).status).toBe(200)
  expect((await ask('GET', '/accounts', { headers })).status).toBe(200)
  expect((await signIn(staff.username, PASSWORD)).status).toBe(401)
  expect((await signIn(staff.username, 'four wet cats')).status).toBe(200)
})

test('a changed password ends the other sessions and keeps this one', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  const other = { cookie: cookieOf((await signIn(staff.username, PASSWORD)).headers) }
  expect((await ask('GET', '/session', { headers: other })).status).toBe(200)
  await post('/session/change-password', { password: PASSWORD, newPassword: 'four wet cats' }, staff.headers)
  expect((await ask('GET', '/session', { headers: other })).status).toBe(401)
  expect((await ask('GET', '/session', { headers: staff.headers })).status).toBe(200)
})

test('guessing one’s password inside a session locks like guessing at the door', async () => {
  const staff = await givenStaff(world, hospital, ['gp'])
  const guess = () =>
    post('/session/change-password', { password: 'wrong-again', newPassword: 'four wet cats' }, staff.headers)
  for (let i = 0; i < 5; i++) expect((await guess()).json.code).toBe('identity.wrong-password')
  expect((await guess()).status).toBe(429)
  expect((await signIn(staff.username, PASSWORD)).json.code).toBe('identity.locked')
})
