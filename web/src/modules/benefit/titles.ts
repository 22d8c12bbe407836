import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const benefitTitles = words('benefit', {
  title: ['费用测算', 'Cost before choosing'],
  'rules.title': ['医保规则', 'Insurance rules'],
  'tariff.title': ['价目', 'Tariffs'],
})
