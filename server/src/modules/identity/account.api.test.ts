import { afterAll, expect, test } from 'vitest'
import { givenClient, givenStaff, PASSWORD } from '../../../test/given-identity.ts'
import { cookieOf, openIdentityWorld } from '../../../test/identity-world.ts'

const { world, hospital, centre, authority, ask, post, signIn, administrator } = await openIdentityWorld()
afterAll(() => world.close())

test('acting for another institution changes what one may do, and is remembered at the next sign-in', async () => {
  const staff = await givenStaff(world, hospital, ['gp'], {
    also: [{ institutionId: centre, roles: ['admin'] }],
  })
  const { headers } = staff
  expect((await ask('GET', '/accounts', { headers })).status).toBe(403)
  const acting = await post('/session/act-for', { institutionId: centre }, headers)
  expect(acting.json).toMatchObject({ institution: { id: centre }, roles: ['admin'] })
  expect((await ask('GET', '/accounts', { headers })).status).toBe(200)
  const again = { cookie: cookieOf((await signIn(staff.username, PASSWORD)).headers) }
  expect((await ask('GET', '/session', { headers: again })).json).toMatchObject({
    institution: { id: centre },
  })
  const elsewhere = await post('/session/act-for', { institutionId: authority }, headers)
  expect([elsewhere.status, elsewhere.json.code]).toEqual([403, 'identity.no-post-there'])
})

test('refusals come in order: not signed in, not permitted, not well-formed, not visible', async () => {
  const admin = await administrator()
  const gp = await givenStaff(world, hospital, ['gp'])
  const stranger = await givenStaff(world, centre, ['gp'])
  expect((await post('/accounts', {})).status).toBe(401)
  expect((await post('/accounts', {}, gp.headers)).status).toBe(403)
  expect((await post('/accounts', {}, admin.headers)).status).toBe(400)
  expect((await ask('GET', `/accounts/${stranger.id}`, { headers: admin.headers })).status).toBe(404)
  expect((await ask('POST', `/accounts/${stranger.id}/disable`, { headers: admin.headers })).status).toBe(404)
  const client = await givenClient(world, hospital)
  expect((await ask('GET', '/accounts', { headers: client.headers })).status).toBe(403)
})

test('an added account signs in with the password shown once, and must change it', async () => {
  const admin = await administrator()
  const body = { username: 'Wang.Fang', name: '王芳', roles: ['nurse'] }
  const added = await post('/accounts', body, admin.headers)
  expect(added.json.password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){2}$/)
  const first = await signIn('wang.fang', String(added.json.password))
  expect(first.json).toEqual({ state: 'signed-in', mustChangePassword: true })
  const twice = await post('/accounts', body, admin.headers)
  expect([twice.status, twice.json.code]).toEqual([409, 'identity.username-taken'])
  const found = await ask('GET', '/accounts?search=%E7%8E%8B', { headers: admin.headers })
  expect(found.json).toMatchObject({
    total: 1,
    items: [{ username: 'wang.fang', roles: ['nurse'], mustChangePassword: true, home: true }],
  })
})

test('accounts are found by the start of name or user name, by role and by state', async () => {
  const admin = await administrator()
  const one = await givenStaff(world, hospital, ['pharmacist'], { name: '钱学森', username: 'qian.xs' })
  const total = async (query: string) =>
    (await ask('GET', `/accounts?${query}`, { headers: admin.headers })).json.total
  expect([
    await total('search=qian'),
    await total('role=pharmacist'),
    await total('search=qian&state=disabled'),
  ]).toEqual([1, 1, 0])
  await ask('POST', `/accounts/${one.id}/disable`, { headers: admin.headers })
  expect(await total('search=qian&state=disabled')).toBe(1)
})

test('nobody gives themselves rights', async () => {
  const admin = await administrator()
  const { json } = await ask('GET', `/accounts/${admin.id}`, { headers: admin.headers })
  const body = { roles: ['admin', 'gp'], practitionerId: null, version: json.version }
  const change = await post(`/accounts/${admin.id}/change-post`, body, admin.headers)
  expect([change.status, change.json.code]).toEqual([403, 'identity.not-yourself'])
  expect(
    (await post('/accounts/posts', { username: admin.username, roles: ['gp'] }, admin.headers)).json.code,
  ).toBe('identity.not-yourself')
})

