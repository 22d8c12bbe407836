import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, opendir, readFile, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { createInterface } from 'node:readline'
import { checkFile, keep } from './manifest.ts'
import { Unable } from './unable.ts'

const list = 'files.sha256'

/** Copies attachments and keys beside the tables and lists them; one that is swept meanwhile is left out. */
export async function saveFolders(dataDir: string, folder: string, names: readonly string[]) {
  const file = await open(join(folder, list), 'w', 0o600)
  const whole = createHash('sha256')
  let count = 0
  try {
    for await (const path of walk(dataDir, names)) {
      const hash = await keep(createReadStream(join(dataDir, path)), join(folder, path)).catch(unlessGone)
      if (!hash) continue
      const line = `${hash}  ${path}\n`
      whole.update(line)
      count += 1
      await file.write(line)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { count, list, sha256: whole.digest('hex') }
}

/** Goes through the list of a backup, each path inside the folders it may name. */
export async function* listed(
  folder: string,
  names: readonly string[],
): AsyncGenerator<{ path: string; hash: string }> {
  for await (const line of createInterface({ input: createReadStream(join(folder, list)) })) {
    const found = /^([0-9a-f]{64}) {2}(.+)$/.exec(line)
    const [, hash = '', path = ''] = found ?? []
    if (
      !found ||
      posix.normalize(path) !== path ||
      !names.some((name) => path === name || path.startsWith(`${name}/`))
    )
      throw new Unable(`The list ${join(folder, list)} names ${path || line}, which is no file of a backup.`)
    yield { path, hash }
  }
}

/** Copies attachments and keys back; what is already there is left, and a different key is refused. */
export async function bringFolders(folder: string, dataDir: string, names: readonly string[]): Promise<void> {
  for await (const { path, hash } of listed(folder, names)) {
    const target = join(dataDir, path)
    const there = await stat(target).catch(() => undefined)
    if (there) await refuseOther(target, hash)
    else if ((await keep(createReadStream(join(folder, path)), target)) !== hash)
      await checkFile(folder, path, hash)
  }
}

async function refuseOther(target: string, hash: string): Promise<void> {
  const is = createHash('sha256')
    .update(await readFile(target))
    .digest('hex')
  if (is !== hash)
    throw new Unable(
      `${target} is there already and differs from the one in the backup; restore into an empty data folder.`,
    )
}

async function* walk(root: string, names: readonly string[]): AsyncGenerator<string> {
  for (const name of names) {
    const found = await stat(join(root, name)).catch(() => undefined)
    if (found?.isFile() && !isPart.test(name)) yield name
    if (!found?.isDirectory()) continue
    for await (const entry of await opendir(join(root, name)))
      yield* walk(root, [posix.join(name, entry.name)])
  }
}

/** An attachment that is still being written bears a random id after its hash. */
const isPart = /\.[0-9a-f]{8}-[0-9a-f-]{27}$/

function unlessGone(problem: NodeJS.ErrnoException): undefined {
  if (problem.code !== 'ENOENT') throw problem
}
