import type { Pool, PoolClient } from 'pg'

/** So long a job must have been held before anybody asks whether its holder is alive. */
const HELD_SECONDS = 30
const LOCK = 31

/**
 * Says to all who work on the same database that a holder of jobs is alive, by a lock that ends with the process or its
 * connection; `isLost` tells that it must be said again.
 */
export async function sayAlive(
  owner: Pool,
  holder: string,
): Promise<{ readonly isLost: () => boolean; readonly end: () => void }> {
  const client: PoolClient = await owner.connect()
  let lost = false
  client.on('error', () => {
    lost = true
  })
  await client.query('select pg_advisory_lock(hashtextextended($1, $2))', [holder, LOCK])
  return { isLost: () => lost, end: () => client.release(true) }
}

/** Gives back the jobs of holders that are no more (a process that was killed), to be done again. */
export async function freeOrphans(owner: Pool, schema: string): Promise<void> {
  await owner.query(
    `with held as materialized (select locked_by as holder from ${schema}._private_jobs where locked_by is not null
        group by 1 having max(locked_at) < now() - make_interval(secs => $1)),
      gone as materialized (select holder from held where pg_try_advisory_xact_lock(hashtextextended(holder, $2)))
      select ${schema}.force_unlock_workers(array_agg(holder)) from gone having count(*) > 0`,
    [HELD_SECONDS, LOCK],
  )
}
