import type { residentApi } from '@tongmai/api/resident'
import type { Actions } from '../../../kernel/module.ts'
import { departureActions } from './departure.ts'
import { linkActions } from './link.ts'
import { mineActions } from './mine.ts'
import { personActions } from './person.ts'

/** All that can be done in resident. */
export const actions: Actions<typeof residentApi> = {
  ...personActions,
  ...departureActions,
  ...mineActions,
  ...linkActions,
}
