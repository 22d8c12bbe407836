import { rm } from 'node:fs/promises'
import { keptBinaries } from './binaries.ts'
import { createDatabase, databaseName, initCluster, nameCluster } from './cluster.ts'
import { clusterDir, type Layout } from './layout.ts'
import { type BuildSchema, load, type Source } from './load.ts'
import type { Place } from './place.ts'
import { startPostmaster, stopPostmaster } from './postmaster.ts'
import { ensureRoles } from './roles.ts'
import { writeSettings } from './settings.ts'
import { connectForCopy, copyOut, inSnapshot } from './snapshot.ts'
import { type Log, Unable } from './unable.ts'
import { urlOf } from './url.ts'

/**
 * Copies the cluster of an older major version row by row into a new one, which takes its place in one rename; the old
 * one stays beside it, untouched. Interrupted anywhere, the next start begins again from the old one.
 */
export async function upgradeCluster(
  layout: Layout,
  change: { place: Place; major: number; log: Log; buildSchema: BuildSchema },
): Promise<void> {
  const { place, major, log, buildSchema } = change
  const old = oldPlace(layout, place, major)
  const made: Place = { ...place, cluster: `${place.cluster}.new` }
  log.info(`Copying the database from PostgreSQL ${major} to ${place.binaries.major}.`)
  await stopPostmaster(made)
  await rm(made.cluster, { recursive: true, force: true })
  await initCluster(made)
  try {
    await bringUpAlone(old, log)
    await bringUpAlone(made, log)
    await createDatabase(made)
    await copyAll(old, made, buildSchema)
  } finally {
    await stopPostmaster(old)
    await stopPostmaster(made)
  }
  await nameCluster(made.cluster, place.cluster)
  log.info(`The old database stays in ${old.cluster}; remove it when you no longer want to go back.`)
}

function oldPlace(layout: Layout, place: Place, major: number): Place {
  const binaries = keptBinaries(layout, major)
  if (!binaries)
    throw new Unable(
      `${layout.dataDir} holds PostgreSQL ${major} without its programs; back it up with the version that made it and restore that here.`,
    )
  return { ...place, cluster: clusterDir(layout, major), binaries, port: place.port + 1 }
}

async function bringUpAlone(place: Place, log: Log): Promise<void> {
  await stopPostmaster(place)
  await writeSettings(place)
  await startPostmaster(place, log)
}

async function copyAll(old: Place, made: Place, buildSchema: BuildSchema): Promise<void> {
  const access = await ensureRoles(urlOf(made, databaseName))
  const client = await connectForCopy(urlOf(old, databaseName))
  try {
    await inSnapshot(client, async (content) => {
      const source: Source = {
        content,
        open(table) {
          const stream = copyOut(client, table)
          const rows = () => client.query('select 1').then(() => stream.rowCount)
          return { stream, rows }
        },
      }
      await load(access, source, buildSchema)
    })
  } finally {
    await client.end()
  }
}
