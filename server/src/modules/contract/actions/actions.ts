import type { contractApi } from '@tongmai/api/contract'
import type { Actions } from '../../../kernel/module.ts'
import { accepting } from './accepting.ts'
import { advising } from './advising.ts'
import { bedRules } from './bed-rules.ts'
import { bedding } from './bedding.ts'
import { bulkActions } from './bulk.ts'
import { delivering } from './delivering.ts'
import { printing } from './document.ts'
import { ending } from './ending.ts'
import { hotline } from './hotline.ts'
import { indicating } from './indicating.ts'
import { mine } from './mine.ts'
import { packageActions } from './package.ts'
import { panel } from './panel.ts'
import { reading } from './reading.ts'
import { registering } from './registering.ts'
import { settling } from './settling.ts'
import { signing } from './signing.ts'
import { surveying } from './surveying.ts'
import { visiting } from './visiting.ts'

/** All that can be done with contracts. */
export const actions: Actions<typeof contractApi> = {
  ...packageActions,
  ...reading,
  ...printing,
  ...signing,
  ...accepting,
  ...ending,
  ...mine,
  ...delivering,
  ...bulkActions,
  ...settling,
  ...panel,
  ...registering,
  ...indicating,
  ...advising,
  ...hotline,
  ...visiting,
  ...bedding,
  ...bedRules,
  ...surveying,
}
