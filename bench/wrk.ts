import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What one run of load gave: requests per second, milliseconds at the middle and at the 99th of 100, failures. */
export interface Figure {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly failed: number
}

export interface Load {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  /** A Lua file's text: sets wrk.headers and defines request(). */
  readonly script: string
}

const toMs = (text: string): number => {
  const value = Number.parseFloat(text)
  if (text.endsWith('us')) return value / 1000
  return text.endsWith('ms') ? value : value * 1000
}

const find = (output: string, pattern: RegExp): string => pattern.exec(output)?.[1] ?? '0'

/** Runs wrk (Debian's package) in a process of its own against a server on this machine. */
export async function wrk(load: Load): Promise<Figure> {
  if (!new URL(load.url).hostname.startsWith('127.')) throw new Error('load is for this machine only')
  const dir = mkdtempSync(join(tmpdir(), 'bench-'))
  const script = join(dir, 'load.lua')
  writeFileSync(script, load.script)
  try {
    const args = [
      '-t1',
      `-c${load.connections}`,
      `-d${load.seconds}s`,
      '--latency',
      '--timeout',
      '10s',
      '-s',
      script,
      load.url,
    ]
    const { stdout } = await promisify(execFile)('wrk', args, { maxBuffer: 1 << 20 })
    return {
      perSecond: Number(find(stdout, /Requests\/sec:\s+([\d.]+)/)),
      p50Ms: toMs(find(stdout, /^ +50%\s+(\S+)/m)),
      p99Ms: toMs(find(stdout, /^ +99%\s+(\S+)/m)),
      failed: Number(find(stdout, /Non-2xx or 3xx responses:\s+(\d+)/)),
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const quote = (text: string) => JSON.stringify(text)

/** Lua that asks for a random line of a list each time. */
export const randomReads = (headers: Record<string, string>, paths: readonly string[]): string => `
${header(headers)}
local paths = { ${paths.map(quote).join(',')} }
local n = #paths
math.randomseed(7)
request = function() return wrk.format("GET", paths[math.random(n)]) end`

/** Lua that posts a body in which every @ID@ is a random one of a list and every @N@ a running number. */
export function posts(options: {
  headers: Record<string, string>
  path: string
  body: string
  ids: readonly string[]
  seed: number
}): string {
  const { headers, path, body, ids, seed } = options
  const parts = body.split(/(@ID@|@N@)/).map((p) => (p === '@ID@' ? 'id' : p === '@N@' ? 'n' : quote(p)))
  return `
${header(headers)}
local ids = { ${ids.map(quote).join(',')} }
local n = ${seed}
math.randomseed(${seed + 7})
request = function()
  n = n + 1
  local id = ids[math.random(#ids)]
  return wrk.format("POST", ${quote(path)}, nil, ${parts.join(' .. ')})
end`
}

/** Lua that posts each body of a list once. */
export const postsOf = (headers: Record<string, string>, path: string, bodies: readonly string[]): string => `
${header(headers)}
local bodies = { ${bodies.map(quote).join(',')} }
local n = 0
request = function()
  n = n + 1
  return wrk.format("POST", ${quote(path)}, nil, bodies[n] or bodies[#bodies])
end`

/** Lua that puts each of some things in turn, with If-Match and the version that one more change gave it. */
export function puts(options: {
  headers: Record<string, string>
  path: string
  things: readonly { id: string; version: number; body: string }[]
}): string {
  const { headers, path, things } = options
  return `
${header(headers)}
local ids = { ${things.map(({ id }) => quote(id)).join(',')} }
local versions = { ${things.map(({ version }) => version).join(',')} }
local bodies = { ${things.map(({ body }) => quote(body)).join(',')} }
local n = 0
local isSent = false
request = function()
  -- wrk makes a first request to see whether this function works, and does not send it.
  if not isSent then isSent = true return wrk.format("GET", "/") end
  n = n % #ids + 1
  local version = versions[n]
  versions[n] = version + 1
  wrk.headers["If-Match"] = string.format('W/"%d"', version)
  local status = version % 2 == 0 and '"accepted"' or '"in-progress"'
  local body = bodies[n]:gsub('"status":"[a-z-]+"', '"status":' .. status, 1)
  return wrk.format("PUT", ${quote(path)} .. "/" .. ids[n], nil, body)
end`
}

const header = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `wrk.headers[${quote(name)}] = ${quote(value)}`)
    .join('\n')
