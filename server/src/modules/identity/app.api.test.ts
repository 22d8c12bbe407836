import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asking } from '../../../test/ask-fhir.ts'
import { allowApp, BASE, exchange, givenApp, REDIRECT, requestOf, sendForm } from '../../../test/given-app.ts'
import { givenResidentAccount, givenStaff, type Signed } from '../../../test/given-identity.ts'
import { givenInstitution } from '../../../test/given-network.ts'
import { anObservation } from '../../../test/given-record.ts'
import { givenResident } from '../../../test/given-resident.ts'
import { givenPractitioner } from '../../../test/given-workforce.ts'
import { type Region, region } from '../../../test/world.ts'
import { createResource } from '../../kernel/resource/write.ts'

let world: Region
let hospital: { id: string }
let stranger: { id: string }
let doctor: Signed
let practitioner: { id: string }
let patient: { id: string }
let another: { id: string }

beforeAll(async () => {
  world = await region()
  hospital = await givenInstitution(world)
  stranger = await givenInstitution(world)
  practitioner = await givenPractitioner(world, hospital.id)
  doctor = await givenStaff(world, hospital.id, ['specialist'], { practitioner: practitioner.id })
  patient = await givenResident(world, hospital.id)
  another = await givenResident(world, hospital.id, { name: '李另外', phone: '19900000002' })
  for (const one of [patient, another])
    await world.world.asSystem(hospital.id, (ctx) => createResource(ctx, anObservation(one.id)))
})
afterAll(() => world.close())

