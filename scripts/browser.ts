import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Count } from './count.ts'
import { run } from './run.ts'

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
]
const places = [
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
]
const chineseFonts = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc',
]

/** Where the browser for the browser tests is: what `CHROMIUM` names, or the first usual one; undefined if none. */
export function findBrowser(): string | undefined {
  const named = process.env.CHROMIUM
  if (named) return existsSync(named) ? named : undefined
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const onPath = commands.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...onPath, ...places].find((place) => existsSync(place))
}

/** Sees to a browser and Chinese fonts: on Debian as root by installing them, elsewhere by saying what to install. */
export async function ensureBrowser(timeoutMs: number): Promise<Count> {
  const missing = () => [
    ...(findBrowser() ? [] : ['chromium']),
    ...(hasChineseFont() ? [] : ['fonts-noto-cjk']),
  ]
  if (missing().length > 0 && isDebianAsRoot()) await install(missing(), timeoutMs)
  if (!hasChineseFont())
    console.info('Install a Chinese font (fonts-noto-cjk), or pages show boxes for words.')
  if (findBrowser()) return { passed: 1, failed: 0, notes: [] }
  const advice =
    'Install Chromium or Chrome (Debian: sudo apt-get install -y chromium fonts-noto-cjk), or name one in CHROMIUM.'
  console.info(advice)
  return { passed: 0, failed: 1, notes: [advice] }
}

async function install(packages: readonly string[], timeoutMs: number): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const until = performance.now() + timeoutMs
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0'] as const
  console.info(`installing ${packages.join(' and ')}`)
  await run({ args: ['apt-get', ...options, 'update'], timeoutMs: timeoutMs / 3, env })
  const install = ['install', '-y', '--no-install-recommends', ...packages]
  await run({
    args: ['apt-get', ...options, ...install],
    timeoutMs: Math.max(1_000, until - performance.now()),
    env,
  })
}

const isDebianAsRoot = (): boolean => process.getuid?.() === 0 && existsSync('/etc/debian_version')

function hasChineseFont(): boolean {
  if (process.platform !== 'linux' || chineseFonts.some((font) => existsSync(font))) return true
  if (spawnSync('fc-list', ['--version']).status !== 0) return false
  return execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim() !== ''
}
