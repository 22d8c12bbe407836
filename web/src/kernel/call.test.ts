import { byId, type Endpoint, moment, page, paging } from '@tongmai/api/kernel'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { addressOf, call } from './call.ts'
import { Refused } from './refused.ts'
import { isSessionEnded, sessionResumed } from './session-end.ts'

const id = '0192f0c0-0000-7000-8000-000000000001'
const list = {
  method: 'GET',
  path: '/things',
  summary: '',
  may: 'signed-in',
  query: z.object({ ...paging, status: z.optional(z.array(z.string())), since: z.optional(moment) }),
  returns: page(z.object({ id: z.string(), at: moment })),
} as const satisfies Endpoint
const send = {
  method: 'POST',
  path: '/things/:id/send',
  summary: '',
  may: 'signed-in',
  params: byId,
  body: z.object({
    at: moment,
    note: z.string().check(z.minLength(1)),
    urgent: z._default(z.boolean(), false),
  }),
  returns: z.object({ at: moment }),
} as const satisfies Endpoint

const sent: Request[] = []
let answers: (() => Response | Promise<Response>)[] = []
const json = (status: number, body: unknown) => () => Response.json(body, { status })
const refusal = (status: number, code: string) =>
  json(status, { code, requestId: 'r1', fields: [{ path: 'note', problem: 'x' }] })

beforeEach(() => {
  sent.length = 0
  vi.stubGlobal('location', { origin: 'http://hospital.test' })
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(request)
    const next = answers.shift()
    if (!next) throw new TypeError('network')
    return next()
  })
})
afterEach(() => vi.unstubAllGlobals())

const at = new Date('2026-11-22T06:05:00.000Z')
const asked = { params: { id }, body: { at, note: '胸痛' } }

test('what is asked travels as the contract writes it, and the answer comes back decoded', async () => {
  answers = [json(200, { at: '2026-11-22T06:05:00.000Z' })]
  const answer = await call(send, asked, { key: 'intent-1' })
  expect(answer.at).toEqual(at)
  expect(sent[0]?.url).toBe(`http://hospital.test/api/things/${id}/send`)
  expect(sent[0]?.headers.get('idempotency-key')).toBe('intent-1')
  expect(await sent[0]?.json()).toEqual({ at: '2026-11-22T06:05:00.000Z', note: '胸痛' })
})

test('what the contract fills in by itself may be left out; lists repeat their name', () => {
  expect(addressOf(list, {})).toBe('/api/things')
  expect(addressOf(list, { query: { limit: 50, status: ['a', 'b'], since: at } })).toBe(
    '/api/things?limit=50&status=a&status=b&since=2026-11-22T06%3A05%3A00.000Z',
  )
})

test('what does not fit the contract is refused before anything is sent, by field', async () => {
  const refused = await call(send, { params: { id }, body: { at, note: '' } }).catch((error) => error)
  expect(refused).toBeInstanceOf(Refused)
  expect(refused.kind).toBe('invalid')
  expect(refused.fields).toEqual([{ path: 'body.note', problem: 'too_small' }])
  expect(sent).toHaveLength(0)
})

test('a refusal carries kind, code, fields and the id that finds it in the log', async () => {
  answers = [refusal(409, 'thing.closed')]
  const refused = await call(send, asked).catch((error) => error)
  expect([refused.kind, refused.code, refused.requestId, refused.fields]).toEqual([
    'conflict',
    'thing.closed',
    'r1',
    [{ path: 'note', problem: 'x' }],
  ])
})

test('an answer that is not ours, and no answer at all, are told apart', async () => {
  answers = [() => new Response('<h1>Bad gateway</h1>', { status: 502 })]
  expect((await call(list, {}).catch((error) => error)).kind).toBe('defect')
  expect((await call(list, {}).catch((error) => error)).kind).toBe('unreachable')
})

test('when the session has ended the call waits for the person and then goes on with the same key', async () => {
  answers = [refusal(401, 'kernel.sign-in-first'), json(200, { at: '2026-11-22T06:05:00.000Z' })]
  const answer = call(send, asked, { key: 'intent-2' })
  await vi.waitFor(() => expect(isSessionEnded()).toBe(true))
  expect(sent).toHaveLength(1)
  sessionResumed()
  expect((await answer).at).toEqual(at)
  expect(sent.map((request) => request.headers.get('idempotency-key'))).toEqual(['intent-2', 'intent-2'])
  expect(isSessionEnded()).toBe(false)
})
