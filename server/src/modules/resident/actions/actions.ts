import type { residentApi } from '@tongmai/api/resident'
import type { Actions } from '../../../kernel/module.ts'
import { consentActions } from './consent.ts'
import { departureActions } from './departure.ts'
import { emergencyActions } from './emergency.ts'
import { linkActions } from './link.ts'
import { mineActions } from './mine.ts'
import { personActions } from './person.ts'
import { proxyActions } from './proxy.ts'

/** All that can be done in resident. */
export const actions: Actions<typeof residentApi> = {
  ...personActions,
  ...departureActions,
  ...mineActions,
  ...linkActions,
  ...consentActions,
  ...emergencyActions,
  ...proxyActions,
}
