import type { Road, roadApi } from '@tongmai/api/network/road'
import type { Ctx } from '../../../kernel/ctx.ts'
import { type Actions, prepared } from '../../../kernel/module.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { tell } from '../events.ts'
import { airKm } from '../road-map.ts'
import { type RoadTables, readRoadTables } from '../road-table.ts'
import * as institutions from '../store/institution.ts'
import * as store from '../store/road.ts'
import { requireFresh } from './require.ts'
import { roadsNow } from './roads-now.ts'
import { travelMinutes } from './travel.ts'

const SHOWN_MAX = 5000
const PROBLEMS_MAX = 100

async function lockFresh(ctx: Ctx, id: string, version: number): Promise<Road> {
  const road = await store.lock(ctx, id)
  requireFresh(road, version)
  return road
}

const tenth = (minutes: number | undefined): number | null =>
  minutes === undefined ? null : Math.round(minutes * 10) / 10

export const roadActions: Actions<typeof roadApi> = {
  async readRoads(ctx) {
    return {
      junctions: await store.listJunctions(ctx, SHOWN_MAX),
      roads: await store.list(ctx, SHOWN_MAX),
      mayChange: ctx.actor.permissions.has('network.roads'),
    }
  },

  async listReach(ctx, { params }) {
    await institutions.find(ctx, params.id)
    const { places } = await roadsNow(ctx)
    const here = places.get(params.id) ?? refuse('conflict', 'network.no-position')
    const others = (await institutions.listNames(ctx)).filter(({ id }) => id !== params.id && places.has(id))
    const minutes = await travelMinutes(
      ctx,
      params.id,
      others.map(({ id }) => id),
    )
    const reached = others.map(({ id, ...rest }) => ({
      institutionId: id,
      ...rest,
      minutes: tenth(minutes.get(id)),
      airKm: tenth(airKm(here, places.get(id) ?? here)) ?? 0,
    }))
    const far = Number.POSITIVE_INFINITY
    return reached.sort((a, b) => (a.minutes ?? far) - (b.minutes ?? far) || a.airKm - b.airKm)
  },

  importRoads: prepared<
    { body: { junctions: string; roads: string; dryRun: boolean } },
    { junctions: number; roads: number; problems: RoadTables['problems'][number][]; taken: boolean },
    RoadTables
  >(
    async ({ body }) => readRoadTables(body),
    async (ctx, { body }, tables) => {
      const counts = { junctions: tables.junctions.length, roads: tables.roads.length }
      const problems = tables.problems.slice(0, PROBLEMS_MAX)
      if (body.dryRun) return { ...counts, problems, taken: false }
      if (problems.length > 0) refuse('unprocessable', 'network.roads-wrong', { details: { problems } })
      await store.replace(ctx, tables)
      await tell(ctx, 'network.roads-imported', { thing: 'roads', data: counts })
      return { ...counts, problems, taken: true }
    },
  ),

  async closeRoad(ctx, { params, body }) {
    const road = await lockFresh(ctx, params.id, body.version)
    if (road.closedAt) refuse('conflict', 'network.road-closed-already')
    const closed = await store.change(ctx, road.id, { closedAt: ctx.now, closedReason: body.reason })
    const data = { roadId: road.id, name: road.name, reason: body.reason }
    await tell(ctx, 'network.road-closed', { thing: `road:${road.id}`, data })
    return closed
  },

  async openRoad(ctx, { params, body }) {
    const road = await lockFresh(ctx, params.id, body.version)
    if (!road.closedAt) refuse('conflict', 'network.road-open-already')
    const open = await store.change(ctx, road.id, { closedAt: null, closedReason: null })
    await tell(ctx, 'network.road-opened', {
      thing: `road:${road.id}`,
      data: { roadId: road.id, name: road.name },
    })
    return open
  },
}
