import type { Session } from '@tongmai/api/identity/session'
import { afterAll, expect, test } from 'vitest'
import { clientToken, givenClient, givenStaff } from '../../../test/given-identity.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { openIdentityWorld } from '../../../test/identity-world.ts'

const { world, hospital, centre, ask, post, later } = await openIdentityWorld()
afterAll(() => world.close())

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const basic = (id: string, secret: string) => ({
  ...form,
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
})
const token = (fields: Record<string, string>, headers: Record<string, string> = form) =>
  ask('POST', '/oauth/token', { headers, body: new URLSearchParams(fields).toString() })

test('a client gets a token for an hour, by header or by body, and acts for its institution', async () => {
  const client = await givenClient(world, hospital, ['system/Patient.rs', 'system/Observation.cruds'])
  const granted = await token({ grant_type: 'client_credentials' }, basic(client.id, client.secret))
  expect(granted.json).toMatchObject({
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'system/Patient.rs system/Observation.cruds',
  })
  expect(granted.headers['cache-control']).toBe('no-store')
  const me = await ask<Session>('GET', '/session', {
    headers: { authorization: `Bearer ${granted.json.access_token}` },
  })
  expect(me.json).toMatchObject({ kind: 'client', id: client.id, institution: { id: hospital } })
  expect(me.json.permissions).toContain('record.write')
  await later(61)
  expect((await ask('GET', '/session', { headers: client.headers })).status).toBe(401)
})

test('a token is given for part of the client’s scopes, never for more', async () => {
  const { id, secret } = await givenClient(world, hospital, ['system/Patient.rs'])
  const credentials = { grant_type: 'client_credentials', client_id: id, client_secret: secret }
  expect((await token({ ...credentials, scope: 'system/Patient.r' })).json.scope).toBe('system/Patient.r')
  for (const scope of [
    'system/Patient.cruds',
    'system/*.r',
    'openid',
    'system/Patient.r system/Observation.r',
  ]) {
    const answer = await token({ ...credentials, scope })
    expect([answer.status, answer.json.error], scope).toEqual([400, 'invalid_scope'])
  }
})

test('the token endpoint refuses in the words of RFC 6749', async () => {
  const { id, secret } = await givenClient(world, hospital)
  const credentials = { client_id: id, client_secret: secret }
  const error = async (...asked: Parameters<typeof token>) => {
    const answer = await token(...asked)
    return [answer.status, answer.json.error]
  }
  expect(await error({ grant_type: 'client_credentials', client_id: id, client_secret: 'wrong' })).toEqual([
    401,
    'invalid_client',
  ])
  expect(
    await error({ grant_type: 'client_credentials', client_id: 'no-such', client_secret: secret }),
  ).toEqual([401, 'invalid_client'])
  expect(await error({ grant_type: 'client_credentials' })).toEqual([401, 'invalid_client'])
  expect(await error({ grant_type: 'password', ...credentials })).toEqual([400, 'unsupported_grant_type'])
  expect(await error(credentials)).toEqual([400, 'invalid_request'])
  expect(await error({ grant_type: 'client_credentials', ...credentials }, basic(id, secret))).toEqual([
    400,
    'invalid_request',
  ])
  const json = await ask('POST', '/oauth/token', {
    body: { grant_type: 'client_credentials', ...credentials },
  })
  expect([json.status, json.json.error]).toEqual([400, 'invalid_request'])
  const refused = await token({ grant_type: 'client_credentials' }, basic(id, 'wrong'))
  expect(refused.headers['www-authenticate']).toMatch(/^Basic/)
})

test('a client names the practitioner it acts for, one of its own institution', async () => {
  const client = await givenClient(world, hospital)
  const { id: practitioner } = await givenPractitioner(world, hospital)
  const { id: another } = await givenPractitioner(world, centre)
  const asked = (value: string) =>
    ask<Session>('GET', '/session', { headers: { ...client.headers, 'x-practitioner': value } })
  expect((await asked(practitioner)).json.practitionerId).toBe(practitioner)
  expect([(await asked('Dr Who')).status, (await asked('Dr Who')).json.code]).toEqual([
    400,
    'identity.invalid-practitioner',
  ])
  for (const stranger of [another, crypto.randomUUID()])
    expect([(await asked(stranger)).status, (await asked(stranger)).json.code]).toEqual([
      403,
      'identity.practitioner-not-here',
    ])
  const staff = await givenStaff(world, hospital, ['gp'])
  const me = await ask<Session>('GET', '/session', {
    headers: { ...staff.headers, 'x-practitioner': practitioner },
  })
  expect(me.json.practitionerId).toBeNull()
})

test('a scope that speaks of nothing there is in R4 is refused by its name, and no client is added', async () => {
  const it = await givenStaff(world, hospital, ['it'])
  const body = (id: string, ...scopes: string[]) => ({ id, name: '检验中间件', scopes })
  for (const wrong of ['system/Patinet.rs', 'system/Observation.rs?no-such=1']) {
    const refused = await post('/clients', body('slip', 'system/*.rs', wrong), it.headers)
    expect(refused).toMatchObject({
      status: 400,
      json: { code: 'identity.scope-unknown', details: { scopes: wrong } },
    })
  }
  const { items } = (await ask('GET', '/clients?limit=100', { headers: it.headers })).json as {
    items: { id: string }[]
  }
  expect(items.map(({ id }) => id)).not.toContain('slip')
  const right = body('no-slip', 'system/Observation.rs?category=laboratory', 'launch', 'user/*.rs', 'openid')
  expect((await post('/clients', right, it.headers)).status).toBe(200)
})

test('IT adds a client, renews its secret and disables it; what it held before ends at once', async () => {
  const it = await givenStaff(world, hospital, ['it'])
  const body = { id: 'lab-system', name: '检验系统', scopes: ['system/Observation.cruds'] }
  const added = await post('/clients', body, it.headers)
  const secret = String(added.json.secret)
  const held = { authorization: `Bearer ${await clientToken(world, { id: 'lab-system', secret })}` }
  expect((await ask('GET', '/session', { headers: held })).status).toBe(200)
  expect((await post('/clients', body, it.headers)).json.code).toBe('identity.client-id-taken')
  const renewed = await ask('POST', '/clients/lab-system/rotate-secret', { headers: it.headers })
  expect((await ask('GET', '/session', { headers: held })).status).toBe(401)
  await expect(clientToken(world, { id: 'lab-system', secret })).rejects.toThrow('invalid_client')
  const now = { id: 'lab-system', secret: String(renewed.json.secret) }
  expect(await clientToken(world, now)).toMatch(/^client\./)
  expect((await ask('POST', '/clients/lab-system/disable', { headers: it.headers })).json).toMatchObject({
    state: 'disabled',
  })
  await expect(clientToken(world, now)).rejects.toThrow('invalid_client')
  const stranger = await givenStaff(world, centre, ['it'])
  expect((await ask('POST', '/clients/lab-system/enable', { headers: stranger.headers })).status).toBe(404)
  expect((await ask('GET', '/clients', { headers: stranger.headers })).json).toMatchObject({ total: 0 })
})
