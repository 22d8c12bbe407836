import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { ensureRoles } from '../src/kernel/postgres/roles.ts'
import { startPostgres } from '../src/kernel/postgres/start.ts'
import { buildSchema, migrationSources } from '../src/kernel/program.ts'
import { modules } from '../src/modules.ts'
import { onDatabase, sourceRoot, TEMPLATE } from './database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    superUrl: string
  }
}

let stop = async () => {}

/** One server for all suites, with one migrated template that each world clones. */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env.TEST_DATABASE_URL
  let superUrl = given ?? ''
  if (!given) {
    const dataDir = mkdtempSync(join(tmpdir(), 'tongmai-test-'))
    const postgres = await startPostgres({ dataDir, log: { info: () => {}, warn: () => {} } })
    superUrl = postgres.superUrl
    stop = async () => {
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    }
  }
  await makeTemplate(superUrl)
  project.provide('superUrl', superUrl)
}

/** Stops the server that setup started. */
export const teardown = () => stop()

async function makeTemplate(superUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: onDatabase(superUrl, 'postgres') })
  await client.connect()
  await client.query(`drop database if exists ${TEMPLATE} with (force)`)
  await client.query(`create database ${TEMPLATE} template template0`)
  await client.end()
  const access = await ensureRoles(onDatabase(superUrl, TEMPLATE))
  await buildSchema(access.ownerUrl, migrationSources(sourceRoot, modules))
}
