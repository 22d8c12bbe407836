import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Binaries, installBinaries } from '../src/kernel/postgres/binaries.ts'
import { createCluster, createDatabase } from '../src/kernel/postgres/cluster.ts'
import { type Layout, layoutOf } from '../src/kernel/postgres/layout.ts'
import { type Place, preparePlace } from '../src/kernel/postgres/place.ts'
import { startPostmaster, stopPostmaster } from '../src/kernel/postgres/postmaster.ts'
import { writeSettings } from '../src/kernel/postgres/settings.ts'
import { chooseSystemUser, letThrough } from '../src/kernel/postgres/system-user.ts'
import { quiet } from './postgres-help.ts'

const debian = '/usr/lib/postgresql/15'

/** Whether this machine brings the PostgreSQL 15 of Debian 12; says so where it does not. */
export const hasOld = existsSync(join(debian, 'bin/postgres'))
if (!hasOld) console.warn(`PostgreSQL 15 is not tested here: there is none in ${debian}.`)

/** A server of one major version by itself, without the supervisor, as a hospital's own would be. */
export async function serverOf(
  dataDir: string,
  major: 15 | 18,
): Promise<{ place: Place; stop(): Promise<void> }> {
  const layout = layoutOf(dataDir)
  const user = chooseSystemUser(undefined)
  mkdirSync(layout.home, { recursive: true })
  for (const path of [dataDir, layout.home]) await letThrough(path, user)
  const binaries = major === 15 ? linkOld(layout) : await installBinaries(layout, user)
  const place = await preparePlace(layout, binaries, user)
  await createCluster(place)
  await writeSettings(place)
  await startPostmaster(place, quiet)
  await createDatabase(place)
  return { place, stop: () => stopPostmaster(place) }
}

/** Lets everybody in who comes over the socket, under any name. */
export function trustAll(dataDir: string): void {
  const { home, custom } = layoutOf(dataDir)
  mkdirSync(home, { recursive: true, mode: 0o755 })
  writeFileSync(join(home, 'trust.conf'), 'local all all trust\n', { mode: 0o644 })
  writeFileSync(custom, `hba_file = '${join(home, 'trust.conf')}'\n`, { mode: 0o644 })
}

function linkOld(layout: Layout): Binaries {
  symlinkSync(debian, join(layout.home, 'bin-15.0'))
  return { dir: join(layout.home, 'bin-15.0/bin'), major: 15 }
}
