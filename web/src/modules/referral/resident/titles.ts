import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const myReferralTitles = words('referral', {
  'prepare.title': ['就诊准备', 'Getting ready'],
  tab: ['转诊', 'Referral'],
  title: ['我的转诊', 'My referral'],
})
