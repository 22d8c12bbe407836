// `npm run restore -- DIR`: brings a backup back into an empty data folder or an empty given database.
import { join, resolve } from 'node:path'
import { ConfigRefused, readConfig } from '../server/src/config.ts'
import { MigrationRefused } from '../server/src/kernel/migrate.ts'
import type { BuildSchema } from '../server/src/kernel/postgres/load.ts'
import { checkBackup, restore } from '../server/src/kernel/postgres/restore.ts'
import { ensureRoles } from '../server/src/kernel/postgres/roles.ts'
import { startPostgres } from '../server/src/kernel/postgres/start.ts'
import { Unable } from '../server/src/kernel/postgres/unable.ts'
import { buildSchema, migrationSources } from '../server/src/kernel/program.ts'
import { order } from '../server/src/modules/order.ts'

const sources = migrationSources(join(import.meta.dirname, '../server/src'), order)
const build: BuildSchema = async ({ ownerUrl, migrations }) =>
  void (await buildSchema(ownerUrl, sources, migrations))

async function run(dir: string | undefined): Promise<void> {
  if (!dir) throw new Unable('Say where from: npm run restore -- DIR')
  const { dataDir, databaseUrl } = readConfig()
  // npm changes into the package; the folder was named from where npm was called.
  const from = resolve(process.env.INIT_CWD ?? '.', dir)
  await checkBackup(from)
  const log = { info: console.info, warn: console.warn }
  const { access, stop } = databaseUrl
    ? { access: await ensureRoles(databaseUrl, 'restore'), stop: () => Promise.resolve() }
    : await startEmpty(dataDir, log)
  try {
    const { at, tables } = await restore({ from, dataDir, access, buildSchema: build })
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    console.info(
      `Restored what there was at ${at}: ${tables.length} tables, ${rows} rows. Start the server now.`,
    )
  } finally {
    await stop()
  }
}

async function startEmpty(dataDir: string, log: { info(text: string): void; warn(text: string): void }) {
  const postgres = await startPostgres({ dataDir, log, buildSchema: build, purpose: 'restore' })
  return { access: postgres, stop: () => postgres.stop() }
}

await run(process.argv[2]).catch((problem: Error) => {
  const expected = [Unable, ConfigRefused, MigrationRefused].some((kind) => problem instanceof kind)
  console.error(expected ? problem.message : problem)
  process.exitCode = 1
})
