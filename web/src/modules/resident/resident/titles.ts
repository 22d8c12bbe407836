import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const residentOwnTitles = words('resident', {
  'card.title': ['我的信息', 'About me'],
  'consent.title': ['我的授权', 'What I agreed to'],
  'family.title': ['家人代办', 'My family'],
  'access.title': ['谁看过我的档案', 'Who looked at my record'],
  'access.short': ['谁看过', 'Who looked'],
})
