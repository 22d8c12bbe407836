import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { readCache } from './read-cache.ts'
import { Refused } from './refused.ts'

/** A record that was read once and then answers with a refusal of this kind. */
async function readAgain(kind: Refused['kind']) {
  const client = new QueryClient({ queryCache: readCache(), defaultOptions: { queries: { retry: false } } })
  let times = 0
  const record = { name: '张建国' }
  const queryFn = async () => {
    times += 1
    if (times > 1) throw new Refused(kind, { code: 'resident.missing' })
    return record
  }
  const observer = new QueryObserver(client, { queryKey: ['record'], queryFn })
  const stop = observer.subscribe(() => {})
  await observer.refetch()
  await observer.refetch()
  stop()
  return observer.getCurrentResult()
}

test('a record that may no longer be read is gone from the page, with the reason', async () => {
  for (const kind of ['missing', 'forbidden'] as const) {
    const { data, error } = await readAgain(kind)
    expect([data, error]).toMatchObject([undefined, { kind }])
  }
})

test('a record stays where only the connection fails', async () => {
  expect((await readAgain('unreachable')).data).toEqual({ name: '张建国' })
})
