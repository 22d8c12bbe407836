// `npm run audit:verify`: walks the audit chain and names its first broken link, while the product runs or not.
import { join } from 'node:path'
import pg from 'pg'
import { verifyAudit } from '../server/src/kernel/audit.ts'
import { Unable } from '../server/src/kernel/postgres/unable.ts'
import { readHead } from '../server/src/kernel/sequencer.ts'
import { runTool } from './tool.ts'

await runTool(async ({ config, access }) => {
  const client = new pg.Client({ connectionString: access.superUrl })
  await client.connect()
  try {
    const verdict = await verifyAudit(client, readHead(join(config.dataDir, 'audit-head.json')))
    if (!verdict.ok)
      throw new Unable(`The audit chain is broken at link ${verdict.number}: ${verdict.problem}.`)
    console.info(`The audit chain is whole: ${verdict.links} links.`)
  } finally {
    await client.end()
  }
})
