import type { dispatchApi } from '@tongmai/api/dispatch'
import type { Actions } from '../../../kernel/module.ts'
import { calling } from './calling.ts'
import { dispatching } from './dispatching.ts'
import { driving } from './driving.ts'
import { fleetActions } from './fleet.ts'
import { reading } from './reading.ts'

/** What can be done with vehicles and missions. */
export const actions: Actions<typeof dispatchApi> = {
  ...fleetActions,
  ...calling,
  ...dispatching,
  ...driving,
  ...reading,
}
