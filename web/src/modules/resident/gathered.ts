import type { Opening } from '@tongmai/api/resident/mine'

/** One line for what one person opened of one kind on one basis within ten minutes: a page opens many things at once. */
export interface Gathered {
  readonly first: Opening
  readonly count: number
}

const SPAN_MS = 600_000

/** An objection stands for the whole line: what was opened at the same go is not asked about anew. */
const isAlike = (a: Opening, b: Opening): boolean =>
  a.residentId === b.residentId &&
  a.who === b.who &&
  a.thing === b.thing &&
  a.basis === b.basis &&
  a.purpose === b.purpose &&
  (a.objection === b.objection || b.objection === null) &&
  a.at.getTime() - b.at.getTime() < SPAN_MS

/** Openings with the newest first, those alike in one line. */
export function gathered(openings: readonly Opening[]): Gathered[] {
  const lines: Gathered[] = []
  for (const one of openings) {
    const last = lines.at(-1)
    if (last && isAlike(last.first, one)) lines[lines.length - 1] = { ...last, count: last.count + 1 }
    else lines.push({ first: one, count: 1 })
  }
  return lines
}
