import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
import pg, { type Pool } from 'pg'
import { openAccessLog } from './access-log.ts'
import { type Actor, nobody, system } from './actor.ts'
import { type Clock, openClock } from './clock.ts'
import { openPool, withClient } from './database.ts'
import { type Delivery, openDelivery } from './delivery.ts'
import { openHttp } from './http.ts'
import { migrateJobs } from './job-queue.ts'
import { mountLive } from './live.ts'
import { mountMetrics } from './metrics.ts'
import { type MigrationSource, migrate } from './migrate.ts'
import type { Module } from './module.ts'
import { mount } from './mount.ts'
import { openApi } from './openapi.ts'
import { operate } from './operate.ts'
import { answerNoRoute, openPages } from './pages.ts'
import type { Access } from './postgres/roles.ts'
import { roles } from './postgres/settings.ts'
import { openTail, type Tail } from './tail.ts'
import { openTransactor } from './transact.ts'
import { mountUploads } from './upload.ts'
import { startWork } from './work.ts'
import type { World } from './world.ts'

export interface ProgramOptions {
  readonly access: Access
  readonly modules: readonly Module[]
  /** Makes the function that tells who signed a request; the module that knows sessions gives it. */
  readonly signIn: (world: World) => (request: FastifyRequest) => Promise<Actor>
  readonly log: FastifyBaseLogger
  readonly dataDir: string
  readonly webDir: string
  readonly publicUrl: string
  readonly demo: boolean
  readonly role: 'all' | 'web' | 'worker'
  readonly connections: number
  readonly requestsPerMinute: number
  readonly busyAfterMs?: number
}

/** The whole program in one process, not yet listening. */
export interface Program {
  readonly app: FastifyInstance
  readonly world: World
  readonly pool: Pool
  readonly clock: Clock
  readonly delivery: Delivery
  readonly headFile: string
  /** Finishes running requests and rounds, then lets go of the database. */
  readonly close: () => Promise<void>
}

/** Where each module's migrations lie, in their order, the kernel's first. */
export const migrationSources = (root: string, modules: readonly { name: string }[]): MigrationSource[] => [
  { module: 'kernel', folder: join(root, 'kernel/migrations') },
  ...modules
    .map(({ name }) => ({ module: name, folder: join(root, 'modules', name, 'migrations') }))
    .filter(({ folder }) => existsSync(folder)),
]

/** Brings the schema up to the program: the job queue's own, ours, and the rights of the app role. */
export async function buildSchema(
  ownerUrl: string,
  sources: readonly MigrationSource[],
  only?: readonly { module: string; name: string }[],
): Promise<string[]> {
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  owner.on('error', () => {})
  owner.on('connect', (client) => client.on('error', () => {}))
  try {
    await migrateJobs(owner)
    return await withClient(owner, (client) =>
      migrate(client, sources, { appRole: roles.app, ...(only ? { only } : {}) }),
    )
  } finally {
    await owner.end()
  }
}

/** Puts the program together over a database whose schema is up to date. */
export async function openProgram(options: ProgramOptions): Promise<Program> {
  const { access, modules, log, role } = options
  const pool = openPool(access, 'app', options.connections)
  const clock = openClock(pool)
  await clock.refresh()
  const transactor = openTransactor(pool, clock, openAccessLog(pool))
  const world = worldOf(options, clock, transactor)
  const everyone = [operate, ...modules]
  for (const m of everyone) m.forget?.()
  const delivery = openDelivery(
    pool,
    transactor,
    everyone.flatMap((m) => m.reactions ?? []),
  )
  const headFile = join(options.dataDir, 'audit-head.json')
  const tail = await openTail(pool, access.appUrl, log)
  tail.listen((event) => {
    for (const m of everyone) m.heard?.(event)
  })
  let ready = true
  const app = await openHttp(options)
  app.setNotFoundHandler(answerNoRoute)
  await openPages(app, { ...options, document: () => openApi(everyone, '1') })
  mountMetrics(app, pool, () => ready)
  const endLive = mountAll(app, { world, tail, everyone })
  const ticking = setInterval(() => void clock.refresh().catch(() => {}), 1_000)
  const stopWork =
    role === 'web' ? async () => {} : await workOf({ ...options, pool, world, delivery, headFile })
  const close = async () => {
    ready = false
    endLive()
    await app.close()
    clearInterval(ticking)
    await stopWork()
    await tail.close()
    await pool.end()
  }
  return { app, world, pool, clock, delivery, headFile, close }
}

function worldOf(
  options: ProgramOptions,
  clock: Clock,
  transactor: ReturnType<typeof openTransactor>,
): World {
  const { log, demo, publicUrl, dataDir } = options
  let resolve: ((request: FastifyRequest) => Promise<Actor>) | undefined
  const world: World = {
    log,
    demo,
    publicUrl,
    dataDir,
    now: clock.now,
    ...transactor,
    asSystem: (institutionId, work) => transactor.write(system(institutionId), work),
    signedIn: (request) => (resolve ? resolve(request) : Promise.resolve(nobody)),
  }
  resolve = options.signIn(world)
  return world
}

function mountAll(
  app: FastifyInstance,
  { world, tail, everyone }: { world: World; tail: Tail; everyone: readonly Module[] },
): () => void {
  for (const m of everyone) if (m.api && m.actions) mount(app, world, m.api, m.actions)
  for (const m of everyone) m.routes?.(app, world)
  mountUploads(app, world)
  return mountLive(app, world, tail)
}

async function workOf(
  shop: ProgramOptions & { pool: Pool; world: World; delivery: Delivery; headFile: string },
): Promise<() => Promise<void>> {
  const owner = openPool(shop.access, 'owner', 6)
  const stop = await startWork({ ...shop, owner, jobs: shop.modules.flatMap((m) => m.jobs ?? []) })
  return async () => {
    await stop()
    await owner.end()
  }
}
