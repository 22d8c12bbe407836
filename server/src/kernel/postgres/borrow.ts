import { readConnection } from './connection.ts'
import { layoutOf, newestCluster } from './layout.ts'
import type { Access } from './roles.ts'
import { type StartOptions, startPostgres } from './start.ts'
import { DataFolderInUse, Unable } from './unable.ts'

/**
 * The embedded database of a data folder for a tool: the running server's where there is one, else started until
 * `giveBack`. Throws Unable where the folder holds none, unless it may be made.
 */
export async function borrowPostgres(
  options: StartOptions & { readonly mayCreate?: boolean },
): Promise<{ access: Access; giveBack(): Promise<void> }> {
  const layout = layoutOf(options.dataDir)
  if (!options.mayCreate && !newestCluster(layout))
    throw new Unable(`${layout.dataDir} holds no database; check DATA_DIR.`)
  try {
    const postgres = await startPostgres(options)
    return { access: postgres, giveBack: () => postgres.stop() }
  } catch (problem) {
    if (!(problem instanceof DataFolderInUse)) throw problem
    const access = await readConnection(options.dataDir)
    if (access) return { access, giveBack: () => Promise.resolve() }
    throw new Unable(`The server of ${layout.dataDir} is just starting or stopping; try again in a moment.`)
  }
}
