import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { keepJobsRunning } from '../src/kernel/job-queue.ts'
import type { Job } from '../src/kernel/module.ts'
import { onDatabase } from './database.ts'
import { type Region, region } from './world.ts'

let place: Region
beforeAll(async () => {
  place = await region()
})
afterAll(() => place.close())

test('a job whose end could not be written down, as the database was away, is done again by the same process', async () => {
  const [{ name } = { name: '' }] = await place.sql<{ name: string }>('select current_database() as name')
  const lets = (yes: boolean) => admin.query(`alter database ${name} allow_connections ${yes}`)
  const admin = new pg.Client({ connectionString: onDatabase(place.superUrl, 'postgres') })
  await admin.connect()
  const owner = new pg.Pool({ connectionString: place.superUrl, max: 6 })
  owner.on('error', () => {})
  owner.on('connect', (client) => client.on('error', () => {}))
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
