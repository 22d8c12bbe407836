// `npm run test:pg`: the api suite against a given PostgreSQL (TEST_DATABASE_URL), or against Debian's, started for it.
import { runAndClose, suite } from './checks.ts'
import { findDebianServer, withServer } from './debian-postgres.ts'

const minute = 60_000
const runSuite = () => runAndClose([suite('api', 20 * minute)], 20 * minute)
const bin = findDebianServer()

if (process.env.TEST_DATABASE_URL) await runSuite()
else if (bin) {
  await withServer(bin, async (url) => {
    process.env.TEST_DATABASE_URL = url
    await runSuite()
  })
} else {
  console.error(
    'Name a PostgreSQL 15 or newer in TEST_DATABASE_URL (its user may create databases and roles).',
  )
  process.exitCode = 1
}
