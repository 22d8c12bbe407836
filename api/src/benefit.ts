import { estimateApi } from './benefit/estimate.ts'
import { insuredApi } from './benefit/insured.ts'
import { ruleApi } from './benefit/rule.ts'
import { tariffApi } from './benefit/tariff.ts'
import type { Api } from './kernel.ts'

/**
 * What care costs and who pays, before it is chosen. Shapes stand in `benefit/`: rule, tariff, insured, estimate.
 */
export const benefitApi = {
  ...ruleApi,
  ...tariffApi,
  ...insuredApi,
  ...estimateApi,
} as const satisfies Api
