import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aSubscription } from '../server/test/given-subscription.ts'
import { field } from './hands.ts'
import { openStage, type Stage } from './stage.ts'

/**
 * 身份 identity, 互联 interop: the administrator connects the laboratory's system, sees what it subscribed to and took
 * away, gives it a new secret and less to see, and switches it off.
 */

let stage: Stage
let receiver: Server
let told = 0
let secret = ''
beforeAll(async () => {
  stage = await openStage()
  receiver = createServer((_, response) => {
    told += 1
    response.end()
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
})
afterAll(async () => {
  receiver.closeAllConnections()
  receiver.close()
  await stage.close()
})

const hook = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`

/** A token for a secret, or null where it is refused. */
async function tokenFor(id: string, with_: string): Promise<string | null> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: with_ })
  const answer = await fetch(`${stage.product.url}/oauth/token`, { method: 'POST', body })
  return answer.ok ? ((await answer.json()) as { access_token: string }).access_token : null
}

/** Asks as a system does. */
async function ask(token: string | null, path: string, body?: object): Promise<Response> {
  return fetch(`${stage.product.url}/fhir/R4${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...{ authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      ...(body ? {} : { prefer: 'respond-async' }),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
}

/** The secret that is shown this once; then it is gone from the page. */
async function shownSecret(): Promise<string> {
  const it = await stage.as('it01')
  const dialog = it.getByRole('dialog').filter({ hasText: '只显示这一次' })
  const text = (await dialog.locator('code').textContent()) ?? ''
  await dialog.getByRole('button', { name: '我已记下' }).click()
  await dialog.waitFor({ state: 'hidden' })
  expect(await it.locator('body').textContent()).not.toContain(text)
  return text
}

const line = async () => (await stage.as('it01')).getByRole('row').filter({ hasText: 'city-lis' })

test('a system is registered with what it may do; its secret is shown once, and it can do that and no more', async () => {
  const it = await stage.as('it01')
  await it.goto('/clients')
  await it.getByRole('button', { name: '添加系统' }).click()
  const dialog = it.getByRole('dialog')
  await field(dialog, '名称').fill('市一院 LIS')
  await field(dialog, '系统编号').fill('city-lis')
  for (const scope of ['system/*.rs', 'system/Subscription.cruds']) {
    await field(dialog, '授权范围').fill(scope)
    await field(dialog, '授权范围').press('Enter')
  }
  await field(dialog, '通知地址').fill(hook())
  await field(dialog, '通知地址').press('Enter')
  await dialog.getByRole('button', { name: '添加系统' }).click()
  secret = await shownSecret()
  await (await line()).getByText('读取、查询：本机构 · 全部资料').waitFor()
  const token = await tokenFor('city-lis', secret)
  expect((await ask(token, '/Patient?_count=1')).status).toBe(200)
  expect((await ask(token, '/Patient', { resourceType: 'Patient' })).status).toBe(403)
  const [row] = await stage.sql<{ secret_hash: string }>(
    `select secret_hash from identity.client where id = 'city-lis'`,
  )
  expect(row?.secret_hash).not.toContain(secret)
})

test('what it subscribes to and exports stands in the console, with how far each is', async () => {
  const it = await stage.as('it01')
  const token = await tokenFor('city-lis', secret)
  const criteria = `${stage.product.url}/fhir/R4/SubscriptionTopic/resource-changed`
  const subscribed = await ask(token, '/Subscription', aSubscription(hook(), { more: { criteria } }))
  expect(subscribed.status, await subscribed.text()).toBe(201)
  expect((await ask(token, '/Patient/$export?_type=Patient')).status).toBe(202)
  await it.goto('/subscriptions')
  const row = it.getByRole('row').filter({ hasText: 'city-lis' })
  await row.getByText('正常').waitFor()
  expect(told).toBe(1)
  const his = await tokenFor('demo-his', 'demo-his-secret')
  const [grant] = await stage.sql<{ id: string }>(
    `select resident_id as id from kernel.access_grant g join network.institution i on i.id = g.institution_id
      where i.code = 'LEAD' and g.basis = 'treatment' and not g.suspended limit 1`,
  )
  const measured = await ask(his, '/Observation', {
    ...{ resourceType: 'Observation', status: 'final', effectiveDateTime: new Date().toISOString() },
    code: { coding: [{ system: 'http://loinc.org', code: '2823-3', display: '血钾' }] },
    subject: { reference: `Patient/${grant?.id}` },
    valueQuantity: { value: 4.1, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  })
  expect(measured.status, await measured.text()).toBe(201)
  await row.getByText('1 / 1').waitFor()
  await row.getByRole('link', { name: '资源有变化' }).click()
  await it.waitForURL(/\/subscriptions\/[0-9a-f-]{36}$/)
  await it.getByRole('heading', { name: 'city-lis · 资源有变化' }).waitFor()
  await it.goto('/exports')
  const taken = it.getByRole('row').filter({ hasText: 'city-lis' })
  await taken.getByText('1 / 1 类').waitFor()
  // One line of the access log for each resident who was taken away.
  const [logged] = await stage.sql<{ residents: number }>(
    `select count(distinct resident_id)::int as residents from kernel.access where actor_id = 'city-lis'
      and request_id = (select request_id from kernel.access where actor_id = 'city-lis' group by 1 order by count(*) desc limit 1)`,
  )
  expect(logged?.residents).toBeGreaterThan(10)
  await taken.getByText(String(logged?.residents), { exact: true }).waitFor()
})

test('a new secret ends the old one at once, fewer scopes end the tokens, and who is switched off gets none', async () => {
  const it = await stage.as('it01')
  await it.goto('/clients')
  const before = await tokenFor('city-lis', secret)
  await (await line()).getByRole('button', { name: '更换密钥' }).click()
  await it.getByText('旧密钥和已发出的令牌立即失效').waitFor()
  await it.getByRole('dialog').getByRole('button', { name: '更换密钥' }).click()
  const next = await shownSecret()
  expect(await tokenFor('city-lis', secret)).toBeNull()
  expect((await ask(before, '/Patient?_count=1')).status).toBe(401)
  const token = await tokenFor('city-lis', next)
  await (await line()).getByRole('button', { name: '修改登记' }).click()
  const dialog = it.getByRole('dialog')
  for (let i = 0; i < 2; i += 1) await field(dialog, '授权范围').press('Backspace')
  await field(dialog, '授权范围').fill('system/Observation.rs')
  await field(dialog, '授权范围').press('Enter')
  await dialog.getByRole('button', { name: '修改登记' }).click()
  await it.getByText('已保存，已发出的令牌失效').waitFor()
  expect((await ask(token, '/Patient?_count=1')).status).toBe(401)
  expect((await ask(await tokenFor('city-lis', next), '/Patient?_count=1')).status).toBe(403)
  await (await line()).getByRole('button', { name: '停用' }).click()
  await it.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await (await line()).getByText('已停用').waitFor()
  expect(await tokenFor('city-lis', next)).toBeNull()
  expect(stage.complaints).toEqual([])
})
