import { readFile, writeFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { Place } from './place.ts'
import { ownName } from './system-user.ts'

/** The three names of the database: who may do everything, who owns the tables, and as whom the server works. */
export const roles = { superuser: 'postgres', owner: 'tongmai_owner', app: 'tongmai_app' } as const

/** Writes our settings into a cluster; answers whether anything differs from what stood there. */
export async function writeSettings(place: Place): Promise<boolean> {
  const files = {
    'postgresql.conf': settings(place),
    'pg_hba.conf': whoMayEnter(place),
    'pg_ident.conf': names(place),
  }
  let changed = false
  for (const [name, text] of Object.entries(files)) {
    const path = join(place.cluster, name)
    if ((await readFile(path, 'utf8')) === text) continue
    await writeFile(path, text)
    changed = true
  }
  return changed
}

/** For two cores and 4 to 24 GB shared with the server itself; valid for every major version we can meet. */
function settings(place: Place): string {
  const memoryMb = Math.floor(totalmem() / 2 ** 20)
  const sharedMb = Math.min(1024, Math.max(128, Math.floor(memoryMb / 16)))
  const lines = [
    '# Written anew at every start; put your own settings into custom.conf.',
    `cluster_name = 'tongmai'`,
    `port = ${place.port}`,
    place.password ? `listen_addresses = '127.0.0.1'` : `listen_addresses = ''`,
    place.password
      ? `unix_socket_directories = ''`
      : `unix_socket_directories = ${quote(`"${place.socketDir.replaceAll('"', '""')}"`)}`,
    'unix_socket_permissions = 0777', // the folder around it is closed, and the peer's name is checked
    'max_connections = 60',
    `shared_buffers = ${sharedMb}MB`,
    `effective_cache_size = ${Math.max(512, Math.floor(memoryMb / 2))}MB`,
    'work_mem = 8MB',
    'maintenance_work_mem = 128MB',
    'max_worker_processes = 4',
    'max_parallel_workers_per_gather = 1',
    'autovacuum_max_workers = 2',
    'autovacuum_vacuum_scale_factor = 0.1',
    'autovacuum_analyze_scale_factor = 0.05',
    'jit = off',
    'random_page_cost = 1.1',
    'fsync = on',
    'synchronous_commit = on',
    'full_page_writes = on',
    'wal_buffers = 16MB',
    'min_wal_size = 256MB',
    'max_wal_size = 2GB',
    'checkpoint_timeout = 15min',
    `timezone = 'UTC'`,
    `lc_messages = 'C'`,
    ...logging(place),
    `include_if_exists = ${quote(place.custom)}`,
  ]
  return `${lines.join('\n')}\n`
}

/** No statements, no values: a log of a hospital's database must hold no personal data. */
const logging = (place: Place) => [
  'logging_collector = on',
  `log_directory = ${quote(place.log)}`,
  `log_filename = 'postgres-%Y-%m-%dT%H%M%S.log'`,
  'log_rotation_age = 1d',
  'log_rotation_size = 10MB',
  'log_error_verbosity = terse',
  'log_min_error_statement = panic',
  `log_timezone = 'UTC'`,
  `log_line_prefix = '%m [%p] %u '`,
]

/** Over the socket the operating system itself says who is calling; nobody needs a password, and nobody can lose one. */
function whoMayEnter(place: Place): string {
  if (place.password) return 'host all all 127.0.0.1/32 scram-sha-256\n'
  return `local all ${Object.values(roles).join(',')} peer map=tongmai\n`
}

/** The user who runs the server, and root, may be any of the three. */
function names(place: Place): string {
  if (place.password) return ''
  const people = [...new Set([ownName(), 'root'])]
  return people
    .flatMap((person) => Object.values(roles).map((role) => `tongmai "${person}" ${role}\n`))
    .join('')
}

const quote = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
