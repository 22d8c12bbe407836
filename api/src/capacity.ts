import { bedApi } from './capacity/bed.ts'
import { myPlaceApi } from './capacity/mine.ts'
import { placeApi } from './capacity/place.ts'
import { scheduleApi } from './capacity/schedule.ts'
import { waitingApi } from './capacity/waiting.ts'
import type { Api } from './kernel.ts'

/** Everything that is said on the wire about slots, beds, reservations and waiting. */
export const capacityApi = {
  ...scheduleApi,
  ...placeApi,
  ...waitingApi,
  ...bedApi,
  ...myPlaceApi,
} as const satisfies Api
