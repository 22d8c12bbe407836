import { readFileSync, statSync } from 'node:fs'
import { chmod, chown, lstat, mkdir, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { Unable } from './unable.ts'

/** The operating system's user under which PostgreSQL runs; undefined: as ourselves. */
export type SystemUser = { readonly uid: number; readonly gid: number } | undefined

/**
 * PostgreSQL refuses to run as root: then it runs as whoever owns the cluster, or as `postgres`, or as `nobody`.
 * Throws Unable where no such user exists.
 */
export function chooseSystemUser(cluster: string | undefined): SystemUser {
  if (process.getuid?.() !== 0) return undefined
  const owner = cluster && statSync(cluster)
  if (owner) return { uid: owner.uid, gid: owner.gid }
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new Unable(
    'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody.',
  )
}

/** The name by which PostgreSQL knows the process that connects over the socket. */
export function ownName(): string {
  try {
    return userInfo().username
  } catch {
    throw new Unable(
      `PostgreSQL needs a named user, and user id ${process.getuid?.()} has no name on this machine.`,
    )
  }
}

/** Creates a folder for the system user alone, or hands an existing one to it. */
export async function ownFolder(path: string, user: SystemUser): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  if (user && (await lstat(path)).uid !== user.uid) await chown(path, user.uid, user.gid)
}

/** Lets the system user walk through a folder of ours without being able to list it. */
export async function letThrough(path: string, user: SystemUser): Promise<void> {
  const { mode, gid } = await stat(path)
  if (!user || mode & 0o001 || (gid === user.gid && mode & 0o010)) return
  await chown(path, process.getuid?.() ?? 0, user.gid)
  await chmod(path, (mode & 0o7707) | 0o010)
}
