import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenStaff } from '../../../test/given-identity.ts'
import { asking } from '../../../test/given-network.ts'
import { type Region, region } from '../../../test/world.ts'
import { demoId } from '../../kernel/demo.ts'
import {
  bindRoutingService,
  network,
  routingServiceAt,
  travelMinutes,
  travelMinutesFrom,
  travelMinutesTo,
} from './index.ts'
import { readRoadTables } from './road-table.ts'

let world: Region
let { get, post } = {} as ReturnType<typeof asking>
let dispatcher: Awaited<ReturnType<typeof givenStaff>>
let gp: Awaited<ReturnType<typeof givenStaff>>
const id = (code: string) => demoId('network', code)

beforeAll(async () => {
  world = await region()
  ;({ get, post } = asking(world))
  await network.demo?.(world.world)
  dispatcher = await givenStaff(world, id('LEAD'), ['dispatcher'])
  gp = await givenStaff(world, id('CHC10'), ['gp'])
})
afterAll(() => world.close())

/** Every process hears what has happened and forgets what it remembers. */
const hear = (name: string) => network.heard?.({ name, thing: 'roads' })

interface Reach {
  institutionId: string
  name: string
  minutes: number | null
  airKm: number
}
const reachOf = async (code: string): Promise<Reach[]> =>
  (await get(gp, `/institutions/${id(code)}/reach`)).body
const hospitals = ['LEAD', 'GERI', 'REHA', 'QPH'].map(id)

describe('how far it is', () => {
  test('from 梅坞 the branch hospital is nearest by air and the lead hospital nearest by road: a ridge lies between', async () => {
    const reach = (await reachOf('CHC10')).filter((one) => hospitals.includes(one.institutionId))
    expect(reach[0]?.institutionId).toBe(id('LEAD'))
    expect(reach.toSorted((a, b) => a.airKm - b.airKm)[0]?.institutionId).toBe(id('GERI'))
  })

  test('the other way takes as long, the way to oneself no time, and what has no road is left out', async () => {
    await world.system(async (ctx) => {
      const there = await travelMinutes(ctx, id('CHC10'), [...hospitals, id('CHC10'), demoId('network', 'x')])
      expect(there.get(id('CHC10'))).toBe(0)
      expect([...there.keys()].toSorted()).toEqual([...hospitals, id('CHC10')].toSorted())
      const back = await travelMinutes(ctx, id('LEAD'), [id('CHC10')])
      expect(back.get(id('CHC10'))).toBeCloseTo(there.get(id('LEAD')) ?? -1, 6)
      const sea = { longitude: 130, latitude: 30 }
      expect((await travelMinutesFrom(ctx, sea, hospitals)).size).toBe(0)
      const fleet = new Map([
        ['at sea', sea],
        ['in town', { longitude: 124.6, latitude: 30.3 }],
      ])
      const minutes = await travelMinutesTo(ctx, fleet, { longitude: 124.5, latitude: 30.3 })
      expect([...minutes.keys()]).toEqual(['in town'])
    })
  })
})

describe('a closed road', () => {
  test('is driven around until it is opened, and only who keeps the roads closes it', async () => {
    const { body } = await get(dispatcher, '/roads')
    expect(body.mayChange).toBe(true)
    const tunnel = body.roads.find((road: { name: string }) => road.name === '青屏山隧道')
    const toCounty = async () => (await reachOf('LEAD')).find((one) => one.institutionId === id('QPH'))
    const before = (await toCounty())?.minutes ?? 0
    const closing = { reason: '山体滑坡', version: tunnel.version }
    expect((await post(gp, `/roads/${tunnel.id}/close`, closing)).status).toBe(403)
    const closed = await post(dispatcher, `/roads/${tunnel.id}/close`, closing)
    expect([closed.body.closedReason, closed.body.version]).toEqual(['山体滑坡', tunnel.version + 1])
    expect((await post(dispatcher, `/roads/${tunnel.id}/close`, closing)).code).toBe('network.stale')
    hear('network.road-closed')
    expect((await toCounty())?.minutes).toBeGreaterThan(before + 10)
    const again = { version: closed.body.version }
    expect((await post(dispatcher, `/roads/${tunnel.id}/open`, again)).status).toBe(200)
    hear('network.road-opened')
    expect((await toCounty())?.minutes).toBe(before)
  })
})

describe('a routing service', () => {
  test('goes before the road network where one is configured', async () => {
    const asked: string[] = []
    const service = createServer((request, reply) => {
      asked.push(request.url ?? '')
      const count = (request.url ?? '').split(';').length
      const row = Array.from({ length: count }, (_, i) => (i === 1 ? null : i * 60))
      reply.end(JSON.stringify({ code: 'Ok', durations: [row] }))
    })
    await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening))
    bindRoutingService(routingServiceAt(`http://127.0.0.1:${(service.address() as AddressInfo).port}`))
    const byRoad = await world.system((ctx) => travelMinutes(ctx, id('LEAD'), hospitals))
    await world.runJob('network.measure-travel-times')
    hear('network.travel-times-asked')
    const measured = await world.system((ctx) => travelMinutes(ctx, id('LEAD'), hospitals))
    expect(asked[0]).toMatch(/^\/table\/v1\/driving\/124\.\d+,30\.\d+;.+\?sources=0$/)
    expect([...measured.values()].some((minutes) => !Number.isInteger(minutes))).toBe(false)
    expect(measured).not.toEqual(byRoad)
    bindRoutingService(undefined)
    await world.sql('delete from network.travel_time')
    hear('network.travel-times-asked')
    service.close()
  })
})

describe('an import', () => {
  const junctions = 'code,name,longitude,latitude\r\na,甲路口,124.5,30.3\r\nb,"乙, 路口",124.6,30.3\r\n'

  test('says line by line what is wrong and takes nothing', async () => {
    const roads =
      'from,to,name,minutes,oneway\na,b,一路,x,\na,c,二路,5,\na,a,三路,5,\na,b,四路,5,2\n,,,\n短\n'
    const dry = await post(dispatcher, '/roads/import', {
      junctions: `${junctions}a,x,1,1\n,x,1,1\nd,x,999,1\n`,
      roads,
      dryRun: true,
    })
    expect(dry.body.problems.map((p: { line: number; problem: string }) => `${p.line} ${p.problem}`)).toEqual(
      ['4 twice', '5 code', '6 position', '2 minutes', '3 unknown', '4 loop', '5 direction', '7 columns'],
    )
    const refused = await post(dispatcher, '/roads/import', { junctions, roads })
    expect([refused.status, refused.code]).toEqual([422, 'network.roads-wrong'])
    expect((await get(dispatcher, '/roads')).body.roads.length).toBeGreaterThan(40)
  })

  test('replaces the network; a road that was closed stays closed', async () => {
    const roads = 'from,to,name,minutes,oneway\na,b,一路,7.5,1\n'
    expect(readRoadTables({ junctions, roads }).junctions[1]?.name).toBe('乙, 路口')
    const taken = await post(dispatcher, '/roads/import', { junctions, roads })
    expect(taken.body).toMatchObject({ junctions: 2, roads: 1, taken: true })
    const [road] = (await get(dispatcher, '/roads')).body.roads
    await post(dispatcher, `/roads/${road.id}/close`, { reason: '修路', version: road.version })
    await post(dispatcher, '/roads/import', { junctions, roads: roads.replace('7.5', '9') })
    const [kept] = (await get(dispatcher, '/roads')).body.roads
    expect([kept.id, kept.minutes, kept.closedReason]).toEqual([road.id, 9, '修路'])
  })
})
