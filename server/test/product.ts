import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** The product in a process and a data folder of its own. */
export interface Product {
  readonly url: string
  readonly dataDir: string
  readonly process: ChildProcess
  /** Resident memory of the product's Node processes at their peaks, without PostgreSQL, in MB. */
  readonly memoryMb: () => number
  /** Ends it as an operator would, and removes the data folder. */
  readonly stop: () => Promise<void>
}

/** What `npm start` gives to Node. */
const startArgs = (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }
).scripts.start
  .split(' ')
  .slice(1)

/** For who starts it often: what was compiled once is kept. A second sooner, and some 25 MB more of memory. */
export const compiledOnce = { NODE_COMPILE_CACHE: join(root, '.cache/compiled') }

/** Starts the product and waits until it is ready, at most two minutes. */
export async function startProduct(
  env: Record<string, string>,
  dataDir = mkdtempSync(join(tmpdir(), 'tongmai-run-')),
): Promise<Product> {
  const port = await freePort()
  const child = spawn(process.execPath, startArgs, {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      RATE_LIMIT: '100000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout?.resume()
  const url = `http://127.0.0.1:${port}`
  await ready(url, child)
  return {
    url,
    dataDir,
    process: child,
    memoryMb: () => memoryOf(child.pid ?? 0),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let waitedMs = 0; waitedMs < 120_000; waitedMs += 100) {
    if (child.exitCode !== null) throw new Error(`the product ended with ${child.exitCode}`)
    const answers = await fetch(`${url}/readyz`).then(
      (r) => r.ok,
      () => false,
    )
    if (answers) return
    await new Promise((go) => setTimeout(go, 100))
  }
  throw new Error('the product is not ready after two minutes')
}

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

/** The process and those it started that run Node. */
function memoryOf(pid: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  const own = processes.filter((p) => p === pid || new RegExp(`^PPid:\\s+${pid}$`, 'm').test(statusOf(p)))
  const nodes = own.filter((p) => p === pid || /^Name:\s+(node|MainThread)/m.test(statusOf(p)))
  const kb = nodes.map((p) => Number(/^VmHWM:\s+(\d+)/m.exec(statusOf(p))?.[1] ?? 0))
  return Math.round(kb.reduce((sum, k) => sum + k, 0) / 1024)
}
