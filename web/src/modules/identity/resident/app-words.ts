import { words } from '../../../kernel/words.ts'
import { appWords } from '../app-words.ts'

/** What residents read of apps; it comes with these pages and is not in the first load. */
export const appResidentWords = words('identity', { ...appWords })
