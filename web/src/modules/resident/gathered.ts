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

const isAlike = (a: Opening, b: Opening): boolean =>
  a.residentId === b.residentId &&
  a.who === b.who &&
  a.thing === b.thing &&
  a.basis === b.basis &&
  a.purpose === b.purpose &&
  a.at.getTime() - b.at.getTime() < SPAN_MS

/** Openings with the newest first, those alike in one line, also where others came between them. */
export function gathered(openings: readonly Opening[]): Gathered[] {
  const lines: Gathered[] = []
  for (const one of openings) {
    const at = lines.findLastIndex(({ last }) => isAlike(last, one))
    const line = lines[at]
    if (line) lines[at] = { ...line, last: one, all: [...line.all, one] }
    else lines.push({ first: one, last: one, all: [one] })
  }
  return lines
}
