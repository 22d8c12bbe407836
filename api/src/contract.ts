import { adviceApi } from './contract/advice.ts'
import { bedApi } from './contract/bed.ts'
import { bedRuleApi } from './contract/bed-rule.ts'
import { contractBookApi } from './contract/book.ts'
import { bulkApi } from './contract/bulk.ts'
import { fulfilmentApi } from './contract/fulfilment.ts'
import { hotlineApi } from './contract/hotline.ts'
import { indicatorApi } from './contract/indicator.ts'
import { contractMineApi } from './contract/mine.ts'
import { packageApi } from './contract/package.ts'
import { panelApi } from './contract/panel.ts'
import { registerApi } from './contract/register.ts'
import { settlementApi } from './contract/settlement.ts'
import { surveyApi } from './contract/survey.ts'
import { visitApi } from './contract/visit.ts'
import type { Api } from './kernel.ts'

/** Everything that is said on the wire about family-doctor contracts. */
export const contractApi = {
  ...packageApi,
  ...contractBookApi,
  ...contractMineApi,
  ...fulfilmentApi,
  ...bulkApi,
  ...settlementApi,
  ...panelApi,
  ...registerApi,
  ...indicatorApi,
  ...adviceApi,
  ...hotlineApi,
  ...visitApi,
  ...bedApi,
  ...bedRuleApi,
  ...surveyApi,
} as const satisfies Api
