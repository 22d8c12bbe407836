import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { expect, test } from 'vitest'
import { verifyAudit } from '../src/kernel/audit.ts'
import { readConnection } from '../src/kernel/postgres/connection.ts'
import { readHead } from '../src/kernel/sequencer.ts'
import { type Done, type Way, walk } from './journey.ts'
import { layGround, patientOf } from './journey-ground.ts'
import { connect, kill } from './killing.ts'
import { type Product, startProduct } from './product.ts'

/** Two thousand in `npm run prove:journey`, whose result stands in bench/README.md; a few in every run of the tests. */
const JOURNEYS = Number(process.env.JOURNEYS ?? 12)
const KILLS = Number(process.env.KILLS ?? 2)
const WALKERS = 8
const WAYS: readonly Way[] = ['up', 'back', 'onward']
/** As many steps as the longest way has, and none. */
const STEPS = 13
/** Forty minutes: far beyond any tolerance. */
const SKEW_MS = 40 * 60_000

/** A second server on the same database, whose own clock is wrong. */
async function startSecond(first: Product, dataDir: string): Promise<Product> {
  const access = await readConnection(first.dataDir)
  return startProduct(
    {
      DATABASE_URL: access?.superUrl ?? '',
      MASTER_KEY: readFileSync(join(first.dataDir, 'master.key'), 'utf8').trim(),
      NODE_OPTIONS: `--import=${new URL('skewed-clock.ts', import.meta.url).href}`,
      SKEW_MS: String(SKEW_MS),
    },
    dataDir,
  )
}

test(`${JOURNEYS} referrals through two servers, one with a wrong clock, killed ${KILLS} times: no step lost, no place twice, none without an owner`, {
  timeout: 3_600_000,
}, async () => {
  const began = new Date(Date.now() - 1_000)
  let first = await startProduct({ DEMO: '1' })
  const otherDir = mkdtempSync(join(tmpdir(), 'tongmai-run-'))
  let second = await startSecond(first, otherDir)
  const ground = await layGround([first.url, second.url], Math.ceil(JOURNEYS / 3))
  const done: Done[] = []
  let walked = 0
  let next = 0
  const wrong: string[] = []
  const walkers = Array.from({ length: WALKERS }, async () => {
    while (next < JOURNEYS) {
      const n = next++
      const note = (one: Done) => void done.push(one)
      const way = WAYS[n % WAYS.length] ?? 'up'
      // Half go all the way, the others stop after some step.
      const steps = n % 2 === 0 ? STEPS : (n * 5) % STEPS
      await walk(ground, { patient: patientOf(n), way, steps, note }).catch((error: Error) =>
        wrong.push(error.message),
      )
      walked += 1
    }
  })
  for (let round = 1; round <= KILLS; round++) {
    while (walked < (JOURNEYS * round) / (KILLS + 1)) await new Promise((go) => setTimeout(go, 20))
    if (round % 2 === 0) {
      await kill(second, false)
      second = await startSecond(first, otherDir)
    } else {
      await kill(first, round % 4 === 1)
      first = await startProduct({}, first.dataDir)
    }
    ground.urls.splice(0, 2, first.url, second.url)
  }
  await Promise.all(walkers)
  await new Promise((go) => setTimeout(go, 1_500))

  const database = await connect(first.dataDir)
  const found = {
    wrong,
    lost: await lostOf(database, done),
    twice: await rowsOf(database, TWICE),
    unowned: await rowsOf(database, UNOWNED),
    unplanned: await rowsOf(database, UNPLANNED, [began]),
    mistimed: await rowsOf(database, MISTIMED, [began]),
  }
  const taken = await rowsOf(
    database,
    'select 1 from capacity.reservation where slot_id = any ($1::uuid[])',
    [ground.places],
  )
  const verdict = await verifyAudit(database, readHead(join(first.dataDir, 'audit-head.json')))
  await database.end()
  await second.stop()
  await first.stop()
  expect(found).toEqual({ wrong: [], lost: [], twice: [], unowned: [], unplanned: [], mistimed: [] })
  expect(taken.length).toBeGreaterThan(0)
  const moves = done.map(({ move }) => move)
  expect(moves).toEqual(expect.arrayContaining(['redirect', 'takeOver', 'followUp', 'close']))
  expect(verdict).toMatchObject({ ok: true })
})

const rowsOf = async (database: pg.Client, text: string, values: unknown[] = []): Promise<unknown[]> =>
  (await database.query(text, values)).rows

/** Acknowledged steps that are not in the story exactly once. */
async function lostOf(database: pg.Client, done: readonly Done[]): Promise<Done[]> {
  const { rows } = await database.query<{ step: string; n: number }>(
    `select referral_id || ' ' || move || ' ' || to_status as step, count(*)::int as n from referral.step
      where referral_id = any ($1::uuid[]) group by 1`,
    [done.map((one) => one.referralId)],
  )
  const there = new Map(rows.map(({ step, n }) => [step, n]))
  return done.filter((one) => there.get(`${one.referralId} ${one.move} ${one.status}`) !== 1)
}

const TWICE = `select slot_id, seat from capacity.reservation where status in ('held', 'confirmed', 'used')
  and slot_id is not null group by slot_id, seat having count(*) > 1`

/** Not ended, and not resting while its down-referral is under way: one open case with a deadline, or it is wrong. */
const UNOWNED = `select r.id, r.status, count(c.id)::int as cases, min(c.due) as due from referral.referral r
  left join kernel."case" c on c.thing = 'referral:' || r.id and c.closed_at is null
  where (r.ended_at is null or r.status = 'rejected' and r.settled_at is null)
    and not exists (select from referral.referral d where d.parent_id = r.id and d.ended_at is null
      and d.submitted_at is not null and r.status = 'awaitingDownReferral')
  group by r.resident_id, r.id, r.status
  having count(c.id) <> 1 or min(c.due) is null or min(c.due) <> min(r.due)`

/** Taken over by the family doctor since the beginning, and without the three follow-ups of the plan, each once. */
const UNPLANNED = `select r.id, r.status, count(distinct f.due_on)::int as days, count(f.id)::int as planned
  from referral.referral r
  left join careplan.follow_up f on f.resident_id = r.resident_id and f.source = 'referral:' || r.id
  where r.direction = 'down' and r.written_at >= $1 and r.arrived_at is not null
  group by r.resident_id, r.id, r.status having count(f.id) <> 3 or count(distinct f.due_on) <> 3`

/** Whatever was done since the beginning was done at the database's time, not at a process's. */
const MISTIMED = `select 'step' as what, at from referral.step where referral_id in
    (select id from referral.referral where written_at >= $1) and at not between $1 and clock_timestamp()
  union all select 'event', at from kernel.event where at > clock_timestamp() + interval '2 seconds'
  union all select 'case', opened_at from kernel."case" where opened_at > clock_timestamp() + interval '2 seconds'`
