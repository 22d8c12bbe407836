import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const recognitionTitles = words('recognition', {
  'order.title': ['开检查检验', 'Order tests'],
  'items.title': ['互认目录', 'Recognition catalogue'],
  'gates.title': ['质控资格', 'Quality gates'],
  'ledger.title': ['互认统计', 'Recognition ledger'],
  'decisions.title': ['互认病例', 'Decisions'],
})
