import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The installation's master key: the one given, or the key file of the data folder, made at the first start. */
export function masterKey(dataDir: string, given: Buffer | undefined): Buffer {
  if (given) return given
  const file = join(dataDir, 'master.key')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
}
