import type { Api } from './kernel.ts'
import { adviceApi } from './referral/advice.ts'
import { referralBookApi } from './referral/book.ts'
import { greenChannelApi } from './referral/green-channel.ts'
import { referralMoveApi } from './referral/move.ts'
import { routingApi } from './referral/routing.ts'
import { referralRuleApi } from './referral/rule.ts'
import { specialtyApi } from './referral/specialty.ts'
import { referralWatchApi } from './referral/watch.ts'

/** Everything that is said on the wire about referrals: writing, reading and moving them along their flow. */
export const referralApi = {
  ...referralBookApi,
  ...referralMoveApi,
  ...adviceApi,
  ...referralRuleApi,
  ...referralWatchApi,
  ...routingApi,
  ...specialtyApi,
  ...greenChannelApi,
} as const satisfies Api
