import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sayAlive } from '../src/kernel/job-holder.ts'
import { keepJobsRunning } from '../src/kernel/job-queue.ts'
import type { Job } from '../src/kernel/module.ts'
import { onDatabase } from './database.ts'
import { type Region, region } from './world.ts'

let place: Region
beforeAll(async () => {
  place = await region()
})
afterAll(() => place.close())

function openOwner(): pg.Pool {
  const owner = new pg.Pool({ connectionString: place.superUrl, max: 6 })
  owner.on('error', () => {})
  owner.on('connect', (client) => client.on('error', () => {}))
  return owner
}

test('a job whose end could not be written down, as the database was away, is done again by the same process', async () => {
  const [{ name } = { name: '' }] = await place.sql<{ name: string }>('select current_database() as name')
  const lets = (yes: boolean) => admin.query(`alter database ${name} allow_connections ${yes}`)
  const admin = new pg.Client({ connectionString: onDatabase(place.superUrl, 'postgres') })
  await admin.connect()
  const owner = openOwner()
  const others = 'datname = $1 and pid <> all ($2::int[])'
  const [mine] = await place.sql<{ pid: number }>('select pg_backend_pid() as pid')
  let runs = 0
  const job: Job = {
    name: 'cut',
    run: async () => {
      runs += 1
      if (runs > 1) return
      await lets(false)
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`, [
        name,
        [mine?.pid],
      ])
    },
  }
  const stop = await keepJobsRunning({ world: place.world, owner, jobs: [job], log: place.world.log })
  await place.sql(`select graphile_worker.add_job('cut')`)
  await vi.waitFor(() => expect(runs).toBe(1), { timeout: 15_000 })
  await new Promise((go) => setTimeout(go, 500))
  await lets(true)
  await vi.waitFor(() => expect(runs).toBe(2), { timeout: 30_000 })
  await vi.waitFor(
    async () => expect(await place.sql('select 1 from graphile_worker.jobs')).toHaveLength(0),
    { timeout: 15_000 },
  )
  await stop()
  await owner.end()
  await admin.end()
})

test('the jobs of a process that was killed are done by another, those of one that lives are left to it', async () => {
  const owner = openOwner()
  const living = await sayAlive(owner, 'worker-alive')
  const done: unknown[] = []
  const job: Job = { name: 'orphan', run: async (_world, payload) => void done.push(payload) }
  for (const [n, holder] of ['worker-killed', 'worker-alive', 'worker-new'].entries()) {
    await place.sql(`select graphile_worker.add_job('orphan', $1::json)`, [JSON.stringify({ n })])
    await place.sql(
      `update graphile_worker._private_jobs set locked_by = $1, attempts = 1,
        locked_at = now() - make_interval(secs => case when $1 = 'worker-new' then 5 else 60 end) where locked_by is null`,
      [holder],
    )
  }
  const stop = await keepJobsRunning({ world: place.world, owner, jobs: [job], log: place.world.log })
  await vi.waitFor(() => expect(done).toEqual([{ n: 0 }]), { timeout: 15_000 })
  await stop()
  const left = await place.sql<{ locked_by: string }>(
    'select locked_by from graphile_worker._private_jobs order by id',
  )
  expect(left.map((row) => row.locked_by)).toEqual(['worker-alive', 'worker-new'])
  expect(done).toHaveLength(1)
  living.end()
  await owner.end()
})
