import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { date, field } from './hands.ts'
import { openStage, PASSWORD, type Stage } from './stage.ts'

/**
 * An app of somebody else (身份 identity, 互联 interop, 居民 resident): written with `fhirclient`, served from another
 * origin, it is opened from a resident's page, opens by itself and lets the person choose, and opens for a resident.
 */

const library = readFileSync(
  fileURLToPath(new URL('../node_modules/fhirclient/build/fhir-client.min.js', import.meta.url)),
)
const page = (script: string) =>
  `<!doctype html><meta charset="utf-8"><title>App</title><p id="said"></p><script src="/fhir.js"></script><script>${script}</script>`

/** What the app does when it is sent to start, with the client's id and what it asks for in the address. */
const start = `const q = new URLSearchParams(location.search)
FHIR.oauth2.authorize({ clientId: q.get('app'), scope: q.get('scope') || 'openid fhirUser launch patient/*.rs',
  iss: q.get('iss'), ...(q.get('launch') ? { launch: q.get('launch') } : {}), redirectUri: '/back', completeInTarget: true })`
const back = `FHIR.oauth2.ready().then(async (client) => {
  const patient = await client.patient.read()
  const others = await client.request('Patient?_count=200')
  document.getElementById('said').textContent = JSON.stringify({ id: patient.id, seen: (others.entry || []).length,
    user: client.getFhirUser() })
}).catch((error) => { document.getElementById('said').textContent = 'failed: ' + error.message })`

let stage: Stage
let app: Server
let origin = ''
let iss = ''
beforeAll(async () => {
  stage = await openStage()
  iss = `${stage.product.url}/fhir/R4`
  app = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]
    const isLibrary = path === '/fhir.js'
    response.setHeader('content-type', isLibrary ? 'text/javascript' : 'text/html')
    response.end(isLibrary ? library : page(path === '/back' ? back : start))
  }).listen(0)
  await once(app, 'listening')
  origin = `http://localhost:${(app.address() as AddressInfo).port}`
})
afterAll(async () => {
  app.closeAllConnections()
  app.close()
  await stage.close()
})

/** Registers an app as the administrator of a client's institution would; straight in the table, its page is not this journey's. */
const register = (id: string, persons: 'staff' | 'resident') =>
  stage.sql(
    `insert into identity.client (id, institution_id, name, secret_hash, scopes, state, added_at, kind, persons, redirect_uris, launch_url)
      select $1, p.institution_id, $2, 'none', $3, 'active', now(), 'public', $4, array[$5], $6
      from identity.post p join identity.account a on a.id = p.account_id where a.username = 'gp01' limit 1
      on conflict (id) do update set redirect_uris = excluded.redirect_uris, launch_url = excluded.launch_url`,
    [
      ...[
        id,
        `血压曲线 ${persons}`,
        ['openid', 'fhirUser', 'launch', 'launch/patient', 'patient/*.rs'],
        persons,
      ],
      ...[`${origin}/back`, `${origin}/start?app=${id}`],
    ],
  )

const said = async (page: Page) => {
  await page.waitForFunction(() => document.getElementById('said')?.textContent, undefined, {
    timeout: 30_000,
  })
  return JSON.parse((await page.locator('#said').textContent()) ?? '')
}

describe('an app made with fhirclient', () => {
  test('is opened from a resident’s page and sees that resident alone', async () => {
    await register('bp-curve', 'staff')
    const doctor = await stage.as('gp01')
    await doctor.goto('/residents')
    await field(doctor, '姓名、证件号、手机号或居民码').fill('zhangjianguo')
    await date(doctor, '出生日期', '1958-04-12')
    await doctor.getByRole('button', { name: /查\s*找/ }).click()
    await doctor.getByRole('table', { name: '查找居民' }).getByRole('row').nth(1).click()
    await doctor.waitForURL(/residents\/[0-9a-f-]{36}/)
    const id = doctor.url().split('/').pop()
    const opened = doctor.context().waitForEvent('page')
    await doctor.getByRole('button', { name: '血压曲线 staff' }).click()
    const window = await opened
    await window.getByRole('button', { name: /^同\s*意$/ }).click()
    const told = await said(window)
    expect(told).toMatchObject({ id, seen: 1, user: expect.stringContaining('Practitioner/') })
    await window.close()
  })

  test('opens by itself: the physician finds the patient and allows it', async () => {
    const doctor = await stage.as('gp01')
    const scope = 'launch/patient patient/*.rs'
    await doctor.goto(`${origin}/start?${new URLSearchParams({ app: 'bp-curve', iss, scope })}`)
    await field(doctor, '姓名、证件号、手机号或居民码').fill('张建国')
    await date(doctor, '出生日期', '1958-04-12')
    await doctor.getByRole('button', { name: /查\s*找/ }).click()
    await doctor.getByRole('button', { name: /^同\s*意$/ }).click()
    expect(await said(doctor)).toMatchObject({ seen: 1 })
  })

  test('opens for a resident on the phone, who allows their own record', async () => {
    await register('bp-mine', 'resident')
    const phone = await stage.open({ width: 390, height: 844 })
    const scope = 'openid fhirUser launch/patient patient/*.rs'
    await phone.goto(`${origin}/start?${new URLSearchParams({ app: 'bp-mine', iss, scope })}`)
    await phone.getByLabel('手机号').fill('19900001000')
    await phone.getByLabel('密码').fill(PASSWORD)
    await phone.getByRole('button', { name: /登\s*录/ }).click()
    await phone.getByRole('button', { name: '同意', exact: true }).click()
    const told = await said(phone)
    expect(told.user).toContain(`Patient/${told.id}`)
    expect(stage.complaints).toEqual([])
  })
})
