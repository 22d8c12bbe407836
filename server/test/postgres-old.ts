import { join } from 'node:path'
import { createCluster, createDatabase, databaseName } from '../src/kernel/postgres/cluster.ts'
import { layoutOf } from '../src/kernel/postgres/layout.ts'
import { preparePlace, urlOf } from '../src/kernel/postgres/place.ts'
import { startPostmaster, stopPostmaster } from '../src/kernel/postgres/postmaster.ts'
import { writeSettings } from '../src/kernel/postgres/settings.ts'
import { chooseSystemUser } from '../src/kernel/postgres/system-user.ts'
import { quiet } from './postgres-help.ts'

/** Makes and fills a cluster with the PostgreSQL 15 that lies in a data folder, and stops it again. */
export async function makeClusterOf15(
  dataDir: string,
  fill: (superUrl: string) => Promise<void>,
): Promise<void> {
  const layout = layoutOf(dataDir)
  const binaries = { dir: join(layout.home, 'bin-15.0/bin'), major: 15 }
  const place = await preparePlace(layout, binaries, chooseSystemUser(undefined))
  await createCluster(place)
  await writeSettings(place)
  await startPostmaster(place, quiet)
  try {
    await createDatabase(place)
    await fill(urlOf(place, databaseName))
  } finally {
    await stopPostmaster(place)
  }
}
