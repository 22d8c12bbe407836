import { openAccessLog } from './access-log.ts'
import { system } from './actor.ts'
import { openClock } from './clock.ts'
import type { Ctx } from './ctx.ts'
import { openPool } from './database.ts'
import type { Access } from './postgres/roles.ts'
import { openTransactor } from './transact.ts'

/** A way into the database for a command: transactions with all their habits, without the server around them. */
export interface Door {
  readonly asSystem: <T>(institutionId: string | null, work: (ctx: Ctx) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

/** Opens the door; the schema must be up to date, and the master key set where anything is sealed. */
export async function openDoor(access: Access): Promise<Door> {
  const pool = openPool(access, 'app', 4)
  const clock = openClock(pool)
  await clock.refresh()
  const transactor = openTransactor(pool, clock, openAccessLog(pool))
  return {
    asSystem: (institutionId, work) => transactor.write(system(institutionId), work),
    close: () => pool.end(),
  }
}
