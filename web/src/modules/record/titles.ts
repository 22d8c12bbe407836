import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const recordTitles = words('record', {
  title: ['健康档案', 'Health record'],
  timeline: ['时间线', 'Time line'],
  'document.page': ['文书', 'Document'],
  fact: ['档案中的一条', 'One entry'],
  quality: ['数据质量', 'Data quality'],
  findings: ['待改数据', 'Data to mend'],
  rules: ['数据质量规则', 'Quality rules'],
})
