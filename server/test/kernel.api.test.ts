import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { verifyAudit } from '../src/kernel/audit.ts'
import { uuidv7 } from '../src/kernel/id.ts'
import { readHead } from '../src/kernel/sequencer.ts'
import { makeProbe } from './probe.ts'
import { type Region, region } from './world.ts'

let world: Region
const probe = makeProbe()
beforeAll(async () => {
  world = await region([probe.module])
  await world.sql('create table public.note (id uuid, text text, at timestamptz)')
  await world.sql('grant all on public.note to tongmai_app')
})
afterAll(() => world.close())
beforeEach(() => {
  probe.heard.length = 0
  probe.failFor = () => false
  probe.tries = 0
})

const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  world.app.inject({ method: 'POST', url: `/api${url}`, payload: payload as object, headers })
const write = (text: string, headers?: Record<string, string>, id = uuidv7()) =>
  post('/probe/notes', { id, text }, headers)
const notes = (id: string) => world.sql<{ text: string }>('select text from public.note where id = $1', [id])
const verify = async () => {
  const client = new pg.Client({ connectionString: world.superUrl })
  await client.connect()
  const verdict = await verifyAudit(client, readHead(world.headFile))
  await client.end()
  return verdict
}

test('a stranger is told to sign in, in JSON with a request id', async () => {
  const answer = await world.app.inject({ url: '/api/parked' })
  expect(answer.statusCode).toBe(401)
  expect(answer.json()).toEqual({ code: 'kernel.sign-in-first', requestId: answer.headers['x-request-id'] })
})

test('the program says that it is alive and ready, and gives figures', async () => {
  expect((await world.app.inject({ url: '/healthz' })).statusCode).toBe(200)
  expect((await world.app.inject({ url: '/readyz' })).json()).toEqual({ ready: true })
  expect((await world.app.inject({ url: '/metrics' })).body).toContain('tongmai_unsealed 0')
})

test('every mounted endpoint stands in the OpenAPI document', async () => {
  const document = (await world.app.inject({ url: '/api/openapi.json' })).json()
  expect(document.openapi).toBe('3.1.0')
  expect(document.paths['/api/probe/notes/{id}'].get.operationId).toBe('probe.read')
  expect((await world.app.inject({ url: '/api/docs/' })).statusCode).toBe(200)
})

test('bad input gets its own clear answer and changes nothing', async () => {
  const id = uuidv7()
  const malformed = await world.app.inject({
    method: 'POST',
    url: '/api/probe/notes',
    payload: '{"id": ',
    headers: { 'content-type': 'application/json' },
  })
  expect([malformed.statusCode, malformed.json().code]).toEqual([400, 'kernel.malformed-json'])
  const wrong = await post('/probe/notes', { id, text: 7 })
  expect([wrong.statusCode, wrong.json().code, wrong.json().fields[0].path]).toEqual([
    400,
    'kernel.invalid-body',
    'text',
  ])
  const large = await post('/probe/notes', { id, text: 'x'.repeat(1_100_000) })
  expect([large.statusCode, large.json().code]).toEqual([413, 'kernel.body-too-large'])
  const media = await world.app.inject({
    method: 'POST',
    url: '/api/probe/notes',
    payload: '<a/>',
    headers: { 'content-type': 'text/xml' },
  })
  expect([media.statusCode, media.json().code]).toEqual([415, 'kernel.media-type'])
  const late = await post('/probe/notes', { id, text: 'a', at: '2199-01-01T00:00:00Z' })
  expect(late.statusCode).toBe(400)
  const unknown = await world.app.inject({ url: '/api/probe/notes/no-id' })
  expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'kernel.missing'])
  expect((await world.app.inject({ url: '/api/nothing' })).json().code).toBe('kernel.no-such-route')
  expect(await notes(id)).toEqual([])
})

test('what must outlive a "no" is kept, all else is rolled back', async () => {
  const id = uuidv7()
  expect((await post('/probe/refuse', { id })).statusCode).toBe(409)
  expect(await notes(id)).toEqual([{ text: 'kept' }])
})

test('a deadlock is tried again three times, and no more', async () => {
  expect((await post('/probe/stumble', { how: '40P01', times: 3 })).json()).toEqual({ tries: 4 })
  probe.tries = 0
  expect((await post('/probe/stumble', { how: '40001', times: 9 })).statusCode).toBe(500)
  expect(probe.tries).toBe(4)
})

test('a full disk and a lost database connection have their own answers', async () => {
  const full = await post('/probe/stumble', { how: '53100', times: 9 })
  expect([full.statusCode, full.json().code]).toEqual([507, 'kernel.disk-full'])
  const away = await post('/probe/stumble', { how: '57P01', times: 9 })
  expect([away.statusCode, away.json().code, away.headers['retry-after']]).toEqual([
    503,
    'kernel.database-away',
    '5',
  ])
  expect((await write('alive again')).statusCode).toBe(200)
})

test('the same request under one Idempotency-Key is done once and answered alike', async () => {
  const id = uuidv7()
  const headers = { 'idempotency-key': 'one-and-only' }
  const [first, second] = await Promise.all([write('a', headers, id), write('a', headers, id)])
  expect(first.body).toBe(second.body)
  expect(await notes(id)).toHaveLength(1)
  const other = await write('b', headers, id)
  expect([other.statusCode, other.json().code]).toEqual([422, 'kernel.key-used-for-another-request'])
  expect((await write('a', { 'idempotency-key': 'x' })).statusCode).toBe(400)
})

