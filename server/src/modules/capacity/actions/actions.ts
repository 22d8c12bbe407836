import type { capacityApi } from '@tongmai/api/capacity'
import type { Actions } from '../../../kernel/module.ts'
import { bedding } from './bedding.ts'
import { mine } from './mine.ts'
import { placing } from './placing.ts'
import { scheduling } from './scheduling.ts'
import { waitingActions } from './waiting.ts'

/** What can be done with slots, beds, reservations and waiting lists. */
export const actions: Actions<typeof capacityApi> = {
  ...scheduling,
  ...placing,
  ...waitingActions,
  ...bedding,
  ...mine,
}
