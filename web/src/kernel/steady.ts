import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

/** What changed between the list shown and the newest one. */
export interface Steady<T> {
  readonly items: readonly T[]
  /** How many rows would come, go or move. */
  readonly waiting: number
  /** Takes the newest list. */
  readonly accept: () => void
  /** Put on the list: while the mouse or the keyboard is in it, its order holds. */
  readonly hold: {
    readonly onMouseEnter: () => void
    readonly onMouseLeave: () => void
    readonly onFocus: () => void
    readonly onBlur: () => void
  }
}

/**
 * A live list that does not jump under the mouse: while it is held, rows keep their places and only their contents change.
 * `over` names what the list is of (filter, page): when it changes, the new list is shown at once.
 */
export function useSteady<T>(
  newest: readonly T[],
  keyOf: (item: T) => string,
  over: unknown = null,
): Steady<T> {
  const [held, setHeld] = useState(false)
  const [order, setOrder] = useState<readonly string[]>([])
  const name = useRef(keyOf)
  name.current = keyOf
  const shownOver = useRef(over)
  const latest = useMemo(() => newest.map((item) => name.current(item)), [newest])
  const free = !held || order.length === 0 || shownOver.current !== over

  useEffect(() => {
    if (!free) return
    shownOver.current = over
    setOrder(latest)
  }, [free, over, latest])

  const accept = useCallback(() => setOrder(latest), [latest])
  const hold = useMemo(() => {
    const on = () => setHeld(true)
    const off = () => setHeld(false)
    return { onMouseEnter: on, onMouseLeave: off, onFocus: on, onBlur: off }
  }, [])
  if (free) return { items: newest, waiting: 0, accept, hold }
  return { items: arrange(newest, order, keyOf), waiting: differences(order, latest), accept, hold }
}

/** The newest contents in the order held; rows that are gone keep nothing, new ones wait. */
export function arrange<T>(newest: readonly T[], order: readonly string[], keyOf: (item: T) => string): T[] {
  const found = new Map(newest.map((item) => [keyOf(item), item]))
  return order.flatMap((key) => found.get(key) ?? [])
}

/** How many keys came, went or changed places. */
export function differences(before: readonly string[], after: readonly string[]): number {
  const was = new Set(before)
  const is = new Set(after)
  const came = after.filter((key) => !was.has(key)).length
  const went = before.filter((key) => !is.has(key)).length
  const stayedBefore = before.filter((key) => is.has(key))
  const stayedAfter = after.filter((key) => was.has(key))
  const moved = stayedBefore.some((key, i) => stayedAfter[i] !== key) ? 1 : 0
  return came + went + moved
}