test('a reaction hears each event once and in order, however often delivery runs', async () => {
  for (const text of ['one', 'two', 'three']) await write(text)
  await world.deliver()
  await world.deliver()
  const own = probe.heard.map((h) => h.text).filter((t) => ['one', 'two', 'three'].includes(t))
  expect(own).toEqual(['one', 'two', 'three'])
})

test('a failing event holds back later ones of its thing only, is tried eight times and then shown to IT', async () => {
  probe.failFor = (text) => text.startsWith('sick')
  await write('sick/1')
  await write('sick/2')
  await write('well')
  await world.deliver()
  expect(probe.heard.map((h) => h.text)).toContain('well')
  for (let i = 0; i < 9; i++) {
    await world.sql(`update kernel.parked set next_try_at = '2000-01-01'`)
    await world.deliver()
  }
  const parked = await world.sql<{ state: string; tries: number }>(
    `select state, tries from kernel.parked where thing = 'note:sick' order by number`,
  )
  expect(parked).toEqual([
    { state: 'parked', tries: 8 },
    { state: 'waiting', tries: 0 },
  ])
  probe.failFor = () => false
  await world.sql(
    `update kernel.parked set state = 'waiting', next_try_at = '2000-01-01' where thing = 'note:sick'`,
  )
  await world.deliver()
  await world.deliver()
  expect(probe.heard.map((h) => h.text).filter((t) => t.startsWith('sick'))).toEqual(['sick/1', 'sick/2'])
})

test('what was opened is in the access log before the answer leaves', async () => {
  const id = uuidv7()
  await write('opened', {}, id)
  await Promise.all(Array.from({ length: 20 }, () => world.app.inject({ url: `/api/probe/notes/${id}` })))
  const rows = await world.sql('select basis, actor_kind from kernel.access where resident_id = $1', [id])
  expect(rows).toHaveLength(20)
  expect(rows[0]).toEqual({ basis: 'treatment', actor_kind: 'nobody' })
})

test('what is opened faster than it becomes lines is in the log for whoever reads it, each line once and in the chain', async () => {
  const [id, at] = [uuidv7(), '2026-03-01T08:00:00Z']
  await world.sql(
    `insert into kernel.opened (lines) select array[row($1::uuid, null, $2::timestamptz + n * interval '1 millisecond', 'staff', 'x', null, null, 'treatment', 'Patient/x', null, 'r')::kernel.opening,
      row($1::uuid, null, $2::timestamptz + n * interval '1 millisecond', 'staff', 'x', null, null, 'treatment', 'Patient/y', null, 'r')::kernel.opening] from generate_series(0, 1199) n`,
    [id, at],
  )
  const rows = await world.sql<{ id: string; at: Date; thing: string }>(
    'select id, at, thing from kernel.access where resident_id = $1 order by id',
    [id],
  )
  expect(new Set(rows.map((row) => row.id)).size).toBe(2400)
  // A line's id bears its own time, so that the newest come first by id.
  for (const row of rows)
    expect(Number.parseInt(row.id.replaceAll('-', '').slice(0, 12), 16)).toBe(row.at.getTime())
  await world.deliver()
  expect(await verify()).toMatchObject({ ok: true })
  const { id: line, thing } = rows[1300] as { id: string; thing: string }
  await world.sql('update kernel.access set thing = $2 where id = $1', [line, 'Patient/z'])
  expect(await verify()).toMatchObject({ ok: false })
  await world.sql('update kernel.access set thing = $2 where id = $1', [line, thing])
})

test('the audit chain is whole, and a changed row, a removed row and a removed tail are found', async () => {
  const id = uuidv7()
  await write('audited', {}, id)
  await world.app.inject({ url: `/api/probe/notes/${id}` })
  await world.deliver()
  expect(await verify()).toMatchObject({ ok: true })
  const spoiled = async (spoil: string) => {
    await world.sql('begin')
    await world.sql(spoil)
    const verdict = await verifyAudit(world.root, readHead(world.headFile))
    await world.sql('rollback')
    return verdict
  }
  const last = `(select max(number) from kernel.sealed)`
  const event = `(select ref from kernel.sealed where kind = 'event' order by number desc limit 1)`
  expect(
    await spoiled(`update kernel.event set data = '{"text":"forged"}' where id = ${event}`),
  ).toMatchObject({
    ok: false,
    problem: expect.stringContaining('was changed'),
  })
  expect(await spoiled(`delete from kernel.event where id = ${event}`)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('is gone'),
  })
  expect(
    await spoiled(`update kernel.access set basis = 'consent' where resident_id = '${id}'`),
  ).toMatchObject({ ok: false })
  expect(await spoiled(`delete from kernel.sealed where number = 2`)).toEqual({
    ok: false,
    number: 2,
    problem: 'link 2 is missing',
  })
  expect(await spoiled(`delete from kernel.sealed where number = ${last}`)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('the tail is gone'),
  })
})

test('an opening that the log could not take is refused to whoever reads', async () => {
  const half = `insert into kernel.opened (lines) values (array[row(gen_random_uuid(), null, now(),
    'staff', 'x', null, null, null, 'Patient/x', null, 'r')::kernel.opening])`
  await expect(world.sql(half)).rejects.toThrow('does not allow null values')
})
