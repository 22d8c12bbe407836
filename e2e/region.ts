import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'
import type { TestProject } from 'vitest/node'
import { startProduct } from '../server/test/product.ts'

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
  const { process } = await startProduct({ DEMO: '1' }, region)
  process.kill('SIGTERM')
  await once(process, 'exit')
  project.provide('region', region)
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
