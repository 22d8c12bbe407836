import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restoringSchema } from '../src/kernel/postgres/roles.ts'
import { type Postgres, startPostgres } from '../src/kernel/postgres/start.ts'
import { buildSchema, migrationSources } from '../src/kernel/program.ts'
import { order } from '../src/modules/order.ts'
import { ask, folder, quiet, remove } from './postgres-help.ts'

const timeout = 120_000
const place = folder()
const dataDir = join(place, 'data')
const again = join(place, 'again')
const root = join(import.meta.dirname, '../..')
let postgres: Postgres

/** Runs `npm run backup` or `restore` as npm would, from another folder than the repository's; `said` is its last word. */
const command = (name: 'backup' | 'restore', folderOfData: string, dir: string) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const env = { PATH: process.env.PATH, INIT_CWD: place, DATA_DIR: folderOfData }
    const script = join(root, `scripts/${name}.ts`)
    execFile(process.execPath, [script, dir], { cwd: root, env }, (problem, out, err) => {
      const said = problem ? (err.trimEnd().split('\n').at(-1) ?? '') : out.trimEnd()
      resolve({ code: Number(problem?.code ?? 0), said })
    })
  })

beforeAll(async () => {
  postgres = await startPostgres({ dataDir, log: quiet })
  await buildSchema(postgres.ownerUrl, migrationSources(join(root, 'server/src'), order))
  await ask(
    postgres.superUrl,
    `select graphile_worker.add_job('referral.remind', '{"wort": "催办"}', job_key => 'one');
      update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a worker that is no more';
      insert into kernel.file values ('ab', 3, 'text/plain', 'someone', now(), now())`,
  )
  mkdirSync(join(dataDir, 'files'), { recursive: true })
  writeFileSync(join(dataDir, 'files/ab'), 'abc')
}, timeout)

afterAll(async () => {
  await postgres.stop()
  remove(place)
}, timeout)

describe('npm run backup and npm run restore', { timeout }, () => {
  it('carry the whole product to another folder while it runs, with the jobs that wait', async () => {
    const saved = await command('backup', dataDir, 'saved')
    expect(saved.code).toBe(0)
    expect(saved.said).toMatch(/saved: \d+ tables, \d+ rows, 1 files\./)
    expect(await command('restore', again, 'saved')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/Start the server now\.$/),
    })
    const target = await startPostgres({ dataDir: again, log: quiet })
    try {
      const job =
        'select j.task_identifier, j.key, j.locked_by, p.payload from graphile_worker.jobs j join graphile_worker._private_jobs p using (id)'
      const [kept] = await ask(target.superUrl, job)
      expect(kept).toEqual({
        task_identifier: 'referral.remind',
        key: 'one',
        locked_by: null,
        payload: { wort: '催办' },
      })
      for (const sql of [tables, policies, rights])
        expect(await ask(target.superUrl, sql)).toEqual(await ask(postgres.superUrl, sql))
      expect(await buildSchema(target.ownerUrl, migrationSources(join(root, 'server/src'), order))).toEqual(
        [],
      )
    } finally {
      await target.stop()
    }
  })

  it('say what is wrong in one sentence and fail', async () => {
    expect(await command('backup', dataDir, 'saved')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^.* is not empty; .*$/),
    })
    expect(await command('restore', again, 'saved')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^The target is not empty.*$/),
    })
    expect(await command('restore', dataDir, 'saved')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^.*already served by process.*$/),
    })
    expect(await command('restore', again, 'nowhere')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^.*holds no finished backup.*$/),
    })
  })
})

const tables = `select n.nspname, c.relname, c.relowner::regrole::text, c.relrowsecurity, c.relforcerowsecurity
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', '${restoringSchema}') order by 1, 2`
const policies = 'select * from pg_policies order by schemaname, tablename, policyname'
const rights = `select table_schema, table_name, privilege_type from information_schema.role_table_grants
  where grantee = 'tongmai_app' order by 1, 2, 3`
