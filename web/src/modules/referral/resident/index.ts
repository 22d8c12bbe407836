import type { ResidentModule } from '../../../kernel/module.ts'
import { myReferralTitles } from './titles.ts'

/** A resident's own referrals: where each stands, when to go, what to bring. */
export const referralResident: ResidentModule<typeof myReferralTitles> = {
  name: 'referral',
  titles: myReferralTitles,
  words: () => import('./words.ts').then((m) => m.myReferralWords),
  pages: [
    {
      path: '/referrals',
      title: 'referral.title',
      tab: { sign: '转', order: 20, label: 'referral.tab' },
      load: () => import('./my-referrals.tsx').then((m) => m.MyReferrals),
    },
    {
      path: '/referrals/$id/prepare',
      title: 'referral.prepare.title',
      load: () => import('./prepare-page.tsx').then((m) => m.PreparePage),
    },
  ],
  cards: [{ order: 11, load: () => import('./my-referrals.tsx').then((m) => m.MyReferralCard) }],
}
