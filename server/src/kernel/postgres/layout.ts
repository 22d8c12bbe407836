import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Where everything of the database lies inside a data folder. */
export interface Layout {
  readonly dataDir: string
  /** Holds clusters (`pgdata-18`), copied programs (`bin-18.4.0`), logs and the socket. */
  readonly home: string
  readonly log: string
  /** Settings of the operator, read after ours. */
  readonly custom: string
  readonly connection: string
  /** Where the end of the audit chain is written down outside the database. */
  readonly auditHeadFile: string
  /** What a backup takes besides the database: attachments, and the keys that open encrypted columns. */
  readonly kept: readonly string[]
}

/** The layout of one data folder; creates nothing. */
export function layoutOf(dataDir: string): Layout {
  const root = resolve(dataDir)
  const home = join(root, 'postgres')
  return {
    dataDir: root,
    home,
    log: join(home, 'log'),
    custom: join(home, 'custom.conf'),
    connection: join(root, 'connection.json'),
    auditHeadFile: join(root, 'audit-head.json'),
    kept: ['files', 'keys', 'master.key'],
  }
}

/** The folder of the cluster of one major version. A cluster is complete as soon as a folder has this name. */
export const clusterDir = (layout: Layout, major: number) => join(layout.home, `pgdata-${major}`)

/** The newest complete cluster's major version, or undefined in a new data folder. */
export function newestCluster(layout: Layout): number | undefined {
  if (!existsSync(layout.home)) return undefined
  const majors = readdirSync(layout.home).flatMap((name) => {
    const found = /^pgdata-(\d+)$/.exec(name)
    return found ? [Number(found[1])] : []
  })
  return majors.length ? Math.max(...majors) : undefined
}
