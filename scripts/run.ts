import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'

/** How a command ended. */
export type Ended = { readonly code: number; readonly timedOut: boolean }

/** What to run, for how long at most, and what it finds in its environment besides ours. */
export type Command = {
  readonly args: readonly [program: string, ...string[]]
  readonly timeoutMs: number
  readonly env?: Readonly<Record<string, string>>
}

const running = new Set<ChildProcess>()
const closing = /^\s*\d+ passed, \d+ failed\s*$/

/**
 * Runs a command and shows what it says, line by line; a line that looks like our own closing line is marked as
 * not ours. After `timeoutMs` the command and all it started are ended.
 */
export async function run({ args: [program, ...args], timeoutMs, env }: Command): Promise<Ended> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, [process.stdout.isTTY ? 'FORCE_COLOR' : 'NO_COLOR']: '1', ...env },
    detached: process.platform !== 'win32',
  })
  running.add(child)
  const shown = [child.stdout, child.stderr].map(show)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    console.info(`  ran longer than ${Math.round(timeoutMs / 1000)} s and was ended`)
    void end(child)
  }, timeoutMs)
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      console.info(`  ${error.message}`)
      resolve(127)
    })
    child.once('exit', (exit) => resolve(exit ?? 1))
  })
  clearTimeout(timer)
  kill(child, 'SIGKILL')
  running.delete(child)
  // A grandchild that outlives its parent may hold the pipes open for ever.
  const lingering = setTimeout(() => [child.stdout, child.stderr].map((stream) => stream.destroy()), 3_000)
  await Promise.all(shown)
  clearTimeout(lingering)
  return { code: timedOut ? 1 : code, timedOut }
}

async function show(stream: NodeJS.ReadableStream): Promise<void> {
  const lines = createInterface({ input: stream })
  stream.once('close', () => lines.close())
  for await (const line of lines) {
    console.info(closing.test(stripVTControlCharacters(line)) ? `  | ${line}` : line)
  }
}

/** Asks a command and its children to end, and ten seconds later no longer asks. */
async function end(child: ChildProcess): Promise<void> {
  kill(child, 'SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 10_000).unref())
  kill(child, 'SIGKILL')
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid === undefined) return
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // It has already ended.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const child of running) kill(child, 'SIGKILL')
    process.exit(1)
  })
}
