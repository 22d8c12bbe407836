import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const myMedicineTitles = words('pharmacy', {
  title: ['我在用的药', 'My medicines'],
})
