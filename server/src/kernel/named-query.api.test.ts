import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { NamedClient } from './named-query.ts'

const client = new NamedClient({ connectionString: inject('superUrl'), pipeline: true } as never)
let described = 0

beforeAll(async () => {
  await client.connect()
  const wire = (client as unknown as { connection: NodeJS.EventEmitter }).connection
  wire.on('rowDescription', () => {
    described += 1
  })
  await client.query('create temporary table kept (n int, said text, at timestamptz)')
})
afterAll(() => client.end())

const add = { name: 'kept-add', text: 'insert into kept values ($1, $2, $3)' }
const all = { name: 'kept-all', text: 'select n, said, at, array[n, null] as list from kept order by n' }
const at = new Date('2026-01-02T03:04:05.678Z')

test('a named statement is described once, and gives the same rows ever after', async () => {
  const first = await client.query({ ...add, values: [1, 'one', at] })
  const second = await client.query({ ...add, values: [2, null, null] })
  expect([first.rowCount, second.rowCount, second.rows]).toEqual([1, 1, []])
  const rows = [
    { n: 1, said: 'one', at, list: [1, null] },
    { n: 2, said: null, at: null, list: [2, null] },
  ]
  const before = described
  expect((await client.query(all)).rows).toEqual(rows)
  expect(described).toBe(before + 1)
  const [again, others] = await Promise.all([client.query(all), client.query(all)])
  expect([again.rows, others.rows, again.fields.length]).toEqual([rows, rows, 4])
  expect(described).toBe(before + 1)
})

test('what fails is told to whoever asked, and the connection goes on', async () => {
  const half = { name: 'kept-half', text: 'select 10 / $1::int as half' }
  expect((await client.query({ ...half, values: [2] })).rows).toEqual([{ half: 5 }])
  const [good, bad, better] = await Promise.allSettled(
    [5, 0, 10].map((by) => client.query({ ...half, values: [by] })),
  )
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: '22012' } })
  expect([good, better]).toMatchObject([
    { value: { rows: [{ half: 2 }] } },
    { value: { rows: [{ half: 1 }] } },
  ])
  const unsayable = {
    toPostgres: () => {
      throw new Error('cannot be said')
    },
  }
  await expect(client.query({ ...half, values: [unsayable] })).rejects.toThrow('cannot be said')
})

test('a statement whose columns have changed is refused, not misread', async () => {
  await client.query('alter table kept add column more text')
  const star = { name: 'kept-star', text: 'select * from kept order by n' }
  expect((await client.query(star)).rows[0]).toMatchObject({ n: 1, more: null })
  await client.query('alter table kept drop column said')
  await expect(client.query(star)).rejects.toThrow('cached plan must not change result type')
})
