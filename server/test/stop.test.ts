import { once } from 'node:events'
import { expect, test } from 'vitest'
import { readConnection } from '../src/kernel/postgres/connection.ts'
import { connect } from './killing.ts'
import { type Product, startProduct } from './product.ts'

/** Has the database's writing stand still, as on a disk that is slow; answers how to let it go on. */
async function slowDisk({ dataDir }: Product): Promise<() => void> {
  const client = await connect(dataDir)
  const { rows } = await client.query<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'checkpointer'`,
  )
  await client.end()
  const pid = rows[0]?.pid ?? 0
  process.kill(pid, 'SIGSTOP')
  return () => process.kill(pid, 'SIGCONT')
}

const ended = async ({ process: child }: Product) =>
  child.exitCode ?? ((await once(child, 'exit')) as [number | null])[0]

const hears = (product: Product, words: RegExp): Promise<void> =>
  new Promise((said) => {
    product.process.stdout?.on('data', (text) => {
      if (words.test(String(text))) said()
    })
  })

test('the program stays until its database has written all it holds, and says what it waits for; a second signal does not wait', {
  timeout: 120_000,
}, async () => {
  const env = { DEMO: '0', LOG_LEVEL: 'info' }
  let product = await startProduct(env)
  const goOn = await slowDisk(product)
  const told = hears(product, /is writing what it still holds/)
  product.process.kill('SIGINT')
  // npm passes the terminal's Ctrl-C on.
  product.process.kill('SIGINT')
  await told
  // Longer than the ten seconds that requests have.
  await new Promise((go) => setTimeout(go, 9_000))
  expect(product.process.exitCode).toBeNull()
  goOn()
  expect(await ended(product)).toBe(0)
  expect(await readConnection(product.dataDir)).toBeUndefined()

  product = await startProduct(env, product.dataDir)
  await slowDisk(product)
  const again = hears(product, /is writing what it still holds/)
  product.process.kill('SIGTERM')
  await again
  const began = performance.now()
  product.process.kill('SIGTERM')
  expect(await ended(product)).toBe(1)
  expect(performance.now() - began).toBeLessThan(9_000)

  product = await startProduct(env, product.dataDir)
  await product.stop()
  expect(product.process.exitCode).toBe(0)
})
