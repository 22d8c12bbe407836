import type { Pool } from 'pg'

/** Database time plus the test offset, kept between look-ups by the machine's monotonic clock. */
export interface Clock {
  readonly now: () => Date
  /** Asks the database again; the running program does so every second. */
  readonly refresh: () => Promise<void>
}

export function openClock(pool: Pool): Clock {
  let ahead = 0
  return {
    now: () => new Date(Math.round(performance.now() + ahead)),
    async refresh() {
      const sent = performance.now()
      const { rows } = await pool.query<{ ms: string }>({
        name: 'clock',
        text: 'select (extract(epoch from clock_timestamp()) * 1000 + (select offset_ms from kernel.clock))::text as ms',
      })
      ahead = Number(rows[0]?.ms) - (sent + performance.now()) / 2
    },
  }
}
