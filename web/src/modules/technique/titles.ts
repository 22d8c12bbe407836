import { words } from '../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const techniqueTitles = words('technique', {
  title: ['技术目录', 'Techniques'],
})
