import { readChineseId } from '@tongmai/api/resident/chinese-id'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Region, region } from '../../../test/world.ts'
import { demoId } from '../../kernel/demo.ts'
import { network } from '../network/index.ts'
import { DEMO_PASSWORD, demoStaff, hindranceTo, workforce } from '../workforce/index.ts'
import { demoResidents, grantsWithoutSource, resident } from './index.ts'

let world: Region

beforeAll(async () => {
  world = await region()
  await network.demo?.(world.world)
  await workforce.demo?.(world.world)
  await resident.demo?.(world.world)
}, 120_000)
afterAll(() => world.close())

const signIn = async (username: string) => {
  const payload = { username, password: DEMO_PASSWORD }
  const answer = await world.app.inject({ method: 'POST', url: '/api/session', payload })
  expect(answer.statusCode, answer.body).toBe(200)
  return { cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '' }
}

test('everybody on its staff signs in with the printed name and password, and works at their institution', async () => {
  const headers = await signIn('gp01')
  const session = await world.app.inject({ method: 'GET', url: '/api/session', headers })
  expect(session.json(), session.body).toMatchObject({
    name: '王海棠',
    institution: { shortName: '鼓楼社区' },
  })
  const accounts = await world.sql('select 1 from identity.account')
  expect(accounts).toHaveLength(demoStaff.length)
  expect(new Set(demoStaff.map((one) => one.name)).size).toBe(demoStaff.length)
})

test('one of its licences ended yesterday, and two end within thirty days', async () => {
  const lead = demoId('network', 'LEAD')
  const asked = {
    practitionerId: demoId('workforce', 'cardio03'),
    act: 'treat',
    institutionId: lead,
  } as const
  expect(await world.system((ctx) => hindranceTo(ctx, asked))).toMatchObject({ code: 'licence-expired' })
  const fine = { ...asked, practitionerId: demoId('workforce', 'cardio01') }
  expect(await world.system((ctx) => hindranceTo(ctx, fine))).toBeUndefined()
  const rows = await world.sql(
    `select 1 from workforce.licence where until between current_date - 2 and current_date + 30`,
  )
  expect(rows).toHaveLength(3)
})

test('its 3 000 residents have valid numbers of divisions that do not exist', async () => {
  const all = demoResidents()
  expect(all).toHaveLength(3000)
  expect(new Set(all.map((one) => one.number)).size).toBe(3000)
  for (const { number, birthDate, sex } of all) {
    expect(readChineseId(number, '2026-11-22')).toMatchObject({ ok: true, birthDate, sex })
    expect(number.slice(0, 2)).toBe('99')
  }
  const [stored] = await world.sql<{ n: number }>(
    `select count(*)::int n from kernel.resource where type = 'Patient'`,
  )
  // And four whom the hospital wrote down a second time.
  expect(stored?.n).toBe(3004)
})

test('whom the hospital wrote down twice is linked where it is sure, and left to people where it is not', async () => {
  const states = await world.sql('select state, held from resident.link order by state, held')
  const proposed = { state: 'proposed', held: null }
  expect(states).toEqual([
    { state: 'linked', held: null },
    { state: 'proposed', held: 'other-name' },
    proposed,
    proposed,
  ])
  const waiting = await world.sql(
    `select kind from kernel."case" where closed_at is null and starts_with(kind, 'resident.') order by kind`,
  )
  expect(waiting.map(({ kind }) => kind)).toEqual([
    'resident.emergency',
    ...['resident.link', 'resident.link', 'resident.link'],
    ...['resident.objection', 'resident.proxy'],
  ])
})

test('its GP opens the residents of the centre and nobody else', async () => {
  const headers = await signIn('gp01')
  const open = (id: string) => world.app.inject({ method: 'GET', url: `/api/residents/${id}`, headers })
  expect((await open(demoId('resident', 0))).json()).toMatchObject({ name: '张建国', basis: 'treatment' })
  const elsewhere = demoResidents().find((one) => one.institution === 'CHC02')
  expect((await open(elsewhere?.id ?? '')).statusCode).toBe(404)
})

test('no grant of it is without a source', async () => {
  const dead = await world.system(async (ctx) => {
    const found = []
    for await (const grant of grantsWithoutSource(ctx)) found.push(grant)
    return found
  })
  expect(dead).toEqual([])
})
