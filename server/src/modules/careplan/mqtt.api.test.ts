import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { givenStaff } from '../../../test/given-identity.ts'
import { type Broker, givenBroker } from '../../../test/given-mqtt.ts'
import { type DeviceMessage, type MqttOptions, subscribe } from './gateway/mqtt.ts'
import { listenToDevices } from './index.ts'

let g: ContractRegion
let broker: Broker
beforeAll(async () => {
  broker = await givenBroker()
  g = await contractRegion()
})
afterAll(async () => {
  await broker.close()
  await g.world.close()
})

/** A prefix of its own for each test: what a server of another test has not taken stays with it. */
const options = (clientId: string, prefix: string): MqttOptions => ({
  ...{ url: broker.url, user: undefined, password: undefined, clientId, prefix },
  ...{ caFile: undefined, certFile: undefined, keyFile: undefined },
})
const quiet = { info: () => {}, warn: () => {} }
const soon = { timeout: 15_000, interval: 50 }

let made = 0
/** A blood pressure meter in the hands of a resident. */
async function lent(prefix: string) {
  const residentId = await g.resident()
  const serial = `MQ-${made++}`
  const { id, token } = (
    await g.post(g.boss, '/devices', { serial, model: '血压计', kinds: ['bloodPressure'] })
  ).json
  await g.post(g.boss, `/devices/${id}/lend`, { residentId, agreement: '借用三个月', signer: '王小明' })
  const at = g.world.world.now().toISOString()
  const reading = (seq: number, value = 130) => ({ seq, at, kind: 'bloodPressure', value, value2: 80 })
  const kept = async () =>
    (
      await g.world.sql<{ n: number }>(
        'select count(*)::int as n from careplan.reading where device_id = $1',
        [id],
      )
    )[0]?.n
  return { residentId, serial, topic: `${prefix}/${serial}/readings`, token, reading, kept }
}

test('what devices publish is shared by all servers, kept once, and comes in again after the broker was away', async () => {
  const one = await lent('shared')
  const servers = ['first', 'second'].map((id) => listenToDevices(g.world.world, options(id, 'shared')))
  const { token, reading, topic } = one
  await Promise.all(servers.map((server) => server.subscribed))
  const messages = Array.from({ length: 40 }, (_, n) => [topic, { token, readings: [reading(n)] }] as const)
  await broker.publish([...messages, ...messages.slice(0, 5)])
  await vi.waitFor(async () => expect(await one.kept()).toBe(40), soon)
  await broker.restart()
  await vi.waitFor(async () => {
    await broker.publish([[topic, { token, readings: [reading(100, 186)] }]])
    expect(await one.kept()).toBe(41)
  }, soon)
  const alerts = (await g.get(g.boss, `/alerts?residentId=${one.residentId}`)).json
  expect(alerts.items).toMatchObject([{ rule: 'systolic-critical', value: 186, times: 1 }])
  await Promise.all(servers.map((server) => server.close()))
})

test('a message is acknowledged after its commit only: what a dying server had not committed comes again', async () => {
  const dying = subscribe(options('third', 'dying'), () => Promise.reject(new Error('database away')), quiet)
  await dying.subscribed
  await broker.publish([['dying/D/readings', { token: 'x', readings: [1] }]])
  await new Promise((go) => setTimeout(go, 200))
  await dying.close()
  const seen: DeviceMessage[] = []
  const next = subscribe(options('third', 'dying'), async (some) => void seen.push(...some), quiet)
  await vi.waitFor(() => expect(seen.map((one) => one.topic)).toEqual(['dying/D/readings']), soon)
  await next.close()
  const again = subscribe(options('third', 'dying'), async (some) => void seen.push(...some), quiet)
  await new Promise((go) => setTimeout(go, 300))
  expect(seen).toHaveLength(1)
  await again.close()
})

test('what cannot be understood stands on a list, whole and without its token, and keeps nothing else back', async () => {
  const one = await lent('strays')
  const other = await lent('strays')
  const server = listenToDevices(g.world.world, options('fourth', 'strays'))
  await server.subscribed
  const { token, reading, topic } = one
  await broker.publish([
    [topic, Buffer.from('{"token": "secret", "readings": [')],
    [topic, Buffer.from([0xff, 0x00, 0xfe])],
    [topic, { token: 'unknown', readings: [reading(1)] }],
    [other.topic, { token, readings: [reading(1)] }],
    [topic, { token, readings: [{ ...reading(2), kind: '\0' }] }],
    ['strays/NOBODY/readings', { token: 'unknown', readings: [reading(1)] }],
    [topic, { token, readings: [reading(3), { ...reading(4), value: -4 }] }],
  ])
  await vi.waitFor(async () => expect(await one.kept()).toBe(1), soon)
  await server.close()
  const list = (await g.get(g.boss, '/stray-messages')).json
  const line = (problem: string) => `careplan.${problem}`
  expect(list.items.map((stray: { problem: string }) => stray.problem).toSorted()).toEqual(
    [
      ...['device-unknown', 'device-unknown'],
      ...['message-not-understood', 'message-not-understood', 'message-not-understood'],
    ].map(line),
  )
  const texts = list.items.map((stray: { text: string }) => stray.text)
  expect(texts).toContain('{"token": "…", "readings": [')
  expect(texts).toContain('ff00fe')
  expect((await g.get(g.elsewhere, '/stray-messages')).json.total).toBe(0)
  const it = (await givenStaff(g.world, g.third, ['it'])).headers
  expect((await g.get(it, '/stray-messages')).json.items).toMatchObject([
    { topic: 'strays/NOBODY/readings', known: false, problem: 'careplan.device-unknown' },
  ])
})

test('over TLS with a certificate of its own a stream of readings is taken whole, and nobody gets in without one', async () => {
  const safe = await givenBroker({ tls: true })
  const one = await lent('safe')
  const tls = { ...options('tls', 'safe'), url: safe.url, ...safe.files }
  const server = listenToDevices(g.world.world, tls)
  await server.subscribed
  const { token, reading, topic } = one
  const [count, size] = [100, 60]
  const began = performance.now()
  await safe.publish(
    Array.from({ length: count }, (_, n) => {
      const readings = Array.from({ length: size }, (__, m) => reading(n * size + m))
      return [topic, { token, readings }] as const
    }),
  )
  await vi.waitFor(async () => expect(await one.kept()).toBe(count * size), soon)
  const rate = (count * size * 1000) / (performance.now() - began)
  expect(rate).toBeGreaterThan(400)
  await server.close()

  const without = listenToDevices(g.world.world, {
    ...tls,
    clientId: 'bare',
    certFile: undefined,
    keyFile: undefined,
  })
  await safe.publish([[topic, { token, readings: [reading(90_000)] }]])
  await new Promise((go) => setTimeout(go, 500))
  expect(await one.kept()).toBe(count * size)
  await without.close()
  await safe.close()
})
