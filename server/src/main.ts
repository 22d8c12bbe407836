import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import pino from 'pino'
import { type Config, ConfigRefused, readConfig } from './config.ts'
import { announce, makeRegion } from './demo.ts'
import { hasRegion } from './kernel/installation.ts'
import { masterKey } from './kernel/key-file.ts'
import { MigrationRefused } from './kernel/migrate.ts'
import type { Access } from './kernel/postgres/roles.ts'
import { ensureRoles } from './kernel/postgres/roles.ts'
import { startPostgres } from './kernel/postgres/start.ts'
import { Unable } from './kernel/postgres/unable.ts'
import { buildSchema, migrationSources, openProgram, type Program } from './kernel/program.ts'
import { reindex } from './kernel/resource/reindex.ts'
import { setMasterKey } from './kernel/secret.ts'
import { turn } from './kernel/turn.ts'
import type { World } from './kernel/world.ts'
import { listenToDevices } from './modules/careplan/index.ts'
import { resolveActor } from './modules/identity/index.ts'
import { listenHl7 } from './modules/interop/index.ts'
import { bindRoutingService, routingServiceAt } from './modules/network/index.ts'
import { modules } from './modules.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const webDir = join(root, '../../web/dist')
const GRACE_MS = 10_000
/** npm passes on the Ctrl-C that the terminal has sent already: so soon after the first it is the same one. */
const SAME_SIGNAL_MS = 1_000

// A server beside its database: it collects garbage earlier rather than take twice what it holds.
setFlagsFromString('--heap-growing-percent=40')

/** Another way in than HTTP. */
interface Door {
  readonly close: () => Promise<void>
}
const closeAll = (doors: readonly Door[]) => Promise.all(doors.map((door) => door.close()))

/** The database of this start, and how to let go of it: when it has written all it holds, or at once. */
interface Database {
  readonly access: Access
  readonly stop: () => Promise<void>
  readonly stopAtOnce: () => Promise<void>
}

async function openDatabase(config: Config, log: pino.Logger): Promise<Database> {
  const nothing = async () => {}
  if (config.databaseUrl)
    return { access: await ensureRoles(config.databaseUrl), stop: nothing, stopAtOnce: nothing }
  const sources = migrationSources(root, modules)
  const postgres = await startPostgres({
    dataDir: config.dataDir,
    log,
    buildSchema: async ({ ownerUrl, migrations }) => void (await buildSchema(ownerUrl, sources, migrations)),
  })
  return { access: postgres, stop: postgres.stop, stopAtOnce: postgres.stopAtOnce }
}

async function start(): Promise<void> {
  const config = readConfig()
  const log = pino({ level: config.logLevel })
  if (config.role !== 'worker') await buildPages()
  setMasterKey(masterKey(config.dataDir, config.masterKey))
  if (config.routingUrl) bindRoutingService(routingServiceAt(config.routingUrl))
  const database = await openDatabase(config, log)
  let program: Program | undefined
  const doors: Door[] = []
  try {
    const ran = await buildSchema(database.access.ownerUrl, migrationSources(root, modules))
    const isFresh = ran.includes('kernel/0001-create.sql')
    const wanted = config.demo ?? (isFresh && !config.databaseUrl)
    const demo = config.demo ?? (wanted || (await hasRegion(database.access.ownerUrl)))
    program = await openProgram({
      ...config,
      access: database.access,
      modules,
      log,
      webDir,
      demo,
      signIn: resolveActor,
    })
    if (config.role !== 'web') await reindex(program.world)
    if (demo) await makeRegion(program.world, modules)
    if (config.role !== 'worker') await program.app.listen({ port: config.port, host: config.host })
    if (config.mllp && config.role !== 'worker') doors.push(await listenHl7(program.world, config.mllp))
    if (config.mqtt && config.role !== 'web') doors.push(listenToDevices(program.world, config.mqtt))
    announce(config, demo)
    if (config.role !== 'worker') void warm(program.world, log)
  } catch (error) {
    await closeAll(doors)
    await program?.close().catch(() => {})
    await database.stop()
    throw error
  }
  stopOnSignal({ program, doors, database }, log)
}

/** Nobody waits for it; what could not be read ahead is read by the first who asks. */
async function warm(world: World, log: pino.Logger): Promise<void> {
  for (const module of modules) {
    // One after the other, with time for who asks meanwhile.
    await turn()
    await module
      .warm?.(world)
      .catch((error: unknown) => log.warn({ err: error }, `${module.name} stayed cold`))
  }
}

/** Builds the pages if their sources have changed since they were built. */
async function buildPages(): Promise<void> {
  const script = join(root, '../../scripts/build-web.ts')
  if (!existsSync(script)) return
  const { buildWeb } = (await import(script)) as { buildWeb: () => Promise<unknown> }
  await buildWeb()
}

interface Running {
  readonly program: Program
  readonly doors: readonly Door[]
  readonly database: Database
}

/** Finishes what runs, at most ten seconds, and has the database write what it holds; a second signal waits for neither. */
function stopOnSignal({ program, doors, database }: Running, log: pino.Logger): void {
  const finish = async () => {
    await closeAll(doors)
    await program.close().catch((error) => log.error({ err: error }, 'closing failed'))
    return true
  }
  let first: number | undefined
  let isCutOff = false
  const stop = async () => {
    const isDone = await Promise.race([finish(), sleep(GRACE_MS, false)])
    isCutOff ||= !isDone
    await database.stop()
    process.exit(isCutOff ? 1 : 0)
  }
  const stopAtOnce = async () => {
    isCutOff = true
    await database.stopAtOnce()
    process.exit(1)
  }
  const heard = (signal: string) => {
    const now = performance.now()
    if (first === undefined) {
      first = now
      log.info(`${signal}: finishing what runs`)
      void stop()
    } else if (now - first > SAME_SIGNAL_MS) {
      log.info(`${signal}: ending at once; the next start recovers the database`)
      void stopAtOnce()
    }
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => heard(signal))
}

start().catch((error: unknown) => {
  const expected = [ConfigRefused, MigrationRefused, Unable].some((kind) => error instanceof kind)
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (expected) process.stderr.write(`${(error as Error).message}\n`)
  else if (busy) process.stderr.write('PORT is taken by another program; choose another one.\n')
  else process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  process.exit(1)
})
