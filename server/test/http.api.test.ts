import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterEach, expect, test } from 'vitest'
import { answerBelow, tellError } from '../src/kernel/answer-error.ts'
import { openHttp } from '../src/kernel/http.ts'
import { openPages } from '../src/kernel/pages.ts'

let app: FastifyInstance
let lines: string[] = []
afterEach(() => app.close())

/** The door alone, without a database. */
async function open(requestsPerMinute = 1_000, busyAfterMs = 0): Promise<FastifyInstance> {
  lines = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  app = await openHttp({ log, requestsPerMinute, busyAfterMs })
  app.get('/slow', async () => {
    await sleep(400)
    return { done: true }
  })
  app.get('/fail/:name', () => {
    throw new Error('a defect')
  })
  return app
}

test('a caller who asks too often is told to wait, another is not', async () => {
  const door = await open(3)
  const ask = (authorization: string) => door.inject({ url: '/fail/x', headers: { authorization } })
  for (let i = 0; i < 3; i++) expect((await ask('Bearer one')).statusCode).toBe(500)
  const refused = await ask('Bearer one')
  expect([refused.statusCode, refused.json().code]).toEqual([429, 'kernel.too-many'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask('Bearer another')).statusCode).toBe(500)
})

/** Computes for so long without a pause, several times, and asks after each. */
async function asked(door: FastifyInstance, ms: number, times: number): Promise<number[]> {
  const answers: number[] = []
  for (let n = 0; n < times; n++) {
    await sleep(1)
    const end = performance.now() + ms
    while (performance.now() < end);
    await sleep(1)
    answers.push((await door.inject({ url: '/nowhere' })).statusCode)
  }
  return answers
}

test('a process that reads in rules for a second at a time is not busy, one that answers nobody for long is', async () => {
  const door = await open(1_000, 2_000)
  await door.ready()
  expect(await asked(door, 1_100, 4)).toEqual([404, 404, 404, 404])
  expect(await asked(door, 2_300, 3)).toContain(503)
}, 30_000)

test('a defect shows the caller no more than the id that finds it in the log', async () => {
  const answer = await (await open()).inject({ url: '/fail/x' })
  const { requestId } = answer.json()
  expect([answer.statusCode, answer.json()]).toEqual([500, { code: 'kernel.defect', requestId }])
  expect(answer.headers['x-request-id']).toBe(requestId)
  const line = lines.map((each) => JSON.parse(each)).find((each) => each.requestId === requestId)
  expect(line).toMatchObject({ route: '/fail/:name', err: { message: 'a defect' } })
})

test('the log holds the route and never what stands in the address', async () => {
  await (await open()).inject({ url: '/fail/%E5%BC%A0%E5%BB%BA%E5%9B%BD?id=990101198002034512' })
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.join('')).not.toMatch(/张建国|%E5%BC%A0|990101198002034512/)
})

/** What is answered to bytes as they are. */
async function told(door: FastifyInstance, bytes: string): Promise<string> {
  const socket = connect((door.server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(bytes)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return String(answer)
}

test('what is no HTTP at all is answered 400 in JSON', async () => {
  const door = await open()
  await door.listen({ port: 0, host: '127.0.0.1' })
  expect(await told(door, 'what is this\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 400 [\s\S]*"code":"kernel\.bad-request"/,
  )
})

test('an address that is not encoded, or headers that are too many, are named, and found in the log by their id', async () => {
  const door = await open()
  await door.listen({ port: 0, host: '127.0.0.1' })
  const unencoded = /^HTTP\/1\.1 400 Bad Request[\s\S]*"code":"kernel\.address-not-encoded"/
  expect(await told(door, 'GET /nowhere?name=张 HTTP/1.1\r\nhost: x\r\n\r\n')).toMatch(unencoded)
  expect(await told(door, 'GET /nowhere?name=a b HTTP/1.1\r\nhost: x\r\n\r\n')).toMatch(unencoded)
  const answer = await told(door, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 431 [\s\S]*"code":"kernel\.headers-too-large"/)
  const [, requestId] = /x-request-id: (\S+)/.exec(answer) ?? []
  expect(answer).toContain(`"requestId":"${requestId}"`)
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ requestId, status: 431 }),
  )
  expect(lines.join('')).not.toContain('张')
})

test('who is being served when the program stops gets the answer, and it stops within ten seconds', async () => {
  const door = await open()
  await door.listen({ port: 0, host: '127.0.0.1' })
  const { port } = door.server.address() as AddressInfo
  const slow = fetch(`http://127.0.0.1:${port}/slow`)
  await sleep(100)
  const begun = performance.now()
  await door.close()
  expect(performance.now() - begun).toBeLessThan(5_000)
  expect(await (await slow).json()).toEqual({ done: true })
})

test('who asks while it stops is told in our own words to come back', async () => {
  const door = await open()
  await door.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect((door.server.address() as AddressInfo).port, '127.0.0.1')
  const heard: string[] = []
  socket.on('data', (bytes) => heard.push(String(bytes)))
  const ask = (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`)
  ask('/slow')
  await sleep(100)
  const closed = door.close()
  ask('/slow')
  await Promise.all([closed, once(socket, 'close')])
  expect(heard.join('')).toMatch(
    /^HTTP\/1\.1 200 [\s\S]*"done":true[\s\S]*HTTP\/1\.1 503 [\s\S]*"kernel\.stopping"/,
  )
})

test('an address that leads nowhere is told so in the dress of its path, where there are pages too', async () => {
  const door = await open()
  const webDir = mkdtempSync(join(tmpdir(), 'tongmai-pages-'))
  writeFileSync(join(webDir, 'index.html'), '<title>同脉</title>')
  await openPages(door, { webDir, publicUrl: 'http://127.0.0.1', document: () => ({}) })
  answerBelow('/fhir/Test', {
    answer: (_error, _request, reply) => reply.code(404).send('dressed'),
    bodyOf: () => ({ type: 'text/plain', body: 'dressed' }),
  })
  const at = async (url: string) => (await door.inject({ url })).body
  expect(await at('/fhir/Test/no/such/place')).toBe('dressed')
  expect(await at('/api/none')).toContain('kernel.no-such-route')
  expect(await at('/anything')).toContain('同脉')
})

test('each trouble of the outside has its own status', async () => {
  await open()
  const of = (code: string) => {
    const { status, code: told } = tellError(Object.assign(new Error(code), { code }))
    return [status, told]
  }
  expect(of('ENOSPC')).toEqual([507, 'kernel.disk-full'])
  expect(of('53100')).toEqual([507, 'kernel.disk-full'])
  expect(of('57P03')).toEqual([503, 'kernel.database-away'])
  expect(of('ECONNREFUSED')).toEqual([503, 'kernel.database-away'])
  expect(of('55P03')).toEqual([503, 'kernel.busy'])
  expect(of('22021')).toEqual([400, 'kernel.unkeepable-text'])
  expect(of('EACCES')).toEqual([500, 'kernel.defect'])
})
