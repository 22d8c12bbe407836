import { checkDigit } from '@tongmai/api/resident/chinese-id'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { demoResidents, register } from '../resident/index.ts'
import { csvRows } from './read-sheet.ts'

let g: ContractRegion
const people = demoResidents().slice(100, 112)

beforeAll(async () => {
  g = await contractRegion()
  for (const [i, one] of people.entries()) {
    if (i === 9) continue
    await g.world.world.asSystem(i === 8 ? g.third : g.centre, (ctx) =>
      register(ctx, {
        ...{ name: one.name, sex: one.sex, birthDate: one.birthDate, phone: one.phone, divisionCode: null },
        ...{
          address: `${one.id.slice(0, 6)}街`,
          documents: [{ kind: '01', number: one.number, country: null }],
        },
      }),
    )
  }
})
afterAll(() => g.world.close())

const upload = async (csv: string): Promise<string> => {
  const boundary = 'x7'
  const payload = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF${csv}\r\n--${boundary}--\r\n`
  const answer = await g.world.app.inject({
    ...{ method: 'POST', url: '/api/files', payload },
    headers: { ...g.boss, 'content-type': `multipart/form-data; boundary=${boundary}` },
  })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json().hash
}

test('a cell of a CSV may hold commas, quotes and line ends', () => {
  const rows = [...csvRows(new TextEncoder().encode('a,"b ""c"", d",\r\n"x\ny",2'))]
  expect(rows).toEqual([
    { line: 1, cells: ['a', 'b "c", d', ''] },
    { line: 2, cells: ['x\ny', '2'] },
  ])
})

test('a spreadsheet is checked without signing; each bad line is named, each good one signed, also after a kill', async () => {
  const held = people[5]
  const wrongDigit = (number: string) => number.slice(0, 17) + (number[17] === '1' ? '2' : '1')
  const [known] = await g.world.sql<{ id: string }>(
    `select p.resident_id as id from resident.person p where p.name = $1 and p.phone_masked is not null limit 1`,
    [held?.name],
  )
  await g.signed(known?.id ?? '')
  const line = (
    i: number,
    more: { number?: string; name?: string; doctor?: string; packages?: string } = {},
  ) =>
    [
      more.name ?? people[i]?.name,
      more.number ?? people[i]?.number,
      more.doctor ?? '',
      more.packages ?? '',
      '',
    ].join(',')
  const csv = [
    '姓名,身份证号,家庭医生,服务包,签约年限',
    line(0),
    line(1, { number: wrongDigit(people[1]?.number ?? '') }),
    line(0),
    line(2, { name: '别的名字' }),
    line(3, { doctor: '没有此人' }),
    line(4, { packages: '没有此包' }),
    line(5),
    line(6, { doctor: '高远' }),
    line(7),
    line(8),
    line(9),
  ].join('\n')
  const hash = await upload(`,\n${csv}\n`)
  const started = await g.post(g.boss, '/contract-bulks', {
    ...{ hash, fileName: '名单.csv', teamId: g.team, doctorId: g.gpDoctor.id, tertiaryId: g.hospital },
    ...{ packageIds: [g.basic], consentVersion: '2026-1' },
  })
  expect(started).toMatchObject({ status: 200, json: { status: 'checking' } })
  const { id } = started.json
  await g.world.runJob('contract.check-bulk', { id })
  // The heading is sought on the first line that has anything on it; here that is no heading, and so is said.
  expect((await g.get(g.boss, `/contract-bulks/${id}`)).json.status).toBe('failed')

  const { hash: good } = await stored(csv)
  await g.world.sql(`update contract.bulk set file_hash = $2, status = 'checking' where id = $1`, [id, good])
  await g.world.runJob('contract.check-bulk', { id })
  await g.world.runJob('contract.check-bulk', { id })
  expect((await g.get(g.boss, `/contract-bulks/${id}`)).json).toMatchObject({
    ...{ status: 'checked', total: 11, good: 3, bad: 8, done: 0 },
  })
  const { items } = (await g.get(g.boss, `/contract-bulks/${id}/lines?status=bad`)).json
  expect(items.map((one: { line: number; problem: string }) => [one.line, one.problem])).toEqual([
    [3, 'idCheck'],
    [4, 'duplicate'],
    [5, 'nameDiffers'],
    [6, 'doctorUnknown'],
    [7, 'packageUnknown'],
    [8, 'secondContract'],
    [11, 'notRegisteredHere'],
    [12, 'unknownResident'],
  ])
  await g.post(g.boss, `/contract-bulks/${id}/sign`)
  // A worker that was killed has left it as it is; the sweep takes it up.
  await g.later(1)
  await g.world.runJob('contract.resume-bulks')
  await g.world.runJob('contract.sign-bulk', { id })
  expect((await g.get(g.boss, `/contract-bulks/${id}`)).json).toMatchObject({
    status: 'done',
    done: 3,
    bad: 8,
  })
  const signed = (await g.get(g.boss, '/contracts?channel=bulk')).json
  expect(signed.total).toBe(3)
  const owed = await g.world.sql(`select count(*)::int as n from contract.service s join contract.contract c
    on c.id = s.contract_id where c.channel = 'bulk'`)
  expect(owed).toEqual([{ n: 15 }])
  expect((await g.post(g.boss, `/contract-bulks/${id}/sign`)).json.code).toBe('contract.bulk-not-checked')
})

test('a guardian signs for a child and for whoever has a guardian; each line says who, or what is missing', async () => {
  const first17 = '99010120200101001'
  const child = { name: '童小满', number: first17 + checkDigit(first17) }
  const ward = people[10]
  const at = (one: { name: string; number: string }, sex: 'male' | 'female', birthDate: string) =>
    g.world.world.asSystem(g.centre, (ctx) =>
      register(ctx, {
        ...{ name: one.name, sex, birthDate, phone: null, divisionCode: null, address: '童家巷 1 号' },
        documents: [{ kind: '01', number: one.number, country: null }],
      }),
    )
  await at(child, 'male', '2020-01-01')
  const [known] = await g.world.sql<{ id: string }>(
    `select p.resident_id as id from resident.person p where p.name = $1 limit 1`,
    [ward?.name],
  )
  await g.world.sql(
    `insert into resident.proxy_request (resident_id, id, proxy_id, institution_id, kind, proof, file_hash, state, until, at)
      values ($1, gen_random_uuid(), gen_random_uuid(), $2, 'ward', 'guardianship', 'x', 'accepted', '2035-01-01', '2026-01-01')`,
    [known?.id, g.centre],
  )
  const csv = [
    '姓名,身份证号,签名人,与居民关系,条款版本',
    `${child.name},${child.number},,,`,
    `${ward?.name},${ward?.number},,本人,`,
    `${people[11]?.name},${people[11]?.number},,女儿,`,
    `${people[11]?.name},${people[11]?.number},王五,邻居,`,
    `${people[11]?.name},${people[11]?.number},,,2020-1`,
    `${child.name},${child.number},童大满,父亲,2026-1`,
    `${ward?.name},${ward?.number},李四,监护人,`,
  ]
  const signing = async (lines: readonly string[]) => {
    const { hash } = await stored(lines.join('\n'))
    await g.world.sql(
      `insert into kernel.file (hash, size, media, uploader, at) values ($1, 1, 'text/csv', 'x', now()) on conflict do nothing`,
      [hash],
    )
    const { id } = (
      await g.post(g.boss, '/contract-bulks', {
        ...{ hash, fileName: '名单.csv', teamId: g.team, doctorId: g.gpDoctor.id, tertiaryId: g.hospital },
        ...{ packageIds: [g.basic], consentVersion: '2026-1' },
      })
    ).json
    await g.world.runJob('contract.check-bulk', { id })
    return id as string
  }
  const [heading = '', ...rows] = csv
  const named: (string | null)[] = []
  for (const row of rows) {
    const id = await signing([heading, row])
    named.push((await g.get(g.boss, `/contract-bulks/${id}/lines`)).json.items[0].problem)
  }
  expect(named).toEqual([
    ...['guardianMissing', 'wardSigns', 'signerMissing', 'relationUnknown', 'consentOutdated'],
    ...[null, null],
  ])
  const id = await signing([heading, ...rows.slice(5)])
  await g.post(g.boss, `/contract-bulks/${id}/sign`)
  await g.world.runJob('contract.sign-bulk', { id })
  const signatures = await g.world.sql<{ signature: object }>(
    `select signature from contract.contract where channel = 'bulk' and signature->>'relation' <> '0' order by signature->>'signer'`,
  )
  expect(signatures.map((row) => row.signature)).toMatchObject([
    { signer: '李四', relation: '8' },
    { signer: '童大满', relation: '5' },
  ])
  // At the desk the same holds.
  expect(
    (await g.sign(known?.id ?? '', { signature: { kind: 'paper', signer: ward?.name } })).json.code,
  ).toBe('contract.guardian-signs-for-ward')
})

test('two workers and a third that holds some lines sign each line once; what was held is done when it is let go', async () => {
  const doctors = [g.gpDoctor.id, g.otherGp.id]
  const bulkId = crypto.randomUUID()
  const form = {
    ...{ teamId: g.team, doctorId: doctors[0], secondaryId: null, tertiaryId: g.hospital, months: 12 },
    ...{ packageIds: [g.basic], consentVersion: '2026-1', hash: '', fileName: '' },
  }
  await g.world.sql(
    `insert into contract.bulk (institution_id, id, file_hash, file_name, form, consent_hash, status, total, good, created_by, created_at, changed_at)
      values ($1, $2, 'x', 'x', $3, 'x', 'signing', 12, 12, 'x', '2026-01-01', '2026-01-01')`,
    [g.centre, bulkId, JSON.stringify(form)],
  )
  for (let n = 0; n < 12; n++)
    await g.world.sql(
      `insert into contract.bulk_line (institution_id, bulk_id, line, name, number_masked, resident_id, team_id, doctor_id, package_ids, months, status, details)
        values ($1, $2, $3, '某', '', $4, $5, $6, $7, 12, 'good', '{}')`,
      [g.centre, bulkId, n + 2, await g.resident(), g.team, doctors[n % 2], [g.basic]],
    )
  const read = async () => (await g.get(g.boss, `/contract-bulks/${bulkId}`)).json
  const run = () => g.world.runJob('contract.sign-bulk', { id: bulkId })
  const { promise: letGo, resolve } = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const killed = g.world.world
    .asSystem(g.centre, async (ctx) => {
      await ctx.client.query({
        text: 'select 1 from contract.bulk_line where bulk_id = $1 and line in (2, 3) for update',
        values: [bulkId],
      })
      held.resolve()
      await letGo
      throw new Error('killed')
    })
    .catch(() => undefined)
  await held.promise
  await Promise.all([run(), run()])
  expect(await read()).toMatchObject({ status: 'signing', done: 10, bad: 0 })
  resolve()
  await killed
  await g.later(1)
  await g.world.runJob('contract.resume-bulks')
  expect(await read()).toMatchObject({ status: 'done', done: 12, bad: 0 })
  const [signed] = await g.world.sql<{ n: number; people: number }>(
    `select count(*)::int as n, count(distinct c.resident_id)::int as people from contract.contract c
      join contract.bulk_line l on l.resident_id = c.resident_id where l.bulk_id = $1`,
    [bulkId],
  )
  expect(signed).toEqual({ n: 12, people: 12 })
})

const stored = async (text: string) => {
  const { storeBytes } = await import('../../kernel/file.ts')
  return { hash: await storeBytes(g.world.dataDir, new TextEncoder().encode(text)) }
}
