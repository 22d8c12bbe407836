import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const noticeTitles = words('notice', {
  title: ['待办', 'To do'],
  inbox: ['消息', 'Inbox'],
})
