import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** The token of the n-th device. */
export const tokenOfDevice = (n: number): string => `bench-device-${n}`
const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Residents of one community, each with a watch on loan for a year and two, straight into the tables; answers their ids. */
export async function lendDevices(
  database: pg.Client,
  { institutionId, count }: { institutionId: string; count: number },
): Promise<string[]> {
  const digests = Array.from({ length: count }, (_, n) => digestOf(tokenOfDevice(n)))
  const { rows } = await database.query<{ id: string }>(
    `with x as materialized (
        select gen_random_uuid() as id, gen_random_uuid() as device_id, n, digest
          from unnest($2::text[]) with ordinality x (digest, n)),
      r as (insert into resident.resident (resident_id, name_masked, sex, birth_date, id_masked, created_at)
        select id, '测**', 'male', '1960-01-01', '990***', now() from x),
      p as (insert into resident.person (resident_id, name) select id, '测' || n from x),
      g as (insert into kernel.access_grant (resident_id, institution_id, basis, source, depth, since)
        select id, $1, 'treatment', 'registration:' || id, 'full', now() from x),
      d as (insert into careplan.device (institution_id, id, serial, model, kinds, token_digest, status, added_at)
        select $1, device_id, 'BENCH-' || n, '手环', '{heartRate,oxygen,steps}', digest, 'lent', now() from x),
      l as (insert into careplan.loan (resident_id, id, device_id, institution_id, since, agreement, lent_by)
        select id, gen_random_uuid(), device_id, $1, now() - interval '2 years', 'bench', 'bench' from x)
    select id from x order by n`,
    [institutionId, digests],
  )
  return rows.map((row) => row.id)
}

/** Lua that posts batches of so many readings, of a random device each time, over the last two days and in no order. */
export const batches = (of: { devices: number; size: number; seed: number; now: Date }): string => {
  const minutes = Array.from({ length: 2_880 }, (_, n) =>
    new Date(of.now.getTime() - (n + 1) * 60_000).toISOString().slice(0, 17),
  )
  return `
wrk.headers["content-type"] = "application/json"
local minutes = { ${minutes.map((one) => JSON.stringify(one)).join(',')} }
local kinds = { { "heartRate", 60, 30 }, { "oxygen", 93, 7 }, { "steps", 0, 100 } }
local seq = ${of.seed}
math.randomseed(${of.seed})
request = function()
  local parts = {}
  for n = 1, ${of.size} do
    seq = seq + 1
    local kind = kinds[math.random(3)]
    parts[n] = '{"seq":' .. seq .. ',"at":"' .. minutes[math.random(2880)] .. string.format("%02d", math.random(0, 59))
      .. 'Z","kind":"' .. kind[1] .. '","value":' .. (kind[2] + math.random(kind[3])) .. '}'
  end
  return wrk.format("POST", "/api/device-readings", nil,
    '{"token":"bench-device-' .. math.random(0, ${of.devices - 1}) .. '","readings":[' .. table.concat(parts, ",") .. ']}')
end`
}

/** What a table of the same columns and keys, without parts, checks and roll-ups, takes by COPY: readings a second. */
export async function bareCopy(database: pg.Client, count: number): Promise<number> {
  await database.query(
    `create table bench_reading (like careplan.reading, primary key (resident_id, device_id, seq, at));
     create index on bench_reading (resident_id, kind, at)`,
  )
  const whose = Array.from({ length: 500 }, () => `${randomUUID()}\t${randomUUID()}`)
  const now = Date.now()
  const lines = Array.from({ length: count }, (_, n) => {
    const at = new Date(now - ((n * 7919) % 172_800) * 1000).toISOString()
    return `${whose[n % 500]}\t${n}\t${at}\theartRate\t72\t\\N\t${at}\n`
  })
  const from = performance.now()
  await pipeline(Readable.from([lines.join('')]), database.query(copyFrom('copy bench_reading from stdin')))
  const seconds = (performance.now() - from) / 1000
  await database.query('drop table bench_reading')
  return count / seconds
}