const ask = asking(
  () => world,
  () => ({}),
)
const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` })
const api = (
  method: 'GET' | 'POST',
  url: string,
  headers: Readonly<Record<string, string>>,
  payload?: object,
) => world.app.inject({ method, url: `/api${url}`, headers, ...(payload ? { payload } : {}) })

const everything = [
  'openid',
  'fhirUser',
  'launch',
  'launch/patient',
  'offline_access',
  'patient/*.rs',
  'user/*.rs',
]

test('an app finds where to ask, and which keys sign', async () => {
  const smart = (await ask('GET', '/.well-known/smart-configuration')).body
  expect(smart).toMatchObject({
    authorization_endpoint: 'http://127.0.0.1:8080/oauth/authorize',
    code_challenge_methods_supported: ['S256'],
  })
  expect(smart.capabilities).toContain('launch-ehr')
  const openId = await world.app.inject({ url: '/.well-known/openid-configuration' })
  expect(openId.json()).toMatchObject({ issuer: 'http://127.0.0.1:8080', jwks_uri: smart.jwks_uri })
  expect(openId.headers['access-control-allow-origin']).toBe('*')
  for (const url of ['/oauth/token', '/oauth/revoke', '/oauth/introspect', '/oauth/userinfo']) {
    const { statusCode, headers } = await world.app.inject({ method: 'OPTIONS', url })
    expect([url, statusCode, headers['access-control-allow-origin']]).toEqual([url, 204, '*'])
    expect(headers['access-control-allow-headers']).toContain('authorization')
  }
})

test('an app opened from a resident’s page sees that resident and nobody else, in every way to read', async () => {
  const app = await givenApp(world, hospital.id, { scopes: everything })
  const apps = await api('GET', '/apps', doctor.headers)
  expect(apps.json().items).toContainEqual({ id: app.id, name: `应用 ${app.id}` })
  const opened = await api('POST', `/apps/${app.id}/launch`, doctor.headers, { residentId: patient.id })
  const url = new URL(opened.json().goTo)
  expect(url.searchParams.get('iss')).toBe(BASE)
  const request = requestOf(app, 'openid fhirUser launch patient/*.rs', {
    ...{ launch: url.searchParams.get('launch') ?? '', nonce: 'n-1' },
  })
  const asked = await api('GET', `/app-request?${new URLSearchParams(request)}`, doctor.headers)
  expect(asked.json()).toMatchObject({ patient: 'launched', residentId: patient.id })
  const { code, goTo } = await allowApp(world, doctor.headers, { request })
  expect(goTo).toContain('state=my-state')
  const { json: token } = await exchange(world, app, code)
  expect(token).toMatchObject({ token_type: 'Bearer', patient: patient.id, need_patient_banner: true })
  expect(token.refresh_token).toBeUndefined()

  const keys = (await world.app.inject({ url: '/oauth/jwks' })).json()
  const { payload } = await jwtVerify(String(token.id_token), createLocalJWKSet(keys), { audience: app.id })
  expect(payload).toMatchObject({
    ...{ sub: doctor.id, nonce: 'n-1', iss: 'http://127.0.0.1:8080' },
    fhirUser: `${BASE}/Practitioner/${practitioner.id}`,
  })

  const as = bearer(token.access_token)
  expect((await ask('GET', `/Patient/${patient.id}`, { as })).status).toBe(200)
  expect((await ask('GET', `/Patient/${another.id}`, { as })).status).toBe(404)
  expect((await ask('GET', `/Patient/${another.id}/$everything`, { as })).status).toBe(404)
  const whose = async (path: string) => {
    const { body } = await ask('GET', path, { as })
    const references = JSON.stringify(body).match(/Patient\/[0-9a-f-]{36}/g)
    return [...new Set(references)]
  }
  expect(await whose('/Observation')).toEqual([`Patient/${patient.id}`])
  expect(await whose('/Observation?_include=Observation:subject')).toEqual([`Patient/${patient.id}`])
  expect(await whose('/Patient?_revinclude=Observation:subject')).toEqual([`Patient/${patient.id}`])
  expect((await whose(`/Patient/${patient.id}/$everything`)).every((one) => one.endsWith(patient.id))).toBe(
    true,
  )
  expect((await ask('POST', '/Observation', { as, body: anObservation(patient.id) })).status).toBe(403)
  expect((await ask('POST', '/Patient/$match', { as, body: { resourceType: 'Patient' } })).status).toBe(403)
  expect((await api('GET', '/session', as)).statusCode).toBe(401)
})

test('a token is no wider than the person, and ends with their post', async () => {
  const clerk = await givenStaff(world, hospital.id, ['it'])
  const app = await givenApp(world, hospital.id, { scopes: ['user/*.cruds', 'online_access'] })
  const request = requestOf(app, 'user/*.cruds online_access')
  const { code } = await allowApp(world, clerk.headers, { request })
  const { json } = await exchange(world, app, code)
  expect((await ask('GET', '/Observation', { as: bearer(json.access_token) })).status).toBe(403)
  await world.sql(`update identity.post set until = now() where account_id = $1`, [clerk.id])
  const refreshed = await sendForm(world, 'token', {
    ...{ grant_type: 'refresh_token', client_id: app.id, refresh_token: String(json.refresh_token) },
  })
  expect([refreshed.status, refreshed.json.error]).toEqual([400, 'invalid_grant'])
})

test('a resident lets an app read their own record, chooses what, and takes it back', async () => {
  const app = await givenApp(world, hospital.id, { scopes: everything, persons: 'resident' })
  const me = await givenResidentAccount(world, patient.id)
  const request = requestOf(app, 'launch/patient patient/Patient.r patient/Observation.rs offline_access')
  expect((await allowApp(world, doctor.headers, { request })).status).toBe(403)
  expect((await allowApp(world, me.headers, { request, residentId: another.id })).status).toBe(404)
  const scopes = ['launch/patient', 'patient/Patient.r', 'offline_access']
  const { code } = await allowApp(world, me.headers, { request, residentId: patient.id, scopes })
  const { json } = await exchange(world, app, code)
  expect(json).toMatchObject({ patient: patient.id, scope: scopes.join(' ') })
  const as = bearer(json.access_token)
  expect((await ask('GET', `/Patient/${patient.id}`, { as })).status).toBe(200)
  expect((await ask('GET', '/Observation', { as })).status).toBe(403)
  const [grant] = (await api('GET', '/app-grants', me.headers)).json().items
  expect((await api('POST', `/app-grants/${grant.id}/end`, me.headers)).statusCode).toBe(200)
  expect((await ask('GET', `/Patient/${patient.id}`, { as })).status).toBe(401)
})

test('a code and a refresh token are good once; whoever brings one again ends it all', async () => {
  const app = await givenApp(world, hospital.id, { scopes: everything })
  const request = requestOf(app, 'user/Patient.rs offline_access')
  const first = await allowApp(world, doctor.headers, { request })
  expect((await exchange(world, app, first.code, { code_verifier: 'another-verifier' })).json.error).toBe(
    'invalid_grant',
  )
  const { json: token } = await exchange(world, app, first.code)
  const refresh = (refresh_token: unknown) =>
    sendForm(world, 'token', {
      ...{ grant_type: 'refresh_token', client_id: app.id, refresh_token: String(refresh_token) },
    })
  const next = await refresh(token.refresh_token)
  expect(next.status).toBe(200)
  expect((await ask('GET', '/Patient', { as: bearer(next.json.access_token) })).status).toBe(200)
  expect((await refresh(token.refresh_token)).json.error).toBe('invalid_grant')
  expect((await refresh(next.json.refresh_token)).json.error).toBe('invalid_grant')
  expect((await ask('GET', '/Patient', { as: bearer(next.json.access_token) })).status).toBe(401)
  const second = await allowApp(world, doctor.headers, { request })
  const given = await exchange(world, app, second.code)
  expect((await exchange(world, app, second.code)).json.error).toBe('invalid_grant')
  expect((await ask('GET', '/Patient', { as: bearer(given.json.access_token) })).status).toBe(401)
})

test('what is wrong with a request is told to the app, and where that is wrong to nobody else', async () => {
  const app = await givenApp(world, hospital.id, { scopes: ['user/Patient.rs'] })
  const go = (more: Record<string, string>) => {
    const query = new URLSearchParams({ ...requestOf(app, 'user/Patient.rs'), ...more })
    return world.app.inject({ url: `/oauth/authorize?${query}` })
  }
  const errorOf = async (more: Record<string, string>) =>
    new URL(String((await go(more)).headers.location), BASE).searchParams.get('error')
  expect(String((await go({})).headers.location)).toMatch(/^\/authorize\?/)
  expect(await errorOf({ response_type: 'token' })).toBe('unsupported_response_type')
  expect(await errorOf({ code_challenge_method: 'plain' })).toBe('invalid_request')
  expect(await errorOf({ prompt: 'none' })).toBe('interaction_required')
  expect(await errorOf({ scope: 'system/*.rs' })).toBe('invalid_scope')
  expect(await errorOf({ aud: 'https://elsewhere.example/fhir' })).toBe('invalid_request')
  const elsewhere = await go({ redirect_uri: `${REDIRECT}/deeper` })
  expect([elsewhere.statusCode, elsewhere.headers.location]).toEqual([400, undefined])
})

test('a program signs for itself with its own key, each signature once', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES384', { extractable: true })
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES384' }] })
  const app = await givenApp(world, hospital.id, {
    ...{ kind: 'confidential', scopes: ['system/Patient.rs', 'patient/*.rs'], jwks, redirectUris: [] },
  })
  const signed = (jti: string, more: { audience?: string; minutes?: number } = {}) =>
    new SignJWT({ jti })
      .setProtectedHeader({ alg: 'ES384', kid: 'k1' })
      .setIssuer(app.id)
      .setSubject(app.id)
      .setAudience(more.audience ?? 'http://127.0.0.1:8080/oauth/token')
      .setExpirationTime(Math.floor(world.world.now().getTime() / 1000) + (more.minutes ?? 4) * 60)
      .sign(privateKey)
  const send = (client_assertion: string) =>
    sendForm(world, 'token', {
      ...{ grant_type: 'client_credentials', scope: 'system/Patient.rs', client_assertion },
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
  const jwt = await signed('one')
  const { json } = await send(jwt)
  expect((await ask('GET', `/Patient/${patient.id}`, { as: bearer(json.access_token) })).status).toBe(200)
  expect((await ask('GET', '/Observation', { as: bearer(json.access_token) })).status).toBe(403)
  expect((await send(jwt)).json.error).toBe('invalid_client')
  expect((await send(await signed('two', { audience: 'https://elsewhere.example' }))).json.error).toBe(
    'invalid_client',
  )
  expect((await send(await signed('three', { minutes: 60 }))).json.error).toBe('invalid_client')
})

test('a token is explained to its own institution, and taken back by its own app', async () => {
  const app = await givenApp(world, hospital.id, { scopes: everything })
  const own = await givenApp(world, hospital.id, { scopes: ['system/*.rs'], kind: 'confidential' })
  const foreign = await givenApp(world, stranger.id, { scopes: ['system/*.rs'], kind: 'confidential' })
  const request = requestOf(app, 'openid fhirUser launch/patient patient/*.rs offline_access')
  const { code } = await allowApp(world, doctor.headers, { request, residentId: patient.id })
  const { json: held } = await exchange(world, app, code)
  const about = (by: { id: string; secret: string }) =>
    sendForm(world, 'introspect', {
      ...{ token: String(held.access_token), client_id: by.id, client_secret: by.secret },
    })
  expect((await about(own)).json).toMatchObject({
    ...{ active: true, client_id: app.id, sub: doctor.id, patient: patient.id },
    fhirUser: `${BASE}/Practitioner/${practitioner.id}`,
  })
  expect((await about(foreign)).json).toEqual({ active: false })
  const person = await world.app.inject({ url: '/oauth/userinfo', headers: bearer(held.access_token) })
  expect(person.json()).toMatchObject({ sub: doctor.id })
  const gone = await sendForm(world, 'revoke', { client_id: app.id, token: String(held.refresh_token) })
  expect(gone.status).toBe(200)
  expect((await about(own)).json).toEqual({ active: false })
  expect((await ask('GET', '/Patient', { as: bearer(held.access_token) })).status).toBe(401)
})

test('the browser may ask by POST, and who the person is may be asked so; a type that R4 does not have is nobody’s to give', async () => {
  const app = await givenApp(world, hospital.id, { scopes: everything })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const request = requestOf(app, 'openid patient/Nothing.rs user/Patient.rs')
  const asked = await world.app.inject({
    ...{ method: 'POST', url: '/oauth/authorize', headers: form },
    payload: new URLSearchParams(request).toString(),
  })
  expect([asked.statusCode, asked.headers.location]).toEqual([303, expect.stringMatching(/^\/authorize\?/)])
  const { code } = await allowApp(world, doctor.headers, { request })
  const { json } = await exchange(world, app, code)
  expect(json.scope).toBe('openid user/Patient.rs')
  const headers = { ...form, ...bearer(json.access_token) }
  const person = await world.app.inject({ method: 'POST', url: '/oauth/userinfo', headers, payload: '' })
  expect(person.json()).toMatchObject({ sub: doctor.id })
  const nobody = await world.app.inject({
    method: 'POST',
    url: '/oauth/userinfo',
    headers: form,
    payload: '',
  })
  expect([nobody.statusCode, nobody.json()]).toEqual([401, { error: 'invalid_token' }])
})

test('who may not open a resident opens no app for them either', async () => {
  const app = await givenApp(world, stranger.id, { scopes: everything })
  const outsider = await givenStaff(world, stranger.id, ['specialist'])
  const opened = await api('POST', `/apps/${app.id}/launch`, outsider.headers, { residentId: patient.id })
  expect(opened.statusCode).toBe(404)
  const request = requestOf(app, 'launch/patient patient/*.rs')
  expect((await allowApp(world, outsider.headers, { request, residentId: patient.id })).status).toBe(404)
  expect((await allowApp(world, outsider.headers, { request })).problem).toEqual({ error: 'patient_missing' })
})
