// `node bench/wearable.ts`: batches of readings over HTTP, stored, rolled up and judged by the alert rules, beside a bare COPY of the
// same rows; meanwhile critical readings, timed until their alert is on the list; then a year on a chart. SIZES are readings in
// a request. Prints a table and, last, one line of JSON; ends with 1 where a target is missed.
import { loadavg } from 'node:os'
import pg from 'pg'
import { readConnection } from '../server/src/kernel/postgres/connection.ts'
import { startProduct } from '../server/test/product.ts'
import { signIn } from './move-load.ts'
import { bareCopy, batches, lendDevices, tokenOfDevice } from './wearable-load.ts'
import { wrk } from './wrk.ts'

const DEVICES = Number(process.env.DEVICES ?? 2_000)
const SIZES = (process.env.SIZES ?? '1,60,1000').split(',').map(Number)
const SECONDS = Number(process.env.SECONDS ?? 6)
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 16)
const COPIED = Number(process.env.COPIED ?? 200_000)
const PROBES = 200
const DAY_MS = 86_400_000
const target = { perSecond: 20_000, alertMs: 5_000, chartMs: 200 }

interface Row {
  readonly size: number
  readonly perSecond: number
  readonly p99Ms: number
  readonly failed: number
  readonly alertsMs: readonly number[]
}

const product = await startProduct({ DEMO: '1' })
const access = await readConnection(product.dataDir)
const database = new pg.Client({ connectionString: access?.superUrl ?? '' })
await database.connect()
try {
  const headers = await signIn(product.url, 'gp01')
  const [{ institutionId } = { institutionId: '' }] = (
    await database.query<{ institutionId: string }>(
      `select p.institution_id as "institutionId" from identity.post p join identity.account a on a.id = p.account_id where a.username = 'gp01' limit 1`,
    )
  ).rows
  const residents = await lendDevices(database, { institutionId, count: DEVICES + PROBES + 1 })
  await database.query('analyze')
  const ask = async (path: string, body?: unknown) => {
    const init = body
      ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      : { headers }
    const answer = await fetch(`${product.url}/api${path}`, init)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json() as Promise<never>
  }
  const before = await bareCopy(database, COPIED)
  const rows: Row[] = []
  for (const [n, size] of SIZES.entries()) rows.push(await measure(ask, residents, { n, size }))
  const after = await bareCopy(database, COPIED)
  const chartMs = await chart(ask, residents.at(-1) ?? '')
  report(rows, { copy: (before + after) / 2, chartMs })
} finally {
  await database.end()
  await product.stop()
}

type Ask = (path: string, body?: unknown) => Promise<never>

async function countReadings(): Promise<number> {
  return Number((await database.query('select count(*) as n from careplan.reading')).rows[0]?.n)
}

/** One size of batch under full load, with a critical reading every so often. */
async function measure(
  ask: Ask,
  residents: readonly string[],
  run: { n: number; size: number },
): Promise<Row> {
  const { n, size } = run
  const stored = await countReadings()
  const probing = new AbortController()
  const probes = probe(ask, residents, { from: DEVICES + n * 50, signal: probing.signal })
  const script = batches({ devices: DEVICES, size, seed: (n + 1) * 1_000_000_000, now: new Date() })
  const began = performance.now()
  const figure = await wrk({ url: product.url, connections: CONNECTIONS, seconds: SECONDS, script })
  const seconds = (performance.now() - began) / 1000
  probing.abort()
  const alertsMs = await probes
  const perSecond = ((await countReadings()) - stored) / seconds
  return { size, perSecond, p99Ms: figure.p99Ms, failed: figure.failed, alertsMs }
}

/** Sends critical readings one after the other, each of another resident, and times each until its alert is on the list. */
async function probe(
  ask: Ask,
  residents: readonly string[],
  of: { from: number; signal: AbortSignal },
): Promise<number[]> {
  const took: number[] = []
  for (let n = of.from; !of.signal.aborted && took.length < 50; n++) {
    const at = new Date()
    await ask('/device-readings', {
      token: tokenOfDevice(n),
      readings: [{ seq: 1, at: at.toISOString(), kind: 'oxygen', value: 82 }],
    })
    for (;;) {
      const { total } = (await ask(`/alerts?residentId=${residents[n]}`)) as { total: number }
      if (total > 0) break
      await new Promise((go) => setTimeout(go, 20))
    }
    took.push(Date.now() - at.getTime())
    await new Promise((go) => setTimeout(go, 100))
  }
  return took
}

/** A year of a watch that measures every five minutes, sent as its owner comes home, and the chart of it. */
async function chart(ask: Ask, residentId: string): Promise<number[]> {
  const count = (365 * DAY_MS) / 300_000
  for (let from = 0; from < count; from += 5_000) {
    const readings = Array.from({ length: Math.min(5_000, count - from) }, (_, n) => ({
      ...{ seq: from + n, kind: 'heartRate', value: 60 + ((from + n) % 37) },
      at: new Date(Date.now() - (from + n + 1) * 300_000).toISOString(),
    }))
    await ask('/device-readings', { token: tokenOfDevice(DEVICES + PROBES), readings })
  }
  const to = new Date()
  const span = `kind=heartRate&from=${new Date(to.getTime() - 365 * DAY_MS).toISOString()}&to=${to.toISOString()}`
  const took: number[] = []
  for (let n = 0; n < 40; n++) {
    const began = performance.now()
    const { points } = (await ask(`/residents/${residentId}/reading-series?${span}`)) as { points: unknown[] }
    took.push(performance.now() - began)
    if (points.length < 365) throw new Error(`only ${points.length} days`)
  }
  return took
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0)
}

function report(rows: readonly Row[], by: { copy: number; chartMs: readonly number[] }): void {
  console.info(
    '| readings in a request | stored per second | of bare COPY | request p99 ms | failed | alert p50 ms | alert worst ms |',
  )
  console.info('|---|---|---|---|---|---|---|')
  for (const row of rows) {
    const cells = [
      row.size,
      Math.round(row.perSecond),
      (row.perSecond / by.copy).toFixed(2),
      row.p99Ms.toFixed(0),
      row.failed,
    ]
    console.info(`| ${[...cells, at(row.alertsMs, 0.5), at(row.alertsMs, 1)].join(' | ')} |`)
  }
  const best = Math.max(...rows.map((row) => row.perSecond))
  const alertMs = at(
    rows.flatMap((row) => row.alertsMs),
    1,
  )
  const chartMs = at(by.chartMs, 0.99)
  console.info(
    `bare COPY ${Math.round(by.copy)}/s · chart of a year p50 ${at(by.chartMs, 0.5)} ms, p99 ${chartMs} ms · memory ${product.memoryMb()} MB · load of the machine ${loadavg()[0]?.toFixed(1)}`,
  )
  const failed = rows.reduce((sum, row) => sum + row.failed, 0)
  console.info(
    JSON.stringify({
      bench: 'wearable',
      target,
      copyPerSecond: by.copy,
      best,
      alertMs,
      chartMs,
      failed,
      rows,
    }),
  )
  const right = best >= target.perSecond && alertMs <= target.alertMs && chartMs <= target.chartMs
  if (!right || failed > 0) process.exitCode = 1
}
