import { afterEach, expect, test, vi } from 'vitest'
import { keepFile } from './kept-file.ts'
import { drop, isStale, keep, outbox, ownOutbox, sendOne, sendWaiting, type Waiting } from './outbox.ts'
import { isReached } from './reached.ts'

const reading: Waiting = {
  ...{ key: 'k1', owner: 'me', method: 'POST', url: 'http://h/api/me/readings', body: '{"value":137}' },
  ...{ what: 'careplan.reading.title', touches: ['reading'], at: 0, triedAt: null },
}
const sent: string[] = []
const answer = (how: () => Response | Promise<Response>) =>
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(`${request.method} ${request.headers.get('idempotency-key')}`)
    return how()
  })
const away = () => Promise.reject(new TypeError('Failed to fetch'))

afterEach(() => {
  vi.unstubAllGlobals()
  sent.length = 0
  for (const { key } of outbox.get()) drop(key)
})

test('what finds no connection waits, and goes out once under the same key when there is one', async () => {
  ownOutbox('me')
  keep(reading)
  answer(away)
  expect(await sendOne(reading)).toBe('waits')
  expect(isReached()).toBe(false)
  expect(outbox.get()).toMatchObject([{ key: 'k1', held: true }])
  answer(() => Response.json({ accepted: 1 }))
  const touched: (readonly string[])[] = []
  await Promise.all([sendWaiting((one) => touched.push(one)), sendWaiting((one) => touched.push(one))])
  expect(sent).toEqual(['POST k1', 'POST k1'])
  expect(touched).toEqual([['reading']])
  expect(outbox.get()).toEqual([])
})

test('what the server does not take stays with the reason, and is not sent again', async () => {
  ownOutbox('me')
  keep(reading)
  answer(() => Response.json({ code: 'careplan.reading-impossible', requestId: '1' }, { status: 400 }))
  await sendWaiting(() => {})
  await sendWaiting(() => {})
  expect(sent).toHaveLength(1)
  expect(outbox.get()[0]?.refused).toMatchObject({ code: 'careplan.reading-impossible' })
})

test('what somebody else left is not sent, nor what left so long ago that nobody knows whether it was done', async () => {
  ownOutbox('me')
  answer(() => Response.json({}))
  keep({ ...reading, owner: 'another' })
  const old = { ...reading, key: 'k2', triedAt: Date.now() - 24 * 3_600_000 }
  keep(old)
  await sendWaiting(() => {})
  expect(sent).toEqual([])
  expect(isStale(old)).toBe(true)
  expect(outbox.get()).toHaveLength(2)
})

test('what names a file brings it first, and the file goes with it', async () => {
  ownOutbox('me')
  const files = new Map<string, Response>()
  const cache = {
    keys: async () => [...files.keys()],
    match: async (address: string) => files.get(address)?.clone(),
    put: async (address: string, kept: Response) => void files.set(address, kept),
    delete: async (address: string) => files.delete(address),
  }
  vi.stubGlobal('caches', { open: async () => cache })
  vi.stubGlobal('location', { origin: 'http://h' })
  const hash = await keepFile(new File(['a line'], 'signature.png', { type: 'image/png' }))
  expect(hash).toBe('31b9ee4a830b75580e39e6bd6356d40524fcb8683e67cf094290da306e7ee235')
  const asked: string[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(new URL(request.url).pathname)
    return Response.json({ hash, size: 6, media: 'image/png' })
  })
  const one = { ...reading, files: [hash] }
  keep(one)
  expect(await sendOne(one)).toBe('sent')
  expect(asked).toEqual(['/api/files', '/api/me/readings'])
  await vi.waitFor(() => expect(files.size).toBe(0))
})
