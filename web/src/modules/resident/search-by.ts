import { isShownCode } from '@tongmai/api/resident/mine'

/** What was typed, pasted or scanned, as the index asks for it. */
export interface SearchBy {
  readonly code?: string
  readonly phone?: string
  readonly number?: string
  readonly name?: string
  readonly birthDate?: string
}

/** A mobile number, or a landline with its area code; identity numbers begin with neither. */
const telephone = /^(?:(?:\+|00)?86)?1\d{10}$|^0\d{9,11}$/

/** A name and behind it a birth date: `张建国 1958-04-12`, `zjg 19580412`, `张建国 1958年4月12日`. */
const dated = /^([^\d]+?)[\s,，]+(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/u

/**
 * One box takes all: a code from a phone, a telephone, a number of a document, or a name in whatever writing, with the
 * birth date behind it.
 */
export function searchBy(typed: string): SearchBy {
  const text = typed.normalize('NFKC').trim()
  const bare = text.replace(/[\s-]/g, '')
  if (isShownCode(bare)) return { code: bare.toUpperCase() }
  if (telephone.test(bare)) return { phone: bare }
  const [, name, year, month, day, mm = month, dd = day] = dated.exec(text) ?? []
  if (name && mm && dd) return { name, birthDate: `${year}-${mm.padStart(2, '0')}-${dd.padStart(2, '0')}` }
  if (/\p{Script=Han}/u.test(text) || !/\d/.test(text)) return { name: text }
  return { number: text }
}
