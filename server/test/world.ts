import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import pino from 'pino'
import { inject } from 'vitest'
import { writeAllOpened } from '../src/kernel/access-log.ts'
import { sweepCases } from '../src/kernel/case.ts'
import type { Ctx } from '../src/kernel/ctx.ts'
import type { Module } from '../src/kernel/module.ts'
import { ensureRoles } from '../src/kernel/postgres/roles.ts'
import { openProgram } from '../src/kernel/program.ts'
import { setMasterKey } from '../src/kernel/secret.ts'
import { openSequencer } from '../src/kernel/sequencer.ts'
import type { World } from '../src/kernel/world.ts'
import { resolveActor } from '../src/modules/identity/index.ts'
import { modules } from '../src/modules.ts'
import { onDatabase, TEMPLATE } from './database.ts'

/** A region in a fresh database, without running worker: the test itself delivers, sweeps and moves the clock. */
export interface Region {
  readonly app: FastifyInstance
  readonly world: World
  /** Sees and writes everything; for builders and for looking behind the API. */
  readonly system: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>
  /** As the superuser; whoever asks the access log finds all that was opened until now. */
  readonly sql: <R extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>
  /** Moves the clock of the database; it goes on from there. */
  readonly setNow: (to: Date) => Promise<void>
  /** Numbers what happened and hands it to every reaction, to the end. */
  readonly deliver: () => Promise<void>
  readonly sweep: () => Promise<number>
  readonly runJob: (name: string, payload?: unknown) => Promise<void>
  readonly dataDir: string
  readonly superUrl: string
  readonly headFile: string
  /** Connected as the superuser. */
  readonly root: pg.Client
  readonly close: () => Promise<void>
}

setMasterKey(Buffer.alloc(32, 7))
let made = 0

/** Opens a region; close it in afterAll. `extra` adds modules made for the test. */
export async function region(extra: readonly Module[] = []): Promise<Region> {
  const superUrl = inject('superUrl')
  const name = `test_${process.pid}_${made++}`
  const admin = new pg.Client({ connectionString: onDatabase(superUrl, 'postgres') })
  await admin.connect()
  await clone(admin, name)
  const root = new pg.Client({ connectionString: onDatabase(superUrl, name) })
  await root.connect()
  const dataDir = mkdtempSync(join(tmpdir(), 'tongmai-world-'))
  const program = await openProgram({
    access: await ensureRoles(onDatabase(superUrl, name)),
    modules: [...modules, ...extra],
    signIn: resolveActor,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    dataDir,
    webDir: join(dataDir, 'no-pages'),
    publicUrl: 'http://127.0.0.1:8080',
    demo: true,
    role: 'web',
    connections: 8,
    requestsPerMinute: 1_000_000,
    // Tests that run beside it make the process slow; that is no refusal to be tested.
    busyAfterMs: 0,
  })
  await program.app.ready()
  const { app, world, pool, clock, delivery, headFile } = program
  const jobs = [...modules, ...extra].flatMap((m) => m.jobs ?? [])
  const setNow = async (to: Date) => {
    await root.query(
      'update kernel.clock set offset_ms = round(extract(epoch from $1::timestamptz) * 1000 - extract(epoch from clock_timestamp()) * 1000)',
      [to],
    )
    await clock.refresh()
  }
  // Under `npm run test:at` this process lives at another time of day than the database; never behind it.
  if (process.env.FAKETIME) await setNow(new Date(Date.now() + 100))
  const sequencer = openSequencer(pool, headFile, 0)
  return {
    app,
    world,
    dataDir,
    root,
    headFile,
    superUrl: onDatabase(superUrl, name),
    system: (work) => world.asSystem(null, work),
    async sql(text, values) {
      if (text.includes('kernel.access ')) await writeAllOpened(root)
      return (await root.query(text, values)).rows
    },
    setNow,
    async deliver() {
      for (let round = 0; round < 200; round++) {
        const sealed = await sequencer.once()
        const handed = await delivery.once()
        if (sealed + handed === 0) return
      }
      throw new Error('delivery does not come to rest')
    },
    sweep: () => world.asSystem(null, sweepCases),
    async runJob(name, payload = {}) {
      const job = jobs.find((j) => j.name === name)
      if (!job) throw new Error(`no job ${name}`)
      await job.run(world, payload)
    },
    async close() {
      await program.close()
      await root.end()
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Cloning needs the template to itself for a moment: workers take turns. */
async function clone(admin: pg.Client, name: string): Promise<void> {
  await admin.query('select pg_advisory_lock(7302009)')
  try {
    await admin.query(`create database ${name} template ${TEMPLATE}`)
  } finally {
    await admin.query('select pg_advisory_unlock(7302009)')
  }
}
