/** A label that would like to be drawn: where it begins, how long it is. */
export interface LabelWanted {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly letters: number
}

/**
 * Which labels have room, in the order in which they are wanted: one that would cover another that is drawn already
 * stays away. All in the units of the drawing; `size` is the height of a letter, Chinese letters are as wide as high.
 */
export function labelsWithRoom(wanted: readonly LabelWanted[], size: number): ReadonlySet<string> {
  const drawn: { left: number; right: number; top: number; bottom: number }[] = []
  const shown = new Set<string>()
  for (const { id, x, y, letters } of wanted) {
    const box = { left: x, right: x + letters * size, top: y - size, bottom: y + size * 0.3 }
    const covers = drawn.some(
      (one) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom,
    )
    if (covers) continue
    drawn.push(box)
    shown.add(id)
  }
  return shown
}
