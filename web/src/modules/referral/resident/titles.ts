import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const myReferralTitles = words('referral', {
  title: ['我的转诊', 'My referral'],
})
