// `node bench/contract.ts`: a spreadsheet of LINES residents, checked and signed over HTTP while the product does all else
// that it does. Prints a table and, last, one line of JSON.
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { checkDigit } from '../api/src/resident/chinese-id.ts'
import { uuidv7 } from '../server/src/kernel/id.ts'
import { readConnection } from '../server/src/kernel/postgres/connection.ts'
import { setMasterKey } from '../server/src/kernel/secret.ts'
import { numberRows } from '../server/src/modules/resident/actions/written.ts'
import { CHINESE_ID } from '../server/src/modules/resident/identifier.ts'
import { startProduct } from '../server/test/product.ts'
import { cpuOf } from './cpu.ts'
import { signIn } from './move-load.ts'

const LINES = Number(process.env.LINES ?? 50_000)
const PART = 5_000

interface Person {
  readonly name: string
  readonly number: string
}
interface Panel {
  readonly teamId: string
  readonly doctorId: string
  readonly communityId: string
}
type Json = Record<string, never>

const product = await startProduct({ DEMO: '1' })
const database = new pg.Client({
  connectionString: (await readConnection(product.dataDir))?.superUrl ?? '',
})
await database.connect()
try {
  setMasterKey(Buffer.from(readFileSync(join(product.dataDir, 'master.key'), 'utf8').trim(), 'hex'))
  const headers = await signIn(product.url, 'head11')
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const init = body
      ? { method: 'POST', body: JSON.stringify(body), headers: { ...headers, 'idempotency-key': uuidv7() } }
      : { headers }
    const answer = await fetch(`${product.url}/api${path}`, init)
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer.json() as Promise<T>
  }
  const [panel] = await ask<Panel[]>('/contract-panels')
  if (!panel) throw new Error('no panel')
  const people = Array.from({ length: LINES }, (_, n) => personOf(n))
  const loadMs = await took(() => load(people, panel.communityId))
  await database.query(
    `insert into contract.panel (institution_id, doctor_id, own_limit) values ($1, $2, 10000000)
      on conflict (institution_id, doctor_id) do update set own_limit = excluded.own_limit`,
    [panel.communityId, panel.doctorId],
  )
  await database.query('analyze')
  const id = await start(ask, panel, people)
  const checkMs = await took(() => until(ask, id, 'checked'))
  const wrong = await ask<{ items: { problem: string }[] }>(`/contract-bulks/${id}/lines?status=bad&limit=1`)
  if (wrong.items[0]) throw new Error(`a line is bad: ${wrong.items[0].problem}`)
  const { rows } = await database.query<{ pid: number }>('select pg_backend_pid() as pid')
  const used = () => cpuOf(product.process.pid ?? 0, rows[0]?.pid ?? 0)
  const before = used()
  await ask(`/contract-bulks/${id}/sign`, {})
  const signMs = await took(() => until(ask, id, 'done'))
  const after = used()
  const cpu = { server: after.server - before.server, database: after.database - before.database }
  const { done, bad } = await ask<{ done: number; bad: number }>(`/contract-bulks/${id}`)
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  console.info(
    [
      '| what | lines | seconds | target |',
      '|---|---|---|---|',
      `| dry run | ${LINES} | ${seconds(checkMs)} | 30 |`,
      `| signed | ${done} | ${seconds(signMs)} | 120 |`,
    ].join('\n'),
  )
  console.info(
    `processor while signing: server ${seconds(cpu.server)} s, database ${seconds(cpu.database)} s; ` +
      `a line ${(cpu.server / done).toFixed(2)} and ${(cpu.database / done).toFixed(2)} ms`,
  )
  console.info(`load of the machine ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`)
  console.info(`residents loaded in ${seconds(loadMs)} s · memory ${product.memoryMb()} MB`)
  console.info(JSON.stringify({ bench: 'contract', lines: LINES, checkMs, signMs, done, bad, cpu }))
} finally {
  await database.end()
  await product.stop()
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return Math.round(performance.now() - from)
}

function personOf(n: number): Person {
  const born = new Date(Date.UTC(1930, 0, 1 + (n % 25_000))).toISOString().slice(0, 10).replaceAll('-', '')
  const first17 = `990801${born}${String(Math.floor(n / 25_000)).padStart(3, '0')}`
  return { name: `簿${String(n).padStart(6, '0')}`, number: first17 + checkDigit(first17) }
}

/** The residents, each registered at the community, straight into the tables. */
async function load(people: readonly Person[], communityId: string): Promise<void> {
  for (let from = 0; from < people.length; from += PART) {
    const rows = people.slice(from, from + PART).map(({ name, number }) => {
      const known = { system: CHINESE_ID, value: number, kind: '01' as const, country: null }
      const [written] = numberRows([{ ...known, derived: false, about: null }])
      return { id: uuidv7(), name, blind: written?.blind, sealed: written?.valueSealed }
    })
    await database.query(
      `with x as materialized (select * from jsonb_to_recordset($1::jsonb) x (id uuid, name text, blind text, sealed text)),
        r as (insert into resident.resident (resident_id, name_masked, sex, birth_date, id_masked, created_at)
          select id, left(name, 1) || '**', 'male', '1960-01-01', '990***', now() from x),
        p as (insert into resident.person (resident_id, name) select id, name from x),
        n as (insert into resident.identifier (resident_id, blind, system, kind, value_sealed, value_masked, derived, since)
          select id, blind, $3, '01', sealed, '990***', false, now() from x),
        i as (insert into resident.identifier_index (blind, number_blind, resident_id) select blind, blind, id from x)
      insert into kernel.access_grant (resident_id, institution_id, basis, source, depth, since)
        select id, $2, 'treatment', 'registration:' || id, 'full', now() from x`,
      [JSON.stringify(rows), communityId, CHINESE_ID],
    )
  }
}

type Ask = <T>(path: string, body?: unknown) => Promise<T>

/** Uploads the sheet and begins the dry run. */
async function start(ask: Ask, panel: Panel, people: readonly Person[]): Promise<string> {
  const text = ['姓名,身份证号', ...people.map((one) => `${one.name},${one.number}`)].join('\n')
  const form = new FormData()
  form.set('file', new File([`﻿${text}\n`], 'bench.csv'))
  const { authorization } = await signIn(product.url, 'head11')
  const sent = await fetch(`${product.url}/api/files`, {
    ...{ method: 'POST', body: form, headers: { authorization: authorization ?? '' } },
  })
  const { hash } = (await sent.json()) as { hash: string }
  const packages = await ask<{ items: { id: string; code: string }[] }>('/service-packages?limit=50')
  const basic = packages.items.find((one) => one.code === 'JC') ?? packages.items[0]
  const { version } = await ask<{ version: string } & Json>('/contract-consent')
  const { id } = await ask<{ id: string }>('/contract-bulks', {
    ...{ hash, fileName: 'bench.csv', teamId: panel.teamId, doctorId: panel.doctorId },
    ...{ packageIds: [basic?.id], consentVersion: version },
  })
  return id
}

async function until(ask: Ask, id: string, status: string): Promise<void> {
  for (;;) {
    const now = await ask<{ status: string }>(`/contract-bulks/${id}`)
    if (now.status === status) return
    if (now.status === 'failed') throw new Error('the spreadsheet failed')
    await new Promise((go) => setTimeout(go, 200))
  }
}
