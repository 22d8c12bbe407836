import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Postgres, startPostgres } from '../src/kernel/postgres/start.ts'
import { ask, child, end, folder, lives, quiet, remove } from './postgres-help.ts'

const timeout = 60_000
const root = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }
const readUs = ['-e', `fs.accessSync(${JSON.stringify(import.meta.filename)})`]
const nobodyReadsUs = root && spawnSync(process.execPath, readUs, { ...nobody, cwd: '/' }).status === 0
if (root && !nobodyReadsUs)
  console.warn('An ordinary user cannot read this checkout: his start is not tested here.')
let place: string
let dataDir: string
const running: Postgres[] = []

const start = async (dir = dataDir) => {
  const postgres = await startPostgres({ dataDir: dir, log: quiet })
  running.push(postgres)
  return postgres
}

beforeEach(() => {
  place = folder()
  dataDir = join(place, 'a b', '数据')
})

afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop()
  remove(place)
}, timeout)

const notes = 'select text from note order by text'
const write = (url: string, text: string) =>
  ask(url, `create table if not exists note (text text); insert into note values ('${text}')`)

describe('the database of its own', { timeout }, () => {
  it('starts from nothing: over a socket only, with Chinese order, checksums and durable commits', async () => {
    const postgres = await start()
    const [row] = await ask(
      postgres.superUrl,
      `select current_setting('listen_addresses') as tcp, current_setting('data_checksums') as sums,
        current_setting('fsync') || current_setting('synchronous_commit') as durable, current_setting('jit') as jit,
        (select string_agg(name, '' order by name) from unnest(array['周','阿','李']) as name) as sorted,
        (select datlocprovider::text || pg_encoding_to_char(encoding) from pg_database where datname = 'tongmai') as kind`,
    )
    expect(row).toEqual({ tcp: '', sums: 'on', durable: 'onon', jit: 'off', sorted: '阿李周', kind: 'iUTF8' })
    expect(statSync(join(dataDir, 'connection.json')).mode & 0o777).toBe(0o600)
    expect(statSync(postgres.socketDir).mode & 0o777).toBe(0o700)
  })

  it('keeps all data over a stop and a second start, in a path with spaces and Chinese letters', async () => {
    const first = await start()
    await write(first.superUrl, 'kept')
    await first.stop()
    expect(existsSync(join(dataDir, 'connection.json'))).toBe(false)
    expect(await ask((await start()).superUrl, notes)).toEqual([{ text: 'kept' }])
  })

  it('works below a folder so deep that no socket fits into it', async () => {
    const deep = join(dataDir, 'x'.repeat(90))
    const first = await start(deep)
    expect(first.socketDir.startsWith(deep)).toBe(false)
    await first.stop()
    expect((await start(deep)).socketDir).toBe(first.socketDir)
    remove(first.socketDir)
  })

  it('reads the operator’s own settings after ours', async () => {
    mkdirSync(join(dataDir, 'postgres'), { recursive: true })
    writeFileSync(join(dataDir, 'postgres/custom.conf'), 'work_mem = 3MB\n')
    expect(await ask((await start()).superUrl, 'show work_mem')).toEqual([{ work_mem: '3MB' }])
  })

  it('stops within seconds though a client is in the middle of a transaction', async () => {
    const postgres = await start()
    const busy = ask(postgres.superUrl, 'begin; select pg_sleep(60)').catch((problem: Error) => problem)
    const began = Date.now()
    await postgres.stop()
    expect(await busy).toBeInstanceOf(Error)
    expect(Date.now() - began).toBeLessThan(12_000)
  })

  it('is started again when it is killed under a living server', async () => {
    const postgres = await start()
    await write(postgres.superUrl, 'kept')
    process.kill(postgres.pid()!, 'SIGKILL')
    await expect
      .poll(() => ask(postgres.superUrl, notes).catch(() => []), { timeout: 15_000 })
      .toEqual([{ text: 'kept' }])
  })
})

describe('the server works as a role that row-level security binds', { timeout }, () => {
  it('and that can become nobody else', async () => {
    const { appUrl, ownerUrl } = await start()
    const [me] = await ask(
      appUrl,
      'select session_user, rolsuper or rolbypassrls as free from pg_roles where rolname = user',
    )
    expect(me).toEqual({ session_user: 'tongmai_app', free: false })
    await expect(ask(appUrl, 'set role tongmai_owner')).rejects.toThrow(/permission denied/)
    await expect(ask(appUrl, 'create schema mine')).rejects.toThrow(/permission denied/)
    await ask(ownerUrl, 'create schema theirs')
  })
})

