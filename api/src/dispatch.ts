import { fleetApi } from './dispatch/fleet.ts'
import { missionApi } from './dispatch/mission.ts'
import type { Api } from './kernel.ts'

/** Transport 转运: vehicles and missions. Shapes and the flow stand in `dispatch/`: flow, fleet, mission. */
export const dispatchApi = { ...fleetApi, ...missionApi } as const satisfies Api
