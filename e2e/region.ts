import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { readConnection } from '../server/src/kernel/postgres/connection.ts'
import { compiledOnce, startProduct } from '../server/test/product.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of a product that was ended after its demonstration region was made. */
    region: string
  }
}

let region = ''

/** Makes the demonstration region once for all journeys; not where they go through a product that runs already. */
export async function setup(project: TestProject): Promise<void> {
  if (env.STAGE_URL) return
  region = mkdtempSync(join(tmpdir(), 'tongmai-region-'))
  const { process } = await startProduct({ DEMO: '1', ...compiledOnce }, region)
  await settle(region)
  process.kill('SIGTERM')
  await once(process, 'exit')
  project.provide('region', region)
}

/** Waits until every reaction has heard of everything, and tidies the tables: work that no copy has to do again. */
async function settle(dataDir: string): Promise<void> {
  const database = new pg.Client({ connectionString: (await readConnection(dataDir))?.superUrl ?? '' })
  await database.connect()
  for (let isDone = false; !isDone; ) {
    await new Promise((go) => setTimeout(go, 200))
    const { rows } = await database.query<{ done: boolean }>(
      `select not exists (select from kernel.fresh)
          and (select min(number) from kernel.cursor) >= (select max(number) from kernel.sealed)
          and not exists (select from graphile_worker._private_jobs where run_at <= now()) as done`,
    )
    isDone = rows[0]?.done ?? false
  }
  await database.query('vacuum analyze')
  await database.end()
}

export function teardown(): void {
  if (region) rmSync(region, { recursive: true, force: true })
}

/** A data folder with a region of its own; `cp` keeps whose the database's files are. */
export function copyRegion(from: string): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongmai-run-'))
  execFileSync('cp', ['-a', `${from}/.`, dataDir])
  return dataDir
}