describe('two servers on one data folder', { timeout }, () => {
  it('the second refuses in one sentence that names folder and process', async () => {
    await start()
    const second = await child(dataDir)
    expect(second.said.name).toBe('DataFolderInUse')
    expect(second.said.message).toBe(
      `The data folder ${dataDir} is already served by process ${process.pid}; stop that one first, or set DATA_DIR to another folder.`,
    )
    await expect(start()).rejects.toThrow(/already served/)
  })

  it('of four at the same moment exactly one starts', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => child(dataDir)))
    expect(all.filter(({ said }) => said.superUrl)).toHaveLength(1)
    expect(all.filter(({ said }) => said.name === 'DataFolderInUse')).toHaveLength(3)
    for (const { process: started } of all) await end(started, 'SIGTERM')
  })
})

describe('after kill -9', { timeout }, () => {
  it('of the server, the next start takes over the database and ends what was left open', async () => {
    const first = await child(dataDir)
    await write(first.said.superUrl, 'kept')
    const left = ask(first.said.superUrl, 'begin; lock table note; select pg_sleep(60)').catch(() => 'ended')
    await wait(200)
    await end(first.process, 'SIGKILL')
    const postgres = await start()
    expect(postgres.pid()).toBe(first.said.pid)
    expect(await left).toBe('ended')
    expect(await ask(postgres.superUrl, notes)).toEqual([{ text: 'kept' }])
  })

  it.each([
    { order: 'database, then server', first: 'database' },
    { order: 'server, then database', first: 'server' },
  ])('of everything ($order), the next start recovers what was committed', async ({ first }) => {
    const server = await child(dataDir)
    await write(server.said.superUrl, 'kept')
    const killDatabase = () => process.kill(server.said.pid, 'SIGKILL')
    if (first === 'database') killDatabase()
    await end(server.process, 'SIGKILL')
    if (first === 'server') killDatabase()
    const postgres = await start()
    expect(postgres.pid()).not.toBe(server.said.pid)
    expect(await ask(postgres.superUrl, notes)).toEqual([{ text: 'kept' }])
  })

  it('the pid file may name a process that is something else by now', async () => {
    const first = await start()
    await first.stop()
    const cluster = join(dataDir, 'postgres/pgdata-18')
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${process.pid}\n${cluster}\n1\n5432\n/tmp\n\n  1 1\nready\n`,
    )
    expect((await start()).pid()).not.toBe(process.pid)
    expect(lives(process.pid)).toBe(true)
  })

  it('in the middle of making the cluster, the next start makes it anew', async () => {
    mkdirSync(join(dataDir, 'postgres/pgdata-18.new/base'), { recursive: true })
    writeFileSync(join(dataDir, 'postgres/pgdata-18.new/PG_VERSION'), '18\n')
    expect((await start()).pid()).toBeGreaterThan(0)
  })
})

describe('whoever starts it', { timeout }, () => {
  it('a database newer than our programs is refused in one sentence', async () => {
    mkdirSync(join(dataDir, 'postgres/pgdata-99'), { recursive: true })
    await expect(start()).rejects.toThrow(/PostgreSQL 99; this version brings 18/)
  })

  if (nobodyReadsUs)
    it('an ordinary user has a database of his own, which root may look after', async () => {
      mkdirSync(dataDir, { recursive: true })
      chownSync(dataDir, nobody.uid, nobody.gid)
      const started = await child(dataDir, nobody)
      expect(started.said.message).toBeUndefined()
      await write(started.said.superUrl, 'kept')
      await end(started.process, 'SIGKILL')
      const postgres = await start()
      expect(await ask(postgres.superUrl, notes)).toEqual([{ text: 'kept' }])
      expect(statSync(join(dataDir, 'postgres/pgdata-18/postmaster.pid')).uid).toBe(nobody.uid)
    })

  if (root)
    it('root is told which folder to choose where no other user may enter', async () => {
      const closed = join(place, 'closed')
      mkdirSync(closed, { mode: 0o700 })
      await expect(start(join(closed, 'data'))).rejects.toThrow(
        /choose a DATA_DIR that other users may enter/,
      )
    })
})
