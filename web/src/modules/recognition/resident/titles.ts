import { words } from '../../../kernel/words.ts'

/** The titles of this module's pages: the only words of it in the first load. */
export const myTestTitles = words('recognition', {
  title: ['少做的检查', 'Tests not done twice'],
})
