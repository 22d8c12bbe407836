import { randomInt } from 'node:crypto'

/** Digits and letters that nobody takes for another: no 0 O, no 1 I. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 10

/** A code that says nothing of whose it is: fifty random bits behind a mark that no number begins with. */
export const newShownCode = (): string =>
  `TM${Array.from({ length: LENGTH }, () => letters[randomInt(letters.length)]).join('')}`

/** The code as it was made, whether scanned or typed with gaps and small letters. */
export const plainCode = (typed: string): string =>
  typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
