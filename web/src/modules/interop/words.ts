import { words } from '../../kernel/words.ts'
import { exportWords } from './export-words.ts'

/** What people read of the wire. */
export const interopWords = words('interop', { ...exportWords })
