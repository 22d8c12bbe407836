import { isCreditCode } from '@tongmai/api/network/credit-code'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import { asking } from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { demoId } from '../../kernel/demo.ts'
import { agreementAllows, network, sharesRecords } from './index.ts'

let world: Region
let { get } = {} as ReturnType<typeof asking>
const id = (key: string) => demoId('network', key)
let office: Awaited<ReturnType<typeof givenStaff>>

beforeAll(async () => {
  world = await region()
  ;({ get } = asking(world))
  await network.demo?.(world.world)
  office = await givenStaff(world, id('LEAD'), ['alliance-office'])
})
afterAll(() => world.close())

test('the demonstration region has four alliances, and every institution a valid credit code of no real province', async () => {
  const { body } = await get(office, '/institutions?limit=200')
  expect(body.total).toBeGreaterThan(30)
  for (const { creditCode } of body.items as { creditCode: string }[]) {
    expect(isCreditCode(creditCode)).toBe(true)
    expect(creditCode.slice(2, 4)).toMatch(/^9[89]$/)
  }
  expect(
    (await get(office, '/alliances')).body.items.map((a: { form: string }) => a.form).toSorted(),
  ).toEqual(['cityAlliance', 'countyCommunity', 'specialtyAlliance', 'teleNetwork'])
})

test('its grids leave exactly one gap and no overlap', async () => {
  const { body } = await get(office, '/grid-layout')
  expect([body.gaps, body.overlaps]).toEqual([['990104005'], []])
  expect((await get(office, '/map')).body.features).toHaveLength(26)
})

test('it has agreements in every state, and the community centres share records with the lead', async () => {
  const { body } = await get(office, '/agreements?limit=50')
  const states = new Set((body.items as { status: string }[]).map((item) => item.status))
  expect([...states].toSorted()).toEqual([
    'draft',
    'ended',
    'exited',
    'inForce',
    'renewed',
    'signed',
    'signing',
    'withdrawn',
  ])
  await world.system(async (ctx) => {
    for (const code of ['CHC01', 'CHC10', 'GERI', 'QPH']) {
      expect(await sharesRecords(ctx, id(code), id('LEAD')), code).toBe(true)
    }
    expect(await sharesRecords(ctx, id('TS01'), id('QPH'))).toBe(true)
    expect(await agreementAllows(ctx, id('NURS'), id('LEAD'), 'referral')).toBe(true)
    expect(await sharesRecords(ctx, id('NURS'), id('LEAD'))).toBe(false)
    expect(await sharesRecords(ctx, id('CHC01'), id('SPA1'))).toBe(false)
  })
})

test('what waits stands on a work-list: a signature at the lead, duties at members', async () => {
  const cases = await world.sql(
    'select institution_id, kind from kernel."case" where closed_at is null order by kind',
  )
  expect(cases.filter((row) => row.kind === 'network.agreement').map((row) => row.institution_id)).toEqual([
    id('LEAD'),
  ])
  expect(cases.filter((row) => row.kind === 'network.duty').length).toBeGreaterThan(2)
})
