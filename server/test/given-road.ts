import { network } from '../src/modules/network/index.ts'
import * as roads from '../src/modules/network/store/road.ts'
import type { Region } from './world.ts'

type Place = readonly [longitude: number, latitude: number]

/** One road between two places and nothing else, with its minutes. */
export async function givenRoad(world: Region, from: Place, to: Place, minutes: number): Promise<void> {
  const junction = (code: string, [longitude, latitude]: Place) => ({ code, name: code, longitude, latitude })
  await world.system((ctx) =>
    roads.replace(ctx, {
      junctions: [junction('a', from), junction('b', to)],
      roads: [{ fromCode: 'a', toCode: 'b', name: '大桥', minutes, oneWay: false }],
    }),
  )
  network.heard?.({ name: 'network.roads-imported', thing: 'roads' })
}
