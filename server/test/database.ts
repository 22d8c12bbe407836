import { fileURLToPath } from 'node:url'

/** The migrated database that each test world clones. */
export const TEMPLATE = 'tongmai_template'

export const sourceRoot = fileURLToPath(new URL('../src/', import.meta.url))

/** The same server, another database. */
export function onDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href.replaceAll('+', '%20')
}
