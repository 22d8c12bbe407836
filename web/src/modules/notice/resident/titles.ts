import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const myNoticeTitles = words('notice', {
  'mine.title': ['消息', 'Messages'],
})
