import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from './tree.ts'

/** The files that the checks themselves need, in the real tree and in an imagined one. */
const own = [
  'package.json',
  'tsconfig.json',
  'biome.json',
  'checks/dependency-rules.mjs',
  'server/src/modules/order.ts',
  'api/package.json',
  'server/package.json',
  'web/package.json',
]

/**
 * Writes an imagined repository of these files (and nothing of the real product), with the real packages, runs
 * `look` on it and removes it.
 */
export function inImaginedRepository<T>(files: Readonly<Record<string, string>>, look: (at: string) => T): T {
  const at = mkdtempSync(join(tmpdir(), 'tongmai-checks-'))
  try {
    for (const path of own) cpSync(join(root, path), join(at, path), { recursive: true })
    linkPackages(at)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(at, path)), { recursive: true })
      writeFileSync(join(at, path), text)
    }
    return look(at)
  } finally {
    rmSync(at, { recursive: true, force: true })
  }
}

/** Every package as installed, but the workspaces as they are imagined. */
function linkPackages(at: string): void {
  mkdirSync(join(at, 'node_modules/@tongmai'), { recursive: true })
  for (const side of ['api', 'server', 'web'])
    symlinkSync(join(at, side), join(at, 'node_modules/@tongmai', side))
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@tongmai' && !name.startsWith('.')) {
      symlinkSync(join(root, 'node_modules', name), join(at, 'node_modules', name))
    }
  }
}
