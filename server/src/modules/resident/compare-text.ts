import { isOneSlip, likeness } from './text-distance.ts'

/** How two texts or numbers agree; `crossed`: what stands here in the one stands in the sister field of the other. */
export const textLevels = ['same', 'crossed', 'one-slip', 'close', 'alike', 'different'] as const
export type TextLevel = (typeof textLevels)[number]

export const numberLevels = ['same', 'one-slip', 'different'] as const
export type NumberLevel = (typeof numberLevels)[number]

export const codeLevels = ['same', 'different'] as const
export type CodeLevel = (typeof codeLevels)[number]

/** Blanks and case aside; null where nothing is said. */
export const readText = (text: string | null): string | null =>
  (text ?? '').normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase() || null

export function compareTexts(a: string, b: string): TextLevel {
  if (a === b) return 'same'
  if (isOneSlip(a, b)) return 'one-slip'
  const alike = likeness(a, b)
  if (alike >= 0.9) return 'close'
  return alike >= 0.8 ? 'alike' : 'different'
}

export const compareNumbers = (a: string, b: string): NumberLevel =>
  a === b ? 'same' : isOneSlip(a, b) ? 'one-slip' : 'different'

export const compareCodes = (a: string, b: string): CodeLevel => (a === b ? 'same' : 'different')
