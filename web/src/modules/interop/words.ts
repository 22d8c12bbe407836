import { words } from '../../kernel/words.ts'
import { exportWords } from './export-words.ts'
import { messageWords } from './message-words.ts'
import { subscriptionWords } from './subscription-words.ts'
import { interopTitles } from './titles.ts'

/** What people read of the wire. */
export const interopWords = words('interop', {
  ...interopTitles.table,
  ...exportWords,
  ...messageWords,
  ...subscriptionWords,
})
