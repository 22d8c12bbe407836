import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContractRegion, contractRegion } from '../../../test/given-contract.ts'
import { demoResidents, register } from '../resident/index.ts'
import { readDay } from './register-line.ts'

let g: ContractRegion
const people = demoResidents().slice(100, 107)
const ids: string[] = []

beforeAll(async () => {
  g = await contractRegion()
  for (const [i, one] of people.entries()) {
    if (i === 6) continue
    const { id } = await g.world.world.asSystem(i === 5 ? g.third : g.centre, (ctx) =>
      register(ctx, {
        ...{ name: one.name, sex: one.sex, birthDate: one.birthDate, phone: one.phone, divisionCode: null },
        ...{
          address: `${one.id.slice(0, 6)}街`,
          documents: [{ kind: '01', number: one.number, country: null }],
        },
      }),
    )
    ids.push(id)
  }
})
afterAll(() => g.world.close())

const line = (i: number, ...more: string[]) => [people[i]?.name, people[i]?.number, ...more].join(',')
const csvOf = (...lines: string[]) => ['\ufeff姓名,身份证号,纳入日期,退出日期', ...lines].join('\r\n')
const take = (csv: string, more: object = {}) =>
  g.post(g.boss, '/contract-registers', {
    ...{ group: 'disabled', source: '市残联持证名册（2026 年 10 月）', csv, dryRun: false },
    ...more,
  })

test('a day is read as people write it, and one that is none is not', () => {
  expect(['2026-1-2', '2026/01/02', '20260102', '2026年1月2日'].map(readDay)).toEqual(
    Array.from({ length: 4 }, () => '2026-01-02'),
  )
  expect(readDay('46024')).toBe('2026-01-02')
  expect([readDay(''), readDay('2026-02-30'), readDay('去年')]).toEqual([null, undefined, undefined])
})

test('a register is checked first, each bad line named; taken twice it adds nothing twice', async () => {
  const wrongDigit = (number = '') => number.slice(0, 17) + (number[17] === '1' ? '2' : '1')
  const csv = csvOf(
    ...[line(0, '2024-05-06'), line(1), line(0), `某某,${people[2]?.number}`, line(5), line(6)],
    ...[`${people[3]?.name},${wrongDigit(people[3]?.number)}`, line(3, '2025-13-01')],
    ...[line(4, '2025-06-01', '2025-01-01'), `,${people[4]?.number}`],
  )
  const dry = (await take(csv, { dryRun: true })).json
  expect(dry).toMatchObject({ lines: 10, added: 2, changed: 0, unchanged: 0, ended: 0, bad: 8 })
  expect(dry.problems.map((one: { line: number; problem: string }) => `${one.line} ${one.problem}`)).toEqual([
    ...['4 duplicate', '5 nameDiffers', '6 notRegisteredHere', '7 unknownResident', '8 idCheck'],
    ...['9 dayWrong', '10 endsBeforeBegin', '11 nameMissing'],
  ])
  expect((await g.get(g.boss, '/contract-registers')).json).toEqual([])
  expect((await take(csv)).json).toMatchObject({ added: 2 })
  expect((await take(csv)).json).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
  expect((await take('单位,人数\n甲,3')).json.code).toBe('contract.register-columns')
})

test('who is on a register is of its group: in the panel and in the indicators, at that community only', async () => {
  await g.signed(ids[0] ?? '')
  const panel = (await g.get(g.boss, '/contract-residents?group=disabled')).json
  expect(panel.items.map((one: { resident: { id: string } }) => one.resident.id)).toEqual([ids[0]])
  expect(panel.groups).toContainEqual({
    ...{ group: 'disabled', count: 1, source: '市残联持证名册（2026 年 10 月）' },
  })
  const year = 'from=2026-01-01&to=2026-12-31'
  const counted = (await g.get(g.boss, `/contract-indicators/keyGroup/people?${year}&limit=200`)).json
  expect(counted.items.filter((one: { detail: string }) => one.detail.includes('disabled'))).toHaveLength(2)
  const list = '/contract-registers/people?group=disabled'
  expect((await g.get(g.boss, list)).json.total).toBe(2)
  expect((await g.get(g.elsewhere, list)).json.total).toBe(0)
})

test('where the file is the whole register, who is not in it leaves it; whom a faulty line names stays', async () => {
  expect((await take(csvOf(line(2), `改名,${people[0]?.number}`), { whole: true })).json).toMatchObject({
    ...{ added: 1, ended: 1, bad: 1 },
  })
  const { items } = (await g.get(g.boss, '/contract-registers/people?group=disabled')).json
  expect(items.map((one: { resident: { id: string } }) => one.resident.id).toSorted()).toEqual(
    [ids[0], ids[2]].toSorted(),
  )
  const registers = (await g.get(g.boss, '/contract-registers')).json
  expect(registers).toMatchObject([{ group: 'disabled', people: 2 }])
})

test('an .xlsx with days as spreadsheets keep them is read like a CSV; what is no spreadsheet is said to be none', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('名册')
  sheet.addRow(['姓名', '身份证号', '纳入日期', '退出日期'])
  sheet.addRow([people[2]?.name, people[2]?.number, new Date('2025-03-04'), '2035年1月2日'])
  sheet.addRow([people[3]?.name, people[3]?.number, '去年'])
  const hash = await g.upload(g.boss, Buffer.from(await book.xlsx.writeBuffer()))
  const body = { group: 'poverty', source: '民政名册', dryRun: false }
  const sent = (more: object) => g.post(g.boss, '/contract-registers', { ...body, ...more })
  expect((await sent({ hash })).json).toMatchObject({
    ...{ lines: 2, added: 1, bad: 1 },
    problems: [{ line: 3, problem: 'dayWrong', details: { value: '去年' } }],
  })
  const { items } = (await g.get(g.boss, '/contract-registers/people?group=poverty')).json
  expect(items).toMatchObject([{ since: '2025-03-04', until: '2035-01-02' }])
  const broken = await g.upload(g.boss, Buffer.from('504b0304deadbeef', 'hex'))
  expect((await sent({ hash: broken })).json.code).toBe('contract.register-unreadable')
  expect((await sent({})).json.code).toBe('contract.register-one-table')
  expect((await sent({ hash, csv: 'x' })).status).toBe(400)
})
