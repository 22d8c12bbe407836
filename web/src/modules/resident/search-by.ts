import { isShownCode } from '@tongmai/api/resident/mine'

/** What was typed, pasted or scanned, as the index asks for it. */
export interface SearchBy {
  readonly code?: string
  readonly phone?: string
  readonly number?: string
  readonly name?: string
}

/** A mobile number, or a landline with its area code; identity numbers begin with neither. */
const telephone = /^(?:(?:\+|00)?86)?1\d{10}$|^0\d{9,11}$/

/** One box takes all: a code from a phone, a telephone, a number of a document, or a name in whatever writing. */
export function searchBy(typed: string): SearchBy {
  const text = typed.normalize('NFKC').trim()
  const bare = text.replace(/[\s-]/g, '')
  if (isShownCode(bare)) return { code: bare.toUpperCase() }
  if (telephone.test(bare)) return { phone: bare }
  if (/\p{Script=Han}/u.test(text) || !/\d/.test(text)) return { name: text }
  return { number: text }
}
