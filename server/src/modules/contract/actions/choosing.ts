import type { PanelDoctor } from '@tongmai/api/contract/book'
import type {
  CommunityChoice,
  contractMineApi,
  HospitalOnMap,
  StartingPlace,
} from '@tongmai/api/contract/mine'
import { asSystem } from '../../../kernel/as-system.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { dayOf } from '../../../kernel/day.ts'
import type { Actions } from '../../../kernel/module.ts'
import { drawnRoads, type Point, placesNow, travelMinutes, travelMinutesFrom } from '../../network/index.ts'
import { institutionOf } from '../../resident/index.ts'
import { listHospitals, namesOf } from '../store/hospital.ts'
import { list as listPackages } from '../store/package.ts'
import { panelDoctors } from './panels.ts'

const COMMUNITIES_MAX = 60

interface Placed {
  readonly name: string
  readonly longitude: number | null
  readonly latitude: number | null
  readonly minutes: number | null
}

const place = (at: Point | undefined, minutes: number | undefined) => ({
  ...{ longitude: at?.longitude ?? null, latitude: at?.latitude ?? null, minutes: minutes ?? null },
})

const nearer = (a: Placed, b: Placed): number =>
  (a.minutes ?? Number.POSITIVE_INFINITY) - (b.minutes ?? Number.POSITIVE_INFINITY) ||
  a.name.localeCompare(b.name, 'zh')

const isPlaced = <P extends Placed>(one: P): one is P & Point =>
  one.longitude !== null && one.latitude !== null

/** Where the resident is, if the phone said so; else the place of the institution where they are registered. */
async function startOf(
  ctx: Ctx,
  { longitude, latitude }: { longitude?: number | undefined; latitude?: number | undefined },
): Promise<StartingPlace | null> {
  if (longitude !== undefined && latitude !== undefined) return { name: null, longitude, latitude }
  const [self = ''] = ctx.actor.residentIds
  const home = await asSystem(ctx, (all) => institutionOf(all, self))
  const at = home === null ? undefined : (await placesNow(ctx)).get(home)
  if (!home || !at) return null
  return { name: (await namesOf(ctx, [home])).get(home) ?? null, ...at }
}

function communityOf(id: string, doctors: readonly PanelDoctor[]) {
  const free = doctors.reduce((sum, one) => sum + Math.max(0, one.limit - one.held), 0)
  return { id, name: doctors[0]?.community ?? '', doctors: doctors.length, free }
}

/** Who may be chosen, and where they are: no map from outside is needed, places and roads are ours. */
export const choosing: Pick<Actions<typeof contractMineApi>, 'listMyCommunities' | 'listMyChoices'> = {
  async listMyCommunities(ctx, { query }) {
    const all = Map.groupBy(await panelDoctors(ctx, null), (one) => one.communityId)
    const from = await startOf(ctx, query)
    const places = await placesNow(ctx)
    const minutes = from ? await travelMinutesFrom(ctx, from, [...all.keys()]) : new Map<string, number>()
    const communities = [...all]
      .map(
        ([id, doctors]): CommunityChoice => ({
          ...communityOf(id, doctors),
          ...place(places.get(id), minutes.get(id)),
        }),
      )
      .filter(({ name }) => name.includes(query.q ?? ''))
      .toSorted(nearer)
      .slice(0, COMMUNITIES_MAX)
    const around = [...communities.filter(isPlaced), ...(from ? [from] : [])]
    return { from, communities, roads: await drawnRoads(ctx, around) }
  },

  async listMyChoices(ctx, { query: { communityId } }) {
    const on = dayOf(ctx.now)
    const packages = await listPackages(ctx, { institutionId: communityId, on, offset: 0, limit: 100 })
    const known = await listHospitals(ctx, communityId)
    const places = await placesNow(ctx)
    const minutes = await travelMinutes(
      ctx,
      communityId,
      known.map(({ id }) => id),
    )
    const hospitals = known
      .map((one): HospitalOnMap => ({ ...one, ...place(places.get(one.id), minutes.get(one.id)) }))
      .toSorted(nearer)
    const at = places.get(communityId)
    const name = (await namesOf(ctx, [communityId])).get(communityId) ?? null
    return {
      ...{ doctors: await panelDoctors(ctx, communityId), hospitals, packages: packages.items },
      from: at ? { name, ...at } : null,
      roads: await drawnRoads(ctx, [...hospitals.filter(isPlaced), ...(at ? [at] : [])]),
    }
  },
}
