import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const benefitTitles = words('benefit', {
  title: ['费用测算', 'Cost before choosing'],
  'rules.title': ['医保规则', 'Insurance rules'],
  'waivers.title': ['优待规则', 'Waivers and priorities'],
  'groups.title': ['病种常见项目', 'Usual items of diagnoses'],
  'changes.title': ['规则变更记录', 'Changes of rules'],
  'tariff.title': ['价目', 'Tariffs'],
})
