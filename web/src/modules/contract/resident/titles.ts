import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const myContractTitles = words('contract', {
  title: ['我的家庭医生', 'My family doctor'],
  tab: ['家医', 'Doctor'],
  'survey.title': ['请您评价', 'How was it?'],
  'ask.title': ['问医生', 'Ask the doctor'],
  renew: ['续约', 'Renew'],
  'apply.title': ['选家庭医生', 'Choose a doctor'],
})
