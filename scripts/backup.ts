// `npm run backup -- DIR`: copies database, attachments and keys into an empty folder while the product runs.
import { resolve } from 'node:path'
import { backup } from '../server/src/kernel/postgres/backup.ts'
import { Unable } from '../server/src/kernel/postgres/unable.ts'
import { runTool } from './tool.ts'

await runTool(async ({ config: { dataDir }, access, words: [dir] }) => {
  if (!dir) throw new Unable('Say where to: npm run backup -- DIR')
  // npm changes into the package; the folder was named from where npm was called.
  const to = resolve(process.env.INIT_CWD ?? '.', dir)
  const { tables, files } = await backup({ access, dataDir, to })
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  console.info(`${to}: ${tables.length} tables, ${rows} rows, ${files.count} files.`)
  console.info('It holds the records and the keys that open them: keep it as safe as the database itself.')
})
