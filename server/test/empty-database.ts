import pg from 'pg'
import { inject } from 'vitest'
import { ensureRoles } from '../src/kernel/postgres/roles.ts'
import { onDatabase } from './database.ts'

/** A database of its own in which nothing has been migrated yet. */
export interface EmptyDatabase {
  readonly ownerUrl: string
  /** Connected as the superuser. */
  readonly root: pg.Client
  readonly drop: () => Promise<void>
}

let made = 0

/** Makes an empty database; drop it when done. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  const superUrl = inject('superUrl')
  const name = `empty_${process.pid}_${made++}`
  const admin = new pg.Client({ connectionString: onDatabase(superUrl, 'postgres') })
  await admin.connect()
  await admin.query(`create database ${name} template template0`)
  const { ownerUrl } = await ensureRoles(onDatabase(superUrl, name))
  const root = new pg.Client({ connectionString: onDatabase(superUrl, name) })
  await root.connect()
  return {
    ownerUrl,
    root,
    async drop() {
      await root.end()
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}
