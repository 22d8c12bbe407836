import type { Api } from './kernel.ts'
import { adviceApi } from './referral/advice.ts'
import { referralBookApi } from './referral/book.ts'
import { referralMoveApi } from './referral/move.ts'

/** Everything that is said on the wire about referrals: writing, reading and moving them along their flow. */
export const referralApi = { ...referralBookApi, ...referralMoveApi, ...adviceApi } as const satisfies Api
