import { open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import type { Place } from './place.ts'
import { run } from './program.ts'
import { roles } from './settings.ts'
import { ownFolder } from './system-user.ts'
import { urlOf } from './url.ts'

/** The name of our database inside an embedded cluster. */
export const databaseName = 'tongmai'

/** Makes an empty cluster. It gets its name last: a start cut short leaves nothing that looks like a cluster. */
export async function createCluster(place: Place): Promise<void> {
  const making = `${place.cluster}.new`
  await rm(making, { recursive: true, force: true })
  await initCluster({ ...place, cluster: making })
  await nameCluster(making, place.cluster)
}

/** Runs initdb in a folder of the system user: UTF-8, Chinese collation by ICU, checksums on every page. */
export async function initCluster(place: Place): Promise<void> {
  await ownFolder(place.cluster, place.user)
  const locale = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=zh-Hans-CN', '--locale=C']
  const base = ['-D', place.cluster, '-U', roles.superuser, '--data-checksums', '--no-instructions']
  const passwordFile = await writePassword(place)
  const signIn = passwordFile ? ['--auth=scram-sha-256', `--pwfile=${passwordFile}`] : ['--auth=peer']
  await run(place, 'initdb', [...base, ...locale, ...characterTypes(), ...signIn])
  if (passwordFile) await rm(passwordFile, { force: true })
}

/** Gives a made cluster its name, durably. */
export async function nameCluster(made: string, name: string): Promise<void> {
  await rename(made, name)
  if (process.platform === 'win32') return
  const folder = await open(dirname(name), 'r')
  await folder.sync().finally(() => folder.close())
}

/** Creates our database where it is missing. */
export async function createDatabase(place: Place): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(place, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName])
    if (!rowCount) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
}

/** Ends the sessions that a killed server left behind, and the locks they hold; a running backup goes on. */
export async function endLeftSessions(place: Place): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(place, 'postgres') })
  await client.connect()
  try {
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> 'tongmai backup'`)
  } finally {
    await client.end()
  }
}

/** What is a letter, for searches in Chinese text; under plain C only ASCII would be. */
function characterTypes(): string[] {
  const name = { linux: 'C.UTF-8', darwin: 'UTF-8' }[process.platform as string]
  return name ? [`--lc-ctype=${name}`] : []
}

async function writePassword(place: Place): Promise<string | undefined> {
  if (!place.password) return undefined
  const file = join(dirname(place.cluster), 'password.new')
  await writeFile(file, place.password, { mode: 0o600 })
  return file
}
