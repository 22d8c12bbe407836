/** A label that would like to be drawn: where it begins, how long it is. */
export interface LabelWanted {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly letters: number
}

/** A part of the drawing that something takes. */
export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** What a label takes whose line is at `y`; `size` is the height of a letter, Chinese letters are as wide as high. */
export const boxOf = ({ x, y, letters }: Omit<LabelWanted, 'id'>, size: number): Box => ({
  ...{ left: x, right: x + letters * size, top: y - size, bottom: y + size * 0.3 },
})

/** What a round dot takes. */
export const dotOf = ({ x, y }: { x: number; y: number }, radius: number): Box => ({
  ...{ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius },
})

/**
 * Which labels have room, in the order in which they are wanted: one that would cover another that is drawn already, or
 * what is taken, stays away. All in the units of the drawing.
 */
export function labelsWithRoom(
  wanted: readonly LabelWanted[],
  size: number,
  taken: readonly Box[] = [],
): ReadonlySet<string> {
  const drawn = [...taken]
  const shown = new Set<string>()
  for (const label of wanted) {
    const box = boxOf(label, size)
    const covers = drawn.some(
      (one) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom,
    )
    if (covers) continue
    drawn.push(box)
    shown.add(label.id)
  }
  return shown
}
