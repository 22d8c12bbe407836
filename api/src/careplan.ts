import { alertRuleApi } from './careplan/alert-rule.ts'
import { chainApi } from './careplan/chain.ts'
import { deviceApi } from './careplan/device.ts'
import { followUpApi } from './careplan/follow-up.ts'
import { followingPathwayApi } from './careplan/following-pathway.ts'
import { careplanMineApi } from './careplan/mine.ts'
import { pathwayApi } from './careplan/pathway.ts'
import { photoApi } from './careplan/photo.ts'
import { programmeApi } from './careplan/programme.ts'
import { readingApi } from './careplan/reading.ts'
import { stripApi } from './careplan/strip.ts'
import type { Api } from './kernel.ts'

/** Everything that is said on the wire about care plans, follow-up and what residents measure. */
export const careplanApi = {
  ...programmeApi,
  ...followUpApi,
  ...careplanMineApi,
  ...pathwayApi,
  ...followingPathwayApi,
  ...chainApi,
  ...readingApi,
  ...alertRuleApi,
  ...deviceApi,
  ...stripApi,
  ...photoApi,
} as const satisfies Api
