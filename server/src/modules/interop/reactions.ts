import { type Reaction, when } from '../../kernel/module.ts'
import { type ReferralEvent, referralEvents } from '../referral/index.ts'
import { tellPartners } from './actions/tell-partner.ts'

/** What partners are told of, if anybody. */
const told = [
  ...(['referral.submitted', 'referral.approved', 'referral.entered', 'referral.reopened'] as const),
  ...(['referral.redirected', 'referral.departed', 'referral.expired', 'referral.slot-found'] as const),
  ...(['referral.supplement-asked', 'referral.supplemented', 'referral.arranged'] as const),
  ...(['referral.accepted', 'referral.taken-over', 'referral.rejected', 'referral.assigned'] as const),
  ...(['referral.withdrawn', 'referral.declined', 'referral.cancelled'] as const),
  ...(['referral.arrived', 'referral.admitted', 'referral.treated', 'referral.closed'] as const),
] satisfies readonly ReferralEvent[]

/** One name for all of them: what is said of a referral is said in the order in which it happened. */
export const reactions: readonly Reaction[] = told.map((name) =>
  when(referralEvents, name, { name: 'interop.tell-partners', run: tellPartners }),
)
