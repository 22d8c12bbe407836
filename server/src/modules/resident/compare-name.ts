import type { NameForm } from './name-sound.ts'
import { isOneSlip, likeness } from './text-distance.ts'

/**
 * How two names agree, from all to nothing: the same · the same in another script (traditional) · in another order ·
 * sounding the same · sounding nearly the same (of Latin letters: almost the same) · one a part of the other · one
 * character or word other · only the family name the same · different.
 */
export const nameLevels = [
  'same',
  'script',
  'reversed',
  'homophone',
  'near',
  'shortened',
  'one-other',
  'family',
  'different',
] as const
export type NameLevel = (typeof nameLevels)[number]

const equal = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, i) => part === b[i])

const sorted = (parts: readonly string[]): string => parts.toSorted().join(' ')

/** Whether the shorter list is the longer one with one part left out. */
function isShortened(a: readonly string[], b: readonly string[]): boolean {
  const [long, short] = a.length > b.length ? [a, b] : [b, a]
  if (long.length !== short.length + 1 || short.length < 1) return false
  return long.some((_, i) => equal(long.toSpliced(i, 1), short))
}

/** The level of two names; those of two scripts cannot be compared and count as different. */
export function compareNames(a: NameForm, b: NameForm): NameLevel {
  if (a.said === b.said) return 'same'
  if (a.isHan !== b.isHan) return 'different'
  if (equal(a.parts, b.parts)) return 'script'
  if (sorted(a.parts) === sorted(b.parts)) return 'reversed'
  return a.isHan ? compareHan(a, b) : compareWords(a, b)
}

function compareHan(a: NameForm, b: NameForm): NameLevel {
  if (equal(a.sounds, b.sounds)) return 'homophone'
  if (equal(a.nears, b.nears)) return 'near'
  if (a.parts.length > 1 && isShortened(a.parts, b.parts)) return 'shortened'
  const same = a.parts.filter((part, i) => part === b.parts[i]).length
  const family = a.parts[0] === b.parts[0]
  if (family && a.parts.length === b.parts.length && a.parts.length > 2 && same === a.parts.length - 1)
    return 'one-other'
  return family ? 'family' : 'different'
}

function compareWords(a: NameForm, b: NameForm): NameLevel {
  if (equal(a.sounds, b.sounds) && likeness(a.said, b.said) > 0.85) return 'homophone'
  if (isOneSlip(a.said, b.said) || likeness(a.said, b.said) >= 0.94) return 'near'
  if (isShortened(a.parts, b.parts)) return 'shortened'
  const common = a.parts.filter((part) => b.parts.includes(part)).length
  if (common > 0) return a.parts.at(-1) === b.parts.at(-1) ? 'family' : 'one-other'
  return 'different'
}
