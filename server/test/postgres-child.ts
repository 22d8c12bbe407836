import { startPostgres } from '../src/kernel/postgres/start.ts'

// A server in a process of its own, for the tests to kill: prints how to reach its database, or why it refuses.
const dataDir = process.argv[2] ?? ''
const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`)
const quiet = { info: () => undefined, warn: () => undefined }
try {
  const postgres = await startPostgres({ dataDir, log: quiet })
  say({ superUrl: postgres.superUrl, appUrl: postgres.appUrl, pid: postgres.pid() })
  process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)))
  setInterval(() => undefined, 60_000)
} catch (problem) {
  say({ name: (problem as Error).name, message: (problem as Error).message })
}
