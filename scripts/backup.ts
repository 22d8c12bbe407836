// `npm run backup -- DIR`: copies database, attachments and keys into an empty folder while the product runs.
import { resolve } from 'node:path'
import { ConfigRefused, readConfig } from '../server/src/config.ts'
import { backup } from '../server/src/kernel/postgres/backup.ts'
import { borrowPostgres } from '../server/src/kernel/postgres/borrow.ts'
import { ensureRoles } from '../server/src/kernel/postgres/roles.ts'
import { Unable } from '../server/src/kernel/postgres/unable.ts'

async function run(dir: string | undefined): Promise<void> {
  if (!dir) throw new Unable('Say where to: npm run backup -- DIR')
  const { dataDir, databaseUrl } = readConfig()
  const log = { info: console.info, warn: console.warn }
  const { access, giveBack } = databaseUrl
    ? { access: await ensureRoles(databaseUrl), giveBack: () => Promise.resolve() }
    : await borrowPostgres({ dataDir, log })
  try {
    // npm changes into the package; the folder was named from where npm was called.
    const to = resolve(process.env.INIT_CWD ?? '.', dir)
    const { tables, files } = await backup({ access, dataDir, to })
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    console.info(`${to}: ${tables.length} tables, ${rows} rows, ${files.count} files.`)
    console.info('It holds the records and the keys that open them: keep it as safe as the database itself.')
  } finally {
    await giveBack()
  }
}

await run(process.argv[2]).catch((problem: Error) => {
  const expected = problem instanceof Unable || problem instanceof ConfigRefused
  console.error(expected ? problem.message : problem)
  process.exitCode = 1
})
