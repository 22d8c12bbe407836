import { afterAll, expect, test } from 'vitest'
import { givenResidentAccount, PASSWORD } from '../../../test/given-identity.ts'
import { cookieOf, openIdentityWorld } from '../../../test/identity-world.ts'
import { bindSmsGateway, type SmsGateway } from './index.ts'

const { world, ask, post, later } = await openIdentityWorld()
afterAll(() => world.close())

test('a resident signs in by phone number and password and reaches none of the staff’s endpoints', async () => {
  const residentId = crypto.randomUUID()
  const resident = await givenResidentAccount(world, residentId)
  const answer = await post('/resident-session', { phone: resident.phone, password: PASSWORD })
  const headers = { cookie: cookieOf(answer.headers) }
  expect((await ask('GET', '/session', { headers })).json).toMatchObject({
    kind: 'resident',
    residentIds: [residentId],
    username: `${resident.phone.slice(0, 3)}****${resident.phone.slice(-4)}`,
    permissions: [],
  })
  expect((await ask('GET', '/accounts', { headers })).status).toBe(403)
  expect((await post('/resident-session', { phone: resident.phone, password: 'wrong-again' })).status).toBe(
    401,
  )
  const [row] = await world.sql(`select phone, phone_index from identity.resident_account where id = $1`, [
    resident.id,
  ])
  expect(JSON.stringify(row)).not.toContain(resident.phone)
})

const sent: { phone: string; code: string }[] = []
const gateway: SmsGateway = { send: async (message) => void sent.push(message) }

/** Runs what `sendCode` put into the queue, as the worker would. */
async function deliverCodes(): Promise<void> {
  bindSmsGateway(gateway)
  const queued = await world.sql(
    `select id, payload from graphile_worker._private_jobs where payload::text like '%purpose%'`,
  )
  for (const { id, payload } of queued) {
    await world.runJob('identity.send-code', payload)
    await world.sql('delete from graphile_worker._private_jobs where id = $1', [id])
  }
}

test('a resident who forgot the password sets a new one by a code sent to the phone', async () => {
  const resident = await givenResidentAccount(world, crypto.randomUUID())
  const { phone } = resident
  const reset = (code: string) =>
    post('/resident-session/reset', { phone, code, newPassword: 'four wet cats' })
  expect((await post('/resident-session/code', { phone, purpose: 'reset' })).status).toBe(200)
  await deliverCodes()
  const code = sent.find((message) => message.phone === phone)?.code ?? ''
  expect(code).toMatch(/^\d{6}$/)
  expect((await reset(code === '000000' ? '111111' : '000000')).json.code).toBe('identity.wrong-code')
  expect((await reset(code)).json).toEqual({ state: 'signed-in', mustChangePassword: false })
  expect((await ask('GET', '/session', { headers: resident.headers })).status).toBe(401)
  expect((await reset(code)).json.code).toBe('identity.code-over')
  expect((await post('/resident-session', { phone, password: 'four wet cats' })).status).toBe(200)
})

test('five wrong codes end the code, and the next one is not sent within the minute', async () => {
  const { phone } = await givenResidentAccount(world, crypto.randomUUID())
  const send = () => post('/resident-session/code', { phone, purpose: 'reset' })
  await send()
  await deliverCodes()
  const code = sent.find((message) => message.phone === phone)?.code ?? ''
  const reset = (typed: string) =>
    post('/resident-session/reset', { phone, code: typed, newPassword: 'four wet cats' })
  for (let i = 0; i < 5; i++) await reset(code === '000000' ? '111111' : '000000')
  expect((await reset(code)).json.code).toBe('identity.code-over')
  expect((await send()).json.code).toBe('identity.code-too-soon')
  await later(2)
  expect((await send()).status).toBe(200)
})

test('asking for a code never tells whether there is an account, and sends nothing where there is none', async () => {
  const phone = '13700000000'
  expect((await post('/resident-session/code', { phone, purpose: 'reset' })).status).toBe(200)
  await deliverCodes()
  expect(sent.some((message) => message.phone === phone)).toBe(false)
})

test('nobody opens an account for a resident they are not', async () => {
  const phone = '13700000001'
  await post('/resident-session/code', { phone, purpose: 'register' })
  await deliverCodes()
  const code = sent.find((message) => message.phone === phone)?.code ?? ''
  const body = {
    phone,
    code,
    name: '张三',
    documentNumber: '110101199001011234',
    newPassword: 'four wet cats',
  }
  const answer = await post('/resident-session/register', body)
  expect([answer.status, answer.json.code]).toEqual([404, 'identity.no-such-resident'])
  for (let i = 0; i < 4; i++) await post('/resident-session/register', body)
  expect((await post('/resident-session/register', body)).json.code).toBe('identity.code-over')
})
