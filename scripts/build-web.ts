// `node scripts/build-web.ts`: builds the pages into web/dist if their sources have changed since they were built.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'web/dist')
const sources = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/me.html',
  'web/vite.config.ts',
  'web/package.json',
  'api/package.json',
  'api/src',
  'package-lock.json',
  'scripts/build-web.ts',
]

/**
 * Builds the pages unless `web/dist` already is what the sources say. The bundler runs in a process of its own: what it
 * takes of memory it gives back. Answers whether it built.
 */
export async function buildWeb(): Promise<boolean> {
  if (builtFrom() === digest()) return false
  await new Promise<void>((resolve, reject) => {
    // A test runner calls its world a test; the pages are built for people all the same.
    const env = { ...process.env, NODE_ENV: 'production' }
    const child = spawn(process.execPath, [import.meta.filename], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('the pages could not be built'))))
  })
  return true
}

/** Builds beside the old pages and then takes their place, so that nobody ever meets half of them. */
async function buildHere(): Promise<void> {
  const from = digest()
  if (builtFrom() === from) return
  const cache = join(root, '.cache')
  const fresh = join(cache, `web-${process.pid}`)
  const old = join(cache, `web-old-${process.pid}`)
  mkdirSync(cache, { recursive: true })
  const { build } = await import('vite')
  await build({
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: fresh, emptyOutDir: true },
  })
  await packAll(fresh)
  writeFileSync(join(fresh, '.built'), from)
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(fresh, dist)
  rmSync(old, { recursive: true, force: true })
}

/** Packs what is text once, beside it, a seventh smaller than a server would while somebody waits. */
async function packAll(folder: string): Promise<void> {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(js|css|html|svg)$/.test(path),
  )
  await Promise.all(texts.map((path) => pack(join(folder, path))))
}

async function pack(path: string): Promise<void> {
  const text = readFileSync(path)
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 10,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  }
  writeFileSync(`${path}.br`, await promisify(brotliCompress)(text, { params }))
  writeFileSync(`${path}.gz`, await promisify(gzip)(text, { level: 9 }))
}

const builtFrom = (): string | undefined =>
  existsSync(join(dist, '.built')) ? readFileSync(join(dist, '.built'), 'utf8') : undefined

/** One number for everything that the pages are made of. */
function digest(): string {
  const hash = createHash('sha256')
  for (const path of sources.flatMap((source) => [...files(source)])) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

function* files(path: string): Generator<string> {
  if (/\.\w+$/.test(path)) return yield path
  for (const entry of readdirSync(join(root, path), { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (entry.isDirectory()) yield* files(`${path}/${entry.name}`)
    else if (!/\.test\.tsx?$/.test(entry.name)) yield `${path}/${entry.name}`
  }
}

if (import.meta.main) await buildHere()
