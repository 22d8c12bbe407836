import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const pharmacyTitles = words('pharmacy', {
  title: ['用药目录', 'Formulary'],
  'gap.title': ['目录缺口', 'Formulary gap'],
  'shortage.title': ['缺药登记', 'Shortages'],
})
