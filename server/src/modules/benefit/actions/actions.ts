import type { benefitApi } from '@tongmai/api/benefit'
import type { Actions } from '../../../kernel/module.ts'
import { estimateActions } from './estimate.ts'
import { insuredActions } from './insured.ts'
import { ruleActions } from './rule.ts'
import { tariffActions } from './tariff.ts'

/** One function per endpoint of the contract. */
export const actions: Actions<typeof benefitApi> = {
  ...ruleActions,
  ...tariffActions,
  ...insuredActions,
  ...estimateActions,
}
