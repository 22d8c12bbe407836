import { type Config, ConfigRefused, readConfig } from '../server/src/config.ts'
import { borrowPostgres } from '../server/src/kernel/postgres/borrow.ts'
import { type Access, ensureRoles } from '../server/src/kernel/postgres/roles.ts'
import { Unable } from '../server/src/kernel/postgres/unable.ts'

/** What a command works with: the configuration and the database, whether or not the product is running. */
export interface Bench {
  readonly config: Config
  readonly access: Access
  /** What follows the command's name on the line. */
  readonly words: readonly string[]
}

/**
 * Runs a command; what it throws as expected is one sentence, and the exit code tells. An embedded database that
 * is not there yet is made only where the command may.
 */
export async function runTool(
  work: (bench: Bench) => Promise<void>,
  { mayCreate = false }: { mayCreate?: boolean } = {},
): Promise<void> {
  try {
    const config = readConfig()
    const { access, giveBack } = config.databaseUrl
      ? { access: await ensureRoles(config.databaseUrl), giveBack: async () => {} }
      : await borrowPostgres({ dataDir: config.dataDir, log: console, mayCreate })
    try {
      await work({ config, access, words: process.argv.slice(2) })
    } finally {
      await giveBack()
    }
  } catch (error) {
    const expected = error instanceof Unable || error instanceof ConfigRefused
    console.error(expected ? error.message : error)
    process.exitCode = 1
  }
}
