import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const recordResidentTitles = words('my-record', {
  tab: ['档案', 'Record'],
  title: ['我的档案', 'My record'],
  timeline: ['全部经过', 'Everything'],
  file: ['报告与文书', 'Report or document'],
})
