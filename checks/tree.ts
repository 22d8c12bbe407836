import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Tree } from './rule.ts'

/** The root of the repository. */
export const root = join(import.meta.dirname, '..')

const skipped = new Set(['node_modules', 'dist', 'coverage', '.git', '.cache'])
const source =
  /\.(tsx?|mjs|css|sql|json|md|html|sh|yml|geojson|svg)$|^(\.ci\/run|\.gitignore|\.editorconfig)$/

/** Reads every text file a person writes, whether or not it is committed yet. */
export function readTree(at: string = root): Tree {
  const tree = new Map<string, string>()
  for (const path of walk(at, '')) {
    if (source.test(path) && path !== 'package-lock.json')
      tree.set(path, readFileSync(join(at, path), 'utf8'))
  }
  return tree
}

/** Paths of all files below a folder, in alphabetical order, with `/` between. */
export function* walk(at: string, below: string): Generator<string> {
  const entries = readdirSync(join(at, below), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = posix.join(below, entry.name)
    if (entry.isDirectory() && !skipped.has(entry.name)) yield* walk(at, path)
    else if (entry.isFile()) yield path
  }
}
