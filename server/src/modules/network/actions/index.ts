import type { networkApi } from '@tongmai/api/network'
import type { Actions } from '../../../kernel/module.ts'
import { agreementActions } from './agreement.ts'
import { allianceActions } from './alliance.ts'
import { governanceActions } from './governance.ts'
import { gridActions } from './grid.ts'
import { institutionActions } from './institution.ts'
import { roadActions } from './road.ts'

/** One function per endpoint of the contract. */
export const actions: Actions<typeof networkApi> = {
  ...institutionActions,
  ...allianceActions,
  ...agreementActions,
  ...gridActions,
  ...governanceActions,
  ...roadActions,
}
