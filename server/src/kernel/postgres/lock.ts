import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DataFolderInUse } from './unable.ts'

/**
 * Holds the data folder for this process until released, or throws DataFolderInUse. Of two simultaneous starts one
 * wins; the lock is the operating system's own, so it ends with the process, however that dies.
 */
export function lockFolder(dataDir: string): { release(): void } {
  mkdirSync(dirname(resolve(dataDir)), { recursive: true })
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  // Node has no file locks; SQLite takes them (fcntl, LockFileEx) and holds them for as long as a transaction is open.
  const file = new DatabaseSync(join(dataDir, 'server.lock'))
  try {
    file.exec('BEGIN IMMEDIATE')
  } catch (problem) {
    file.close()
    throw isBusy(problem) ? new DataFolderInUse(inUse(dataDir)) : problem
  }
  const pidFile = join(dataDir, 'server.pid')
  writeFileSync(pidFile, `${process.pid}\n`)
  return {
    release() {
      if (!file.isOpen) return
      rmSync(pidFile, { force: true })
      file.close()
    },
  }
}

const isBusy = (problem: unknown) => (problem as { errcode?: number }).errcode === 5

function inUse(dataDir: string): string {
  return `The data folder ${resolve(dataDir)} is already served by process ${holder(dataDir)}; stop that one first, or set DATA_DIR to another folder.`
}

function holder(dataDir: string): string {
  try {
    return readFileSync(join(dataDir, 'server.pid'), 'utf8').trim() || 'unknown'
  } catch {
    return 'unknown' // it has the lock and has not yet written its number
  }
}
