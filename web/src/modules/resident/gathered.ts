import type { Opening } from '@tongmai/api/resident/mine'

/** One line for what one person opened of one kind on one basis at one go, never ten minutes between: a page opens much. */
export interface Gathered {
  /** The newest. */
  readonly first: Opening
  /** The oldest: it stays what it is while newer ones come. */
  readonly last: Opening
  /** Each of them, the newest first: each can be objected to. */
  readonly all: readonly Opening[]
}

const SPAN_MS = 600_000

const kinds = [
  'record',
  'summary',
  'card',
  'identifier',
  'phone',
  'address',
  'consent',
  'referral',
  'search',
] as const

/** What was opened, in a word that has a text; clinical data of whatever type are one thing to a reader. */
export function kindOf(thing: string): (typeof kinds)[number] | 'other' {
  const [kind = ''] = thing.split(/[:/?]/)
  return kind === 'Patient' ? 'card' : (kinds.find((one) => one === kind) ?? 'other')
}

const isSameThing = (a: string, b: string): boolean =>
  a === b || (kindOf(a) === 'other' && kindOf(b) === 'other')

const isAlike = (a: Opening, b: Opening): boolean =>
  a.residentId === b.residentId &&
  a.who === b.who &&
  isSameThing(a.thing, b.thing) &&
  a.basis === b.basis &&
  a.purpose === b.purpose &&
  a.at.getTime() - b.at.getTime() < SPAN_MS

/** One opening as a line of its own. */
export const alone = (one: Opening): Gathered => ({ first: one, last: one, all: [one] })

/** Openings with the newest first, those alike in one line, also where others came between them. */
export function gathered(openings: readonly Opening[]): Gathered[] {
  const lines: Gathered[] = []
  for (const one of openings) {
    const at = lines.findLastIndex(({ last }) => isAlike(last, one))
    const line = lines[at]
    if (line) lines[at] = { ...line, last: one, all: [...line.all, one] }
    else lines.push(alone(one))
  }
  return lines
}
