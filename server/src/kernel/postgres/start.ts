import { mkdir } from 'node:fs/promises'
import { type Binaries, dropOldBinaries, installBinaries } from './binaries.ts'
import { createCluster, createDatabase, databaseName, endLeftSessions } from './cluster.ts'
import { removeConnection, writeConnection } from './connection.ts'
import { clusterDir, type Layout, layoutOf, newestCluster } from './layout.ts'
import type { BuildSchema } from './load.ts'
import { lockFolder } from './lock.ts'
import { type Place, preparePlace } from './place.ts'
import {
  becomesReady,
  endAtOnce,
  livingPostmaster,
  runsOurs,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts'
import { tryPrograms } from './program.ts'
import { type Access, ensureRoles, letRolesSignIn } from './roles.ts'
import { roles, writeSettings } from './settings.ts'
import { chooseSystemUser, letThrough } from './system-user.ts'
import { type Log, Unable } from './unable.ts'
import { upgradeCluster } from './upgrade.ts'
import { urlOf } from './url.ts'
import { watch } from './watch.ts'

/** A running embedded PostgreSQL, ours alone until stopped. */
export interface Postgres extends Access {
  /** Folder of the unix socket; empty on Windows. */
  readonly socketDir: string
  readonly port: number
  /** The postmaster's process id as it is now. */
  pid(): number | undefined
  /** Has PostgreSQL write all it holds and ends it, within two minutes; gives the folder back. */
  stop(): Promise<void>
  /** Ends it without writing anything, also in the middle of `stop`; the next start recovers. */
  stopAtOnce(): Promise<void>
}

export interface StartOptions {
  readonly dataDir: string
  readonly log: Log
  /** Needed where a cluster of an older major version may lie in the folder. */
  readonly buildSchema?: BuildSchema
  /** A database that an unfinished restore left is let in for a restore only. */
  readonly purpose?: 'serve' | 'restore'
}

/**
 * Starts, or takes over, the embedded PostgreSQL of a data folder and answers how to reach it, recovering whatever an
 * earlier death left. Throws DataFolderInUse where another server holds the folder, Unable where it cannot run. A
 * cluster of an older major version is first copied into a new one, for which `buildSchema` runs our migrations.
 */
export async function startPostgres(options: StartOptions): Promise<Postgres> {
  const layout = layoutOf(options.dataDir)
  const lock = lockFolder(layout.dataDir)
  let place: Place | undefined
  try {
    place = await prepare(layout, options)
    await bringUp(place, options.log)
    await createDatabase(place)
    const access = await openTo(place, options)
    await dropOldBinaries(layout, place.binaries)
    await writeConnection(layout.dataDir, access)
    return running(layout, { place, access, lock, log: options.log })
  } catch (problem) {
    if (place) await stopPostmaster(place).catch(() => undefined)
    lock.release()
    throw problem
  }
}

async function prepare(layout: Layout, options: StartOptions): Promise<Place> {
  const major = newestCluster(layout)
  const user = chooseSystemUser(major ? clusterDir(layout, major) : undefined)
  await mkdir(layout.home, { recursive: true, mode: 0o711 })
  for (const folder of [layout.dataDir, layout.home]) await letThrough(folder, user)
  await removeConnection(layout.dataDir)
  const binaries = await installBinaries(layout, user)
  const place = await preparePlace(layout, binaries, user)
  await tryPrograms(place)
  if (!major) await createCluster(place)
  else if (major !== binaries.major) await changeMajor(layout, { place, major, ...options })
  return place
}

async function changeMajor(
  layout: Layout,
  change: StartOptions & { place: Place; major: number },
): Promise<void> {
  const { place, major, log, buildSchema } = change
  const to: Binaries = place.binaries
  if (major > to.major)
    throw new Unable(
      `${layout.dataDir} was last used with PostgreSQL ${major}; this version brings ${to.major}, which cannot read it.`,
    )
  if (!buildSchema)
    throw new Unable(
      `${layout.dataDir} holds PostgreSQL ${major}; start the server once to bring it to ${to.major}.`,
    )
  await upgradeCluster(layout, { place, major, log, buildSchema })
}

/** A postmaster with our programs and settings is taken over as it is; any other living one is stopped first. */
async function bringUp(place: Place, log: Log): Promise<void> {
  const changed = await writeSettings(place)
  const pid = livingPostmaster(place)
  if (pid && !changed && runsOurs(place) && (await becomesReady(place, log))) {
    log.info(`Took over PostgreSQL, process ${pid}, left running by a server that was killed.`)
    return endLeftSessions(place)
  }
  if (pid) await stopPostmaster(place)
  await startPostmaster(place, log)
}

/** The embedded database lets the three roles sign in themselves, so that no session can become more than it is. */
async function openTo(place: Place, options: StartOptions): Promise<Access> {
  const superUrl = urlOf(place, databaseName)
  await ensureRoles(superUrl, options.purpose)
  await letRolesSignIn(superUrl)
  return {
    superUrl,
    ownerUrl: urlOf(place, databaseName, roles.owner),
    appUrl: urlOf(place, databaseName, roles.app),
  }
}

function running(
  layout: Layout,
  parts: { place: Place; access: Access; lock: { release(): void }; log: Log },
): Postgres {
  const { place, access, lock, log } = parts
  const watching = watch(place, log)
  let stopping: Promise<void> | undefined
  const stop = async () => {
    await watching.stop()
    await removeConnection(layout.dataDir)
    await stopPostmaster(place, log).finally(lock.release)
  }
  return {
    ...access,
    socketDir: place.socketDir,
    port: place.port,
    pid: () => livingPostmaster(place),
    stop: () => {
      stopping ??= stop()
      return stopping
    },
    async stopAtOnce() {
      await watching.stop()
      await endAtOnce(place)
    },
  }
}