test('a hospital cannot give the oversight of the health commission', async () => {
  const admin = await administrator()
  const body = { username: 'over.seer', name: '监', roles: ['health-commission'] }
  const answer = await post('/accounts', body, admin.headers)
  expect([answer.status, answer.json.code]).toEqual([400, 'identity.role-not-here'])
  expect((await signIn('over.seer', PASSWORD)).status).toBe(401)
})

test('changed roles hold from the next request on; a stale form is refused', async () => {
  const admin = await administrator()
  const staff = await givenStaff(world, hospital, ['gp'])
  const change = (version: number) =>
    post(`/accounts/${staff.id}/change-post`, { roles: ['it'], practitionerId: null, version }, admin.headers)
  expect((await ask('GET', '/clients', { headers: staff.headers })).status).toBe(403)
  expect((await change(1)).json).toMatchObject({ roles: ['it'], version: 2 })
  expect((await ask('GET', '/clients', { headers: staff.headers })).status).toBe(200)
  const stale = await change(1)
  expect([stale.status, stale.json.code]).toEqual([412, 'identity.stale'])
})

test('a guest’s password and state belong to the institution that added the account', async () => {
  const admin = await administrator()
  const guest = await givenStaff(world, centre, ['gp'])
  expect(
    (await post('/accounts/posts', { username: guest.username, roles: ['specialist'] }, admin.headers))
      .status,
  ).toBe(200)
  for (const move of ['disable', 'reset-password']) {
    const answer = await ask('POST', `/accounts/${guest.id}/${move}`, { headers: admin.headers })
    expect([answer.status, answer.json.code], move).toEqual([403, 'identity.not-home'])
  }
  expect((await post('/session/act-for', { institutionId: hospital }, guest.headers)).status).toBe(200)
  expect((await ask('POST', `/accounts/${guest.id}/end-post`, { headers: admin.headers })).status).toBe(200)
  expect((await ask('GET', '/session', { headers: guest.headers })).status).toBe(401)
  const home = { cookie: cookieOf((await signIn(guest.username, PASSWORD)).headers) }
  expect((await ask('GET', '/session', { headers: home })).json).toMatchObject({
    institution: { id: centre },
  })
})

test('a disabled account is out at once and cannot come back until it is enabled', async () => {
  const admin = await administrator()
  const staff = await givenStaff(world, hospital, ['gp'])
  const move = (name: string) => ask('POST', `/accounts/${staff.id}/${name}`, { headers: admin.headers })
  expect((await ask('GET', '/session', { headers: staff.headers })).status).toBe(200)
  expect((await move('disable')).json).toMatchObject({ state: 'disabled' })
  expect((await ask('GET', '/session', { headers: staff.headers })).status).toBe(401)
  expect((await signIn(staff.username, PASSWORD)).json.code).toBe('identity.account-disabled')
  const again = await move('disable')
  expect([again.status, again.json.code]).toEqual([409, 'identity.cannot-disable-when-disabled'])
  expect((await move('enable')).status).toBe(200)
  expect((await signIn(staff.username, PASSWORD)).status).toBe(200)
})

test('an administrator sees who is locked and lifts the lock', async () => {
  const admin = await administrator()
  const staff = await givenStaff(world, hospital, ['gp'])
  for (let i = 0; i < 5; i++) await signIn(staff.username, 'wrong-again')
  const seen = await ask<{ lockedUntil: string; moves: { move: string; open: boolean }[] }>(
    'GET',
    `/accounts/${staff.id}`,
    { headers: admin.headers },
  )
  expect(seen.json.lockedUntil).toBeTruthy()
  expect(seen.json.moves.find(({ move }) => move === 'unlock')?.open).toBe(true)
  expect((await ask('POST', `/accounts/${staff.id}/unlock`, { headers: admin.headers })).json).toMatchObject({
    lockedUntil: null,
  })
  expect((await signIn(staff.username, PASSWORD)).status).toBe(200)
})
