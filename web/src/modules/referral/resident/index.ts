import type { ResidentModule } from '../../../kernel/module.ts'
import { myReferralWords } from './words.ts'

/** A resident's own referrals: where each stands, when to go, what to bring. */
export const referralResident: ResidentModule = {
  name: 'referral',
  words: myReferralWords,
  pages: [
    {
      path: '/referrals',
      title: 'referral.title',
      tab: { sign: '转', order: 20 },
      load: () => import('./my-referrals.tsx').then((m) => m.MyReferrals),
    },
  ],
  cards: [{ order: 20, load: () => import('./my-referrals.tsx').then((m) => m.MyReferralCard) }],
}
